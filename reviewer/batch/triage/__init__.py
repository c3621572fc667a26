"""The triage that a bureau works with: a workbook and a page."""
