"""From entries to terms."""

from __future__ import annotations

from models.features import body, plain, stretches, units

STAGES = frozenset({"生产作业"})


def test_signs_become_breaks_and_width_is_folded():
    assert plain("ＡＧＶ小车，（二期）") == "AGV小车 二期"


def test_units_are_ideographs_words_and_numbers():
    assert units("AGV小车5G12台") == ["AGV", "小", "车", "5G12", "台"]
    assert units("共300台") == ["共", "0", "台"]


def test_stretches_stay_between_breaks():
    assert list(stretches("甲乙 丙", 2)) == ["甲", "乙", "甲乙", "丙"]
    assert list(stretches("AGV车", 2)) == ["AGV", "车", "AGV车"]


def test_an_unknown_stage_is_text():
    assert body("生产作业环节", "甲", "乙", STAGES) == ("甲 乙", "§生产作业")
    assert body("热连轧厚度", "板形", "", STAGES) == ("热连轧厚度 板形", "")
