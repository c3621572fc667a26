"""补正通知书: the letter by which a bureau asks for what must be mended, from a Word template.

The template is a plain .docx with docxtpl tags, to be edited in Word (``templates/letter.docx``;
``reviewer review --template`` takes another). It may use: unit, sender, factory, project, tier,
policy, year, file, errors, warnings (numbers), and the groups ``mend`` and ``check``, each with
``number`` （一）, ``title`` and ``items`` (``number``, ``place``, ``message``, ``suggestion``,
``basis``).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from reviewer.errors import UsageError
from reviewer.model.clean import clean
from reviewer.model.review import Finding, Review
from reviewer.policy.schema import Policy
from reviewer.reports.material import Material
from reviewer.reports.places import GROUPS, group, spoken

TEMPLATE = Path(__file__).parent / "templates" / "letter.docx"
_ORDER = {title: place for place, (title, _) in enumerate(GROUPS)}
_DIGITS = "一二三四五六七八九十"
_LONGEST = 1000


def write(material: Material) -> bytes:
    """The letter's bytes. Raises UsageError where the template cannot be used."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    data = material.template or TEMPLATE.read_bytes()
    out = io.BytesIO()
    try:
        letter = DocxTemplate(io.BytesIO(data))
        letter.render(
            values(material.review, material.policy), SandboxedEnvironment(), autoescape=True
        )
        letter.save(out)
    except TemplateError as error:
        raise UsageError(
            f"补正通知书模板里的标记有误（{clean(str(error))[:80]}），请对照自带模板改正。"
        ) from None
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise UsageError("补正通知书模板不是可用的 .docx 文件，请换一个。") from None
    return out.getvalue()


def values(review: Review, policy: Policy) -> dict[str, Any]:
    """What the template may use (see above)."""
    live = [finding for finding in review.findings if not finding.waived]
    mend = [finding for finding in live if finding.severity == "error"]
    check = [finding for finding in live if finding.severity == "warning"]
    return {
        "unit": _field(review, "企业名称") or _field(review, "申报单位") or "申报单位",
        "sender": _field(review, "推荐单位"),
        "factory": _field(review, "工厂名称"),
        "project": _field(review, "项目名称"),
        "tier": policy.tier(review.tier).name,
        "policy": policy.source.title,
        "year": policy.year,
        "file": _plain(review.document.name),
        "errors": len(mend),
        "warnings": len(check),
        "mend": _groups(mend, policy),
        "check": _groups(check, policy),
    }


def _groups(findings: Sequence[Finding], policy: Policy) -> list[dict[str, Any]]:
    """The findings by part of the form, numbered within each."""
    ordered = sorted(findings, key=lambda finding: _ORDER[group(finding.subject)])
    parts = groupby(ordered, key=lambda finding: group(finding.subject))
    return [
        {
            "number": f"（{_DIGITS[at]}）",
            "title": title.partition("、")[2] or title,
            "items": [_item(number, one, policy) for number, one in enumerate(members, 1)],
        }
        for at, (title, members) in enumerate(parts)
    ]


def _item(number: int, finding: Finding, policy: Policy) -> dict[str, Any]:
    return {
        "number": number,
        "place": _plain(spoken(finding.subject, policy)),
        "message": _plain(finding.message),
        "suggestion": _plain(finding.suggestion),
        "basis": _plain(finding.basis),
    }


def _field(review: Review, key: str) -> str:
    value = review.fields.get(key, "")
    return _plain(value) if isinstance(value, str) else ""


def _plain(text: str) -> str:
    """On one line, of a length that a letter bears."""
    line = " ".join(clean(text).split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
