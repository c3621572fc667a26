"""From the bytes of a file to a Document. Which reader takes it is told by the content."""

from __future__ import annotations

from reviewer.limits import Limits
from reviewer.model.document import Document
from reviewer.parsing.refusals import refusal
from reviewer.parsing.trouble import naming

__all__ = ["read"]


def read(data: bytes, name: str, limits: Limits | None = None) -> Document:
    """Read the bytes of one file.

    name: the file's name, for messages and the Document; it decides nothing.
    Raises UnreadableFile (a subclass of it) with one Chinese sentence. Strangers' files should be
    read in a guarded child (``reviewer.guard``).
    """
    from reviewer.parsing.detect import kind  # each reader is loaded when it is needed

    limits = limits or Limits()
    found = kind(data)
    if found == "docx":
        from reviewer.parsing.docx import read_docx

        return read_docx(data, name, limits)
    if found == "pdf":
        from reviewer.parsing.pdf import read_pdf

        return read_pdf(data, name, limits)
    if found in ("doc", "wps", "rtf"):
        from reviewer.parsing.legacy import read_legacy

        return read_legacy(data, name, found, limits)
    with naming(name):
        raise refusal(found)
