"""Takes files in: kept on disk first, then one transaction that makes them known.

Only after the commit is an upload acknowledged. A file whose commit failed is taken away again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api import access, audit, jobs
from api.access import Actor
from api.db.engine import Database
from api.db.tables import Batch, Declaration, Draft, new_id
from api.problems import Problem, frozen
from api.storage import CHUNK, Storage, new_key
from reviewer.model.clean import shown

_DECLARE = insert(Declaration.__table__)  # type: ignore[arg-type]
_DRAFT = insert(Draft.__table__)  # type: ignore[arg-type]
_BY_MARK = select(Draft.id, Draft.declaration_id, Draft.sha256).where(
    Draft.mark == bindparam("asked")
)
_PDF = b"%PDF-"
_PACKAGES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"<?xml")


class Incoming(Struct):
    """A file that is on the way in: its name as given, its bytes, what is known of them."""

    name: str
    stream: IO[bytes]
    size: int = 0
    sha256: str = ""
    is_pdf: bool = False

    def measure(self) -> None:
        """Size, hash and kind. Problem 415 or 422 where it is no document at all."""
        digest, head = hashlib.sha256(), b""
        self.stream.seek(0)
        while chunk := self.stream.read(CHUNK):
            head = head or chunk[:1024]
            digest.update(chunk)
            self.size += len(chunk)
        self.stream.seek(0)
        self.sha256 = digest.hexdigest()
        self.name = shown(self.name.replace("\\", "/").rpartition("/")[2].strip() or "未命名", 120)
        self.is_pdf = _PDF in head
        if not self.size:
            raise Problem(422, f"“{shown(self.name)}”是空文件，请重新选择。")
        if not self.is_pdf and not head.startswith(_PACKAGES):
            raise Problem(
                415,
                f"“{shown(self.name)}”不是 Word 或 PDF 文件，请上传 .docx、.pdf、.doc 或 .wps。",
            )


class Wish(Struct, frozen=True):
    """What is asked for with an upload. declaration: id, for a further draft of it. key: idempotency."""

    policy: str
    tier: str = ""
    declaration: str = ""
    key: str = ""


class Handed(Struct, frozen=True):
    """The files of a draft, kept: the columns of ``Draft`` that tell of them."""

    name: str
    size: int
    sha256: str
    key: str
    stamped: str = ""
    stamped_key: str = ""
    mark: str | None = None


class Taken(Struct, frozen=True):
    """The ids of what was taken in."""

    declaration: str
    draft: str


def receive(
    database: Database, storage: Storage, actor: Actor, files: list[Incoming], wish: Wish
) -> tuple[Taken, bool]:
    """Take one declaration in: a Word, a PDF, or both. (ids, False where it was known already).

    Raises Problem.
    """
    actor.need(*access.UPLOADERS)
    mark = f"{actor.id}:{hashlib.sha256(wish.key.encode()).hexdigest()}" if wish.key else None
    main, stamped = _pair(files)
    known = _known(database, mark, main)
    if known is not None:
        return known, False
    with kept(storage, [main, *([stamped] if stamped else [])]) as keys:
        handed = Handed(
            name=main.name,
            size=main.size,
            sha256=main.sha256,
            key=keys[0],
            stamped=stamped.name if stamped else "",
            stamped_key=keys[1] if stamped else "",
            mark=mark,
        )
        try:
            with database.write() as session:
                taken = _record(session, actor, handed, wish)
        except IntegrityError:
            known = _known(database, mark, main)  # the same upload, a moment earlier
            if known is None:
                raise
            for key in keys:
                storage.delete(key)
            return known, False
    return taken, True


def receive_batch(
    database: Database, storage: Storage, actor: Actor, files: list[Incoming], name: str, key: str
) -> tuple[Batch, bool]:
    """Take a bureau's zips and files in as one batch. Raises Problem."""
    actor.need(*access.BUREAU)
    if not files:
        raise Problem(422, "没有收到文件，请选择压缩包或申报书。")
    mark = f"{actor.id}:{hashlib.sha256(key.encode()).hexdigest()}" if key else None
    with database.read() as session:
        known = session.scalar(select(Batch).where(Batch.mark == mark)) if mark else None
    if known is not None:
        return known, False
    for file in files:
        file.measure()
    with kept(storage, files) as keys, database.write() as session:
        batch = Batch(
            owner_id=actor.id,
            region=actor.region,
            name=shown(name or files[0].name.removesuffix(".zip"), 100),
            mark=mark,
            files={key: file.name for key, file in zip(keys, files, strict=True)},
        )
        session.add(batch)
        session.flush()
        jobs.add(session, "batch", batch.id, rank=1)
        audit.note(session, actor, "batch", batch.id, f"{len(files)} 个文件")
    return batch, True


