"""Dashes that OCR took for 一."""

from __future__ import annotations

import pytest

from reviewer.extraction.dashes import dashed
from reviewer.extraction.vocabulary import vocabulary
from reviewer.extraction.wording import mended
from reviewer.policy.load import available


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("9.生产管理一车间智能排产一五大单元协同", "9.生产管理—车间智能排产—五大单元协同"),
        ("生产管理一安全一体化管控一高压试验", "生产管理—安全一体化管控—高压试验"),
        ("生产管理-安全一体化管控-一键停机", "生产管理-安全一体化管控-一键停机"),
        ("一键停机", "一键停机"),
    ],
)
def test_only_between_known_names(read: str, meant: str) -> None:
    assert dashed(read, vocabulary(available()[0])) == meant


def test_labels_torn_by_a_page_break() -> None:
    assert mended("关键软件（可填写多") == "关键软件"
    assert mended("个）工艺（可填写多个）") == "工艺（可填写多个）"
    assert mended("技术（可填写多个）") == "技术（可填写多个）"
