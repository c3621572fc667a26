"""Word and stamped PDF of one declaration, brought together by name.

Content confirms or corrects it later (``reviewer.batch.matched``): names of files are what
applicants make of them.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from reviewer.batch.intake import Item
from reviewer.model.folding import bare

# What people add to a file's name to tell its form, not its content.
_FORM = re.compile(
    r"(?:已|加)?(?:盖章|签章|盖公章|用印)(?:版|件|后)?|(?:彩色?|黑白)?扫描(?:件|版|本)?|可?编辑(?:版|稿)?"
    r"|(?:最?终|定|正式|送审|申报)(?:版|稿)|电子(?:版|档|稿)|纸质版|PDF版?|WORD版?|DOCX?版?|WPS版?|副本|\(\d+\)|（\d+）",
    re.IGNORECASE,
)


class Case(Struct, frozen=True):
    """One declaration to review: its Word, its PDF, or both; or a filled table.

    key: what it is known by in the journal: the same on every run over the same files.
    """

    key: str
    word: Item | None = None
    pdf: Item | None = None
    sheet: Item | None = None

    @property
    def main(self) -> Item:
        """The file that is reviewed: the Word where there is one."""
        item = self.word or self.pdf or self.sheet
        assert item is not None
        return item

    @property
    def items(self) -> tuple[Item, ...]:
        """Its files."""
        return tuple(item for item in (self.word, self.pdf, self.sheet) if item is not None)

    @property
    def mark(self) -> str:
        """Changes when a file does."""
        return "|".join(item.mark for item in self.items)


def case(word: Item | None = None, pdf: Item | None = None, sheet: Item | None = None) -> Case:
    """A case under its key."""
    items = [item for item in (word, pdf, sheet) if item is not None]
    places = "|".join(
        f"{item.shown}#{','.join(map(str, item.ref.members))}#{item.role}" for item in items
    )
    return Case(hashlib.sha256(places.encode()).hexdigest()[:16], word, pdf, sheet)


def pair(items: Sequence[Item]) -> list[Case]:
    """Cases in the order of their main file.

    In one folder by the name without what tells its form; else the only Word and the only PDF of a
    folder; else a name that only one Word and one PDF of the whole batch have.
    """
    words = [item for item in items if item.role == "word"]
    pdfs = [item for item in items if item.role == "pdf"]
    partner: dict[Item, Item] = {}
    for key in (_folder_and_stem, _folder_alone, _stem_alone):
        _match(words, pdfs, key, partner)
    taken = set(partner.values())
    cases = [case(word, partner.get(word)) for word in words]
    cases += [case(pdf=pdf) for pdf in pdfs if pdf not in taken]
    cases += [case(sheet=item) for item in items if item.role == "sheet"]
    return sorted(cases, key=lambda one: (one.main.shown, one.key))


def stem(name: str) -> str:
    """A file's name without ending, marks, and words for its form."""
    plain = PurePosixPath(name).stem
    return bare(_FORM.sub("", plain)) or bare(plain)


def _folder_and_stem(item: Item) -> str:
    return f"{item.folder}/{stem(item.name)}"


def _folder_alone(item: Item) -> str:
    return item.folder


def _stem_alone(item: Item) -> str:
    return stem(item.name)


def _match(
    words: Iterable[Item],
    pdfs: Iterable[Item],
    key: Callable[[Item], str],
    partner: dict[Item, Item],
) -> None:
    """Pair where a key has exactly one free Word and one free PDF."""
    taken = set(partner.values())
    groups: dict[str, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for word in words:
        if word not in partner:
            groups[key(word)][0].append(word)
    for pdf in pdfs:
        if pdf not in taken:
            groups[key(pdf)][1].append(pdf)
    for name, (left, right) in groups.items():
        if len(left) == 1 and len(right) == 1 and name:
            partner[left[0]] = right[0]


def report_names(cases: Sequence[Case], known: dict[str, str]) -> dict[str, str]:
    """Case key → name of its report without ending. known: names given on an earlier run.

    The file's own name where it is the only one in the batch, else with a part of the key.
    """
    counts: dict[str, int] = defaultdict(int)
    stems = {one.key: _safe(PurePosixPath(one.main.name).stem) for one in cases}
    for plain in stems.values():
        counts[plain.casefold()] += 1
    names = {
        key: plain if counts[plain.casefold()] == 1 else f"{plain}-{key[:8]}"
        for key, plain in stems.items()
    }
    return names | {key: name for key, name in known.items() if key in names}


def _safe(name: str) -> str:
    """A name that every file system takes."""
    plain = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", name).strip(" .")
    while len(plain.encode()) > 180:
        plain = plain[:-1]
    reserved = re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", plain)
    return f"_{plain}" if reserved or not plain else plain
