"""Printing the labels of rooms: a unit's rooms with their codes, ticked, on a chosen paper."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.labels import access, queries
from assets.labels.forms.printing import RoomsForm
from assets.labels.rules import runs
from assets.labels.views import paper
from assets.labels.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.places.models import Room, Unit

LONGEST_ID = 12


@blueprint.route("/rooms", methods=["GET", "POST"])
@permit(access.PRINT)
def rooms() -> ResponseReturnValue:
    """Choose the rooms of a unit and the paper, and make the run of their labels."""
    me, form = viewer(), RoomsForm()
    units = queries.units_labelled_by(me)
    unit = _unit(units)
    paper.offer(form)
    shown: Sequence[Room] = access.rooms_labelled_by(me, unit.id) if unit else ()
    if unit is not None and form.accepted():
        with form.refusals():
            return redirect(_make_run(unit.id, form))
        unit = _unit(queries.units_labelled_by(me))
        shown = access.rooms_labelled_by(me, unit.id) if unit else ()
    codes = queries.tags_of_rooms([room.id for room in shown])
    page = render_template(
        "assets/labels/rooms.html",
        form=form,
        units=units,
        unit=unit,
        rooms=shown,
        codes=codes,
        ticked=_ticked(form, shown, codes),
    )
    return page, form.status


def _unit(units: Sequence[Unit]) -> Unit | None:
    """Return the unit that is asked for; else the own one, else the first.

    Raises:
        NotFound: the viewer prints no labels for the unit that is asked for.
    """
    raw = request.args.get("unit", "")
    if raw:
        found = next((one for one in units if str(one.id) == raw), None)
        if found is None:
            raise NotFound(_("There is no such unit."))
        return found
    own = next((one for one in units if one.id == viewer().unit_id), None)
    return own or next(iter(units), None)


def _ticked(form: RoomsForm, shown: Sequence[Room], codes: dict[int, str]) -> set[int]:
    """Return the rooms to tick: those sent or asked for, else those without a label."""
    if form.is_submitted():
        return set(form.rooms.data or ())
    asked = {
        int(raw)
        for raw in request.args.getlist("room")
        if raw.isdecimal() and len(raw) < LONGEST_ID
    }
    return asked or {room.id for room in shown if room.id not in codes}


def _make_run(unit_id: int, form: RoomsForm) -> str:
    """Make the run once and return the address of its page."""
    chosen_paper, me = form.paper(paper.modules()), viewer()
    wanted = set(form.rooms.data or ())
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return earlier
        found = [room for room in access.rooms_labelled_by(me, unit_id) if room.id in wanted]
        run = runs.print_rooms(found, chosen_paper, renew=form.renewed_for, by=me)
        address = url_for("labels.run", run_id=run.id)
        bookkeeping.settle_key(form.act_key, address)
    return address
