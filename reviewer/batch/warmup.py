"""Gets a worker warm: one review of a declaration made of the pack's own words.

Every case is reviewed in a forked child that is thrown away; tables that are filled on first use
(folded characters, compiled patterns, the model's weights) are therefore filled before the fork.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from importlib import import_module

from reviewer.errors import ReviewerError
from reviewer.model.document import Cell, Document, Paragraph, Place, Table
from reviewer.policy.schema import Policy
from reviewer.service import Reviewer


def warm_up(reviewer: Reviewer) -> None:
    """Review the made-up declaration once; whatever comes of it is thrown away."""
    import_module("reviewer.parsing.docx")  # its libraries are loaded before the fork
    from reviewer.batch.digest import digest
    from reviewer.batch.tables import intake
    from reviewer.reports.json import encode

    document = _document(reviewer.policy)
    try:
        intake.of_document(document, reviewer)
        review = reviewer.review_document(document)
        encode(review)
        digest(review, reviewer.policy)
    except ReviewerError:
        return
    gc.collect()
    gc.freeze()  # what is shared with the children stays shared


def _document(policy: Policy) -> Document:
    blocks = tuple(_numbered(policy))
    return Document(name="", sha256="", kind="docx", pages=None, blocks=blocks)


def _numbered(policy: Policy) -> Iterator[Paragraph | Table]:
    number = 0
    for text in _lines(policy):
        yield Paragraph(text, Place(number))
        number += 1
    fields = policy.template.fields
    cells = []
    for row, spec in enumerate(fields):
        for col, text in enumerate((spec.labels[0], _value(policy, spec.key))):
            cells.append(Cell(row, col, 1, 1, (Paragraph(text, Place(number)),)))
            number += 1
    yield Table(len(fields), 2, tuple(cells), Place(number))


def _value(policy: Policy, key: str) -> str:
    if key.endswith("场景清单"):
        scenarios = policy.scenarios
        return "\n".join(f"{s.number}.{s.stage}-{s.name}-{s.text[:12]}" for s in scenarios)
    return policy.scenarios[len(key) % len(policy.scenarios)].text[:60]


def _lines(policy: Policy) -> Iterator[str]:
    texts = [scenario.text for scenario in policy.scenarios]
    parts = [part for part in policy.template.block.parts if part.text]
    for at, spec in enumerate(policy.template.sections):
        yield f"{spec.number} {spec.titles[0]}"
        yield texts[at % len(texts)]
        if spec.dimension:
            scenario = policy.scenarios[at % len(policy.scenarios)]
            yield f"{spec.number}.1 {scenario.stage}-{scenario.name}-{scenario.text[:12]}"
            for part in parts:
                yield f"（{part.number}）{part.labels[0]}"
                yield texts[(at + part.number) % len(texts)]
