"""Typed values that travel through the review: Document, Declaration, matches, Review."""