@contextmanager
def kept(storage: Storage, files: list[Incoming]) -> Iterator[list[str]]:
    """Keep the files; they are taken away again where what follows fails."""
    keys: list[str] = []
    try:
        for file in files:
            key = new_key("originals")
            storage.put(key, file.stream)
            keys.append(key)
        yield keys
    except BaseException:
        for key in keys:
            storage.delete(key)
        raise


def first_draft(
    session: Session, about: Mapping[str, Any], handed: Handed, *, rank: int = 0
) -> Taken:
    """A new declaration with its first draft, and its review asked for.

    Plain statements instead of the ORM's flushes: half of an upload's processor time.
    """
    taken = Taken(new_id(), new_id())
    words = {"id": taken.declaration, "title": handed.name, "latest": taken.draft}
    session.connection().execute(_DECLARE, {**about, **words})
    _draft(session, taken, handed, 1, rank)
    return taken


def further_draft(session: Session, declaration: Declaration, handed: Handed) -> Taken:
    """Make a draft the newest of a declaration and ask for its review."""
    numbers = select(func.max(Draft.number)).where(Draft.declaration_id == declaration.id)
    taken = Taken(declaration.id, new_id())
    _draft(session, taken, handed, (session.scalar(numbers) or 0) + 1, 0)
    declaration.latest = taken.draft
    return taken


def _draft(session: Session, taken: Taken, handed: Handed, number: int, rank: int) -> None:
    words = {"id": taken.draft, "declaration_id": taken.declaration, "number": number}
    session.connection().execute(_DRAFT, {**msgspec.structs.asdict(handed), **words})
    jobs.ask(session, "review", taken.draft, rank=rank)


def _record(session: Session, actor: Actor, handed: Handed, wish: Wish) -> Taken:
    if wish.declaration:
        declaration = access.declaration(session, actor, wish.declaration)
        if declaration.frozen is not None:
            raise frozen()
        declaration.tier = wish.tier or declaration.tier
        taken = further_draft(session, declaration, handed)
    else:
        about = {"owner_id": actor.id, "region": actor.region}
        about |= {"policy": wish.policy, "tier": wish.tier}
        taken = first_draft(session, about, handed)
    audit.note(session, actor, "upload", taken.draft)
    return taken


def _pair(files: list[Incoming]) -> tuple[Incoming, Incoming | None]:
    """The file to review, and the PDF beside a Word."""
    if not files:
        raise Problem(422, "没有收到文件，请选择一份 Word 或 PDF。")
    for file in files:
        file.measure()
    words = [file for file in files if not file.is_pdf]
    pdfs = [file for file in files if file.is_pdf]
    if len(words) > 1 or len(pdfs) > 1:
        raise Problem(422, "一次只交一份申报书：一个 Word、一个 PDF，或同一份的 Word 和盖章 PDF。")
    return (words[0], pdfs[0] if pdfs else None) if words else (pdfs[0], None)


def _known(database: Database, mark: str | None, main: Incoming) -> Taken | None:
    """What this idempotency key took in. Problem 422 where it was for another file."""
    if mark is None:
        return None
    with database.read() as session:
        found = session.connection().execute(_BY_MARK, {"asked": mark}).first()
    if found is None:
        return None
    if found.sha256 != main.sha256:
        raise Problem(422, "这个幂等键（Idempotency-Key）已用于另一个文件，请换一个。")
    return Taken(found.declaration_id, found.id)
