"""The report as the JSON object of the contract, UTF-8, and its JSON Schema."""

from __future__ import annotations

import msgspec

from reviewer.model.review import Review
from reviewer.reports.material import Material


def write(material: Material) -> bytes:
    """One JSON object, indented, with a line end."""
    return encode(material.review, indent=2)


def encode(review: Review, *, indent: int = 0) -> bytes:
    """The review as JSON; ``indent`` 0 gives one line."""
    raw = msgspec.json.encode(review)
    return msgspec.json.format(raw, indent=indent) + b"\n" if indent else raw + b"\n"


def decode(data: bytes) -> Review:
    """A review back from its JSON. Raises msgspec.ValidationError where it is none."""
    return msgspec.json.decode(data, type=Review)


def schema() -> bytes:
    """The JSON Schema of the report."""
    described = msgspec.json.schema(Review)
    described["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    described["title"] = "Review"
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"
