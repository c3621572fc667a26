"""Reviews made by hand, files that stand for them, and a runner that needs no street."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewer.batch import places
from reviewer.batch.digest import digest
from reviewer.batch.identity import KEYS, differ
from reviewer.batch.task import Outcome, Task
from reviewer.errors import ReviewerError
from reviewer.limits import Limits
from reviewer.model.folding import bare
from reviewer.model.review import (
    DocumentInfo,
    Finding,
    Gate,
    Location,
    Review,
    ScenarioReport,
    SectionReport,
    Summary,
    TierCoverage,
    Tool,
)
from reviewer.policy.load import load
from reviewer.reports.json import encode
from tests.batch.words import sentences

POLICY = load("hebei-2026")
HEAD = {"word": b"{\\rtf", "pdf": b"%PDF-1.7"}


def entry(at, number, instance="实例", ai=False):
    scenario = POLICY.scenario(number)
    return ScenarioReport(
        at=at, raw=f"{scenario.stage}-{scenario.name}-{instance}", stage_written=scenario.stage,
        name_written=scenario.name, instance=instance, scenario=number, name=scenario.name,
        stage=scenario.stage, stage_ok=True, name_ok=True, method="exact", confidence=1.0, ai=ai,
    )  # fmt: skip


def finding(rule="stage-mismatch", severity="error", subject="list:main:1"):
    return Finding(rule, "SC002", severity, subject, "环节不符。", "", "附件7", Location())


def review(name="a.docx", *, fields=None, texts=None, tier="advanced", score=80.0, eligible=True,
           errors=0, kind="docx") -> Review:  # fmt: skip
    """A review as the street would give it, as far as the batch looks at it."""
    gates = (Gate("maturity", eligible, "成熟度为一级，要求二级"),)
    found = tuple(finding(subject=f"list:main:{n}") for n in range(errors))
    filled = {
        "企业名称": "甲公司",
        "工厂名称": "甲智能工厂",
        "推荐单位": "保定市工业和信息化局",
        "企业类型": ("大型企业",),
        "所属行业": ("装备制造",),
        "成熟度分数": "2.30",
        "行业中类": "345 轴承、齿轮和传动部件制造",
    }
    return Review(
        schema_version="1.0",
        tool=Tool("reviewer", "0", POLICY.id, POLICY.version, "m"),
        document=DocumentInfo(name, name, kind, None),
        tier=tier,
        fields=filled | (fields or {}),
        sections={k: SectionReport(t, len(t), None) for k, t in (texts or {}).items()},
        scenarios=(entry("list:main:1", 24), entry("list:main:2", 8), entry("list:ai:1", 24, ai=True)),
        kpis=(),
        coverage={tier: TierCoverage(score, eligible, gates, {}, {})},
        findings=found,
        summary=Summary(errors, 0, 0),
    )  # fmt: skip


def put(path: Path, *, role="word", **spec) -> Path:
    """A file that ``StubRunner`` reviews by its spec."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEAD[role] + json.dumps(spec).encode())
    return path


def many(folder: Path, count: int) -> None:
    """That many firms with texts of their own; every tenth copies from the one before."""
    for number in range(count):
        rng = random.Random(number - (number % 10 == 9))
        text = "".join(sentences(rng, 900))
        put(
            folder / f"甲{number:03}.docx",
            fields={
                "企业名称": f"企业{number}",
                "工厂名称": f"{number}智能工厂",
                "统一社会信用代码": f"{number:018}",
            },
            texts={"2.1": text},
            errors=number % 4,
            score=50 + number % 40,
        )


class StubRunner:
    """Reviews by the spec in the file. dies_after: raise KeyboardInterrupt then, as Ctrl-C does."""

    def __init__(
        self, dies_after: int | None = None, error: type[BaseException] = KeyboardInterrupt
    ):
        self.dies_after, self.error, self.seen = dies_after, error, []

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        for number, task in enumerate(tasks):
            if number == self.dies_after:
                raise self.error
            self.seen.append(task.case.main.shown)
            yield outcome(task)


def outcome(task: Task) -> Outcome:
    case = task.case
    try:
        made = _made(case.main)
    except ReviewerError as error:
        return Outcome(case.key, sentence=str(error))
    if made is None:
        return Outcome(case.key, sentence="看不出是申报书。")
    pdf = _made(case.pdf) if case.word is not None and case.pdf is not None else None
    stranger = pdf is not None and differ(_told(made), _told(pdf))
    return Outcome(case.key, encode(made), digest(made, POLICY), stranger=stranger)


def _told(made: Review) -> dict[str, str]:
    return {key: bare(str(made.fields.get(key, ""))) for key in KEYS}


def _made(item):
    data = places.read(item.ref, item.name, Limits())
    at = data.find(b"{", 2)
    try:
        return review(item.name, **json.loads(data[at:]))
    except json.JSONDecodeError:
        return None
