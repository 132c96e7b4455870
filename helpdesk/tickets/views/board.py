"""The queue as a board of states, and as a tour of schools that can be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from helpdesk.tickets import access, board_queries, news_queries, queue_columns
from helpdesk.tickets.board_queries import LANE, LANES, Stop
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.queue_filters import Filters, filters_from
from helpdesk.tickets.queue_views import VIEWS
from helpdesk.tickets.states import DONE, PRIORITIES, TICKET, Action
from helpdesk.tickets.targets import targets
from helpdesk.tickets.views import queue_narrowing
from helpdesk.tickets.views.blueprint import blueprint
from helpdesk.tickets.views.lines import SHOWN_PRIORITIES, due_of
from kernel import clock
from kernel.access import Viewer, permit, viewer
from kernel.addresses import here
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from office.calendar.queries import calendar_for

LABELS = {
    "new": _lp("ticket", "New"),
    "accepted": _lp("ticket", "Accepted"),
    "in_progress": _lp("ticket", "In progress"),
    "waiting": _l("Waiting"),
    "resolved": _lp("ticket", "Resolved"),
}
# Acts of one tap; what needs words is done on the ticket's page, and what is free is taken first.
TAPS = {Action.START: "s", Action.RESUME: "s", Action.CLOSE: "c"}
ON_BOARD = ("open", "mine", "unassigned")
ON_TOUR = ("tour", "mine", "unassigned", "open")
MOST_UNITS = 200


@dataclass(frozen=True)
class Card:
    """A ticket on the board, and what one tap can do to it: endpoint, word, key."""

    row: Any
    title: str
    about: str
    place: str
    who: str
    urgency: Any
    due: Markup | str
    taps: list[tuple[str, Any, str]]
    resolves: bool


@blueprint.get("/tickets/board")
@permit(access.SEE)
def board() -> ResponseReturnValue:
    """Show the queue in columns by state; buttons move a card by the rules of the ticket's page."""
    me = viewer()
    filters = _within(filters_from(request.args), ON_BOARD)
    mark = news_queries.mark()
    found = board_queries.board(me, filters)
    lanes = [
        {
            "key": name,
            "label": LABELS[name],
            "cards": _cards(found[name][:LANE], me),
            "more": _rest(name) if len(found[name]) > LANE else "",
        }
        for name in LANES
    ]
    return render_template(
        "helpdesk/tickets/board.html",
        lanes=lanes,
        mark=mark,
        filters=filters,
        shows=[(name, VIEWS[name].label) for name in ON_BOARD],
        groups=[one for one in queue_narrowing.groups(filters, me) if one["name"] != "state"],
        button=ActionForm(),
    )


def _rest(lane: str) -> str:
    """Return the list of all that a column of the board holds, with the filters in force."""
    kept: dict[str, Any] = {name: said for name, said in request.args.items() if name != "view"}
    if lane == "resolved":
        return url_for("tickets.queue", **{**kept, "show": lane})
    return url_for("tickets.queue", **{**kept, "show": kept.get("show", "open"), "state": lane})


def _within(filters: Filters, views: Sequence[str]) -> Filters:
    """Return filters whose view is one of these, the first where it is another."""
    if filters.view in views and ("show" in request.args or "view" in request.args):
        return filters
    return replace(filters, view=views[0])


def _cards(rows: Sequence[Any], me: Viewer) -> list[Card]:
    now, calendar, hold, names = clock.now(), calendar_for(), targets(), categories.names()
    found = []
    for row in rows:
        spot = row.room_name or row.place_text
        unit = queue_columns.spoken(row, "unit")
        found.append(
            Card(
                row=row,
                title=queue_columns.title_of(row),
                about=row.asset_name or names.get(row.category, row.category),
                place=f"{unit} · {spot}" if spot else unit,
                who=queue_columns.spoken(row, "assignee"),
                urgency=PRIORITIES[row.priority] if row.priority in SHOWN_PRIORITIES else None,
                due=due_of(row, now, calendar, hold) if row.next_due_at else "",
                taps=_taps(row, me),
                resolves=_may(row, Action.RESOLVE, me),
            )
        )
    return found


def _taps(row: Any, me: Viewer) -> list[tuple[str, Any, str]]:  # noqa: ANN401 - a row
    if row.state not in DONE and row.assignee_id is None and me.may(access.TAKE, row.unit_id):
        return [("take", _("Take it"), "e")]
    return [
        (str(action), TICKET.acts[action], key)
        for action, key in TAPS.items()
        if _may(row, action, me)
    ]


def _may(row: Any, action: Action, me: Viewer) -> bool:  # noqa: ANN401 - a row
    return TICKET.allows(row.state, action) and me.may(access.STAFF_ACTS[action], row.unit_id)


@blueprint.get("/tickets/tour")
@permit(access.SEE)
def tour() -> ResponseReturnValue:
    """Show open work by school, building and room, in a chosen order, ready to be printed."""
    me = viewer()
    filters = _within(filters_from(request.args), ON_TOUR)
    order = request.args.get("order", "")
    stops = _in_order(board_queries.tour(me, filters), order)
    now, calendar, hold = clock.now(), calendar_for(), targets()
    return render_template(
        "helpdesk/tickets/tour.html",
        stops=[(stop, *links) for stop, links in zip(stops, _links(stops), strict=True)],
        name_of=lambda stop: stop.name_en if language() == "en" and stop.name_en else stop.name_th,
        title_of=queue_columns.title_of,
        due_of=lambda row: due_of(row, now, calendar, hold),
        contact_of=lambda row: _contact(row, me),
        filters=filters,
        shows=[(name, VIEWS[name].label) for name in ON_TOUR],
        groups=queue_narrowing.groups(filters, me)[:1],
        order=order if order in ("name", "jobs") else "",
    )


def _contact(row: Any, me: Viewer) -> str:  # noqa: ANN401 - a row
    """Return whom to call; contacts are for those who handle the ticket (R-PD2)."""
    name = str(row.reporter_name)
    if not me.may(access.HANDLE, row.unit_id):
        return name
    return " ".join(part for part in (name, row.reporter_phone or row.reporter_contact) if part)


def _in_order(stops: list[Stop], order: str) -> list[Stop]:
    """Return the stops by name, by number of jobs, or as the address lists their units."""
    if order == "name":
        return sorted(stops, key=lambda stop: stop.name_th)
    if order == "jobs":
        return sorted(stops, key=lambda stop: -stop.jobs)
    wanted = [int(one) for one in order.split(",")[:MOST_UNITS] if one.isdecimal()]
    places = {unit_id: place for place, unit_id in enumerate(wanted)}
    return sorted(stops, key=lambda stop: places.get(stop.unit_id, len(places)))


def _links(stops: Sequence[Stop]) -> list[tuple[str, str]]:
    """Return for each stop the addresses that move it up and down; blank where it cannot move."""
    ids = [str(stop.unit_id) for stop in stops]

    def moved(place: int, by: int) -> str:
        if not 0 <= place + by < len(ids):
            return ""
        turned = list(ids)
        turned[place], turned[place + by] = turned[place + by], turned[place]
        return here({"order": ",".join(turned)})

    return [(moved(place, -1), moved(place, 1)) for place in range(len(ids))]
