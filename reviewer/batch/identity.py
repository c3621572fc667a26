"""Whether two files are of one declaration, told by what they say of themselves."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.model.declaration import Declaration
from reviewer.model.folding import bare

_ALIKE = 80
_CODE = "统一社会信用代码"
_NAMES = ("企业名称", "申报单位", "工厂名称", "项目名称")
KEYS = (_CODE, *_NAMES)
"""Keys of the fields that tell whose declaration it is."""

Fields = Mapping[str, str]


def other_firm(word: Declaration, pdf: Declaration) -> bool:
    """The PDF says that it is of another enterprise than the Word.

    One that says nothing of itself is no proof of that.
    """
    return differ(declared(word), declared(pdf))


def declared(declaration: Declaration) -> dict[str, str]:
    """The fields that tell whose declaration it is."""
    fields = declaration.fields
    return {key: bare(fields[key].value) if key in fields else "" for key in KEYS}


def differ(one: Fields, other: Fields) -> bool:
    """Both name firm or factory, and nothing that both name is alike."""
    verdicts = [_alike(one[key], other[key]) for key in one if one[key] and other.get(key)]
    return bool(verdicts) and not any(verdicts)


def same(one: Fields, other: Fields) -> bool:
    """One enterprise (by code, else by name) and, where both name it, one factory."""
    codes = one.get(_CODE), other.get(_CODE)
    if all(codes):
        firm = codes[0] == codes[1]
    else:
        firm = any(one.get(k) and one.get(k) == other.get(k) for k in ("企业名称", "申报单位"))
    factories = one.get("工厂名称"), other.get("工厂名称")
    return firm and (not all(factories) or _alike(factories[0] or "", factories[1] or ""))


def _alike(one: str, other: str) -> bool:
    """Equal but for what OCR may misread."""
    from rapidfuzz import fuzz

    return one == other or fuzz.ratio(one, other) >= _ALIKE
