"""A thousand declarations out of the samples: other firms, other codes, other words, all layouts.

Every text is loosened word by word, so that two firms out of one sample share no long passage; every
tenth firm but takes the texts of the one before, as clients of one consultant do.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import rjieba
from stdnum.cn import uscc

from tests.generator import render_docx, seed_defects

SAMPLES = Path(__file__).parents[2] / "corpus/samples"
EVERY = 10
_LETTERS = "晟禾钧澜屹沣昱珩砺筹衡卓启铭瀚嘉泽润恒拓"
_LOOSE = "相应有关各类自有同类现有主要常用多处统一具体若干多种相关本厂厂内现场一一各自同样"
_LONG = 60
_ORGANIZATION = (3, 7, 9, 10, 5, 8, 4, 2)

Truth = dict[str, Any]


def write(folder: Path, documents: int) -> None:
    """That many Word files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, truth in enumerate(declarations(documents)):
        data = render_docx(truth, "mix", number)
        (folder / f"申报书{number:05}.docx").write_bytes(data)


def declarations(documents: int) -> Iterator[Truth]:
    """What each of them declares, with up to six seeded defects."""
    samples = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(SAMPLES.glob("S*.json"))]
    for number in range(documents):
        copying = number % EVERY == EVERY - 1
        source = number - copying
        truth = renamed(loosened(samples[source % len(samples)], source), number)
        rng = random.Random(number)
        with suppress(ValueError):  # one that has findings of its own stays as it is
            truth = seed_defects(truth, rng, rng.randint(0, 6))
        yield truth


def renamed(truth: Truth, number: int) -> Truth:
    """The same under the name and code of another firm."""
    rng = random.Random(f"name{number}")
    brand = "".join(rng.sample(_LETTERS, 3))
    firm, factory = truth["company"]["企业名称"], truth["factory"]["工厂名称"]
    text = json.dumps(truth, ensure_ascii=False)
    if firm:
        text = text.replace(firm, f"{brand}{firm[-8:]}")
    if factory:
        text = text.replace(factory, f"{brand}{factory[-8:]}")
    made: Truth = json.loads(text)
    made["company"]["统一社会信用代码"] = code(rng)
    return made


def code(rng: random.Random) -> str:
    """A valid 统一社会信用代码 of a firm in Hebei."""
    own = [rng.randrange(10) for _ in _ORGANIZATION]
    check = 11 - sum(digit * weight for digit, weight in zip(own, _ORGANIZATION, strict=True)) % 11
    last = {10: "X", 11: "0"}.get(check, str(check))
    front = f"9113{rng.randrange(1, 12):02}{rng.randrange(1, 90):02}{''.join(map(str, own))}{last}"
    return front + uscc.calc_check_digit(front)


def loosened(truth: Truth, number: int) -> Truth:
    """The same with a small word more in every half-dozen words of its narratives."""
    rng = random.Random(f"words{number}")
    return {
        key: _loose(deepcopy(value), rng) if key != "gold" else value
        for key, value in truth.items()
    }


def _loose(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict):
        return {key: _loose(item, rng) for key, item in value.items()}
    if isinstance(value, list):
        return [_loose(item, rng) for item in value]
    if not isinstance(value, str) or len(value) < _LONG:
        return value
    made, left = [], rng.randint(3, 7)
    for word in rjieba.cut(value):
        made.append(word)
        left -= 1
        if left <= 0 and word[0] >= "\u4e00":
            at = 2 * rng.randrange(len(_LOOSE) // 2)
            made.append(_LOOSE[at : at + 2])
            left = rng.randint(3, 7)
    return "".join(made)
