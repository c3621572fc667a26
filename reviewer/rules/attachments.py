"""The proofs that 八 must list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.model.declaration import Text
from reviewer.model.folding import fold
from reviewer.policy.schema import Proof
from reviewer.rules.context import Context
from reviewer.rules.registry import Hit, rule

_PIECES = re.compile(r"[；;\n]")
_NOT_THERE = re.compile(
    r"暂无|暂缺|暂未|未提供|未取得|尚未|待补|后补|缺失|正在办理|(?:[:：（(—-]|^)无(?:[）)。]|$)"
)


@rule(
    "AT001",
    "attachment-missing",
    "第八部分没有列出“{proof}”。",
    "请补列“{proof}”，并附上相应材料。",
    severity="error",
)
def attachment_missing(context: Context) -> Iterator[Hit]:
    """必备证明材料没有列出

    企业营业执照复印件、企业征信情况报告（以信用中国为准）、近三年财务情况佐证材料、智能制造能力成熟度评估报告都要列出。
    第八部分整个缺失的，只报“必备部分缺失”。注明“暂无”“待补”的不算列出。

    错误示例：
        1.营业执照　2.审计报告　3.成熟度评估报告
    正确示例：
        1.营业执照　2.企业征信情况报告（信用中国）　3.近三年审计报告　4.成熟度评估报告
    """
    section = context.declaration.sections.get("8")
    texts = [proof.text for proof in context.declaration.proofs]
    texts += [section.text.text] if section else []
    lines = [fold(piece) for text in texts for piece in _PIECES.split(text) if context.own(piece)]
    if not lines:
        return
    heading = section.heading if section else Text()
    for proof in context.policy.proofs:
        if not any(_lists(line, proof) for line in lines):
            yield Hit(f"attachment:{proof.name}", heading, {"proof": proof.name})


def _lists(line: str, proof: Proof) -> bool:
    """One word of every group stands in the line, and it does not say that it is not there."""
    named = all(any(fold(word) in line for word in group) for group in proof.words)
    return named and not _NOT_THERE.search(line)
