"""Sentences of attitude: what is held dear, spoken of, put first, and not what was built.

However literally such a sentence names a clause, it shows nothing: it has no figure but of meetings,
no system by its letters and no deed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_HELD = re.compile(
    r"重视|讲过|讲了|逢会|会上|会议上|思想|认识|站位|重要性|重要意义|深知|深感|深信|相信|认为|理解|体会"
    r"|(?:作为|当作|当成|列为|视为|看作)[^，。]{0,14}(?:重点|抓手|大事|要事|头等|必修|核心|主线|工程|任务|根本|关键|基础|支点|方向|生命|内容|课题)"
    r"|纳入[^，。]{0,12}(?:工作|议事|考核|日程|议题|重点|目标|体系)"
    r"|(?:放|摆|记|挂|抓)在[^，。]{0,6}(?:位置|心上|首位|前面|嘴边|手上|突出)|一把手|必修课|氛围|共识|强调|真抓|常抓|人人有责|支持"
    r"|意识|不动摇|口号|号召|倡议|动员|精神|专题研究|推进会|部署会|动员会|领导小组|领导班子|责任状|责任书|宣贯|学习|贯彻|决心|信心"
    r"|好评|肯定|赞誉|成效(?:显著|明显|突出|卓)|效果(?:良好|显著|明显|突出)|取得了?[^，。]{0,6}(?:成效|成果|效果|进展|成绩)"
    r"|(?:十分|非常|极其|至关|尤为)(?:重要|关键|必要)|离不开|不可或缺|是[^，。]{0,10}(?:基石|保障|关键|根本|前提|方向|趋势|必由)"
    r"|狠抓|齐抓|严抓|抓实|抓细|抓紧抓|落到实处|落实到位|层层落实|全力以赴|扎实|有力|有序|稳步|(?:各项|相关|有关|一系列)(?:工作|活动|举措|措施)|(?:通知|上级|文件|政策|标准)[^，。]{0,6}要求|全面展开|全面开展|全面铺开|走在前"
)
# Figures that count talk, persons or years, and no work.
_TALK = re.compile(
    r"(?:第)?[\d一二三四五六七八九十两]+(?:余|多)?(?:次|场|期|回|人次|人|名|位|份|条标语|年|月|日|届|周|个(?:部门|月))"
)
# What is learned or talked about, in whatever numbers, is not built.
_TAUGHT = re.compile(
    r"培训|讲解|授课|讲课|讲座|考试|手册|宣讲|参观|征文|竞赛|演讲|标语|宣传|倡议|[\d一二三四五六七八九十]+条[^，。]{0,6}(?:意见|建议)|交流会|研讨"
)
# The plain sign of work; looked for first, since most evidence has it.
_PLAIN = re.compile(r"\d[%％台套]|\d\.\d|[A-Za-z]{2}")
_FACT = re.compile(r"\d|(?<![A-Za-z])[A-Za-z]{2,}")
_DONE = re.compile(
    r"安装|装[了有上]|加装|换[了上成]|买了|购[置入]|上了|上线|投[用运产]|接[入到进]|连[到上着通]|采集|推送|下发|上传|回传|同步|扫码|刷卡|联锁|联动|传感|探头|相机|摄像|激光|仪表|机器人|控制器"
    r"|自动|实时|在线(?!分析优化|分析、|检测|优化)|弹|标红|标黄|亮灯|响|短信|手机|终端|看板|大屏|电脑|屏|接口|数据库|服务器"
    r"|建成|建[了起]|搭[了建起]|写[了出成]|编[制了写]|拆[成到]|验收|完成|比[较对选]|算[出法]|模型|跑[了出完]|存[在入进放]|记录|显示|锁[定死住]|拦|退回|改[为成到]|由[^，。]{1,12}(?:改|变|降|提|升|缩)|降[到低至]|缩短|提高到"
    r"|按(?:订单|工序|产品|机台|批|炉|班|车间|天|日|卷|件)|每(?:天|班|批|炉|件|台|道|周|日|小时|分钟|秒)|各(?:工序|机台|车间)(?:的|都|均)|国产|自研|源代码|托管|归本"
)


@lru_cache(maxsize=1024)  # asked twice a review, by the formulas and by the learned weights
def attitude(text: str) -> bool:
    """The sentence tells of an attitude, and of nothing that was built or is done."""
    if _TAUGHT.search(text):
        return not _DONE.search(text)
    if _PLAIN.search(text) or not _HELD.search(text) or _DONE.search(text):
        return False
    return not _FACT.search(_TALK.sub("", text))
