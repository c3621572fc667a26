"""Charts as plain SVG, readable without colour and by screen readers."""

from __future__ import annotations

from html import escape

from reviewer.batch.triage.distributions import Grid, Series

_W, _BAR, _GAP = 560, 20, 6
_LABEL = 210


def columns(series: Series) -> str:
    """Upright bars, one a label."""
    high, base = 150, 170
    most = max(series.values, default=0) or 1
    step = _W / max(1, len(series.values))
    parts = []
    for at, (label, value) in enumerate(zip(series.labels, series.values, strict=True)):
        size, x = high * value / most, at * step
        parts.append(
            f'<rect class="bar" x="{x + 3:.1f}" y="{base - size:.1f}" width="{step - 6:.1f}" height="{size:.1f}"/>'
            f'<text class="axis" x="{x + step / 2:.1f}" y="{base + 16}" text-anchor="middle">{escape(label)}</text>'
        )
        if value:
            parts.append(
                f'<text class="value" x="{x + step / 2:.1f}" y="{base - size - 5:.1f}" '
                f'text-anchor="middle">{value}</text>'
            )
    return _svg(series, base + 26, parts)


def bars(series: Series) -> str:
    """Lying bars with long labels."""
    most = max(series.values, default=0) or 1
    parts = []
    for at, (label, value) in enumerate(zip(series.labels, series.values, strict=True)):
        y = at * (_BAR + _GAP)
        width = (_W - _LABEL - 50) * value / most
        parts.append(
            f'<text class="axis" x="{_LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(_cut(label))}</text>'
            f'<rect class="bar" x="{_LABEL}" y="{y}" width="{width:.1f}" height="{_BAR}"/>'
            f'<text class="value" x="{_LABEL + width + 6:.1f}" y="{y + 15}">{value}</text>'
        )
    return _svg(series, max(1, len(series.values)) * (_BAR + _GAP), parts)


def heat(grid: Grid) -> str:
    """A table as cells that are the darker the more they count; the number stands in each."""
    most = max((value for row in grid.counts for value in row), default=0) or 1
    wide = (_W - _LABEL) / max(1, len(grid.columns))
    parts = [
        f'<text class="axis" x="{_LABEL + (at + 0.5) * wide:.1f}" y="14" text-anchor="middle">{escape(c)}</text>'
        for at, c in enumerate(grid.columns)
    ]
    for line, (label, counts) in enumerate(zip(grid.rows, grid.counts, strict=True)):
        y = 22 + line * 19
        parts.append(
            f'<text class="axis" x="{_LABEL - 8}" y="{y + 13}" text-anchor="end">{escape(_cut(label))}</text>'
        )
        for at, value in enumerate(counts):
            x = _LABEL + at * wide
            parts.append(
                f'<rect class="cell" x="{x + 1:.1f}" y="{y}" width="{wide - 2:.1f}" height="17" '
                f'fill-opacity="{0.06 + 0.5 * value / most:.2f}"/>'
                f'<text class="value" x="{x + wide / 2:.1f}" y="{y + 13}" text-anchor="middle">{value or ""}</text>'
            )
    return _svg(grid, 22 + len(grid.rows) * 19, parts)


def _cut(label: str, most: int = 16) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"


def _svg(source: Series | Grid, height: float, parts: list[str]) -> str:
    return (
        f'<figure><figcaption>{escape(source.name)}</figcaption><svg role="img" aria-label="{escape(source.name)}" '
        f'viewBox="0 0 {_W} {height:.0f}" width="{_W}">{"".join(parts)}</svg></figure>'
    )
