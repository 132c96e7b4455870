"""The queue of those who handle tickets."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from helpdesk.tickets import access, queue_queries
from helpdesk.tickets.states import CATEGORIES, PRIORITIES, Category, Priority
from helpdesk.tickets.views.blueprint import blueprint
from helpdesk.tickets.views.lines import lines
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged

PAGE = 50


@blueprint.get("/tickets")
@permit(access.SEE)
def queue() -> ResponseReturnValue:
    """Show the tickets of the viewer's units by what is due next."""
    me = viewer()
    filters = _filters()
    number = page_number()
    found = paged(queue_queries.queue(me, filters, number, PAGE), number, PAGE)
    return render_template(
        "helpdesk/tickets/queue.html",
        page=found,
        lines=list(lines(found.rows, may_take=me.may(access.TAKE))),
        filters=filters,
        counts=queue_queries.view_counts(me),
        views=_views(),
        units=queue_queries.units_of_queue(me),
        priorities=PRIORITIES,
        categories=CATEGORIES,
        english=language() == "en",
        button=ActionForm(),
    )


def _filters() -> queue_queries.Filters:
    args = request.args
    unit = args.get("unit", "")
    return queue_queries.Filters(
        view=args["view"] if args.get("view") in queue_queries.VIEWS else "open",
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 12 else None,
        category=args["category"] if args.get("category") in set(Category) else "",
        priority=args["priority"] if args.get("priority") in set(Priority) else "",
        text=args.get("q", "")[:200],
    )


def _views() -> list[tuple[str, str]]:
    return [
        ("open", _("All open")),
        ("mine", _("Mine")),
        ("unassigned", _("Nobody has it yet")),
        ("late", _("Late")),
        ("waiting", _("Waiting")),
        ("resolved", _("Resolved, not confirmed")),
        ("closed", _("Finished")),
        ("cancelled", _("Cancelled tickets")),
    ]
