"""What can differ between two Word files of one declaration: options, named layouts, mixes."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, replace
from typing import Literal, get_args, get_type_hints

HeadingStyle = Literal["builtin", "cnword", "custom", "wps", "direct", "none"]
HeadingNumbers = Literal["typed", "auto", "none", "part", "arabic", "fullwidth"]
ScenarioHeading = Literal["template", "bare", "ordinal", "scene", "next", "cell"]
Labels = Literal["paren", "half", "circled", "digit", "auto", "plain"]
Form = Literal["merged", "split", "split_label", "nested", "pairs", "paragraphs"]
ListForm = Literal["paragraphs", "breaks", "rows", "auto", "nested"]
Boxes = Literal[
    "box_tick",
    "box_solid",
    "box_cross",
    "ballot",
    "wingdings",
    "control",
    "legacy",
    "tick_before",
    "tick_on_box",
    "tick_after",
    "tick_paren",
    "bracket",
    "box_after",
    "only",
]
Star = Literal["before", "after", "full"]
Controls = Literal["none", "run", "block", "cell", "row", "mixed"]
Spaces = Literal["none", "ideographic", "double", "nbsp"]
Producer = Literal["word", "wps", "libreoffice"]
Package = Literal["plain", "document2", "bom", "absolute", "case"]


@dataclass(frozen=True)
class Options:
    """One way of writing a declaration down. The defaults follow the notice's template, typed in Word."""

    # headings
    heading_style: HeadingStyle = "builtin"
    numbers: HeadingNumbers = "typed"
    scenario_heading: ScenarioHeading = "template"
    dash: Literal["-", "—", "–", "－"] = "-"
    labels: Labels = "paren"
    label_inline: bool = False
    label_guidance: bool = False
    # tables
    form: Form = "merged"
    list_form: ListForm = "paragraphs"
    block_table: bool = False
    years_down: bool = False
    industry_below: bool = False
    kpi_own: bool = False
    kpi_index: bool = False
    kpi_twoup: bool = False
    kpi_star: Star = "before"
    kpi_unit: bool = False
    details: Literal["merged", "nested", "plain"] = "merged"
    supplier_lines: bool = False
    empty_rows: int = 0
    # boxes and answers
    boxes: Boxes = "box_tick"
    answers: Literal["word", "boxes"] = "word"
    # wrapping and noise
    controls: Controls = "none"
    textboxes: Literal["none", "cover", "narrative", "both"] = "none"
    tracked: bool = False
    split_runs: bool = False
    links: bool = False
    smart_tags: bool = False
    bookmarks: bool = False
    invisibles: bool = False
    hard_hyphens: bool = False
    comments: bool = False
    footnotes: bool = False
    figures: bool = False
    # labels
    spaces: Spaces = "none"
    vertical: Literal["none", "paragraphs", "breaks", "direction"] = "paragraphs"
    fullwidth: bool = False
    halfwidth: bool = False
    cell_breaks: bool = False
    # frame
    cover: Literal["table", "paragraphs", "tabs", "underline"] = "table"
    header: bool = True
    toc: Literal["none", "field", "typed"] = "none"
    page_breaks: bool = True
    landscape: bool = False
    all_attachments: bool = False
    # file
    producer: Producer = "word"
    strict: bool = False
    package: Package = "plain"


