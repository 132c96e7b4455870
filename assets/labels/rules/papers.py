"""The office's own papers and printers: made, changed, fitted, laid aside."""

from __future__ import annotations

from typing import Any

from assets.labels.calibration import fitted
from assets.labels.geometry import Layout, faults
from assets.labels.models import LabelLayout, LabelPrinter
from assets.labels.states import Kind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def fields_of(layout: Layout) -> dict[str, Any]:
    """Return the columns of a paper."""
    return {
        "name": layout.name,
        "kind": layout.kind,
        "page_width": layout.page[0],
        "page_height": layout.page[1],
        "columns": layout.columns,
        "rows": layout.rows,
        "label_width": layout.label[0],
        "label_height": layout.label[1],
        "margin_left": layout.origin[0],
        "margin_top": layout.origin[1],
        "gap_x": layout.gap[0],
        "gap_y": layout.gap[1],
        "qr": layout.qr,
        "padding": layout.padding,
        "font": layout.font,
        "lines": " ".join(layout.lines),
    }


def keep_layout(layout: Layout, modules: int, *, by: Viewer) -> LabelLayout:
    """Keep a new paper for the unit of the person.

    Args:
        layout: the paper.
        modules: the size of our symbol.
        by: who made it.

    Refuses one that cannot be: labels beyond the paper, a symbol too small to be read, no room
    for the words.
    """
    _refuse_faults(layout, modules)
    row = LabelLayout(unit_id=by.unit_id, created_at=clock.now(), **fields_of(layout))
    db.session.add(row)
    db.session.flush()  # the audit trail names the paper by its id
    audit.record("laid_out", row, by=by, after={"name": row.name})
    return row


def change_layout(row: LabelLayout, layout: Layout, modules: int, *, by: Viewer) -> None:
    """Change an own paper; runs that were printed keep theirs.

    Args:
        row: the paper.
        layout: as it shall be.
        modules: the size of our symbol.
        by: who changes it.

    Refuses what ``keep_layout`` refuses.
    """
    _refuse_faults(layout, modules)
    audit.record_changes("laid_out", row, fields_of(layout), by=by)


def drop_layout(row: LabelLayout, *, by: Viewer) -> None:
    """Lay an own paper aside: it is not offered any more."""
    row.retired_at = clock.now()
    audit.record("laid_aside", row, by=by, before={"name": row.name})


def _refuse_faults(layout: Layout, modules: int) -> None:
    wrong = faults(layout, modules)
    if wrong:
        raise Refusal(wrong[0].sentence, field=wrong[0].field)


def keep_printer(name: str, kind: Kind, *, by: Viewer) -> LabelPrinter:
    """Note a printer for the unit of the person; it is fitted by measuring its test page."""
    row = LabelPrinter(name=name, kind=kind, unit_id=by.unit_id, created_at=clock.now())
    db.session.add(row)
    db.session.flush()  # the audit trail names the printer by its id
    audit.record("set_up", row, by=by, after={"name": name, "kind": str(kind)})
    return row


def fit_printer(row: LabelPrinter, changes: dict[str, Any], *, by: Viewer) -> None:
    """Change name, offsets (0.1 mm) and scales (0.01 %) of a printer.

    Args:
        row: the printer.
        changes: columns and values.
        by: who fits it.
    """
    audit.record_changes("fitted", row, changes, by=by)


def measured(lengths: tuple[float, float], marks: tuple[float, float]) -> dict[str, int]:
    """Return offsets and scales from what was measured on the test page, across and down.

    Args:
        lengths: how long the two lines of 100 mm are, in mm.
        marks: how far from the edge the two lines at 20 mm lie, in mm.

    Refuses what is more than a tenth off or moved by more than 10 mm: that is another mistake.
    """
    found: dict[str, int] = {}
    for side, length, mark in zip("xy", lengths, marks, strict=True):
        try:
            scale, shift = fitted(length, mark)
        except ValueError as error:
            which = "width" if side == "x" else "height"
            raise Refusal(_far_off(), field=f"{error}_{which}") from error
        found[f"scale_{side}"] = round(scale * 10_000)
        found[f"offset_{side}"] = round(shift * 10)
    return found


def _far_off() -> str:
    return _(
        "That is too far off for a printer: more than a tenth, or more than 10 mm. Print the test "
        "page at its actual size and measure again."
    )


def drop_printer(row: LabelPrinter, *, by: Viewer) -> None:
    """Lay a printer aside: it is not offered any more."""
    row.retired_at = clock.now()
    audit.record("laid_aside", row, by=by, before={"name": row.name})
