"""Declarations for tests, straight from the JSON of a sample."""

from __future__ import annotations

from models.samples import SAMPLES, Writer, declaration, matches, sample

__all__ = ["SAMPLES", "Writer", "declaration", "matches", "sample"]
