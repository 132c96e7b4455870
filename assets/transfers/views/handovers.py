"""Handovers as the storekeeper sees them: propose, follow, recall, sign from paper, print."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement

from assets.register.models import Asset
from assets.transfers import access, papers
from assets.transfers.forms import LinesForm, ProposeForm
from assets.transfers.models import Handover
from assets.transfers.queries import custody
from assets.transfers.rules import handing
from assets.transfers.states import HANDOVERS
from assets.transfers.views.blueprint import blueprint
from assets.transfers.views.mine import agency_of, pdf
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext
from kernel.pages import page_number, paged
from kernel.paths import whole
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Room


@blueprint.get("/handovers")
@permit(access.SEE_HANDOVER)
def handovers() -> ResponseReturnValue:
    """List handovers, those that wait first."""
    state = "" if request.args.get("state") == "all" else "open"
    number = page_number()
    rows = custody.handovers(viewer(), state, page=number)
    return render_template(
        "assets/transfers/handovers.html",
        page=paged(rows, number, custody.PAGE),
        state=state,
        may_propose=viewer().may(access.PROPOSE),
    )


@blueprint.get("/handovers/<int:handover_id>")
@permit(access.MINE)
def handover(handover_id: int) -> ResponseReturnValue:
    """Show one handover with the answer to every item."""
    return _handover_page(handover_id, LinesForm())


def _handover_page(handover_id: int, form: LinesForm) -> ResponseReturnValue:
    me = viewer()
    one = access.handover_seen_by(me, handover_id)
    lines = custody.lines_of(one)
    waiting = [line for line in lines if line.state == "proposed"]
    page = render_template(
        "assets/transfers/handover.html",
        handover=one,
        lines=lines,
        states=HANDOVERS.faces,
        form=form,
        waiting=waiting,
        see=access.SEE_HANDOVER,
        may_settle=bool(waiting) and me.may(access.PROPOSE) and me.id != one.to_person_id,
        is_mine=bool(waiting) and me.id == one.to_person_id,
    )
    return page, form.status


@blueprint.route("/handovers/new", methods=["GET", "POST"])
@permit(access.PROPOSE)
def propose() -> ResponseReturnValue:
    """Propose ticked items, of a person, a room or one by one, to a new person in charge."""
    form = ProposeForm()
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = _propose(form)
                here = url_for("transfers.handover", handover_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(
                _("Proposed. It waits for the confirmation of %(name)s.", name=made.to_name), "ok"
            )
            return redirect(here)
    return _propose_page(form)


def _propose(form: ProposeForm) -> Handover:
    to = db.session.get(Person, whole(form.to_person.data) or 0)
    if to is None:
        raise Refusal(_("Choose who shall take the items over."))
    ids = (form.items.data or [])[: handing.MOST_ITEMS + 1]
    items = custody.to_hand_over(viewer(), Asset.id.in_(ids))
    if len(items) != len(set(ids)):
        raise Refusal(_("One of the items is gone or waits already. Look at the list again."))
    made = handing.propose(items, to, reason=form.reason.data or "", by=viewer())
    db.session.flush()  # the address holds the handover's id
    return made


def _propose_page(form: ProposeForm) -> ResponseReturnValue:
    typed = request.args.get("who", "")[:100]
    source, items = _source()
    chosen = db.session.get(Person, whole(request.values.get("to")) or 0)
    found = custody.people_found(viewer(), typed) if typed and chosen is None else ()
    if chosen is None and len(found) == 1:
        chosen = db.session.get(Person, found[0].id)
    if chosen is not None and chosen.left_on is not None:
        chosen = None
    page = render_template(
        "assets/transfers/propose.html",
        form=form,
        source=source,
        items=items,
        ticked=set(form.items.data or ()) if form.is_submitted() else {one.id for one in items},
        typed=typed,
        found=found,
        chosen=chosen,
        english=language() == "en",
        kept={key: request.args[key] for key in ("person", "room", "asset") if key in request.args},
    )
    return page, form.status


def _source() -> tuple[str, Sequence[Asset]]:
    """Return whose or which room's items are offered, by name, and the items."""
    person = db.session.get(Person, whole(request.args.get("person")) or 0)
    room = db.session.get(Room, whole(request.args.get("room")) or 0)
    asset_id = whole(request.args.get("asset"))
    terms: list[ColumnElement[bool]] = []
    name = ""
    if person is not None:
        terms.append(Asset.custodian_id == person.id)
        name = _("In the name of %(name)s", name=person.name)
    elif room is not None:
        terms.append(Asset.room_id == room.id)
        name = _("Standing in %(name)s", name=room.name)
    elif asset_id is not None:
        terms.append(Asset.id == asset_id)
    if not terms:
        return "", ()
    items = custody.to_hand_over(viewer(), *terms)
    return (name if items else ""), items


@blueprint.post("/handovers/<int:handover_id>/recall")
@permit(access.PROPOSE)
def recall(handover_id: int) -> ResponseReturnValue:
    """Take ticked items of a handover back before they are answered."""
    form = LinesForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = access.handover_seen_by(viewer(), handover_id)
                lines, reason = form.lines.data or (), form.reason.data or ""
                number = handing.recall(one, lines, reason=reason, by=viewer())
            flash(_recalled(number), "ok")
            return redirect(url_for("transfers.handover", handover_id=handover_id))
    return _handover_page(handover_id, form)


def _recalled(number: int) -> str:
    return ngettext("%(number)s item recalled.", "%(number)s items recalled.", number)


@blueprint.post("/handovers/<int:handover_id>/sign")
@permit(access.PROPOSE)
def sign(handover_id: int) -> ResponseReturnValue:
    """Write down that the recipient has signed the paper."""
    form = LinesForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = access.handover_seen_by(viewer(), handover_id)
                lines, note = form.lines.data or (), form.reason.data or ""
                handing.sign(one, lines, note=note, by=viewer())
            flash(_("The new person in charge stands in the register."), "ok")
            return redirect(url_for("transfers.handover", handover_id=handover_id))
    return _handover_page(handover_id, form)


@blueprint.get("/handovers/<int:handover_id>/paper.pdf")
@permit(access.MINE)
def handover_paper(handover_id: int) -> ResponseReturnValue:
    """Print the handover paper, with places to sign."""
    one = access.handover_seen_by(viewer(), handover_id)
    lines = custody.lines_of(one)
    office = agency_of([line.asset.holding_unit for line in lines])
    content = papers.handover_paper(one, lines, office=office)
    return pdf(content, one.number)
