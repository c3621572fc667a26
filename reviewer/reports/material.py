"""What a report is made from."""

from __future__ import annotations

from msgspec import Struct

from reviewer.model.document import Document
from reviewer.model.review import Review
from reviewer.policy.schema import Policy


class Material(Struct, frozen=True):
    """The review, its policy, and the original (bytes and Document) where a format marks it."""

    review: Review
    policy: Policy
    original: bytes = b""
    document: Document | None = None
