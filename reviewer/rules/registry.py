"""Rules: pure functions from the review's context to hits, registered with all that users see.

A rule's docstring is its page in Chinese: a first line, what is asked and why, then

    错误示例：
        …
    正确示例：
        …

``reviewer rules CODE`` and docs/rules.md are made of it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from reviewer.model.declaration import Text
from reviewer.model.review import Severity

if TYPE_CHECKING:
    from reviewer.rules.context import Context


class Hit(Struct, frozen=True):
    """A place where a rule fires.

    subject: as in the contract. text: what it quotes and where that stands. values: for the
    message and suggestion templates. case: which wording of the rule ("" the only or usual one).
    rests: further texts that the judgement rests on (a doubtful reading of one makes it doubtful).
    severity: other than the policy's, where the contract says so. doubtful: the rule itself doubts.
    """

    subject: str
    text: Text = Text()
    values: Mapping[str, object] = {}
    case: str = ""
    rests: tuple[Text, ...] = ()
    severity: Severity | None = None
    doubtful: bool = False


class Wording(Struct, frozen=True):
    """Templates (str.format) of the message and the suggestion."""

    message: str
    suggestion: str = ""


Check = Callable[["Context"], Iterable[Hit]]


class Rule(Struct, frozen=True):
    """A rule. severity and basis hold where the policy says nothing. page: the docstring.

    check: None where another stage finds it (PDF comparison, batch) and only its words are here.
    """

    code: str
    slug: str
    severity: Severity
    basis: str
    page: str
    wordings: Mapping[str, Wording]
    check: Check | None = None
    order: int = field(default=0)

    @property
    def title(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0].rstrip("。")


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    slug: str,
    message: str,
    suggestion: str = "",
    *,
    severity: Severity = "warning",
    basis: str = "",
    cases: Mapping[str, Wording] | None = None,
) -> Callable[[Check], Check]:
    """Register the decorated check. Raises ValueError for a code or slug that is taken."""

    def register(check: Check) -> Check:
        wordings = {"": Wording(message, suggestion), **(cases or {})}
        page = inspect.cleandoc(check.__doc__ or "")
        _add(Rule(code, slug, severity, basis, page, wordings, check, len(_RULES)))
        return check

    return register


def declare(
    code: str,
    slug: str,
    page: str,
    message: str,
    suggestion: str = "",
    *,
    severity: Severity = "warning",
    basis: str = "",
) -> Rule:
    """Register the words of a rule that another stage finds."""
    words = {"": Wording(message, suggestion)}
    made = Rule(code, slug, severity, basis, inspect.cleandoc(page), words, None, len(_RULES))
    _add(made)
    return made


def _add(made: Rule) -> None:
    if made.slug in _RULES or any(known.code == made.code for known in _RULES.values()):
        raise ValueError(f"rule {made.code} {made.slug} is registered twice")
    _RULES[made.slug] = made


def rules() -> tuple[Rule, ...]:
    """All rules, by code."""
    _load()
    return tuple(sorted(_RULES.values(), key=lambda made: made.code))


def get(word: str) -> Rule | None:
    """The rule of that code (any case) or slug."""
    _load()
    found = _RULES.get(word.lower())
    return found or next((r for r in _RULES.values() if r.code == word.upper()), None)


def _load() -> None:
    from reviewer.rules import families

    families.load()
