"""The same finding over drafts."""

from __future__ import annotations

import pytest

from reviewer.identity import Trace, pairs


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (("a", "list:main:3", "3.生产作业-在线智能检测-缸盖检测"),
         ("a", "list:main:5", "5.生产作业-在线智能检测-缸盖检测"), True),
        (("a", "list:main:3", "生产作业-在线智能检测-缸盖检测"),
         ("a", "list:ai:3", "生产作业-在线智能检测-缸盖检测"), False),
        (("a", "list:main:3", "生产作业-在线智能检测-缸盖检测"),
         ("a", "list:main:3", "供应链管理-采购协同"), False),
        (("a", "body:3.3.2/tech", "采用机器视觉和深度学习检测"),
         ("a", "body:3.4.1/tech", "采用机器视觉、深度学习来检测"), True),
        (("a", "field:企业名称", "甲公司"), ("a", "field:企业名称", "乙有限公司"), True),
        (("a", "field:企业名称", "甲"), ("a", "field:工厂名称", "甲"), False),
        (("a", "kpi:x", "1"), ("b", "kpi:x", "1"), False),
        (("a", "req:advanced.1.a", ""), ("a", "req:advanced.1.a", ""), True),
        (("a", "body:3.3.2", ""), ("a", "body:3.3.3", ""), False),
    ],
)  # fmt: skip
def test_pairs(old: tuple[str, str, str], new: tuple[str, str, str], same: bool) -> None:
    assert pairs([Trace(*old)], [Trace(*new)]) == ({0: 0} if same else {})


def test_the_best_pairing_wins_and_each_is_used_once() -> None:
    old = [
        Trace("a", "list:main:1", "甲车间焊接质量检测"),
        Trace("a", "list:main:2", "乙车间焊接质量检测"),
    ]
    new = [
        Trace("a", "list:main:1", "乙车间焊接质量检测"),
        Trace("a", "list:main:2", "甲车间焊接质量检测"),
    ]
    assert pairs(old, new) == {0: 1, 1: 0}
    assert len(pairs(old, new[:1])) == 1


def test_ids_come_first() -> None:
    old = [Trace("a", "field:x", "甲", "1"), Trace("a", "field:x", "乙", "2")]
    new = [Trace("a", "field:x", "丙", "2"), Trace("a", "field:x", "甲", "9")]
    assert pairs(old, new) == {1: 0, 0: 1}
