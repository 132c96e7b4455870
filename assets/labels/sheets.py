"""Labels on sheets and tapes: true millimetres, vector symbols, words that are never cut in two.

What a label says is decided here and in `paper/label.typ`; where it lies, in `geometry`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from assets.labels.calibration import NO_FIT, Fit
from assets.labels.geometry import Layout
from assets.labels.states import Line
from kernel import qr
from office.papers import engine

LABELS_A_FILE = 1000
# Longer texts do not fit on any label; measuring them would only take time.
_LONGEST_TEXT = 200
_TEMPLATE = Path(__file__).parent / "paper" / "label.typ"


@dataclass(frozen=True)
class Label:
    """What one label shows. Empty `asset_no` or `name` leave a line for the pen."""

    code: str
    url: str
    """The text of the QR, made by `assets.labels.qr.address`."""
    asset_no: str
    name: str
    place: str
    office: str
    class_name: str = ""
    hint: str = ""
    """What to do with a label that stands for no item yet."""


def parts(count: int, layout: Layout, *, start: int = 0) -> list[range]:
    """Share labels out to files of whole pages, up to about a thousand labels each.

    Args:
        count: how many labels.
        layout: the paper.
        start: the first free place of the first page, from 0.
    """
    whole = max(LABELS_A_FILE // layout.per_page, 1) * layout.per_page
    edges = [0, *range(whole - start, count, whole), count]
    return [range(first, last) for first, last in pairwise(edges)]


def sheet(
    labels: Sequence[Label],
    layout: Layout,
    *,
    start: int = 0,
    fit: Fit = NO_FIT,
    extra_font_dirs: Sequence[Path | str] = (),
) -> bytes:
    """Print `labels` on `layout` as a vector PDF/A, one label per place, in the order given.

    `start` is the first free place of a partly used sheet, counted row by row from 0; `fit` is what
    the printer needs. Refuses (ValueError) no labels, and a `start` that is not on the first page.
    """
    if not labels:
        raise ValueError("there are no labels to print")
    if not 0 <= start < layout.per_page:
        raise ValueError(f"the first label goes to a place from 0 to {layout.per_page - 1}")
    data = _data(labels, layout, start=start, fit=fit)
    return engine.render(_TEMPLATE, data, extra_font_dirs=extra_font_dirs)


def preview(labels: Sequence[Label], layout: Layout) -> bytes:
    """Draw the first page as SVG, with the edges of all labels, just as it would be printed."""
    data = {**_data(labels, layout, start=0, fit=NO_FIT), "frames": _corners(layout)}
    return engine.render_svg(_TEMPLATE, data)


def _data(labels: Sequence[Label], layout: Layout, *, start: int, fit: Fit) -> dict[str, object]:
    pages: dict[int, list[dict[str, object]]] = {}
    places = layout.places(len(labels), start=start)
    for label, (page, x, y) in zip(labels, places, strict=True):
        pages.setdefault(page, []).append({"x": x, "y": y, **_content(label, layout)})
    return {
        "layout": geometry_of(layout),
        "fit": {"dx": fit.dx, "dy": fit.dy, "sx": fit.sx, "sy": fit.sy},
        "pages": [pages[page] for page in sorted(pages)],
        "frames": [],
    }


def _corners(layout: Layout) -> list[dict[str, float]]:
    return [{"x": x, "y": y} for _page, x, y in layout.places(layout.per_page)]


def _content(label: Label, layout: Layout) -> dict[str, object]:
    side = len(qr.modules(label.url)) + 2 * qr.BORDER
    texts = {
        Line.OFFICE: label.office,
        Line.CLASS: label.class_name,
        Line.NAME: label.name,
        Line.NUMBER: label.asset_no,
        Line.ROOM: label.hint or label.place,
    }
    shown = {str(line): _one_line(text) for line, text in texts.items() if line in layout.lines}
    if label.hint:
        shown["room"] = _one_line(label.hint)
    return {
        "qr": qr.svg(label.url),
        "quiet": qr.BORDER / side,
        "code": label.code if Line.CODE in layout.lines else "",
        "alt": label.code,
        "blank": bool(label.hint),
        "texts": shown,
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_TEXT]


def geometry_of(layout: Layout) -> dict[str, object]:
    """Return what a template must know of a paper."""
    return {
        "page": layout.page,
        "label": layout.label,
        "qr": layout.qr,
        "padding": layout.padding,
        "name": layout.type.name,
        "number": layout.type.number,
        "small": layout.type.small,
    }
