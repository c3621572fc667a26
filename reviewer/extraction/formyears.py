"""The years that head columns or rows of the form's table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewer.extraction.cells import Rows
from reviewer.extraction.flow import Grid, GridCell
from reviewer.extraction.formlabels import FormLabel
from reviewer.extraction.wording import Labels, split_label
from reviewer.policy.labels import fold

_YEAR = re.compile(r"(20\d\d)(?:年(?:度|末|底)?)?")


class YearHeads:
    """Column → year, from the last row that heads at least two columns with years. It holds for
    the tables that follow too: the header may stand in a table of its own."""

    def __init__(self, labels: Labels[FormLabel]) -> None:
        self._labels = labels
        self._years: dict[int, int] = {}

    def note(self, grid: Grid) -> set[int]:
        """Learn the headers of a grid; returns the orders of the lines that are headers."""
        used: set[int] = set()
        for row in grid.rows:
            years = {cell.col: year for cell in row if (year := _year(cell.text))}
            if len(years) >= 2 and not self._is_yearly(row[0]):
                self._years = years
                heads = (cell for cell in row if cell.col in years)
                used.update(line.order for cell in heads for line in cell.lines)
        return used

    def of(self, cells: Sequence[GridCell], rows: Rows) -> list[int]:
        """The year of each value cell; empty unless all are known."""
        years = [self._years.get(cell.col) or _row_year(cell, rows) for cell in cells]
        return [year for year in years if year] if all(years) else []

    def _is_yearly(self, cell: GridCell) -> bool:
        """The row gives a value of each year: 2010, 2020 are amounts then."""
        found = split_label(cell.text, self._labels)
        return found is not None and any(spec.kind == "years" for spec in found.what.fields)


def _year(text: str) -> int | None:
    match = _YEAR.fullmatch(fold(text))
    return int(match.group(1)) if match else None


def _row_year(cell: GridCell, rows: Rows) -> int | None:
    """The year that heads the cell's row, where fields are columns and years are rows."""
    left = (other for other in rows.at(cell.row) if other.col < cell.col)
    return next((year for other in left if (year := _year(other.text))), None)
