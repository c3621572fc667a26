"""What a report is made from."""

from __future__ import annotations

from msgspec import Struct

from reviewer.model.declaration import Declaration
from reviewer.model.document import Document
from reviewer.model.review import Review
from reviewer.policy.schema import Policy


class Material(Struct, frozen=True):
    """The review, its policy, and what a format needs that marks the original.

    original: the file's bytes; document: as read from them. declaration: as extracted; with it,
    findings without a place of their own (something is missing) are shown where it should stand.
    template: of the letter, b"" for the one that comes with the program.
    """

    review: Review
    policy: Policy
    original: bytes = b""
    document: Document | None = None
    declaration: Declaration | None = None
    template: bytes = b""
