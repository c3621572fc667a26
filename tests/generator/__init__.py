"""Makes declarations to test with: any declaration in any Word layout, as PDF or scan, with known defects."""

from .defects import seed_defects
from .options import PRINTABLE
from .render import LAYOUTS, render_docx

__all__ = ["LAYOUTS", "PRINTABLE", "render_docx", "seed_defects"]
