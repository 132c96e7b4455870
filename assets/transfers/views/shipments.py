"""Transfers between units on the sending side: the list, the paper, prepare, approve, send."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Redirect

from assets.labels import queries as labels
from assets.register import access as register
from assets.register.models import Asset
from assets.transfers import access, papers
from assets.transfers.forms import (
    ARRIVALS,
    ArrivalForm,
    LinesForm,
    ListForm,
    PrepareForm,
    ReasonForm,
)
from assets.transfers.models import Transfer
from assets.transfers.queries import movements, shipments
from assets.transfers.rules import preparing, sending
from assets.transfers.rules.preparing import Head
from assets.transfers.states import (
    HELD_LINES,
    LINES,
    SHORT_KINDS,
    TRANSFERS,
    LineState,
    TransferAction,
    TransferKind,
    TransferState,
)
from assets.transfers.views.blueprint import blueprint
from assets.transfers.views.mine import pdf
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import page_number, paged
from kernel.paths import whole
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places
from office.places.models import Unit
from office.places.naming import office_name

VIEWS = ("open", "to_approve", "to_me", "all")


@blueprint.get("/transfers")
@permit(access.SEE)
def transfers() -> ResponseReturnValue:
    """List the transfers from and to the viewer's units."""
    asked, number = request.args.get("which", "open"), page_number()
    which = asked if asked in VIEWS else "open"
    rows = shipments.transfers(viewer(), "" if which == "all" else which, page=number)
    return render_template(
        "assets/transfers/transfers.html",
        page=paged(rows, number, shipments.PAGE),
        which=which,
        states=TRANSFERS.faces,
        kinds=SHORT_KINDS,
        may_prepare=viewer().may(access.PREPARE),
        may_accept=viewer().may(access.ACCEPT),
        may_approve=viewer().may(access.APPROVE),
    )


@blueprint.route("/transfers/new", methods=["GET", "POST"])
@permit(access.PREPARE)
def prepare() -> ResponseReturnValue:
    """Begin a transfer: from where, to where, for good or not, and why."""
    form = PrepareForm(from_unit_id=viewer().unit_id)
    mine = viewer().scope(access.PREPARE).clause(Unit.id)
    form.offer(shipments.open_units(mine), shipments.open_units())
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                here = url_for("transfers.transfer", transfer_id=_prepared(form).id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("Now put the items on the list."), "ok")
            return redirect(here)
    return render_template("assets/transfers/prepare.html", form=form), form.status


def _prepared(form: PrepareForm) -> Transfer:
    head = Head(
        kind=TransferKind(form.kind.data),
        from_unit=db.session.get_one(Unit, form.from_unit_id.data),
        to_unit=db.session.get_one(Unit, form.to_unit_id.data),
        reason=form.reason.data or "",
        letter_no=form.letter_no.data or "",
        letter_on=form.letter_on.data,
    )
    return preparing.prepare(head, by=viewer())


@blueprint.get("/transfers/<int:transfer_id>")
@permit(access.SEE)
def transfer(transfer_id: int) -> ResponseReturnValue:
    """Show one transfer: its items, how far it is, and what the viewer can do now."""
    return transfer_page(transfer_id)


def transfer_page(
    transfer_id: int,
    form: ActionForm | None = None,
    arrival: ArrivalForm | None = None,
    found: list[Asset] | None = None,
) -> ResponseReturnValue:
    """Return the page of a transfer, with a form as it was sent where that was refused."""
    me, one = viewer(), access.transfer_seen_by(viewer(), transfer_id)
    lines = shipments.lines_of(one)
    arriving = [line for line in lines if _can_arrive(one, LineState(line.state))]
    is_there = bool(arriving) and me.may(access.ACCEPT, one.to_unit_id) and me.id != one.sent_by_id
    if is_there and arrival is None:
        arrival = ArrivalForm(formdata=None, version=str(one.version))
        offer_shelf(arrival, one, fresh=True)
    source = whole(request.args.get("from")) if "edit" in _acts(one) else None
    page = render_template(
        "assets/transfers/transfer.html",
        transfer=one,
        lines=lines,
        acts=_acts(one),
        states=TRANSFERS.faces,
        line_states=LINES.faces,
        kinds=SHORT_KINDS,
        arrivals=ARRIVALS,
        arriving=arriving if is_there else [],
        arrival=arrival,
        taken=sending.numbers_taken(one, arriving) if is_there else set(),
        at_home=[line for line in lines if line.state in HELD_LINES and line.state != "on_way"]
        if me.may(access.PREPARE, one.from_unit_id)
        else [],
        rooms=places.rooms_of(one.from_unit_id) if "edit" in _acts(one) else (),
        source=source,
        items=movements.standing_in(me, source, register.SEE) if source else (),
        found=found or [],
        form=form or ActionForm(formdata=None),
        sent=request.form,
    )
    shown = form or arrival or ActionForm(formdata=None)
    return page, shown.status


def _can_arrive(one: Transfer, state: LineState) -> bool:
    ready = TRANSFERS.allows(TransferState(one.state), TransferAction.ACCEPT)
    return ready and state in (LineState.ON_WAY, LineState.NOT_ARRIVED)


def _acts(one: Transfer) -> set[str]:
    """Return what the viewer may do now on the sending side."""
    me, state = viewer(), TransferState(one.state)
    sender = me.may(access.PREPARE, one.from_unit_id)
    approver = me.may(access.APPROVE, one.from_unit_id)
    rights = {
        TransferAction.EDIT: sender,
        TransferAction.ASK: sender,
        TransferAction.APPROVE: approver and me.id != one.prepared_by_id,
        TransferAction.SEND: sender,
        TransferAction.CANCEL: sender or approver,
    }
    return {act.value for act, may in rights.items() if may and TRANSFERS.allows(state, act)}


