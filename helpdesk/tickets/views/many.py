"""One report on many things: those of a room, or those ticked in the register."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from assets.register.models import Asset
from helpdesk.tickets import access, desk_queries, queries
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.desk_forms import ManyForm
from helpdesk.tickets.rules import intake
from helpdesk.tickets.rules import many as rules
from helpdesk.tickets.states import Kind, Priority
from helpdesk.tickets.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.places.models import Room

LONGEST_ID = 12


@blueprint.route("/rooms/<int:room_id>/report", methods=["GET", "POST"])
@permit(access.REPORT_MANY)
def report_many(room_id: int) -> ResponseReturnValue:
    """Report the same fault on several things of a room at once."""
    room = _room(room_id)
    typed = request.args.get("q", "")[:120]
    form = ManyForm()
    if form.accepted():
        with form.refusals():
            with work():
                where = _made(form, room_id)
            return _told(form, where)
        room = _room(room_id)
    items = desk_queries.items_in(room, viewer(), typed)
    ticked = set(form.items.data or ())
    return _page(form, items, ticked, room=room, q=typed)


@blueprint.route("/items/report", methods=["GET", "POST"])
@permit(access.REPORT_MANY)
def report_ticked() -> ResponseReturnValue:
    """Report the same fault on the items ticked in the register (``?item=`` once for each)."""
    raw = [one for one in request.args.getlist("item") if len(one) < LONGEST_ID]
    shown = list(dict.fromkeys(int(one) for one in raw if one.isdecimal()))
    form = ManyForm()
    if not _reportable(shown):
        raise Refusal(_("Tick at least one item."))
    if form.accepted():
        with form.refusals():
            with work():
                where = _made(form, None)
            return _told(form, where)
    ticked = set(form.items.data or ()) if form.is_submitted() else set(shown)
    return _page(form, _reportable(shown), ticked)


def _reportable(ids: Sequence[int]) -> list[Asset]:
    """Return the chosen items in whose units the viewer may report many."""
    me = viewer()
    found = desk_queries.chosen_items(ids, me)
    return [one for one in found if me.may(access.REPORT_MANY, one.holding_unit_id)]


def _told(form: ManyForm, where: str) -> ResponseReturnValue:
    chosen = len(set(form.items.data or ()))
    said = ngettext(
        "%(num)s thing was reported.", "%(num)s things were reported.", chosen, num=chosen
    )
    flash(said, "ok")
    return redirect(where)


def _page(
    form: ManyForm,
    items: Sequence[Asset],
    ticked: set[int],
    *,
    room: Room | None = None,
    q: str = "",
) -> ResponseReturnValue:
    form.category.choices = [
        ("", _("What each thing is")),
        *((one.code, one.name) for one in categories.offered()),
    ]
    return render_template(
        "helpdesk/tickets/report_many.html",
        form=form,
        room=room,
        back=url_for("room.show", room_id=room.id) if room else url_for("register.item_list"),
        items=items[: desk_queries.MOST_ITEMS],
        more=len(items) > desk_queries.MOST_ITEMS,
        most=rules.MOST,
        q=q,
        ticked=ticked,
        open_on=queries.open_tickets_on_items([one.id for one in items]),
    ), form.status


def _made(form: ManyForm, room_id: int | None) -> str:
    """Make the tickets; return the address of the one to go on with."""
    earlier = bookkeeping.spend_key(form.act_key)
    if earlier is not None:
        return earlier
    wanted = list(dict.fromkeys(form.items.data or ()))
    if room_id is None:
        items = _reportable(wanted)
        room = rules.room_of(items)
    else:
        room = _room(room_id)
        found = desk_queries.chosen_items(wanted, viewer())
        items = [one for one in found if one.room_id == room.id]
    code = form.category.data if categories.is_offered(form.category.data) else None
    first_unit = items[0].holding_unit_id if items else None
    fields = intake.Report(
        unit_id=first_unit or (room.unit_id if room else None),
        room=room,
        kind=Kind.REPAIR,
        category=code,
        detail=form.detail.data or "",
        priority=Priority(form.priority.data)
        if form.priority.data in set(Priority)
        else Priority.NORMAL,
    )
    verb = rules.report_together if form.how.data == "one" else rules.report_each
    ticket = verb(items, fields, by=viewer())
    db.session.flush()  # the address names the ticket by its id
    address = url_for("tickets.show", ticket_id=ticket.id)
    bookkeeping.settle_key(form.act_key, address)
    return address


def _room(room_id: int) -> Room:
    room = db.session.get(Room, room_id, options=[joinedload(Room.unit)])
    if room is None or not viewer().may(access.REPORT_MANY, room.unit_id):
        raise NotFound(_("There is no such room."))
    return room
