"""A scenario block of the form, to be put together in many ways."""

from tests.extraction.build import LEFT, UP, T

ENTRY = "生产作业-在线智能检测-阀体尺寸视觉检测"
OTHER = "生产作业-设备运行监控-机床联网监控"
DESC, PAIN, TECH, RESULT = "在线测量。", "人工测量慢。", "部署三台相机。", "效率提高两倍。"
CHAPTER = ["三、重点环节智能化建设情况", "3.3 生产作业", "作业概况。"]
PARTS = {"desc": DESC, "pain": PAIN, "tech": TECH, "result": RESULT}

LABELS = [
    "场景解决方案供应商",
    "场景建设",
    "场景实例描述（结合要素条件进行描述，300字以内，可配图）",
    "解决的痛点问题描述（300字以内）",
    "采用的技术方案（500字以内，可配图）",
    "已实施成效（包括经济效益、场景推广情况等，最好通过量化指标描述，500字以内）",
    "具体场景采用的关键装备、软件、工艺、技术情况",
]
SUPPLIERS = T(["供应商名称", "联系人", "联系方式"], ["石家庄甲公司", "李四", "139"])
BUILT = [
    "起止日期：2022年3月1日至2023年2月28日。",
    "总投资金额：680万元。",
    "是否成效突出且具备推广价值:是",
    "是否应用人工智能:否",
]
MADE = T(
    ["具体场景名称", f"1.{ENTRY}", LEFT, LEFT, LEFT],
    ["关键装备¶（可填写多个）", "种类", "名称", "规格/型号", "供应商"],
    [UP, "智能检测与装配装备", "工业相机", "5MP", "乙公司"],
    ["关键软件", "种类", "名称", "规格/型号", "供应商"],
    [UP, "生产制造类", "质检软件", "V2", "自建"],
    ["工艺", "名称", LEFT, "应用描述", LEFT],
    [UP, "", LEFT, "", LEFT],
    ["技术", "名称", LEFT, "应用描述", LEFT],
    [UP, "机器视觉", LEFT, "测尺寸", LEFT],
)


def block(*, heading, number, built=BUILT, tables=MADE, inline=False):
    """A block of the form; ``number`` makes the labels' numbers."""
    texts = [None, None, DESC, PAIN, TECH, RESULT, None]
    blocks = [heading]
    for index, (label, text) in enumerate(zip(LABELS, texts, strict=True), 1):
        head = number(index, label)
        if inline and text:
            blocks.append(f"{head}：{text}")
            continue
        blocks.append(head)
        blocks += {1: [SUPPLIERS], 2: list(built), 7: [tables]}.get(index, [text])
    return blocks


def typed(mark):
    return lambda n, label: mark.format(n=n, c="①②③④⑤⑥⑦"[n - 1]) + label


HEADING = f"3.3.1 场景名称：{ENTRY}"
