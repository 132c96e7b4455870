"""The papers that the service knows from the start: `data/layouts.csv`, one a row.

Own papers of the office lie in a table; a shipped one is copied to be changed, so that a newer
version of the service may bring more of them without touching what the office made.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assets.labels.geometry import Layout
from assets.labels.states import Kind, Line

DATA = Path(__file__).parent / "data" / "layouts.csv"
DEFAULT = "a4-24"


@cache
def layouts() -> Mapping[str, Layout]:
    """Return the shipped papers by their keys, in the order they are offered."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row["key"]: _layout(row) for row in csv.DictReader(file)}


def _layout(row: Mapping[str, str]) -> Layout:
    def pair(first: str, second: str) -> tuple[float, float]:
        return float(row[first]), float(row[second])

    return Layout(
        key=row["key"],
        kind=Kind(row["kind"]),
        page=pair("page_width", "page_height"),
        columns=int(row["columns"]),
        rows=int(row["rows"]),
        label=pair("label_width", "label_height"),
        qr=float(row["qr"]),
        padding=float(row["padding"]),
        font=float(row["font"]),
        origin=pair("margin_left", "margin_top"),
        gap=pair("gap_x", "gap_y"),
        lines=tuple(Line(line) for line in row["lines"].split()),
    )
