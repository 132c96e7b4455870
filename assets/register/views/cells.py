"""What the cells of the list show: badges, links, days and amounts in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from assets.register.columns import ListColumn, spoken
from assets.register.states import CONDITIONS, LIFECYCLES, OBSTACLES
from kernel.i18n import gettext as _
from kernel.markup import badge
from kernel.pages import show_date, show_moment, show_money
from kernel.states import Face
from kernel.tables import Kind

LONGEST = 120
Show = Callable[[Any], Any]


def shower(column: ListColumn, stem: str) -> Show:
    """Return what makes the content of a column's cells out of rows.

    Args:
        column: the column.
        stem: the address of an item without its number.
    """
    if column.key == "number":
        return lambda row: _number(row, stem)
    if column.key == "name":
        return lambda row: _name(row, stem)
    if column.key in OWN:
        return OWN[column.key]()
    return _by_kind(column)


def _by_kind(column: ListColumn) -> Show:
    value, kind = column.parts[0].value, column.parts[0].kind
    if kind == Kind.MONEY:
        return lambda row: show_money(value(row))  # type: ignore[arg-type]  # the kind says so
    if kind == Kind.DAY:
        return lambda row: show_date(value(row), "short")  # type: ignore[arg-type]
    if kind == Kind.MOMENT:
        return lambda row: _moment(value(row))
    yes, no = _("yes"), _("no")

    def plain(row: Any) -> str:  # noqa: ANN401 - a row of the list
        said = value(row)
        if isinstance(said, bool):
            return yes if said else no
        return "" if said is None else str(said)[:LONGEST]

    return plain


def _moment(value: Any) -> str:  # noqa: ANN401 - a moment
    return show_moment(value) if isinstance(value, datetime) else ""


def _number(row: Any, stem: str) -> Markup:  # noqa: ANN401 - a row of the list
    number = row.asset_no or _("no number yet")
    look = "mono nowrap" if len(number) <= 24 else "mono"
    return Markup('<a class="{}" href="{}{}">{}</a>').format(look, stem, row.id, number)


def _name(row: Any, stem: str) -> Markup:  # noqa: ANN401 - a row of the list
    name = row.name if len(row.name) <= LONGEST else row.name[:LONGEST] + "…"
    link = Markup('<a href="{}{}">{}</a>').format(stem, row.id, name)
    return link + _below(f"{row.brand} {row.model}".strip())


def _below(text: str) -> Markup:
    return Markup('<br><span class="quiet">{}</span>').format(text) if text else Markup()


def _place() -> Show:
    return lambda row: escape(spoken(row, "holder")) + _below(row.room or "")


def _quantity() -> Show:
    return lambda row: f"{row.quantity:,} {row.unit_word}"


def _badges(name: str, faces: Any) -> Callable[[], Show]:  # noqa: ANN401 - a dictionary of faces
    def made() -> Show:
        drawn = {code and str(code): _badge(face) for code, face in faces.items()}
        return lambda row: drawn.get(getattr(row, name), "")

    return made


def _badge(face: Face) -> Markup:
    return badge(face.label, face.tone, face.icon)


OWN: dict[str, Callable[[], Show]] = {
    "place": _place,
    "quantity": _quantity,
    "condition": _badges("condition", CONDITIONS),
    "available": _badges("obstacle", OBSTACLES),
    "lifecycle": _badges("lifecycle", LIFECYCLES),
}
