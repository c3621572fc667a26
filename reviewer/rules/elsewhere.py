"""Words of the rules that other stages find: the batch."""

from __future__ import annotations

from reviewer.rules.registry import declare

declare(
    "BA001",
    "near-duplicate",
    """与另一份申报书有大段相同文字

    官方通用表述不算。相同的段落并列给出，供人判断。

    错误示例：
        两家企业的“采用的技术方案”除企业名称外逐句相同
    正确示例：
        按本企业的工艺、设备和数据撰写
    """,
    "与《{other}》有 {share} 的文字相同，如“{sample}”。",
    "请核实是否互相抄用，按本企业实际情况改写。",
)
declare(
    "BA002",
    "duplicate-enterprise",
    """同一统一社会信用代码申报两次

    错误示例：
        两份申报书的统一社会信用代码相同
    正确示例：
        一个企业只报一份，或说明为不同工厂
    """,
    "统一社会信用代码 {code} 在本批中出现 {count} 次：{files}。",
    "请核实是否重复申报，只保留一份。",
    severity="error",
)
declare(
    "BA003",
    "quota-exceeded",
    """推荐数超过本地区名额

    名额见附件 2；中央企业集团渠道、通过验收的揭榜单位等不占名额的，另行标注。

    错误示例：
        某市推荐先进级 12 家，名额 10 家
    正确示例：
        不超过 10 家，或注明不占名额的依据
    """,
    "{region}推荐{tier} {count} 家，名额 {quota} 家，超出 {over} 家。",
    "请核减，或注明不占名额的企业及依据。",
)
declare(
    "IN000",
    "internal",
    """程序自身的问题

    某条规则没有跑完，这条规则的结论缺失，其余结论不受影响。

    错误示例：
        （程序出错）
    正确示例：
        （程序正常）
    """,
    "规则 {code}（{rule}）未能完成，这一项没有审到。",
    "请人工核对这一项，并把申报书的情况反馈给程序维护者。",
)
