"""What officers decide about loans that are out: wishes, recalls, chases, duties; photos."""

from __future__ import annotations

from io import BytesIO

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access, queries
from assets.loans import later_queries as later
from assets.loans.later_forms import AnswerForm, ChaseForm, DutyForm, RecallForm
from assets.loans.later_models import LoanDuty
from assets.loans.later_states import DUTIES, DUTY_KINDS, DutyAction, DutyState
from assets.loans.rules import compensation, extending, letters, recalling
from assets.loans.states import OUTCOMES
from assets.loans.views.blueprint import blueprint
from assets.loans.views.loan import loan_page
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.files import store
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import check_version, work


@blueprint.get("/loans/wishes")
@permit(access.EXTEND)
def wishes() -> ResponseReturnValue:
    """List the wishes for a later date that wait for the desk."""
    return render_template(
        "assets/loans/wishes.html", wishes=later.wishes(viewer()), form=AnswerForm(formdata=None)
    )


@blueprint.post("/loans/wishes/<int:wish_id>/<answer>")
@permit(access.EXTEND)
def answer_wish(wish_id: int, answer: str) -> ResponseReturnValue:
    """Grant or refuse a wish; the borrower is told."""
    if answer not in ("grant", "refuse"):
        raise NotFound(_("There is no such wish."))
    form = AnswerForm()
    form.insist()
    with work():
        wish = later.wish_seen_by(viewer(), wish_id)
        check_version(wish.version, form.seen_version)
        if answer == "grant":
            extending.grant(wish, answer=form.answer.data or "", by=viewer())
        else:
            extending.refuse(wish, form.answer.data or "", by=viewer())
    flash(_("The borrower has been told."), "ok")
    return redirect(url_for("loans.wishes"))


@blueprint.post("/loans/<int:loan_id>/recall")
@permit(access.RECALL)
def recall(loan_id: int) -> ResponseReturnValue:
    """Ask for lines of a loan earlier than agreed."""
    form = RecallForm()
    shown = queries.lines_of(access.loan_seen_by(viewer(), loan_id), viewer())
    form.lines.choices = [(line.id, line.asset.name) for line in shown]
    if form.accepted():
        with form.refusals():
            with work():
                one = access.loan_seen_by(viewer(), loan_id)
                check_version(one.version, form.seen_version)
                chosen = queries.lines_to_extend(one, form.lines.data or (), viewer())
                why = form.why.data or ""
                recalling.recall(one, chosen, form.due_on.data, why=why, by=viewer())
            flash(_("The borrower has been told of the new day."), "ok")
            return redirect(url_for("loans.loan", loan_id=loan_id))
    return loan_page(loan_id, recalling=form)


@blueprint.post("/loans/<int:loan_id>/chase")
@permit(access.CHASE)
def chase(loan_id: int) -> ResponseReturnValue:
    """Write down that the borrower was asked for what is overdue (R-L4)."""
    form = ChaseForm()
    shown = queries.lines_of(access.loan_seen_by(viewer(), loan_id), viewer())
    form.lines.choices = [(line.id, line.asset.name) for line in shown]
    if form.accepted():
        with form.refusals():
            with work():
                one = access.loan_seen_by(viewer(), loan_id)
                chosen = queries.lines_to_extend(one, form.lines.data or (), viewer())
                words = form.words.data or ""
                letters.note(chosen, form.how.data, form.on.data, words, by=viewer())
            flash(_("It is written down."), "ok")
            return redirect(url_for("loans.loan", loan_id=loan_id))
    return loan_page(loan_id, chasing=form)


@blueprint.get("/loans/duties")
@permit(access.SEE)
def duties() -> ResponseReturnValue:
    """List what borrowers have to make good (clause 209)."""
    said, number = request.args.get("state", DutyState.OPEN.value), page_number()
    state = DutyState(said) if said in set(DutyState) else DutyState.OPEN
    return render_template(
        "assets/loans/duties.html",
        state=state.value,
        faces=DUTIES.faces,
        outcomes=OUTCOMES,
        page=paged(later.duties(viewer(), state, number), number, later.PAGE),
    )


@blueprint.get("/loans/duties/<int:duty_id>")
@permit(access.SEE_OWN)
def duty(duty_id: int) -> ResponseReturnValue:
    """Show what a borrower has to make good, and how."""
    return _duty_page(duty_id, DutyForm())


def _duty_page(duty_id: int, form: DutyForm) -> ResponseReturnValue:
    one = later.duty_seen_by(viewer(), duty_id)
    if not form.is_submitted():
        form.kind.data, form.amount.data, form.due_on.data = one.kind, one.amount, one.due_on
        form.note.data, form.version.data = one.note, str(one.version)
    form.stand_at(one.version)
    units = (one.line.asset.owner_unit_id, one.line.asset.holding_unit_id)
    open_to_me = one.person_id != viewer().id and viewer().may(access.SETTLE, *units)
    page = render_template(
        "assets/loans/duty.html",
        duty=one,
        form=form,
        faces=DUTIES.faces,
        kinds=DUTY_KINDS,
        see=access.SEE,
        outcomes=OUTCOMES,
        may_decide=open_to_me and DUTIES.allows(DutyState(one.state), DutyAction.SETTLE),
        photos=later.photos_of([one.line_id]),
    )
    return page, form.status


@blueprint.post("/loans/duties/<int:duty_id>/<act>")
@permit(access.SETTLE)
def decide_duty(duty_id: int, act: str) -> ResponseReturnValue:
    """Agree how a duty is made good, close it, or lift it."""
    if act not in ("agree", "settle", "lift"):
        raise NotFound(_("There is no such duty."))
    form = DutyForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = later.duty_to_decide(viewer(), duty_id)
                check_version(one.version, form.seen_version)
                _decide(one, act, form)
            flash(_("It is written down."), "ok")
            return redirect(url_for("loans.duty", duty_id=duty_id))
    return _duty_page(duty_id, form)


def _decide(one: LoanDuty, act: str, form: DutyForm) -> None:
    kind, amount, note = form.kind.data or "", form.amount.data, form.note.data or ""
    if act == "agree":
        due_on = form.due_on.data
        compensation.agree(one, kind, due_on=due_on, amount=amount, note=note, by=viewer())
    elif act == "settle":
        paper = form.paper.data or ""
        compensation.settle(one, kind, paper=paper, amount=amount, note=note, by=viewer())
    else:
        compensation.lift(one, note, by=viewer())


@blueprint.get("/loans/photos/<int:photo_id>")
@permit(access.SEE_OWN)
def photo(photo_id: int) -> Response:
    """Send the photo of an item as it came back."""
    found = later.photo_seen_by(viewer(), photo_id)
    if not store().has(found.photo_key):
        raise NotFound(_("There is no such photo."))
    answer = send_file(BytesIO(store().read(found.photo_key)), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer
