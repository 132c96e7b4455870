"""What signers and staff do with a request: lower quantities, hand out, open further tickets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.stock import access as stock
from assets.stock import quantities
from helpdesk.requests import access, materials, works
from helpdesk.requests.forms import IssueForm, LowerForm, WorkForm
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import drafting, lines
from helpdesk.requests.states import State
from helpdesk.requests.views.blueprint import blueprint
from helpdesk.requests.views.one import acted, one_page
from kernel import numbers
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.files import store
from kernel.i18n import gettext as _
from kernel.images import clean_drawing
from kernel.work import check_version, work
from office.approvals.queries import person_named
from office.bookkeeping import rules as bookkeeping


@blueprint.post("/<int:request_id>/lower")
@permit(access.ASK)
def lower(request_id: int) -> ResponseReturnValue:
    """Approve less than was asked for, as who is asked to sign now."""
    form = LowerForm()

    def verb(one: ServiceRequest) -> None:
        lines.lower(one, _quantities("line_"), form.words.data or "", by=viewer())

    said = _("The quantities are lowered. Now sign the request.")
    if form.accepted():
        return acted(request_id, form, access.request_read, verb, said)
    return one_page(access.request_read(viewer(), request_id), form)


def _quantities(prefix: str) -> dict[int, Decimal | None]:
    """Return the quantities that a form brought, by line; empty ones are left out.

    Raises:
        Refusal: one of them is no number.
    """
    found: dict[int, Decimal | None] = {}
    for name, value in request.form.items():
        key = name.removeprefix(prefix)
        if key == name or not key.isdecimal() or len(key) > 15 or not value.strip():
            continue
        try:
            found[int(key)] = numbers.read(value)
        except ValueError as wrong:
            raise Refusal(str(wrong)) from wrong
    return found


@blueprint.post("/<int:request_id>/ticket")
@permit(access.CARRY_OUT)
def open_another(request_id: int) -> ResponseReturnValue:
    """Open a further ticket for a request to carry something out."""
    form = WorkForm()

    def verb(one: ServiceRequest) -> None:
        if one.kind != works.KEY:
            raise NotFound(_("There is no such request."))
        works.open_another(one, form.work.data or "", form.words.data or "", by=viewer())

    def load(me: Any, one_id: int) -> ServiceRequest:  # noqa: ANN401 - the viewer
        return access.request_for(me, one_id, access.CARRY_OUT)

    if form.accepted():
        return acted(request_id, form, load, verb, _("The ticket stands in the queue."))
    return one_page(access.request_read(viewer(), request_id), form)


@blueprint.route("/<int:request_id>/issue", methods=["GET", "POST"])
@permit(access.ISSUE)
def issue(request_id: int) -> ResponseReturnValue:
    """Hand out: scan the bins, or type the quantities; the receiver signs on the screen."""
    shown = _to_issue(request_id)
    form = IssueForm()
    if form.accepted():
        with form.refusals():
            drawing = form.drawing.data or ""
            key = store().put(clean_drawing(drawing), "png") if drawing else ""
            here = url_for("requests.show", request_id=request_id)
            with work():
                one = _to_issue(request_id)
                drafting.locked(request_id)
                if bookkeeping.spend_key(form.act_key, here) is not None:
                    return redirect(here)
                check_version(one.version, form.seen_version)
                slip = _hand_out(one, form, key)
                number = slip.number
            flash(_("Handed out with slip %(number)s.", number=number), "ok")
            return redirect(here)
        shown = _to_issue(request_id)
        form.stand_at(shown.version)
    elif request.method == "GET":
        form.version.data = str(shown.version)
        form.receiver.data = shown.asker.name_th
    return _issue_page(shown, form)


def _to_issue(request_id: int) -> ServiceRequest:
    """Return a request for materials that the viewer hands out of a store of theirs.

    Raises:
        NotFound: it asks for no materials, or the viewer may not read it.
        NotAllowed: the store is of another unit.
    """
    found = access.request_read(viewer(), request_id)
    place = materials.store_of(found) if found.kind == materials.KEY else None
    if place is None:
        raise NotFound(_("There is no such request."))
    viewer().demand(stock.MOVE, place.unit_id)
    return found


def _hand_out(one: ServiceRequest, form: IssueForm, signature_key: str) -> Any:  # noqa: ANN401
    place = materials.store_of(one)
    receiver = person_named(form.receiver.data or "")
    if receiver is None:
        raise Refusal(
            _(
                "Nobody is known by “%(typed)s”. Write the full name or the e-mail.",
                typed=(form.receiver.data or "")[:80],
            ),
            field="receiver",
        )
    if place is None:
        raise NotFound(_("There is no such store."))
    return lines.issue(
        one, place, _quantities("line_"), receiver, by=viewer(), signature_key=signature_key
    )


def _issue_page(shown: ServiceRequest, form: IssueForm) -> ResponseReturnValue:
    rows = lines.lines_of(shown.id)
    place = materials.store_of(shown)
    code = request.args.get("code", "").strip()[:200]
    got = [int(one) for one in request.args.get("got", "").split(",") if one.isdecimal()][:100]
    found = materials.line_scanned(rows, code) if code else None
    if found is not None and found.id not in got:
        got.append(found.id)
    sent = request.method == "POST"
    page = render_template(
        "helpdesk/requests/issue.html",
        one=shown,
        form=form,
        lines=rows,
        store=place,
        balances=materials.balances(place.id if place else None, [row.item_id for row in rows]),
        shown=quantities.shown,
        got=got,
        code=code,
        found=found,
        typed={row.id: request.form.get(f"line_{row.id}", "") for row in rows} if sent else {},
        open=shown.state == State.APPROVED,
    )
    return page, form.status
