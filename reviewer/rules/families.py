"""The families of rules, one module each. A new family is one more line here."""

from __future__ import annotations

from functools import cache
from importlib import import_module

FAMILIES = (
    "structure",
    "fields",
    "industry",
    "lengths",
    "scenarios",
    "correspondence",
    "ai",
    "kpis",
    "text_conflict",
    "consistency",
    "tiers",
    "attachments",
    "plausibility",
    "word_pdf",
    "elsewhere",
)


@cache
def load() -> None:
    """Import every family once, so that its rules are registered."""
    for family in FAMILIES:
        import_module(f"{__package__}.{family}")
