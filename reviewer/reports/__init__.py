"""Reports: a Review in the forms that people and machines work with.

``render(format, material)`` gives the bytes of one format. Each format is a module of its own,
imported only when asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from reviewer.reports.material import Material

__all__ = ["FORMATS", "Material", "render"]

# format → (module, file suffix); every module has ``write(material) -> bytes``.
FORMATS: dict[str, tuple[str, str]] = {
    "text": ("terminal", ".txt"),
    "json": ("json", ".json"),
    "html": ("html", ".html"),
    "docx": ("word", ".docx"),
    "pdf": ("pdf", ".pdf"),
    "xlsx": ("excel", ".xlsx"),
    "letter": ("letter", ".docx"),
}


def render(form: str, material: Material) -> bytes:
    """The report in the format ``form`` (a key of FORMATS)."""
    module = import_module(f"reviewer.reports.{FORMATS[form][0]}")
    write: Callable[[Material], bytes] = module.write
    return write(material)
