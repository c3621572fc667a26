"""Pages without usable text: rendered, put straight, read by OCR, as the same content as a text page."""

from reviewer.parsing.scan.pages import Reading, read_pages

__all__ = ["Reading", "read_pages"]
