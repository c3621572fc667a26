"""Sentences that tell of what belongs to another organization: a group's, an association's.

What such a sentence tells is no evidence, and what the works have not of it is no lack. The firm's
own name may hold 集团 too, and a group's system may well be used: only a sentence that names the
other one as its subject counts, and what follows it as long as it opens with the thing named there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reviewer.model.index import Sentence

_NUMBER = r"(?:[（(]?[一二三四五六七八九十\d]+(?:[.．]\d+)*[）)、.．\s]*)?"
_HAS = r"(?:建有|建成|建设|拥有|设有|开发|上线|推出|运营|已经?建|搭建|具有|配有|使用名为|办有|发布|自有)"
_ABROAD = r"(?:研发中心|技术中心|研究院|数据中心|共享中心|平台|系统|实验室|基地)"
_INTRODUCED = re.compile(
    rf"^{_NUMBER}[^，。；]{{0,14}}(?:集团|协会|商会|学会|联盟|联合会|(?:设备|软件)供应商|主机厂|整车厂|总公司|母公司|总部|兄弟公司)"
    rf"(?:公司|总部)?(?:也|已|还|则)?(?:{_HAS}|的?[^，。；]{{0,8}}{_ABROAD}(?:位于|在(?!本|我)|设在|{_HAS}|具有|是))"
)
_FOLLOWS = re.compile(
    rf"^{_NUMBER}(?:该|这个|此|上述|它们?|其)(?:平台|系统|中心|软件|基地|研究院|[，由可具能])?"
)
_OWNED = re.compile(
    r"由(?:协会|商会|集团|总部|总公司|母公司|供应商|客户)[^，]{0,8}(?:建设|运营|管理|维护|所有|使用)"
    r"|(?:属于|归)(?:集团|总部|总公司|母公司|协会)"
)
_NAMED = re.compile(r"[A-Z][A-Za-z0-9\-]{3,}|[“\"][^”\"，。]{2,16}[”\"]")
_OURS = re.compile(
    r"(?<!要求)(?<!监测)我们(?!公司研)|我厂|本厂|我司|本公司|本工厂|咱|(?<!别的)(?<!其他)(?:车间|产线|厂区|工厂)[^，]{0,6}(?:用|使用|接入|上线|装)|(?:已|均|都)接入|接口"
)
_TURN = re.compile(r"^(?:然而|但是?|不过|其中|目前|现在)，?")
_BARRED = re.compile(r"没有|未|无|不(?!仅|但|断|同)")


def of_others(sentences: Sequence[Sentence]) -> Iterator[tuple[int, bool]]:
    """(number, wholly) of the sentences that tell of others' things.

    wholly: what they deny is about those things too ("该平台由协会运营，本公司没有注册").
    """
    names: frozenset[str] = frozenset()
    subject, lasting = "", False
    for number, sentence in enumerate(sentences):
        text = _TURN.sub("", sentence.text)
        if sentence.subject != subject:
            subject, names, lasting = sentence.subject, frozenset(), False
        if lasting and (_FOLLOWS.match(text) or text.startswith(tuple(names))):
            if not _used(text):
                yield number, bool(_OWNED.search(text))
        elif _INTRODUCED.search(text) and not _used(text):
            names, lasting = names.union(_NAMED.findall(text)), True
            yield number, False
        else:
            lasting = lasting and any(name in text for name in names)


def _used(text: str) -> bool:
    """The sentence says that these works use it."""
    match = _OURS.search(text)
    return match is not None and not _BARRED.search(text, match.start())
