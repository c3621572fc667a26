"""A text plainly about another scenario is seen; near neighbours and thin texts are not."""

from __future__ import annotations

from models.content import ContentClassifier, neighbours, released
from reviewer.matching import Resolver, contents
from reviewer.model.declaration import RawEntry, ScenarioBlock, Text

REPAIR = {
    "desc": Text(
        "建立设备点检润滑计划和检修工单管理，点检员用手持终端扫码逐项确认，异常自动生成维修工单并派给维修班组。"
    ),
    "pain": Text(
        "过去点检靠纸质表格，润滑漏项多，备件领用没有记录，故障停机后等人等件，抢修平均要四个小时。"
    ),
    "tech": Text(
        "系统按设备台账编制保养周期，到期自动派工，维修知识库给出拆装步骤和所需备件，专家可远程指导抢修。"
    ),
    "result": Text(
        "检修及时率提高到98%，平均修复时间缩短一半，备件库存下降两成，维修费用逐年下降。"
    ),
}


def _contents(
    heading: str, parts: dict[str, Text], resolver: Resolver
) -> dict[str, tuple[int, float]]:
    block = ScenarioBlock(
        "body:3.3.1", "3.3", RawEntry("body:3.3.1", heading, Text(heading)), parts=parts
    )
    return contents([block], {block.at: resolver.match(heading)}, released())


def test_a_text_about_another_scenario(resolver: Resolver):
    found = _contents("生产作业-质量精准追溯-批次一码追溯", REPAIR, resolver)
    assert found["body:3.3.1"][0] == 29
    assert found["body:3.3.1"][1] > 0.9


def test_a_text_about_its_heading(resolver: Resolver):
    assert _contents("生产作业-设备维修维护-检修工单", REPAIR, resolver) == {}


def test_a_near_neighbour_is_no_plain_case(resolver: Resolver):
    assert _contents("生产作业-设备运行监控-车间设备", REPAIR, resolver) == {}


def test_nothing_is_said_of_unknown_headings_and_empty_texts(resolver: Resolver):
    assert _contents("智慧党建云平台", REPAIR, resolver) == {}
    assert _contents("生产作业-质量精准追溯-批次", {"desc": Text("略。")}, resolver) == {}
    assert ContentClassifier().plainly([], 25) is None


def test_neighbours_hold_both_ways():
    near = neighbours("# remark\n1 2 3\n")
    assert near == {1: {2, 3}, 2: {1}, 3: {1}}
