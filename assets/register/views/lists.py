"""The list of the register: its page, and what it shows as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.register import access, columns, list_queries, queries, slots
from assets.register.columns import ListColumn
from assets.register.filters import Filters, filters_from
from assets.register.views import narrowing, rows
from assets.register.views.blueprint import blueprint
from kernel import clock, downloads
from kernel.access import permit, viewer
from kernel.addresses import stem
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.pages import Page, page_mark, page_number, paged
from office.saved_views import lists
from office.saved_views import queries as saved
from office.saved_views.columns import column_choice
from office.saved_views.queries import Kept

FILES = (("xlsx", "Excel"), ("csv", "CSV"))
LIST = lists.declare("register", "register.item_list", _l("Equipment register"), access.SEE)


@blueprint.get("/items")
@permit(access.SEE)
def item_list() -> ResponseReturnValue:
    """List the items that the person may see, as the person likes to see them."""
    me, kept = viewer(), saved.kept_for(viewer(), LIST.key)
    if not request.args and kept.default is not None:
        return redirect(lists.address(kept.default))
    filters, number = filters_from(request.args), page_number()
    classes = queries.classes()
    extras = _extras(filters, classes)
    shown = _shown(kept, extras)
    found = list_queries.items(filters, shown, me, page=number, mark=page_mark())
    page = paged(found, number, list_queries.PAGE)
    ticked_acts = slots.ticked_acts(me)
    ticks = me.may(access.EDIT) or bool(ticked_acts)
    return render_template(
        "assets/register/items.html",
        page=page,
        ends=_ends(page),
        filters=filters,
        sort=filters.sort.removeprefix("-") or "number",
        descending=filters.sort.startswith("-"),
        columns=shown,
        rows=rows.drawn(page.rows, shown, stem("register.item", "asset_id"), ticks=ticks),
        ticks=ticks,
        offered=column_choice(shown, (*columns.COLUMNS.values(), *extras)),
        sums=list_queries.summed(filters, me) if request.args.get("sum") == "1" else None,
        may_value=me.may(access.VALUE),
        groups=narrowing.groups(filters, classes),
        further=narrowing.further(filters),
        chips=narrowing.chips(filters),
        kept=kept,
        list_key=LIST.key,
        saved=[(view, lists.address(view)) for view in kept.views],
        files=[(name, _file_address(ending)) for ending, name in FILES],
        may_edit=me.may(access.EDIT),
        ticked_acts=ticked_acts,
        may_import=me.may(access.IMPORT),
        may_label=slots.may_print(me),
    )


@blueprint.get("/items/sum")
@permit(access.SEE)
def item_sums() -> ResponseReturnValue:
    """Send the line that says what the list holds together; its page asks for it when it stands."""
    me = viewer()
    return render_template(
        "assets/register/_sums.html",
        sums=list_queries.summed(filters_from(request.args), me),
        may_value=me.may(access.VALUE),
    )


@blueprint.get("/items/list.<ending>")
@permit(access.SEE)
def item_file(ending: str) -> ResponseReturnValue:
    """Hand out exactly what the list shows, all of its pages, as CSV or as a workbook."""
    me = viewer()
    filters = filters_from(request.args)
    shown = _shown(saved.kept_for(me, LIST.key), _extras(filters, queries.classes()))
    day = clock.today().isoformat()
    return downloads.table(
        ending,
        columns.handed_out(shown),
        list_queries.exported(filters, shown, me),
        name=f"{_('Equipment register')} {day}",
        plain_name=f"register-{day}",
    )


def _shown(kept: Kept, extras: Sequence[ListColumn]) -> tuple[ListColumn, ...]:
    """Return the columns of the address, else those the person has chosen, else the usual ones."""
    return columns.chosen(columns.keys_in(request.args.get("cols", "") or kept.columns), extras)


def _extras(filters: Filters, classes: Sequence[Any]) -> list[ListColumn]:
    above = {one.id: one.parent_id for one in classes}
    line: list[int] = []
    one = filters.class_id
    while one is not None and one in above and one not in line:
        line.append(one)
        one = above[one]
    return list_queries.extra_columns(line)


def _ends(page: Page[Any]) -> tuple[int, int] | None:
    """Return the rows by which the pages beside a deep one are found."""
    deep = page.number >= list_queries.MARKED_FROM and page.rows
    return (page.rows[0].id, page.rows[-1].id) if deep else None


def _file_address(ending: str) -> str:
    query = lists.lasting(request.query_string.decode())
    return url_for("register.item_file", ending=ending) + (f"?{query}" if query else "")
