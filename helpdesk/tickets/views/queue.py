"""The queue of those who handle tickets: its page, and what it shows as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from helpdesk.tickets import access, queue_columns, queue_queries
from helpdesk.tickets.news_queries import Mark
from helpdesk.tickets.queue_columns import COLUMNS, QueueColumn
from helpdesk.tickets.queue_filters import Filters, filters_from
from helpdesk.tickets.queue_views import VIEWS
from helpdesk.tickets.views import bulk_bar, queue_narrowing
from helpdesk.tickets.views.blueprint import blueprint
from helpdesk.tickets.views.lines import lines
from kernel import clock, downloads
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.pages import page_number, paged
from office.saved_views import lists
from office.saved_views import queries as saved
from office.saved_views.columns import column_choice
from office.saved_views.queries import Kept

PAGE = 50
FILES = (("xlsx", "Excel"), ("csv", "CSV"))
LIST = lists.declare("tickets", "tickets.queue", _l("Repair queue"), access.SEE)


@blueprint.get("/tickets")
@permit(access.SEE)
def queue() -> ResponseReturnValue:
    """Show the tickets of the viewer's units by what is due next, or as the viewer likes it."""
    me, kept = viewer(), saved.kept_for(viewer(), LIST.key)
    if not request.args and kept.default is not None:
        return redirect(lists.address(kept.default))
    filters, number, shown = filters_from(request.args), page_number(), _shown(kept)
    # Before the rows: what changes in between is news once more, never lost.
    counts = queue_queries.view_counts(me)
    found = paged(queue_queries.queue(me, filters, number, PAGE), number, PAGE)
    sort = queue_columns.sorted_by(filters.sort, is_open=filters.is_open)
    drawn = "".join(lines(found.rows, shown, may_take=me.may(access.TAKE)))
    return render_template(
        "helpdesk/tickets/queue.html",
        page=found,
        lines=Markup(drawn),  # noqa: S704 - rows that are escaped already
        heads=_heads(shown, filters),
        sort=sort.removeprefix("-") or "due",
        descending=sort.startswith("-"),
        offered=column_choice(shown, COLUMNS.values()),
        filters=filters,
        views=[(view.key, str(view.label), counts.get(view.key)) for view in VIEWS.values()],
        mark=Mark(counts["last_entry"], counts["last_ticket"]),
        groups=queue_narrowing.groups(filters, me),
        further=queue_narrowing.further(filters),
        chips=queue_narrowing.chips(filters),
        kept=kept,
        list_key=LIST.key,
        saved=[(view, lists.address(view)) for view in kept.views],
        files=[(name, _file_address(ending)) for ending, name in FILES],
        button=ActionForm(),
        bulk=bulk_bar.offered(me),
        may_take=me.may(access.TAKE),
        may_report_for=me.may(access.REPORT_FOR),
    )


@blueprint.get("/tickets/list.<ending>")
@permit(access.SEE)
def queue_file(ending: str) -> ResponseReturnValue:
    """Hand out exactly what the queue shows, all of its pages, as CSV or as a workbook."""
    me, filters = viewer(), filters_from(request.args)
    day = clock.today().isoformat()
    return downloads.table(
        ending,
        queue_columns.handed_out(_shown(saved.kept_for(me, LIST.key))),
        queue_queries.exported(me, filters),
        name=f"{_('Repair queue')} {day}",
        plain_name=f"tickets-{day}",
    )


def _shown(kept: Kept) -> tuple[QueueColumn, ...]:
    """Return the columns of the address, else those the person has chosen, else the usual ones."""
    return queue_columns.chosen(queue_columns.keys_in(request.args.get("cols", "") or kept.columns))


def _heads(shown: Sequence[QueueColumn], filters: Filters) -> list[dict[str, Any]]:
    def sorts(column: QueueColumn) -> bool:
        return bool(queue_columns.sorted_by(column.key, is_open=filters.is_open))

    heads: list[dict[str, Any]] = [
        {"label": column.label, "sort": column.key if sorts(column) else None} for column in shown
    ]
    return [*heads, {"label": _("Act"), "hide_label": True}]


def _file_address(ending: str) -> str:
    query = lists.lasting(request.query_string.decode())
    return url_for("tickets.queue_file", ending=ending) + (f"?{query}" if query else "")
