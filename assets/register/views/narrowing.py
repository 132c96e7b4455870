"""The filters of the list as its page offers them, and a chip for each one that is in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assets.register import queries
from assets.register.filters import AVAILABLE, CAPITAL, DAYS_AHEAD, LOW, PASSED, Filters
from assets.register.states import CONDITIONS, FUND_TYPES, LIFECYCLES, OBSTACLES
from assets.register.views.naming import name_of
from kernel import clock, thai
from kernel.access import viewer
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext
from kernel.pages import show_money

YEARS = 15


def groups(filters: Filters, classes: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the filters of the list as the filter bar wants them."""
    units = [(str(u.id), name_of(u)) for u in queries.units_with_items(viewer())]
    found = [_group("unit", _("Unit"), filters.unit_id, units, _("all units"))]
    if filters.unit_id:
        rooms = [(str(r.id), r.name) for r in queries.rooms_of(filters.unit_id)]
        found.append(_group("room", _("Room"), filters.room_id, rooms, _("all rooms")))
    every = [(str(c.id), c.name) for c in classes]
    conditions = [(str(c), face.label) for c, face in CONDITIONS.items()]
    reasons = [(str(o or AVAILABLE), face.label) for o, face in OBSTACLES.items()]
    of_class = [_group("class", _("Class"), filters.class_id, every, _("all classes"))]
    if filters.class_id or filters.product_id:
        rows = queries.products_with_items(filters.class_id, filters.product_id)
        models = [(str(row.id), f"{row.brand} {row.name}".strip()) for row in rows]
        if models:
            asked = filters.product_id
            of_class.append(_group("product", _("Model"), asked, models, _("all models")))
    return [
        *found,
        *of_class,
        _group("condition", _("Condition"), filters.condition, conditions, _("any condition")),
        _group("available", _("Availability"), filters.availability, reasons, _("all items")),
    ]


def _group(name: str, label: str, value: object, choices: list[Any], every: str) -> dict[str, Any]:
    """Return one filter; a value that is gone stays to be seen, and taken out."""
    known = {choice[0] for choice in choices}
    if value and str(value) not in known:
        choices = [*choices, (str(value), _("not there any more"))]
    return {"name": name, "label": label, "value": value, "choices": choices, "any": every}


def further(filters: Filters) -> list[dict[str, Any]]:
    """Return the filters behind “More filters”: selects with choices, and fields to type into."""
    ahead = {days: _ahead(int(days)) for days in DAYS_AHEAD}
    passed = {PASSED: _("passed"), **ahead}
    this = thai.fiscal_year(clock.today())
    years = {str(this - n): _year(this - n) for n in range(YEARS)}
    if filters.year and str(filters.year) not in years:
        years[str(filters.year)] = _year(filters.year)
    return [
        _select("lifecycle", _("Standing in the register"), filters.lifecycle, _faces(LIFECYCLES)),
        _select("standing", _("Value"), filters.standing, _standings()),
        _select("fund", _("Paid from"), filters.fund, dict(FUND_TYPES)),
        _select("year", _("Fiscal year of acquisition"), str(filters.year or ""), years),
        _select("service", _("Next service"), filters.service, passed),
        _select("warranty", _("Warranty"), filters.warranty, {**passed, PASSED: _("ended")}),
        _select("missing", _("Without"), filters.missing, _lacks()),
        _field("custodian", _("Person in charge"), filters.custodian),
        _field("brand", _("Brand"), filters.brand),
        _field("model", _("Model"), filters.model),
        _field("price_from", _("Price from (baht)"), show_money(filters.price_from)),
        _field("price_to", _("Price up to (baht)"), show_money(filters.price_to)),
    ]


def chips(filters: Filters) -> list[dict[str, str]]:
    """Return name, label and value of each further filter in force."""
    return [
        {
            "name": one["name"],
            "label": one["label"],
            "value": str(one["choices"][one["value"]] if one["choices"] else one["value"]),
        }
        for one in further(filters)
        if one["value"]
    ]


def _select(name: str, label: str, value: str, choices: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "choices": choices}


def _field(name: str, label: str, value: str) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "choices": None}


def _faces(faces: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(code): face.label for code, face in faces.items()}


def _ahead(days: int) -> str:
    return ngettext("within %(number)s day", "within %(number)s days", days)


def _year(year: int) -> str:
    return str(year if language() == "th" else year - thai.BUDDHIST_OFFSET)


def _standings() -> dict[str, str]:
    return {LOW: _("Low-value items"), CAPITAL: _("Capital items")}


def _lacks() -> dict[str, str]:
    return {
        "photo": _("a photo"),
        "room": _("a room"),
        "number": _("an asset number"),
        "price": _("a price"),
        "date": _("a day of acquisition"),
        "class": _("a class"),
        "custodian": _("a person in charge"),
    }
