"""Entries as typed → the canonical scenarios of the policy."""

from reviewer.matching.content import ContentModel, contents
from reviewer.matching.corrections import Correction
from reviewer.matching.corrections import read as read_corrections
from reviewer.matching.entries import EntryParser, Parts, parse_entry
from reviewer.matching.protocol import EntryClassifier, EntryMatcher
from reviewer.matching.resolver import Resolver

__all__ = [
    "ContentModel",
    "Correction",
    "EntryClassifier",
    "EntryMatcher",
    "EntryParser",
    "Parts",
    "Resolver",
    "contents",
    "parse_entry",
    "read_corrections",
]
