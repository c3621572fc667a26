"""表一 without merged cells: two columns of label and value, or plain lines “label：value”."""

from __future__ import annotations

from typing import Any

from .blocks import Shape, blank, line, paragraph, prose
from .boxes import choice
from .context import Context
from .formcells import ACCIDENT, MATURITY, NATURES, SIZES, TRADES, accident_line, maturity_lines
from .inline import Look, inline, value_inline
from .kpis import year_rows, year_rows_down
from .labels import spaced, width
from .lists import entries
from .tables import Cell, label, table
from .xmlkit import Element

_LOOK = Look(size=21)


def _plain_fields(company: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and value of what is neither box nor long text, in the template's order."""
    people = [("法人代表/负责人姓名", "法人代表姓名"), ("法人代表/负责人电话", "法人代表电话")]
    people += [
        (f"联系人{part}", f"联系人{part}")
        for part in ("姓名", "电话", "职务", "手机", "传真", "邮箱")
    ]
    return [(words, company[key]) for words, key in people]


def _company_items(ctx: Context, company: dict[str, Any]) -> list[tuple[str, list[Element] | str]]:
    items: list[tuple[str, list[Element] | str]] = [
        (key, company[key]) for key in ("企业名称", "统一社会信用代码", "成立时间")
    ]
    items.append(("企业性质", [paragraph(choice(ctx, NATURES, company["企业性质"]))]))
    items.append(("企业类型", [paragraph(choice(ctx, SIZES, company["企业类型"]))]))
    items += [
        (f"{key}（{key}代码+名称）", company[key]) for key in ("行业门类", "行业大类", "行业中类")
    ]
    items.append(("工厂地址", company["工厂地址"]))
    items += _plain_fields(company)
    return items


def _proof_items(ctx: Context, company: dict[str, Any]) -> list[tuple[str, list[Element] | str]]:
    return [
        (MATURITY, maturity_lines(ctx, company)),
        (ACCIDENT, accident_line(ctx, company)),
        ("企业简介", prose(ctx, company["企业简介"], in_cell=True)),
    ]


def _factory_items(ctx: Context, factory: dict[str, Any]) -> list[tuple[str, list[Element] | str]]:
    return [
        ("工厂名称", factory["工厂名称"]),
        ("所属行业", [paragraph(choice(ctx, TRADES, factory["所属行业"]))]),
        ("所属行业细分行业", factory["细分行业"]),
        ("覆盖的环节和具体场景", entries(ctx, factory["场景清单"])),
        ("应用人工智能技术的具体场景", entries(ctx, factory["AI场景清单"])),
        ("智能工厂总集成方案供应商名称", factory["总集成方案供应商"]),
        ("总集成方案供应商联系人及联系方式", factory["总集成供应商联系人"]),
        ("建设起止日期", factory["建设起止日期"]),
        ("建设总投资（万元）", factory["建设总投资"]),
        ("项目简述", prose(ctx, factory["项目简述"], in_cell=True)),
    ]


def _show(ctx: Context, items: list[tuple[str, list[Element] | str]]) -> list[Element]:
    if ctx.opt.form == "pairs":
        rows = [[label(words), Cell(content)] for words, content in items]
        return [table(ctx, rows, [2800, 6200]), *blank()]
    out: list[Element] = []
    for words, content in items:
        shown = spaced(ctx, width(ctx, words)) + "："
        if isinstance(content, str):
            out.append(paragraph([*inline(ctx, shown, _LOOK), *value_inline(ctx, content, _LOOK)]))
        elif (
            len(content) == 1
            and words not in {"企业简介", "项目简述"}
            and content[0].tag.endswith("}p")
        ):
            content[0][:] = [
                *content[0].findall("{*}pPr"),
                *inline(ctx, shown, _LOOK),
                *(x for x in content[0] if not x.tag.endswith("}pPr")),
            ]
            out.append(content[0])
        else:
            out += [line(ctx, shown, Shape(), _LOOK), *content]
    return out


def flat_form(ctx: Context, company: dict[str, Any], factory: dict[str, Any]) -> list[Element]:
    """（一） and （二）, the three-year table between; the KPIs follow elsewhere."""
    years = year_rows_down(company, [1] * 5) if ctx.opt.years_down else year_rows(company, [1] * 4)
    widths = [1800] * 5 if ctx.opt.years_down else [3000, 2000, 2000, 2000]
    title = Look(bold=True, size=24)
    return [
        line(ctx, "（一）申报单位基本信息", Shape(before=120), title),
        *_show(ctx, _company_items(ctx, company)),
        table(ctx, years, widths),
        *blank(),
        *_show(ctx, _proof_items(ctx, company)),
        line(ctx, "（二）智能工厂基本信息", Shape(before=120), title),
        *_show(ctx, _factory_items(ctx, factory)),
    ]
