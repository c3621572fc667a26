"""Reads PDFs: text and rulings by PDFium, pages without usable text by OCR."""

from reviewer.parsing.pdf.reader import read_pdf

__all__ = ["read_pdf"]
