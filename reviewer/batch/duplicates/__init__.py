"""Copied texts: passages that declarations share, found by winnowed fingerprints.

``prints`` turns texts into fingerprints, ``stop`` knows the official wording that is no copying,
``shelf`` keeps texts and fingerprints on disk, ``candidates`` counts what pairs of documents share,
``compare`` verifies a pair letter by letter, ``search`` puts it together, ``clusters`` groups.
"""

from reviewer.batch.duplicates.clusters import clusters
from reviewer.batch.duplicates.compare import Passage
from reviewer.batch.duplicates.search import Pair, search
from reviewer.batch.duplicates.shelf import Entry, Shelf, Source, Writer
from reviewer.batch.duplicates.stop import Official, official

__all__ = [
    "Entry",
    "Official",
    "Pair",
    "Passage",
    "Shelf",
    "Source",
    "Writer",
    "clusters",
    "official",
    "search",
]
