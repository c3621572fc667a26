"""Who uses no quota in a batch, and who is put forward for the leading tier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.db.tables import Batch
from reviewer.batch.exceptions import Exceptions
from reviewer.model.folding import bare

_EXEMPT, _NOMINEES = "exempt", "nominees"


def exceptions(batch: Batch) -> Exceptions:
    """The marks as the quotas need them."""
    exempt = {key: said["reason"] for key, said in batch.marks.get(_EXEMPT, {}).items()}
    return Exceptions(exempt, tuple(batch.marks.get(_NOMINEES, {})))


def exempt(batch: Batch) -> dict[str, str]:
    """Enterprise → reason, as typed."""
    return {said["firm"]: said["reason"] for said in batch.marks.get(_EXEMPT, {}).values()}


def nominees(batch: Batch) -> list[str]:
    """The enterprises put forward for the leading tier, as typed."""
    return list(batch.marks.get(_NOMINEES, {}).values())


def mark(batch: Batch, firms: Sequence[str], kind: str, reason: str) -> None:
    """Mark enterprises (by name or 信用代码) as ``exempt`` or ``nominee``; "" takes marks away."""
    marks: dict[str, dict[str, Any]] = {
        name: dict(batch.marks.get(name, {})) for name in (_EXEMPT, _NOMINEES)
    }
    for firm in firms:
        key = bare(firm)
        marks[_EXEMPT].pop(key, None)
        marks[_NOMINEES].pop(key, None)
        if kind == "exempt":
            marks[_EXEMPT][key] = {"firm": firm, "reason": reason}
        elif kind == "nominee":
            marks[_NOMINEES][key] = firm
    batch.marks = marks
