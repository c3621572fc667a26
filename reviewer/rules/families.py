"""The families of rules, one module each. A new family is one more line here."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

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
    "elsewhere",
)


def load() -> None:
    """Import every family once, so that its rules are registered."""
    for family in FAMILIES:
        name = f"{__package__}.{family}"
        if find_spec(name) is not None:
            import_module(name)
