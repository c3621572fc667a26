"""Texts over their limit of 字."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.model.counting import count
from reviewer.model.declaration import Text
from reviewer.rules.context import Context
from reviewer.rules.registry import Hit, rule

_AI_PART = "ai_desc"


@rule(
    "LE001",
    "over-length",
    "“{title}”共 {count} 字，超过 {limit} 字的上限。",
    "请删减至少 {over} 字。",
    severity="error",
)
def over_length(context: Context) -> Iterator[Hit]:
    """文字超过字数上限

    按 Word 的“字数”统计：一个汉字或全角标点算 1，连续的字母、数字和半角符号算 1，空格不算；
    表格、图题、图片、脚注和残留的模板提示语不算。

    错误示例：
        （5）采用的技术方案　共 563 字
    正确示例：
        （5）采用的技术方案　不超过 500 字
    """
    for spec in context.policy.template.sections:
        section = context.declaration.sections.get(spec.id)
        if section is not None and spec.limit is not None:
            title = context.titles[spec.id]
            heading = section.heading if section.heading.spans else section.text
            yield from _judge(
                context, f"section:{spec.id}", title, section.text, heading, spec.limit
            )
    for block in context.blocks:
        for part, title, limit in _limited(context):
            text = block.parts.get(part, Text())
            yield from _judge(context, f"{block.at}/{part}", title, text, text, limit)


def _limited(context: Context) -> Iterator[tuple[str, str, int]]:
    block = context.policy.template.block
    for part in block.parts:
        if part.limit is not None:
            yield part.id, f"（{part.number}）{part.labels[0]}", part.limit
    labels = block.labels.get(_AI_PART, ("",))
    yield _AI_PART, labels[0], block.ai_limit


def _judge(
    context: Context, subject: str, title: str, text: Text, shown: Text, limit: int
) -> Iterator[Hit]:
    if len(text.text) <= limit:  # no text has more 字 than characters
        return
    size = count(context.residue.strip(text.text))
    if size > limit:
        values = {"title": title, "count": size, "limit": limit, "over": size - limit}
        yield Hit(subject, shown, values)
