"""What the desk shows after a hand-over or a return: the paper, the signature, the way back."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access as loan_access
from assets.loans import later_queries as later
from assets.loans import queries as loans
from assets.loans.models import LoanLine
from assets.loans.rules import signing, undoing
from assets.loans.states import OUTCOMES
from helpdesk.desk.lending import queries
from helpdesk.desk.lending.forms import SignForm
from helpdesk.desk.lending.views.blueprint import blueprint
from helpdesk.repairs.rules import replacing
from helpdesk.tickets import access as tickets
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.images import clean_drawing
from kernel.work import work


@blueprint.get("/desk/lent/<int:loan_id>")
@permit(loan_access.LEND)
def lent(loan_id: int) -> ResponseReturnValue:
    """Show what was handed over, with the slip to sign, ready for the next person."""
    return _lent_page(loan_id, SignForm())


def _lent_page(loan_id: int, form: SignForm) -> ResponseReturnValue:
    loan = loan_access.loan_seen_by(viewer(), loan_id)
    ticket = replacing.ticket_of(loan.id)
    page = render_template(
        "helpdesk/desk/lending/lent.html",
        loan=loan,
        lines=loans.lines_of(loan, viewer()),
        form=form,
        signed=[one for one in later.signatures_of(loan.id) if one.occasion == signing.OUT],
        may_undo=undoing.may_undo(loan, by=viewer()),
        stands_in_for=ticket if ticket and viewer().may(tickets.SEE, ticket.unit_id) else None,
    )
    return page, form.status


@blueprint.post("/desk/lent/<int:loan_id>/sign")
@permit(loan_access.LEND)
def sign_lent(loan_id: int) -> ResponseReturnValue:
    """Keep the signature of the borrower at the hand-over."""
    form = SignForm()
    if form.accepted():
        with form.refusals():
            key = store().put(clean_drawing(form.drawing.data or ""), "png")
            with work():
                loan = loan_access.loan_seen_by(viewer(), loan_id)
                signing.sign([loan], signing.OUT, loan.out_at, key, by=viewer())
            flash(_("The signature is kept and stands on the slip."), "ok")
            return redirect(url_for("lending.lent", loan_id=loan_id))
    return _lent_page(loan_id, form)


@blueprint.post("/desk/lent/<int:loan_id>/undo")
@permit(loan_access.LEND)
def undo_lent(loan_id: int) -> ResponseReturnValue:
    """Undo a hand-over of a moment ago; the items lie on the counter again."""
    ActionForm().insist()
    with work():
        loan = loan_access.loan_seen_by(viewer(), loan_id)
        undoing.undo(loan, by=viewer())
        replacing.take_up(loan, by=viewer())
    return redirect(url_for("lending.desk"))


@blueprint.get("/desk/taken-back/<int:line_id>")
@permit(loan_access.TAKE_BACK)
def taken_back(line_id: int) -> ResponseReturnValue:
    """Show what was taken back in one go, and what the borrowers still have."""
    return _taken_back_page(line_id, SignForm())


def _lines(line_id: int) -> Sequence[LoanLine]:
    lines = loans.received_together(line_id, viewer())
    if not lines:
        raise NotFound(_("There is no such loan, or it belongs to another school."))
    return lines


def _taken_back_page(line_id: int, form: SignForm) -> ResponseReturnValue:
    lines = _lines(line_id)
    first, ids = lines[0], [line.id for line in lines]
    signed = [
        one
        for one in later.signatures_of(first.loan_id)
        if one.occasion == signing.BACK and one.act_at == first.returned_at
    ]
    page = render_template(
        "helpdesk/desk/lending/taken_back.html",
        lines=lines,
        borrowers=list({line.loan.borrower_id: line.loan.borrower for line in lines}.values()),
        outcomes=OUTCOMES,
        tickets=queries.tickets_from(lines),
        duties=later.duties_of_lines(ids),
        photos=later.photos_of(ids),
        left=queries.still_out(lines),
        form=form,
        line_id=line_id,
        signed=signed,
    )
    return page, form.status


@blueprint.post("/desk/taken-back/<int:line_id>/sign")
@permit(loan_access.TAKE_BACK)
def sign_taken_back(line_id: int) -> ResponseReturnValue:
    """Keep the signature of the borrower at the return."""
    form = SignForm()
    if form.accepted():
        with form.refusals():
            key = store().put(clean_drawing(form.drawing.data or ""), "png")
            with work():
                lines = _lines(line_id)
                at = lines[0].returned_at or lines[0].loan.out_at
                touched = {line.loan_id: line.loan for line in lines}.values()
                signing.sign(touched, signing.BACK, at, key, by=viewer())
            flash(_("The signature is kept and stands on the receipt."), "ok")
            return redirect(url_for("lending.taken_back", line_id=line_id))
    return _taken_back_page(line_id, form)