LAYOUTS: dict[str, Options] = {
    "template": Options(toc="field", kpi_index=True),
    "plain": Options(
        heading_style="none",
        boxes="box_solid",
        split_runs=True,
        cover="paragraphs",
        label_guidance=True,
        page_breaks=False,
        list_form="breaks",
        kpi_star="full",
    ),
    "autonumber": Options(
        heading_style="cnword",
        numbers="auto",
        labels="auto",
        list_form="auto",
        boxes="wingdings",
        split_runs=True,
        toc="field",
        industry_below=True,
    ),
    "custom": Options(
        heading_style="custom",
        numbers="part",
        scenario_heading="bare",
        dash="—",
        labels="half",
        boxes="control",
        controls="run",
        kpi_own=True,
        bookmarks=True,
        form="split",
    ),
    "wps": Options(
        heading_style="wps",
        producer="wps",
        form="nested",
        list_form="nested",
        boxes="tick_after",
        spaces="ideographic",
        scenario_heading="ordinal",
        smart_tags=True,
        details="nested",
    ),
    "libreoffice": Options(
        producer="libreoffice",
        form="pairs",
        boxes="bracket",
        labels="digit",
        kpi_unit=True,
        vertical="none",
        label_inline=True,
        cover="tabs",
        kpi_own=True,
        hard_hyphens=True,
    ),
    "split": Options(
        heading_style="direct",
        form="split_label",
        vertical="breaks",
        cell_breaks=True,
        boxes="tick_paren",
        list_form="breaks",
        spaces="double",
        labels="circled",
        empty_rows=2,
        industry_below=True,
    ),
    "tracked": Options(
        heading_style="cnword",
        tracked=True,
        comments=True,
        footnotes=True,
        split_runs=True,
        boxes="tick_on_box",
        answers="boxes",
        toc="field",
    ),
    "controls": Options(
        controls="mixed",
        boxes="legacy",
        answers="boxes",
        kpi_index=True,
        links=True,
        bookmarks=True,
        scenario_heading="next",
    ),
    "textboxes": Options(
        textboxes="both",
        cover="paragraphs",
        figures=True,
        heading_style="cnword",
        numbers="arabic",
        scenario_heading="scene",
        footnotes=True,
    ),
    "blocktables": Options(
        block_table=True,
        heading_style="none",
        numbers="typed",
        scenario_heading="cell",
        form="split",
        boxes="box_cross",
        kpi_twoup=True,
        kpi_own=True,
        list_form="rows",
    ),
    "paragraphs": Options(
        form="paragraphs",
        boxes="only",
        toc="typed",
        heading_style="none",
        labels="plain",
        kpi_own=True,
        cover="underline",
        supplier_lines=True,
        scenario_heading="bare",
    ),
    "fullwidth": Options(
        fullwidth=True,
        numbers="fullwidth",
        spaces="ideographic",
        boxes="ballot",
        labels="paren",
        heading_style="wps",
        producer="wps",
        label_inline=True,
        kpi_star="after",
        invisibles=True,
    ),
    "unnumbered": Options(
        numbers="none",
        heading_style="builtin",
        labels="plain",
        kpi_own=True,
        kpi_twoup=True,
        boxes="tick_before",
        halfwidth=True,
        years_down=True,
        form="split",
        all_attachments=True,
    ),
    "sections": Options(
        landscape=True,
        figures=True,
        page_breaks=True,
        toc="typed",
        heading_style="direct",
        numbers="arabic",
        spaces="nbsp",
        vertical="direction",
        boxes="box_after",
        all_attachments=True,
        empty_rows=3,
    ),
    "strict": Options(strict=True, boxes="control", heading_style="cnword"),
    "oddpackage": Options(
        package="document2",
        heading_style="none",
        numbers="none",
        boxes="box_solid",
        scenario_heading="template",
        links=True,
    ),
}

PRINTABLE: tuple[str, ...] = tuple(
    name for name in LAYOUTS if name not in {"tracked", "controls", "autonumber", "custom"}
)
"""Layouts whose print says the same as the Word file.

LibreOffice prints struck text and prompts of empty controls, and does not know ``w:isLgl`` (三.1 for 3.1).
"""

_NUMBERED_ONLY: frozenset[str] = frozenset({"bare", "next", "cell"})


def _choices(name: str, default: object) -> tuple[object, ...]:
    """The values an option may take in a mix."""
    kind = get_type_hints(Options)[name]
    if kind is bool:
        return (False, True) if name not in {"strict"} else (False,)
    if kind is int:
        return (0, 0, 1, 3)
    return get_args(kind) or (default,)


def mix(seed: int) -> Options:
    """Random options, each with its own draw; about half stay at the template's value so that no file is all noise."""
    rng = random.Random(f"mix{seed}")
    drawn: dict[str, object] = {}
    for field in fields(Options):
        if rng.random() < 0.5:
            drawn[field.name] = rng.choice(_choices(field.name, field.default))
    drawn["package"] = rng.choice(["plain", "plain", "document2", "bom", "absolute"])
    return consistent(replace(Options(), **drawn))  # type: ignore[arg-type]


def consistent(options: Options) -> Options:
    """Options that no reader could tell apart are pulled back (a scenario name in a bare unstyled line …)."""
    changes: dict[str, object] = {}
    if options.fullwidth and options.halfwidth:
        changes["halfwidth"] = False
    if options.numbers == "none" and options.scenario_heading in _NUMBERED_ONLY:
        changes["scenario_heading"] = "template"
    if options.form in {"pairs", "paragraphs"}:
        changes["kpi_own"] = True
    if options.list_form == "rows" and options.form == "paragraphs":
        changes["list_form"] = "paragraphs"
    if options.kpi_index and options.kpi_twoup:
        changes["kpi_index"] = False
    if options.kpi_twoup:
        changes["kpi_own"] = True
    return replace(options, **changes) if changes else options  # type: ignore[arg-type]


def options_for(layout: str, seed: int) -> Options:
    """The options of a named layout, or of the seed's mix.

    Raises:
        ValueError: no layout has that name.
    """
    if layout == "mix":
        return mix(seed)
    if layout not in LAYOUTS:
        raise ValueError(f"unknown layout {layout!r}; known: mix, {', '.join(LAYOUTS)}")
    return LAYOUTS[layout]
