"""Charts drawn by the server as SVG: they need no script, print, and follow light and dark.

A chart says what its table says; screen readers get its title and are led to the table. Colours
come from the style sheet by classes, so nothing about them stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 48, 8, 12, 32
STEPS = (1, 2, 5)
WANTED_LINES = 4


@dataclass(frozen=True)
class Series:
    """One row of values; ``look`` is ``first``, ``second`` or ``line``."""

    name: str
    values: Sequence[int]
    look: str


def nice_top(largest: int) -> tuple[int, int]:
    """Return the top of an axis and the step between its lines, in round numbers."""
    step = 1
    while step * WANTED_LINES < largest:
        step = _next_step(step)
    return max(step * -(-largest // step), step), step


def _next_step(step: int) -> int:
    ten = 1
    while ten * 10 <= step:
        ten *= 10
    return next((one * ten for one in STEPS if one * ten > step), ten * 10)


def columns(
    title: str, labels: Sequence[str], series: Sequence[Series], *, chart_id: str
) -> Markup:
    """Return columns side by side for each label, and lines over them.

    Args:
        title: what it shows, a sentence for those who do not see it.
        labels: one for each place on the lower axis, short.
        series: of whole numbers, none below zero, as long as ``labels``.
        chart_id: unlike any other id of the page.
    """
    bars = [one for one in series if one.look != "line"]
    lines = [one for one in series if one.look == "line"]
    top, step = nice_top(max((max(one.values, default=0) for one in series), default=0))
    place = (WIDTH - LEFT - RIGHT) / max(len(labels), 1)
    drawn = [_axis(top, step)]
    for at, label in enumerate(labels):
        middle = LEFT + place * (at + 0.5)
        drawn.append(
            f'<text class="chart-label" x="{middle:.1f}" y="{HEIGHT - 10}" text-anchor="middle">'
            f"{escape(label)}</text>"
        )
        width = min(place * 0.72 / max(len(bars), 1), 28)
        for number, one in enumerate(bars):
            x = middle + (number - len(bars) / 2) * width
            y = _height(one.values[at], top)
            drawn.append(
                f'<rect class="chart-{one.look}" x="{x:.1f}" y="{y:.1f}" width="{width - 2:.1f}" '
                f'height="{HEIGHT - BOTTOM - y:.1f}"><title>{escape(label)} · {escape(one.name)} '
                f"{one.values[at]:,}</title></rect>"
            )
    for one in lines:
        points = [
            (LEFT + place * (at + 0.5), _height(value, top)) for at, value in enumerate(one.values)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        drawn.append(f'<polyline class="chart-line" points="{path}"/>')
        drawn += [f'<circle class="chart-dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
    return _framed(title, drawn, chart_id)


def _axis(top: int, step: int) -> str:
    parts = []
    for value in range(0, top + 1, step):
        y = _height(value, top)
        parts.append(
            f'<line class="chart-grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="chart-label" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">'
            f"{value:,}</text>"
        )
    return "".join(parts)


def _height(value: int, top: int) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)


def _framed(title: str, drawn: Sequence[str], chart_id: str) -> Markup:
    return Markup(  # noqa: S704 - numbers of ours, and texts that were escaped
        f'<svg class="chart chart-columns" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{escape(chart_id)}"><title id="{escape(chart_id)}">{escape(title)}'
        f"</title>{''.join(drawn)}</svg>"
    )
