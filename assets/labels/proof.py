"""The test page of a printer: true millimetres to measure, or a paper's corners to compare."""

from __future__ import annotations

from pathlib import Path

from assets.labels.calibration import MARK_MM, NO_FIT, RULER_MM, Fit
from assets.labels.geometry import Layout
from kernel.i18n import gettext as _
from kernel.i18n import language
from office.papers import engine

_TEMPLATE = Path(__file__).parent / "paper" / "calibration.typ"
A4 = (210.0, 297.0)


def to_measure(printer: str) -> bytes:
    """Draw the page that is measured, A4, without any fit.

    Args:
        printer: its name, printed on the page.
    """
    said = [
        printer,
        _("Print at actual size (100 per cent), never fitted to the page. Then measure:"),
        _("A and B: how long the line is. It should be 100 mm."),
        _("C: from the left edge of the paper. It should be 20 mm."),
        _("D: from the upper edge of the paper. It should be 20 mm."),
        _("Type what you measured on the printer's page."),
    ]
    return _page(A4, NO_FIT, said, layout=None)


def to_compare(printer: str, layout: Layout, fit: Fit) -> bytes:
    """Draw crosses at the corners of a paper's labels, with the printer's fit.

    Args:
        printer: its name.
        layout: the paper it is held against.
        fit: what is done to the drawing.
    """
    said = [printer, _("Hold it against a sheet of labels: the crosses lie on the corners.")]
    return _page(layout.page, fit, said, layout=layout)


def _page(
    size: tuple[float, float],
    fit: Fit,
    said: list[str],
    *,
    layout: Layout | None,
) -> bytes:
    corners: set[tuple[float, float]] = set()
    if layout is not None:
        for _page_no, x, y in layout.places(layout.per_page):
            for right in (x, x + layout.label[0]):
                corners |= {(round(right, 3), y), (round(right, 3), round(y + layout.label[1], 3))}
    data = {
        "page": size,
        "fit": {"dx": fit.dx, "dy": fit.dy, "sx": fit.sx, "sy": fit.sy},
        "title": _("Test page of a label printer"),
        "said": said,
        "language": language(),
        "corners": sorted(corners),
        "label": layout.label if layout else (0, 0),
        "mark": MARK_MM,
        "ruler": RULER_MM,
    }
    return engine.render(_TEMPLATE, data)