def offer_shelf(form: ArrivalForm, one: Transfer, *, fresh: bool = False) -> None:
    """Fill the places and people of the receiving unit; a fresh form offers who answers first."""
    rooms, people = places.rooms_of(one.to_unit_id), shipments.people_of(one.to_unit_id)
    form.offer(rooms, people, _("– not named yet –"))
    me = viewer()
    if fresh and me.id in {person.id for person in people}:
        form.custodian.data = me.id


@blueprint.post("/transfers/<int:transfer_id>/add")
@permit(access.PREPARE)
def add(transfer_id: int) -> ResponseReturnValue:
    """Put a scanned item on the list, or ticked items of a room."""
    form, here = ListForm(), url_for("transfers.transfer", transfer_id=transfer_id)
    found: list[Asset] = []
    if form.accepted():
        with form.refusals():
            found = _meant(form)
            if len(found) == 1 or request.form.getlist("items"):
                ids = [asset.id for asset in found]
                with work():
                    one = access.transfer_seen_by(viewer(), transfer_id)
                    items = [register.asset_seen_by(viewer(), asset_id) for asset_id in ids]
                    number = preparing.add(one, items, by=viewer())
                said = ngettext(
                    "%(number)s item put on the list.", "%(number)s items put on the list.", number
                )
                flash(said, "ok")
                return redirect(here)
    return transfer_page(transfer_id, form, found=found)


def _meant(form: ListForm) -> list[Asset]:
    picked = [whole(raw) or 0 for raw in request.form.getlist("items")[: movements.MOST]]
    if picked:
        return [register.asset_seen_by(viewer(), asset_id) for asset_id in picked]
    code = str((form.code.raw_data or [""])[0])
    found = labels.scanned(code, viewer())
    if not found:
        raise Refusal(_("No item of yours has this number or label."), field="code")
    return found


@blueprint.post("/transfers/<int:transfer_id>/drop/<int:line_id>")
@permit(access.PREPARE)
def drop(transfer_id: int, line_id: int) -> ResponseReturnValue:
    """Take an item off the list."""
    ActionForm().insist()
    with work():
        one = access.transfer_seen_by(viewer(), transfer_id)
        line = shipments.line_of(one, line_id)
        if line is None:
            raise NotFound(_("There is no such item on the list."))
        preparing.drop(one, line, by=viewer())
    flash(_("The item is off the list."), "ok")
    return redirect(url_for("transfers.transfer", transfer_id=transfer_id))


@blueprint.post("/transfers/<int:transfer_id>/ask")
@permit(access.PREPARE)
def ask(transfer_id: int) -> ResponseReturnValue:
    """Ask for the approval of a list that is ready."""
    return _act(transfer_id, preparing.ask, _("Asked. Whoever may approve it has been told."))


@blueprint.post("/transfers/<int:transfer_id>/approve")
@permit(access.APPROVE)
def approve(transfer_id: int) -> ResponseReturnValue:
    """Approve a transfer on the sending side."""
    return _act(transfer_id, preparing.approve, _("The transfer is approved."))


@blueprint.post("/transfers/<int:transfer_id>/send")
@permit(access.PREPARE)
def send(transfer_id: int) -> ResponseReturnValue:
    """Send the items off."""
    return _act(transfer_id, sending.send, _("Sent. The receiving unit is asked to confirm."))


def _act(transfer_id: int, verb: Callable[..., object], said: str) -> Redirect:
    form = ActionForm()
    form.insist()
    with work():
        one = access.transfer_seen_by(viewer(), transfer_id)
        check_version(one.version, form.seen_version)
        verb(one, by=viewer())
    flash(said, "ok")
    return redirect(url_for("transfers.transfer", transfer_id=transfer_id))


@blueprint.post("/transfers/<int:transfer_id>/cancel")
@permit(access.SEE)
def cancel(transfer_id: int) -> ResponseReturnValue:
    """Give a transfer up before it is sent, with a reason."""
    form = ReasonForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = access.transfer_seen_by(viewer(), transfer_id)
                preparing.cancel(one, reason=form.reason.data or "", by=viewer())
            flash(_("The transfer is cancelled; its items are free again."), "ok")
            return redirect(url_for("transfers.transfer", transfer_id=transfer_id))
    return transfer_page(transfer_id, form)


@blueprint.post("/transfers/<int:transfer_id>/take-back")
@permit(access.PREPARE)
def take_back(transfer_id: int) -> ResponseReturnValue:
    """Take items back at home that were sent back or never arrived."""
    form = LinesForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = access.transfer_seen_by(viewer(), transfer_id)
                note = form.reason.data or ""
                number = sending.take_back(one, form.lines.data or (), note=note, by=viewer())
            said = ngettext("%(number)s item is back.", "%(number)s items are back.", number)
            flash(said, "ok")
            return redirect(url_for("transfers.transfer", transfer_id=transfer_id))
    return transfer_page(transfer_id, form)


@blueprint.get("/transfers/<int:transfer_id>/paper.pdf")
@permit(access.SEE)
def transfer_paper(transfer_id: int) -> ResponseReturnValue:
    """Print the list of a transfer with its places to sign."""
    one = access.transfer_seen_by(viewer(), transfer_id)
    content = papers.transfer_paper(one, shipments.lines_of(one), office=office_name("th"))
    return pdf(content, one.number)
