"""Requests: putting one together, sending, following, cancelling, copying, its paper."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access, request_paper, requests
from assets.loans.request_forms import CancelForm, OperatorForm, RequestForm
from assets.loans.request_models import LoanRequest
from assets.loans.requests import Filter
from assets.loans.rules import asking, sending
from assets.loans.states import PLACES, REQUESTS, SET_UPS, RequestAction, RequestState
from assets.loans.views.blueprint import blueprint
from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.paths import whole
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping

QUANTITY = "quantity-"


def quantities() -> dict[int, int]:
    """Return the pieces that were typed by the id of their line.

    Refuses what is not a whole number.
    """
    found = {}
    for name, typed in request.form.items():
        line_id = whole(name.removeprefix(QUANTITY))
        if not name.startswith(QUANTITY) or line_id is None:
            continue
        number = whole(thai.arabic_digits(typed).strip())
        if number is None or number > asking.MOST_PIECES:
            raise Refusal(_("“%(typed)s” is not a whole number.", typed=typed[:80]))
        found[line_id] = number
    return found


@blueprint.get("/loans/requests/mine")
@permit(access.ASK)
def my_requests() -> ResponseReturnValue:
    """List what I asked for and where it stands."""
    number = page_number()
    return render_template(
        "assets/loans/my_requests.html",
        page=paged(requests.own(viewer(), number), number, requests.PAGE),
        faces=REQUESTS.faces,
    )


@blueprint.get("/loans/requests")
@permit(access.SEE)
def request_list() -> ResponseReturnValue:
    """List the requests to the units whose loans the viewer sees."""
    args, number = request.args, page_number()
    state = args.get("state", "")
    wanted = Filter(
        words=thai.normalize(args.get("q", "").replace("\0", ""))[:100],
        state=state if state in set(RequestState) - {RequestState.DRAFT} else "",
        unit_id=whole(args.get("unit")),
    )
    return render_template(
        "assets/loans/request_list.html",
        page=paged(requests.to_store(viewer(), wanted, number), number, requests.PAGE),
        wanted=wanted,
        units=requests.units_asking(viewer()),
        faces=REQUESTS.faces,
        may_kits=viewer().may(access.KEEP_KITS),
    )


@blueprint.get("/loans/requests/<int:request_id>")
@permit(access.ASK)
def show_request(request_id: int) -> ResponseReturnValue:
    """Show one request: what, when, for what, where it stands."""
    one = access.request_seen_by(viewer(), request_id)
    if one.state == RequestState.DRAFT:
        return redirect(url_for("loans.write", request_id=one.id))
    return _page(one, CancelForm(formdata=None), OperatorForm(formdata=None))


def _page(one: LoanRequest, cancel: CancelForm, operator: OperatorForm) -> tuple[str, int]:
    me = viewer()
    state, own = RequestState(one.state), one.asker_id == me.id
    lines = requests.lines_of(one)
    waiting = state == RequestState.REQUESTED
    may_operate = one.setup is not None and me.may(access.SET_OPERATOR, one.lending_unit_id)
    if may_operate:
        operator.operator_id.choices = [
            ("", _("Nobody named yet")),
            *((str(one.id), one.name) for one in requests.operators(one.lending_unit_id)),
        ]
        if not operator.is_submitted() and one.setup is not None:
            operator.operator_id.data = str(one.setup.operator_id or "")
    page = render_template(
        "assets/loans/request.html",
        one=one,
        own=own,
        see=access.SEE,
        face=REQUESTS.faces[state],
        lines=lines,
        free=requests.free_for(one, lines) if waiting else {},
        signers=requests.signers_of(one) if waiting else (),
        handed=requests.handed_over(one),
        places=PLACES,
        set_ups=SET_UPS,
        may_cancel=REQUESTS.allows(state, RequestAction.CANCEL)
        and (own or me.may(access.LEND, one.lending_unit_id)),
        may_operate=may_operate,
        cancel=cancel,
        operator=operator,
    )
    return page, max(cancel.status, operator.status)


@blueprint.route("/loans/requests/<int:request_id>/edit", methods=["GET", "POST"])
@permit(access.ASK)
def write(request_id: int) -> ResponseReturnValue:
    """Put a request together, and send it."""
    one = access.own_request(viewer(), request_id)
    if one.state != RequestState.DRAFT:
        return redirect(url_for("loans.show_request", request_id=request_id))
    form = RequestForm()
    if form.accepted():
        with form.refusals():
            _keep(form, request_id)
            if request.form.get("then") == "more":
                return redirect(url_for("loans.things", unit=one.lending_unit_id))
            if request.form.get("then") != "send":
                flash(_("The list is kept."), "ok")
                return redirect(url_for("loans.write", request_id=request_id))
            with work():
                sent = sending.submit(access.own_request(viewer(), request_id), by=viewer())
                number = sent.number
            flash(_("Request %(number)s is sent.", number=number), "ok")
            return redirect(url_for("loans.show_request", request_id=request_id))
        one = access.own_request(viewer(), request_id)
    form.show(one)
    form.stand_at(one.version)
    if form.refused_with:
        form.version.data = str(one.version)
    lines = requests.lines_of(one)
    page = render_template(
        "assets/loans/write.html",
        one=one,
        form=form,
        lines=lines,
        free=requests.free_for(one, lines),
    )
    return page, form.status


def _keep(form: RequestForm, request_id: int) -> None:
    """Keep what was typed in a unit of work of its own, so that a refused sending loses nothing."""
    with work():
        draft = access.own_request(viewer(), request_id)
        check_version(draft.version, form.seen_version)
        asking.write_down(draft, form.wish(), quantities(), form.meeting(), by=viewer())


@blueprint.post("/loans/requests/<int:request_id>/lines/<int:line_id>/drop")
@permit(access.ASK)
def drop(request_id: int, line_id: int) -> ResponseReturnValue:
    """Take a line off the list."""
    ActionForm().insist()
    with work():
        asking.drop(access.own_request(viewer(), request_id), line_id, by=viewer())
    return redirect(url_for("loans.write", request_id=request_id))


@blueprint.post("/loans/requests/<int:request_id>/discard")
@permit(access.ASK)
def discard(request_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    ActionForm().insist()
    with work():
        asking.discard(access.own_request(viewer(), request_id), by=viewer())
    flash(_("The list is thrown away."), "ok")
    return redirect(url_for("loans.things"))


@blueprint.post("/loans/requests/<int:request_id>/cancel")
@permit(access.ASK)
def cancel(request_id: int) -> ResponseReturnValue:
    """Cancel a request that is not fetched."""
    form = CancelForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = access.request_seen_by(viewer(), request_id)
                sending.cancel(one, by=viewer(), why=form.why.data or "")
            flash(_("The request is cancelled."), "ok")
            return redirect(url_for("loans.show_request", request_id=request_id))
    return _page(access.request_seen_by(viewer(), request_id), form, OperatorForm(formdata=None))


@blueprint.post("/loans/requests/<int:request_id>/copy")
@permit(access.ASK)
def copy(request_id: int) -> ResponseReturnValue:
    """Copy a request as a new one."""
    form = ActionForm()
    form.insist()
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        made = asking.copy(access.own_request(viewer(), request_id), by=viewer())
        here = url_for("loans.write", request_id=made.id)
        bookkeeping.settle_key(form.act_key, here)
    flash(_("The things are on a new list. Please choose the days."), "ok")
    return redirect(here)


@blueprint.post("/loans/requests/<int:request_id>/operator")
@permit(access.SET_OPERATOR)
def set_operator(request_id: int) -> ResponseReturnValue:
    """Say who sets up the meeting."""
    form = OperatorForm()
    form.operator_id.choices = []
    if form.accepted():
        with form.refusals():
            with work():
                one = access.request_seen_by(viewer(), request_id)
                chosen = whole(form.operator_id.data)
                known = {person.id for person in requests.operators(one.lending_unit_id)}
                if chosen is not None and chosen not in known:
                    raise Refusal(_("Please choose a technician."), field="operator_id")
                sending.set_operator(one, chosen, by=viewer())
            flash(_("Kept."), "ok")
            return redirect(url_for("loans.show_request", request_id=request_id))
    return _page(access.request_seen_by(viewer(), request_id), CancelForm(formdata=None), form)


@blueprint.get("/loans/requests/<int:request_id>/paper.pdf")
@permit(access.ASK)
def paper(request_id: int) -> ResponseReturnValue:
    """Print the request as the form of the office (F03)."""
    one = access.request_seen_by(viewer(), request_id)
    base_url = current_app.extensions["settings"].base_url
    pdf = request_paper.paper_of(one, requests.lines_of(one), base_url=base_url)
    name = (one.number or f"{clock.today()}").replace("/", "-").encode()
    quoted = "".join(f"%{byte:02X}" for byte in name)
    return Response(
        pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f"inline; filename*=UTF-8''{quoted}.pdf"},
    )
