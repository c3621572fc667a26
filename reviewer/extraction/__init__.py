"""Extraction: what a Document declares, by the labels and structure of the policy's form."""

from reviewer.extraction.declare import extract

__all__ = ["extract"]
