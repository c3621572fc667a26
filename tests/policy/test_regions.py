"""Which city a recommending bureau or an address belongs to."""

from __future__ import annotations

import pytest

from reviewer.policy.load import load
from reviewer.policy.regions import regions

POLICY = load("hebei-2026")

CASES = [
    ("邢台市工业和信息化局", {"邢台市"}),
    ("河北省邢台市内丘县金店镇建材产业园1号", {"邢台市"}),
    ("内丘县工业路3号", {"邢台市"}),
    ("邢台工信局", {"邢台市"}),
    ("保定市定州市经济开发区", {"定州市"}),
    ("河北省定州市工业和信息化局", {"定州市"}),
    ("河北辛集经济开发区", {"辛集市"}),
    ("石家庄市辛集路8号", {"石家庄市"}),
    ("雄安新区工信科技数据局", {"雄安新区"}),
    ("河北省保定市 唐县长古城镇", {"保定市"}),
    ("安新县三台镇", {"雄安新区"}),
    ("桥西区裕华路", {"石家庄市", "张家口市"}),
    ("丰宁满族自治县大阁镇", {"承德市"}),
    ("北京市海淀区", set()),
    ("河南省平顶山市新华区", set()),
    ("", set()),
    ("某集团有限公司", set()),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_regions(text: str, wanted: set[str]) -> None:
    assert regions(POLICY, text) == wanted
