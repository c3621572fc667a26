"""Tables: merges resolved, malformed grids taken as far as they make sense."""

from __future__ import annotations

import pytest

from tests.parsing.package import grid, p, read_body, sdt, table, tbl, tc, tr

DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


def span(n: object) -> str:
    return f'<w:gridSpan w:val="{n}"/>'


def cells(*rows: str) -> list[tuple[int, int, int, int, str]]:
    return grid(table(read_body(tbl(*rows))))


def test_plain():
    found = table(read_body(tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁")))))
    assert (found.rows, found.cols) == (2, 2)
    assert grid(found) == [
        (0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "丁")
    ]  # fmt: skip


def test_merges():
    assert cells(
        tr(tc("标", DOWN), tc("宽", span(2))),
        tr(tc("", ON), tc("左"), tc("右")),
        tr(tc("", '<w:vMerge w:val="continue"/>'), tc("末", span(2))),
    ) == [
        (0, 0, 3, 1, "标"), (0, 1, 1, 2, "宽"), (1, 1, 1, 1, "左"), (1, 2, 1, 1, "右"), (2, 1, 1, 2, "末")
    ]  # fmt: skip


def test_merge_in_both_directions():
    assert cells(tr(tc("块", span(2) + DOWN), tc("a")), tr(tc("", span(2) + ON), tc("b"))) == [
        (0, 0, 2, 2, "块"), (0, 2, 1, 1, "a"), (1, 2, 1, 1, "b")
    ]  # fmt: skip


def test_horizontal_merge_of_old_word():
    assert cells(tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙"))) == [
        (0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")
    ]  # fmt: skip


def test_text_of_continuing_cells_is_kept():
    assert cells(tr(tc("标", DOWN), tc("a")), tr(tc("续", ON), tc("b")))[0] == (
        0,
        0,
        2,
        1,
        "标\n续",
    )


def test_rows_that_begin_later_or_end_earlier():
    before, after = '<w:gridBefore w:val="2"/>', '<w:gridAfter w:val="1"/>'
    found = table(read_body(tbl(tr(tc("甲"), properties=before), tr(tc("乙"), properties=after))))
    assert grid(found) == [(0, 2, 1, 1, "甲"), (1, 0, 1, 1, "乙")]
    assert found.cols == 3


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((tr(tc("甲", ON)),), [(0, 0, 1, 1, "甲")]),
        (
            (tr(tc("宽", span(2) + DOWN)), tr(tc("窄", ON), tc("邻"))),
            [(0, 0, 1, 2, "宽"), (1, 0, 1, 1, "窄"), (1, 1, 1, 1, "邻")],
        ),
        (
            (tr(tc("a"), tc("b", DOWN)), tr(tc("c", span(2))), tr(tc("d"), tc("e", ON))),
            [
                (0, 0, 1, 1, "a"),
                (0, 1, 1, 1, "b"),
                (1, 0, 1, 2, "c"),
                (2, 0, 1, 1, "d"),
                (2, 1, 1, 1, "e"),
            ],
        ),
        ((tr(tc("甲", span("2147483648"))),), [(0, 0, 1, 63, "甲")]),
        ((tr(tc("甲", span(-5)), tc("乙", span("x"))),), [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]),
    ],
)
def test_malformed(rows, expected):
    assert cells(*rows) == expected


def test_every_position_belongs_to_one_cell_at_most():
    rows = [
        tr(*(tc("x", span(1 + (i * j) % 3) + (DOWN, ON, "")[(i + j) % 3]) for j in range(6)))
        for i in range(12)
    ]
    seen: set[tuple[int, int]] = set()
    for row, col, rowspan, colspan, _ in cells(*rows):
        for place in ((r, c) for r in range(row, row + rowspan) for c in range(col, col + colspan)):
            assert place not in seen
            seen.add(place)


def test_controls_around_rows_and_cells():
    assert cells(tr(tc("甲"), sdt(tc("乙"))), sdt(tr(tc("丙"), tc("丁")))) == [
        (0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "丁")
    ]  # fmt: skip


def test_deleted_and_hidden_rows_and_cells():
    assert cells(
        tr(tc("旧"), properties="<w:del/>"),
        tr(tc("新"), properties="<w:ins/>"),
        tr(tc("藏"), properties="<w:hidden/>"),
        tr(tc("去", "<w:cellDel/>"), tc("留")),
    ) == [(0, 0, 1, 1, "新"), (1, 0, 1, 1, "留")]


def test_a_wholly_deleted_table_is_gone():
    assert read_body(tbl(tr(tc("旧"), properties="<w:del/>")) + p("后")).blocks[0].text == "后"


def test_nested_table():
    found = table(read_body(tbl(tr(tc(p("外") + tbl(tr(tc("内"))) + p()), tc("邻")))))
    assert [c.text for c in found.cells] == ["外\n内", "邻"]
    assert found.cells[0].blocks[1].cells[0].text == "内"


def test_table_between_deleted_mark_and_next_paragraph():
    found = read_body(p("甲", "<w:rPr><w:del/></w:rPr>") + tbl(tr(tc("格"))) + p("乙"))
    assert [getattr(b, "text", "表") for b in found.blocks] == ["甲", "表", "乙"]
