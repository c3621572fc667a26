"""Word documents (.docx, .docm): our own walk over the package, in reading order."""

from reviewer.parsing.docx.reader import read_docx

__all__ = ["read_docx"]
