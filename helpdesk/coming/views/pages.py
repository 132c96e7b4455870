"""What is coming: the list with its filters, and its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.coming import access, queries
from helpdesk.coming.queries import Coming, Filter, Line
from helpdesk.coming.states import HORIZONS, KINDS, USUAL_HORIZON, Kind
from kernel import clock, downloads
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import ngettext, pgettext
from kernel.pages import MOST_COUNTED, page_number, paged
from kernel.tables import Column
from kernel.tables import Kind as Cell
from office.places import queries as places

blueprint = Blueprint("coming", __name__)
PAGES: Mapping[Kind, Callable[[int], str]] = {
    Kind.WARRANTY: lambda ref: url_for("register.item", asset_id=ref),
    Kind.LICENCE: lambda ref: url_for("licences.licence", licence_id=ref),
    Kind.RIGHT: lambda _ref: url_for("access_rights.overview", standing="soon"),
    Kind.CARD: lambda ref: url_for("cards.card", card_id=ref),
    Kind.COUNT: lambda ref: url_for("counts.show", round_id=ref),
    Kind.DISPOSAL: lambda ref: url_for("disposals.disposal", disposal_id=ref),
    Kind.STOCK: lambda ref: url_for("stock.shortages", store=ref),
    Kind.TICKET: lambda ref: url_for("tickets.show", ticket_id=ref),
    Kind.RESERVATION: lambda ref: url_for("loans.show_request", request_id=ref),
    Kind.OUTSIDE: lambda ref: url_for("tickets.show", ticket_id=ref),
    Kind.VISIT: lambda ref: url_for("maintenance.visit", visit_id=ref),
    Kind.BACKUP: lambda _ref: url_for("backups.overview"),
}


@blueprint.get("/coming")
@permit(access.SEE)
def coming() -> ResponseReturnValue:
    """List everything with a last day, the most urgent first."""
    wanted, number = _wanted(), page_number()
    found = _coming(wanted, most=number * queries.PAGE + 1)
    first = (number - 1) * queries.PAGE
    return render_template(
        "helpdesk/coming/coming.html",
        page=paged(found.lines[first : first + queries.PAGE + 1], number, queries.PAGE),
        wanted=wanted,
        late=found.late,
        most=MOST_COUNTED,
        today=clock.today(),
        kinds=KINDS,
        kind_choices=[(kind.value, face.label) for kind, face in KINDS.items()],
        day_choices=[
            (str(days), ngettext("%(number)s day", "%(number)s days", days))
            for days in HORIZONS
            if days != USUAL_HORIZON
        ],
        units=places.choices(viewer().scope(access.SEE)),
        address=lambda line: PAGES[line.kind](line.ref),
    )


def _wanted() -> Filter:
    kind, unit, days = (request.args.get(name, "") for name in ("kind", "unit", "days"))
    return Filter(
        kind=kind if kind in tuple(Kind) else "",
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 16 else None,
        days=int(days) if days in {str(one) for one in HORIZONS} else USUAL_HORIZON,
    )


def _coming(wanted: Filter, most: int = queries.MOST) -> Coming:
    days = current_app.extensions["settings"].backup_days
    return queries.coming(viewer(), wanted, backup_days=days, most=most)


@blueprint.get("/coming/table.<ending>")
@permit(access.SEE)
def table(ending: str) -> Response:
    """Send exactly what the list shows."""
    today = clock.today()
    columns: list[Column[Line]] = [
        Column(_("Day"), lambda line: line.day, Cell.DAY),
        Column(_("Days left"), lambda line: (line.day - today).days, Cell.WHOLE),
        Column(_("What"), lambda line: str(KINDS[line.kind].label), width=28),
        Column(pgettext("coming", "About"), lambda line: line.title, width=44),
        Column(_("How many"), lambda line: line.number, Cell.WHOLE),
        Column(_("Unit"), lambda line: line.unit_name, width=32),
    ]
    rows = _coming(_wanted()).lines
    return downloads.table(ending, columns, rows, name=_("What is coming"), plain_name="coming")
