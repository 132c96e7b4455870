"""Pages of what fails again and again, its tickets, its file, and the panel on an item's page."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.register.models import Asset
from helpdesk.figures import access, queries
from helpdesk.figures import recurring as counting
from helpdesk.figures.recurring import Asked, Repeated, What
from helpdesk.figures.views.blueprint import blueprint
from helpdesk.tickets.states import TICKET
from kernel import downloads
from kernel.access import Viewer, permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext
from kernel.i18n import lazy_gettext as _l
from kernel.pages import page_number, paged
from kernel.tables import Column, Kind

LABELS = {
    What.ITEM: _l("Item"),
    What.SAME: _l("Same symptom on the same item"),
    What.MODEL: _l("Brand and model"),
    What.ROOM: _l("Room"),
    What.SYMPTOM: _l("Symptom"),
}


def _asked() -> Asked:
    days, least, unit = (request.args.get(name, "") for name in ("days", "least", "unit"))
    return Asked(
        int(days) if days in map(str, counting.DAYS) else Asked.days,
        int(least) if least in map(str, counting.LEAST) else Asked.least,
        int(unit) if unit.isdecimal() and len(unit) < 10 else None,
    )


def _chosen(what: str) -> What:
    if what not in set(What):
        raise NotFound(_("There are no such figures."))
    return What(what)


@blueprint.get("/figures/recurring")
@blueprint.get("/figures/recurring/<what>")
@permit(access.SEE)
def recurring(what: str = "item") -> ResponseReturnValue:
    """Show what failed most often."""
    chosen, asked = _chosen(what), _asked()
    as_of, gathering = queries.gathered()
    return render_template(
        "helpdesk/figures/recurring.html",
        chosen=chosen,
        label=LABELS[chosen],
        labels=LABELS,
        lines=counting.repeated(viewer(), asked, chosen),
        most=counting.MOST,
        filters=_filters(asked),
        as_of=as_of,
        gathering=gathering,
    )


def _filters(asked: Asked) -> list[dict[str, Any]]:
    english = language() == "en"
    units = queries.units_of(viewer())
    return [
        {
            "name": "days",
            "label": _("Within"),
            "value": "" if asked.days == Asked.days else str(asked.days),
            "any": _days(Asked.days),
            "choices": [(str(n), _days(n)) for n in counting.DAYS if n != Asked.days],
        },
        {
            "name": "least",
            "label": _("Number of faults"),
            "value": "" if asked.least == Asked.least else str(asked.least),
            "any": _at_least(Asked.least),
            "choices": [(str(n), _at_least(n)) for n in counting.LEAST if n != Asked.least],
        },
        {
            "name": "unit",
            "label": _("School"),
            "value": str(asked.unit_id or ""),
            "any": _("all"),
            "choices": [
                (str(u.id), u.name_en if english and u.name_en else u.name_th) for u in units
            ],
        },
    ]


@blueprint.get("/figures/recurring/<what>.<ending>")
@permit(access.SEE)
def recurring_file(what: str, ending: str) -> ResponseReturnValue:
    """Send what failed most often as a file."""
    chosen = _chosen(what)
    columns: list[Column[Repeated]] = [
        Column(str(LABELS[chosen]), lambda one: one.label, width=44),
        Column(_("Number or place"), lambda one: one.note, width=28),
        Column(_("Number of faults"), lambda one: one.count, Kind.WHOLE),
        Column(_("Different items"), lambda one: one.items, Kind.WHOLE),
        Column(_("Repair cost (baht)"), lambda one: one.cost, Kind.MONEY),
        Column(_("Last fault"), lambda one: one.last, Kind.DAY),
    ]
    lines = counting.repeated(viewer(), _asked(), chosen)
    return downloads.table(
        ending, columns, lines, name=_("Recurring faults"), plain_name="recurring-faults"
    )


@blueprint.get("/figures/recurring/<what>/<key>")
@permit(access.SEE)
def recurring_tickets(what: str, key: str) -> ResponseReturnValue:
    """List the tickets behind a line."""
    chosen, asked, number = _chosen(what), _asked(), page_number()
    parts = key.split("-")
    if len(parts) != len(counting.KEYS[chosen]) or not all(_is_id(one) for one in parts):
        raise NotFound(_("There are no such figures."))
    ids = [int(one) for one in parts]
    found = counting.tickets_of(viewer(), asked, chosen, ids, number)
    # Without a ticket that may be seen, nothing is told of the thing either.
    label, note = counting.label_of(chosen, ids) if found else ("–", "")
    return render_template(
        "helpdesk/figures/recurring_tickets.html",
        chosen=chosen,
        label=label,
        note=note,
        days=_days(asked.days),
        page=paged(found, number, counting.PAGE),
        faces=TICKET.faces,
        asset_id=ids[0] if chosen in (What.ITEM, What.SAME) and found else None,
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18


def panel(asset: Asset, who: Viewer) -> str:
    """Return the panel of an item that failed more than once in a year; empty for others."""
    if not who.may(access.SEE, asset.owner_unit_id, asset.holding_unit_id):
        return ""
    found = counting.of_item(asset.id)
    if found.count < Asked.least:
        return ""
    return render_template(
        "helpdesk/figures/_on_item.html",
        found=found,
        href=url_for("figures.recurring_tickets", what=What.ITEM, key=str(asset.id)),
    )


def _days(days: int) -> str:
    if days % 365 == 0:
        years = days // 365
        return ngettext("%(number)s year", "%(number)s years", years)
    return ngettext("%(number)s day", "%(number)s days", days)


def _at_least(count: int) -> str:
    return _("%(count)s or more", count=count)
