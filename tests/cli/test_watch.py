"""Saves of a file, told without waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from reviewer.cli.watch import saves


def scripted(*steps: Callable[[], object] | None) -> Callable[[float], object]:
    """A pause that does the next step instead of sleeping; at the end it interrupts."""
    left: Iterator[Callable[[], object] | None] = iter(steps)

    def pause(seconds: float) -> None:
        try:
            step = next(left)
        except StopIteration:
            raise KeyboardInterrupt from None
        if step is not None:
            step()

    return pause


def count(path: Path, *steps: Callable[[], object] | None) -> int:
    seen = 0
    try:
        for _ in saves(path, scripted(*steps)):
            seen += 1
    except KeyboardInterrupt:
        return seen
    return seen


def writer(path: Path, text: str) -> Callable[[], object]:
    return lambda: path.write_text(text)


def test_the_first_review_needs_no_save(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("a")
    assert count(path, None, None) == 1


def test_a_save_by_renaming_is_one_save(tmp_path: Path) -> None:
    path, aside = tmp_path / "a.docx", tmp_path / "~a.tmp"
    path.write_text("a")
    aside.write_text("other")
    assert count(path, path.unlink, None, lambda: aside.replace(path), None, None, None) == 2


def test_a_save_in_pieces_is_one_save(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("a")
    assert (
        count(path, writer(path, "ab"), writer(path, "abc"), writer(path, "abcd"), None, None) == 2
    )


def test_two_saves(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("a")
    assert count(path, writer(path, "ab"), None, None, writer(path, "abc"), None, None) == 3
