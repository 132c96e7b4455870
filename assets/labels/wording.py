"""What a label says and what papers are called: the only words of labels besides the pages'."""

from __future__ import annotations

from typing import Any

from assets.labels import qr, sheets
from assets.labels.geometry import Layout
from assets.labels.states import Kind
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.qr import modules

A4 = (210.0, 297.0)
SAMPLE_CODE = "7K3QF9AB"


def layout_name(layout: Layout) -> str:
    """Return what people call a paper: its own name, or its kind and size."""
    width, height = (f"{side:g}" for side in layout.label)
    if layout.name:
        return layout.name
    if layout.kind == Kind.SHEET and layout.page == A4:
        return _(
            "A4 sheet, %(count)s labels of %(width)s × %(height)s mm",
            count=layout.per_page,
            width=width,
            height=height,
        )
    if layout.key.startswith("tape-"):
        tape = layout.key.removeprefix("tape-")
        length = width if height == tape else height
        return _("Tape of %(tape)s mm, labels %(length)s mm long", tape=tape, length=length)
    return _("Single labels of %(width)s × %(height)s mm", width=width, height=height)


def modules_of(base_url: str) -> int:
    """Return how many modules the symbol of our labels has on a side, without its border."""
    return len(modules(qr.address(base_url, SAMPLE_CODE)))


def label_of(row: Any, *, base_url: str, office: str) -> sheets.Label:  # noqa: ANN401 - a row
    """Return what a label says: in Thai, because everybody reads it.

    Args:
        row: a line of a print run as ``queries.run_lines`` reads it.
        base_url: the public address of the service.
        office: the name of the office in Thai.
    """
    url = qr.address(base_url, row.code)
    if hasattr(row, "room_id"):
        return _room_label(row, url, office)
    if row.asset_id is None:
        with speaking("th"):
            hint = _("Blank label · scan me to put me on an item")
        return sheets.Label(row.code, url, "", "", "", office, hint=hint)
    place = f"{row.room} · {row.unit}" if row.room else row.unit
    return sheets.Label(
        code=row.code,
        url=url,
        asset_no=row.asset_no or "",
        name=row.name,
        place=place,
        office=office,
        class_name=row.class_name or "",
    )


def _room_label(row: Any, url: str, office: str) -> sheets.Label:  # noqa: ANN401 - a row
    """Return what the label of a room says: the room, large, and what a scan of it is for."""
    with speaking("th"):
        what = _("Room label · scan me to report a fault here")
    place = f"{row.building} · {row.unit}" if row.building else row.unit
    return sheets.Label(row.code, url, what, row.name, place, office)


def sample(*, base_url: str, office: str) -> sheets.Label:
    """Return a label for the drawing of a paper."""
    with speaking("th"):
        return sheets.Label(
            code=SAMPLE_CODE,
            url=qr.address(base_url, SAMPLE_CODE),
            asset_no="7440-001-0001/69",
            name=_("Notebook computer for data processing"),
            place=_("Computer room 1 · Example School"),
            office=office,
            class_name=_("Notebook computer (example)"),
        )
