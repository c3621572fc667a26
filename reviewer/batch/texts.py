"""Texts of the reviewed declarations for the search of copied passages, and the archive of years."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from reviewer.batch.duplicates import Official, Shelf, Source, Writer
from reviewer.batch.records import Record
from reviewer.batch.workspace import telling
from reviewer.errors import UsageError
from reviewer.model.folding import bare, fold


class _Section(Struct):
    text: str = ""


class _Report(Struct):
    """Of a report only what is needed: decoding skips the rest."""

    sections: dict[str, _Section] = {}


def shelf(
    records: Sequence[Record],
    reports: Path,
    folder: Path,
    official: Official,
    step: Callable[[], None],
) -> Shelf:
    """A shelf of all declarations with a report, in their order."""
    decoder = msgspec.json.Decoder(_Report)
    with telling(folder):
        shutil.rmtree(folder, ignore_errors=True)
        with Writer(folder, official) as writer:
            for record in records:
                data = (reports / f"{record.report}.json").read_bytes()
                writer.add(_source(record, decoder.decode(data)))
                step()
    return Shelf(folder)


def _source(record: Record, report: _Report) -> Source:
    fields = record.digest.fields
    passages = tuple(
        (key if key.startswith("body:") else f"section:{key}", section.text)
        for key, section in report.sections.items()
        if section.text
    )
    enterprise = bare(fields.get("企业名称") or fields.get("申报单位") or "")
    code = fold(fields.get("统一社会信用代码", ""))
    return Source(record.key, record.shown, enterprise, code, passages)


def archived(folder: str, own: str) -> list[Shelf]:
    """The shelves of earlier batches in an archive folder. own: name of this batch's."""
    root = Path(folder)
    if not root.exists():
        return []
    if not root.is_dir():
        raise UsageError(f"“{folder}”不是文件夹，--archive 请给出往年文本库的文件夹。")
    return [Shelf(path) for path in sorted(root.iterdir()) if path.is_dir() and path.name != own]


def keep(made: Path, folder: str, own: str) -> None:
    """Add this batch's texts to the archive, whole or not at all."""
    root = Path(folder)
    with telling(root):
        root.mkdir(parents=True, exist_ok=True)
        aside, target = root.parent / f".{root.name}-{own}.part", root / own
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(made, aside)
        shutil.rmtree(target, ignore_errors=True)
        aside.replace(target)


def own_name(day: str, records: Sequence[Record]) -> str:
    """The name of this batch in an archive: the same for the same declarations."""
    keys = "".join(sorted(record.digest.sha256 for record in records))
    return f"{day}-{hashlib.sha256(keys.encode()).hexdigest()[:10]}"
