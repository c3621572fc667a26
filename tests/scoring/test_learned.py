"""Characters and pairs of a reading, and the learned weights over them."""

from __future__ import annotations

import numpy as np

from reviewer.model.index import Sentence
from reviewer.policy.load import load
from reviewer.scoring.grams import asserted_grams, confessions, folded, proofs, whole_grams
from reviewer.scoring.learned import (
    FEW,
    SILENT,
    Lines,
    Weights,
    lackings,
    learned,
    pairs,
    released,
    showings,
)
from reviewer.scoring.lexicon import lexicon
from reviewer.scoring.parrot import parrot
from reviewer.scoring.places import Map
from reviewer.scoring.reading import Reading, read
from reviewer.scoring.trie import codes

_SAID = (
    "主轴温度由传感器每分钟上传一次，超限即短信通知班长。",
    "轧机振动已接入同一平台，但加热炉尚未接入。",
    "公司高度重视设备管理工作。",
)


def _reading(*texts: str, subject: str = "section:3.3") -> Reading:
    policy = load("hebei-2026")
    places = Map({one.section: one.number for one in policy.dimensions}, {})
    told = [Sentence(text, subject) for text in texts]
    return read(told, places, lexicon(policy), parrot(policy), 2026)


def _keys(*terms: str) -> np.ndarray:
    found = [ord(t) if len(t) == 1 else ord(t[0]) << 16 | ord(t[1]) for t in terms]
    return np.array(sorted(found), dtype=np.uint32)


def _terms(keys: np.ndarray, rows: np.ndarray) -> list[str]:
    return [
        chr(key) if key < 1 << 16 else chr(key >> 16) + chr(key & 0xFFFF)
        for key in keys[rows].tolist()
    ]


def test_letters_are_folded() -> None:
    assert "".join(map(chr, folded(codes("ａ３7温")))) == "a00温"


def test_only_what_is_asserted_shows() -> None:
    reading = _reading(*_SAID)
    keys = _keys("温度", "振动", "加热", "热炉", "炉", "重视")
    found = asserted_grams(reading, proofs(reading), keys)
    assert sorted(_terms(keys, found.row)) == ["振动", "温度"]


def test_attitude_shows_nothing_and_a_lack_is_owned() -> None:
    reading = _reading(*_SAID)
    assert proofs(reading).tolist() == [0, 1]
    assert confessions(reading).tolist() == [1]
    keys = _keys("振动", "加热")
    assert sorted(_terms(keys, whole_grams(reading, confessions(reading), keys).row)) == [
        "加热",
        "振动",
    ]


def test_a_key_counts_once_a_sentence() -> None:
    reading = _reading("温度温度温度都由传感器上传。", "温度由传感器上传。")
    keys = _keys("温度")
    found = asserted_grams(reading, proofs(reading), keys)
    assert found.sentence.tolist() == [0, 1]


def test_neighbours_under_one_subject_are_pairs() -> None:
    reading = _reading(*_SAID[:2])
    first, second = pairs(reading, np.array([0, 1]))
    assert (first.tolist(), second.tolist()) == ([0], [1])
    assert not pairs(reading, np.array([0]))[0].size


def test_one_sentence_does_not_speak_for_six() -> None:
    one = showings(np.array([[9.0]], dtype=np.float32))
    six = showings(np.array([[2.0]] * 6, dtype=np.float32))
    assert one.ravel().tolist() == [9.0, 4.0]
    assert six.ravel().tolist() == [2.0, 18.0]


def test_silence_has_its_score() -> None:
    found = lackings(np.zeros((0, 2), dtype=np.float32))
    assert (found == SILENT).all()
    found = lackings(np.array([[2.0]], dtype=np.float32))
    assert found.ravel().tolist() == [2.0, 2.0 / 3 + 2 * SILENT / 3]


def test_the_sentences_that_tell_stand_first() -> None:
    keys = _keys("振动", "温度")
    vibration = _terms(keys, np.array([0])) == ["振动"]
    line = Lines(
        np.array([[1.0], [3.0]] if vibration else [[3.0], [1.0]], dtype=np.float32),
        np.zeros(1, dtype=np.float32),
    )
    weights = Weights("test", ("x",), keys, np.ones(2, dtype=np.float32), line, line)
    found = learned(_reading(*_SAID * FEW), weights)["x"]
    assert [number for number, _ in found.proofs] == [0, 3, 6]
    assert [number for number, _ in found.owning] == [1, 4, 7]
    assert found.shown[0] > found.lacked[0]


def test_a_text_too_short_is_not_heard() -> None:
    assert learned(_reading(*_SAID), released()) == {}


def test_the_release_fits_the_policy() -> None:
    weights = released()
    tier = next(one for one in load("hebei-2026").tiers if one.id == "advanced")
    assert weights.clauses == tuple(one.id for one in tier.clauses)
    assert (np.diff(weights.keys.astype(np.int64)) > 0).all()
    shape = (weights.keys.size, len(weights.clauses))
    assert weights.shown.weights.shape == weights.lacked.weights.shape == shape
    assert weights.rarity.shape == shape[:1]
