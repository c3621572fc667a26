"""Makes declarations to test with: any declaration in any Word layout, as PDF or scan, with known defects."""
