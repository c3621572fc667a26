"""From "what is wrong" deep inside a reader to the one sentence that the user sees.

Readers raise Trouble, which knows no file name; ``naming`` around the reader's entrance turns it
into the ReviewerError with the file's name in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reviewer.errors import DamagedFile, FileTooLarge, UnreadableFile
from reviewer.model.clean import shown


class Trouble(Exception):
    """A reason why the file cannot be read.

    what: the fault, as a Chinese clause; todo: what the user should do, likewise.
    """

    def __init__(self, kind: type[UnreadableFile], what: str, todo: str) -> None:
        super().__init__(what)
        self.kind, self.what, self.todo = kind, what, todo


RESAVE = "请用 Word 或 WPS 打开后“另存为 .docx”再试"


def damaged(what: str, todo: str = RESAVE) -> Trouble:
    """The file is malformed."""
    return Trouble(DamagedFile, what, todo)


def too_large(what: str, todo: str = RESAVE) -> Trouble:
    """The file exceeds a reading limit."""
    return Trouble(FileTooLarge, what, todo)


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Turn Trouble raised inside into its ReviewerError, whose sentence names the file."""
    try:
        yield
    except Trouble as trouble:
        raise trouble.kind(f"无法读取“{shown(name)}”：{trouble.what}；{trouble.todo}。") from None
