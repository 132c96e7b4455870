"""The steps of a case: one address each, one unit of work each; a double tap is one act."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from assets.disposals import access, queries
from assets.disposals.forms import (
    AppointForm,
    FindingsForm,
    FoundForm,
    GoOnForm,
    MethodForm,
    OrderForm,
    ReasonForm,
    ReportsForm,
    ResultForm,
)
from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.rules import carrying_out, deciding, ending, finding_out, removing
from assets.disposals.rules.carrying_out import Result
from assets.disposals.rules.finding_out import Findings, Order
from assets.disposals.rules.removing import Reports
from assets.disposals.states import Cause, Method
from assets.disposals.views.blueprint import blueprint
from assets.disposals.views.cases import case_page, fit
from assets.register.states import Condition
from kernel.access import Viewer, permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

Loader = Callable[[Viewer, int], Disposal]


def _acted(
    disposal_id: int,
    form: ActionForm,
    verb: Callable[[Disposal], object],
    said: str,
    loader: Loader = access.disposal_under,
) -> ResponseReturnValue:
    """Take a form and do its act once; show the page with what was refused."""
    here = url_for("disposals.disposal", disposal_id=disposal_id)
    fit(form, loader(viewer(), disposal_id))
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key, here)
                if earlier is not None:
                    return redirect(earlier)
                case = loader(viewer(), disposal_id)
                check_version(case.version, form.seen_version)
                verb(case)
            flash(said, "ok")
            return redirect(here)
    return case_page(disposal_id, form)


@blueprint.post("/<int:disposal_id>/go-on")
@permit(access.PREPARE)
def go_on(disposal_id: int) -> ResponseReturnValue:
    """Go on without a committee."""
    form = GoOnForm()

    def verb(case: Disposal) -> None:
        reference, reason = form.reference.data or "", form.reason.data or ""
        finding_out.go_on(case, Cause.WEAR, reference, reason, by=viewer())

    return _acted(disposal_id, form, verb, _("No fact-finding is needed. Choose the method next."))


@blueprint.post("/<int:disposal_id>/appoint")
@permit(access.PREPARE)
def appoint(disposal_id: int) -> ResponseReturnValue:
    """Appoint the fact-finding committee."""
    form = AppointForm()

    def verb(case: Disposal) -> None:
        members = [(db.session.get_one(Person, one), duty) for one, duty in form.seats]
        order = Order(form.order_no.data or "", form.ordered_on.data, form.due_on.data)
        finding_out.appoint(case, Cause(form.cause.data), order, members, by=viewer())

    return _acted(disposal_id, form, verb, _("The committee is appointed and has been told."))


@blueprint.post("/<int:disposal_id>/report")
@permit(access.OPEN)
def report(disposal_id: int) -> ResponseReturnValue:
    """Write the findings of the committee."""
    form = FindingsForm()

    def verb(case: Disposal) -> None:
        said = Findings(
            text=form.findings.data or "",
            on=form.found_on.data,
            liable=form.liable.data or "",
            compensation=form.compensation.data,
            decided_by=form.compensation_by.data or "",
        )
        finding_out.report(case, said, by=viewer())

    said = _("The findings are reported.")
    return _acted(disposal_id, form, verb, said, access.disposal_investigated)


@blueprint.post("/<int:disposal_id>/submit")
@permit(access.PREPARE)
def submit(disposal_id: int) -> ResponseReturnValue:
    """Choose the method and ask the head of the agency."""
    form = MethodForm()

    def verb(case: Disposal) -> None:
        recipient, reason = form.recipient.data or "", form.reason.data or ""
        deciding.submit(case, Method(form.method.data), recipient, reason, by=viewer())

    return _acted(disposal_id, form, verb, _("Submitted. The head of the agency decides."))


@blueprint.post("/<int:disposal_id>/take-back")
@permit(access.PREPARE)
def take_back(disposal_id: int) -> ResponseReturnValue:
    """Take the request for approval back."""
    said = _("Taken back. The method can be chosen anew.")
    return _acted(disposal_id, ActionForm(), lambda c: deciding.take_back(c, by=viewer()), said)


@blueprint.post("/<int:disposal_id>/order")
@permit(access.PREPARE)
def order(disposal_id: int) -> ResponseReturnValue:
    """Write down the order of the head."""
    form = OrderForm()

    def verb(case: Disposal) -> None:
        number, ministry = form.order_no.data or "", form.ministry_ref.data or ""
        carrying_out.order(case, number, form.ordered_on.data, ministry_ref=ministry, by=viewer())

    return _acted(disposal_id, form, verb, _("The order is written down. The 60 days run."))


@blueprint.post("/<int:disposal_id>/carry-out")
@permit(access.PREPARE)
def carry_out(disposal_id: int) -> ResponseReturnValue:
    """Write down what was done with the things."""
    form = ResultForm()

    def verb(case: Disposal) -> None:
        said = Result(
            on=form.carried_out_on.data,
            document=form.result_doc.data or "",
            counterparty=form.said("counterparty") or "",
            proceeds=form.said("proceeds"),
            income_ref=form.said("income_ref") or "",
            witnesses=form.said("witnesses") or "",
            photos=form.said("photos") or "",
            note=form.note.data or "",
        )
        carrying_out.carry_out(case, said, by=viewer())

    return _acted(disposal_id, form, verb, _("Written down. Strike the things off now."))


@blueprint.post("/<int:disposal_id>/strike-off")
@permit(access.PREPARE)
def strike_off(disposal_id: int) -> ResponseReturnValue:
    """Strike the items off the register."""
    said = _("The things are struck off. Tell the State Audit Office within 30 days.")
    return _acted(disposal_id, ActionForm(), lambda c: removing.strike_off(c, by=viewer()), said)


@blueprint.post("/<int:disposal_id>/notify")
@permit(access.PREPARE)
def notify(disposal_id: int) -> ResponseReturnValue:
    """Write down the reports to the State Audit Office and the parent agency."""
    form = ReportsForm()

    def verb(case: Disposal) -> None:
        sent = Reports(
            audit_on=form.audit_on.data,
            audit_letter=form.audit_letter.data or "",
            parent_on=form.parent_on.data,
            parent_letter=form.parent_letter.data or "",
        )
        removing.notify(case, sent, by=viewer())

    return _acted(disposal_id, form, verb, _("The reports are written down."))


@blueprint.post("/<int:disposal_id>/close")
@permit(access.PREPARE)
def close(disposal_id: int) -> ResponseReturnValue:
    """Close a case whose reports are sent."""
    said = _("The case is closed.")
    return _acted(disposal_id, ActionForm(), lambda c: removing.close(c, by=viewer()), said)


@blueprint.post("/<int:disposal_id>/cancel")
@permit(access.PREPARE)
def cancel(disposal_id: int) -> ResponseReturnValue:
    """Give a case up."""
    form = ReasonForm()
    said = _("The case is cancelled; its items are in service again.")
    return _acted(
        disposal_id, form, lambda c: ending.cancel(c, form.reason.data or "", by=viewer()), said
    )


@blueprint.post("/<int:disposal_id>/take-out/<int:line_id>")
@permit(access.PREPARE)
def take_out(disposal_id: int, line_id: int) -> ResponseReturnValue:
    """Take an item out of a case."""
    form = ReasonForm()

    def verb(case: Disposal) -> None:
        ending.take_out(case, _line(case, line_id), form.reason.data or "", by=viewer())

    return _acted(disposal_id, form, verb, _("The item is in service again."))


@blueprint.post("/<int:disposal_id>/found/<int:line_id>")
@permit(access.PREPARE)
def found(disposal_id: int, line_id: int) -> ResponseReturnValue:
    """Take a lost item back that was found."""
    form = FoundForm()

    def verb(case: Disposal) -> None:
        condition, why = Condition(form.condition.data), form.reason.data or ""
        removing.take_back(_line(case, line_id).asset, condition, why, by=viewer())

    return _acted(disposal_id, form, verb, _("The item is in service again."))


def _line(case: Disposal, line_id: int) -> DisposalLine:
    line = queries.line_of(case, line_id)
    if line is None:
        raise NotFound(_("There is no such item in the case."))
    return line
