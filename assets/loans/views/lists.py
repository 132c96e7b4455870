"""Lists of loans: what is out, what is due, what I have, who had an item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assets.loans import access, queries
from assets.loans import later_queries as later
from assets.loans.later_states import WISHES
from assets.loans.queries import Filter
from assets.loans.states import LINES, LineState
from assets.loans.views.blueprint import blueprint
from assets.register.access import asset_seen_by
from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged


@blueprint.get("/loans")
@permit(access.SEE)
def out_now() -> ResponseReturnValue:
    """List everything that is out, the earliest due on top."""
    return _list("out_now", Filter())


@blueprint.get("/loans/due-today")
@permit(access.SEE)
def due_today() -> ResponseReturnValue:
    """List what is due today."""
    today = clock.today()
    return _list("due_today", Filter(due_from=today, due_until=today))


@blueprint.get("/loans/overdue")
@permit(access.SEE)
def overdue() -> ResponseReturnValue:
    """List what should have come back before today."""
    return _list("overdue", Filter(due_until=clock.today() - timedelta(days=1)))


def _list(name: str, wanted: Filter) -> ResponseReturnValue:
    args = request.args
    unit, words = args.get("unit", ""), thai.normalize(args.get("q", "").replace("\0", ""))
    wanted = Filter(
        words=words,
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 16 else None,
        due_from=wanted.due_from,
        due_until=wanted.due_until,
    )
    number = page_number()
    return render_template(
        "assets/loans/list.html",
        name=name,
        page=paged(queries.lines(viewer(), wanted, number), number, queries.PAGE),
        units=queries.units_with_loans(viewer()),
        unit=unit,
        words=words,
        today=clock.today(),
        may_lend=viewer().may(access.LEND),
    )


@blueprint.get("/loans/mine")
@permit(access.SEE_OWN)
def mine() -> ResponseReturnValue:
    """List what I have borrowed, and what I had."""
    me, number = viewer(), page_number()
    person_id = me.id or 0
    rows = queries.own_lines(person_id, number)
    return _history(
        _("My loans"),
        rows,
        number,
        template="mine",
        out=[row[0] for row in rows if row[0].state == LineState.OUT],
        offers=later.offers_to(person_id),
        given=later.offers_from(person_id),
        wishes=later.own_wishes(person_id),
        duties=later.duties_of(person_id),
        wish_faces=WISHES.faces,
    )


@blueprint.get("/loans/person/<int:person_id>")
@permit(access.SEE)
def person(person_id: int) -> ResponseReturnValue:
    """List what one person has and had, as far as it belongs to the viewer's scope."""
    who, number = access.borrower_seen_by(viewer(), person_id), page_number()
    rows = queries.lines(viewer(), Filter(borrower_id=person_id, only_out=False), number)
    return _history(_("Loans of %(name)s", name=who.name), rows, number)


@blueprint.get("/loans/item/<int:asset_id>")
@permit(access.SEE)
def item(asset_id: int) -> ResponseReturnValue:
    """List who had one item."""
    asset, number = asset_seen_by(viewer(), asset_id), page_number()
    rows = queries.lines(viewer(), Filter(asset_id=asset_id, only_out=False), number)
    return _history(_("Loans of %(name)s", name=asset.name), rows, number)


def _history(
    heading: str,
    rows: Sequence[queries.ListRow],
    number: int,
    *,
    template: str = "history",
    **further: object,
) -> ResponseReturnValue:
    return render_template(
        f"assets/loans/{template}.html",
        heading=heading,
        page=paged(rows, number, queries.PAGE),
        today=clock.today(),
        states=LINES.faces,
        **further,
    )
