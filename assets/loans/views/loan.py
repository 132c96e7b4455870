"""One loan: its page, a later due date, its slip."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access, queries, requests
from assets.loans import later_queries as later
from assets.loans.forms import ExtendForm
from assets.loans.later_forms import ChaseForm, RecallForm
from assets.loans.models import Loan, LoanLine
from assets.loans.papers import slip_of
from assets.loans.rules import extending
from assets.loans.states import APPROVERS, LINES, OUTCOMES, PLACES, LineAction, LineState
from assets.loans.timeline import Moment, further, story
from assets.loans.views.blueprint import blueprint
from kernel import clock
from kernel.access import permit, viewer
from kernel.i18n import ngettext
from kernel.work import check_version, work
from office.places.naming import office_name


@blueprint.get("/loans/<int:loan_id>")
@permit(access.SEE_OWN)
def loan(loan_id: int) -> ResponseReturnValue:
    """Show one loan: what, who, until when, and what happened."""
    return loan_page(loan_id)


def loan_page(
    loan_id: int,
    form: ExtendForm | None = None,
    *,
    recalling: RecallForm | None = None,
    chasing: ChaseForm | None = None,
) -> ResponseReturnValue:
    """Show a loan with the forms that officers may send; one that was refused is shown again."""
    one = access.loan_seen_by(viewer(), loan_id)
    lines = queries.lines_of(one, viewer())
    sent = form or recalling or chasing
    form, recall = form or ExtendForm(formdata=None), recalling or RecallForm(formdata=None)
    chase = chasing or ChaseForm(formdata=None)
    out = [line for line in lines if LINES.allows(LineState(line.state), LineAction.EXTEND)]
    late = [line for line in out if line.days_late(clock.today())]
    for each, shown in ((form, out), (recall, out), (chase, late)):
        _offer(each, shown, one, fresh=each is not sent)
    kept = later.further_of(one, [line.id for line in lines])
    page = render_template(
        "assets/loans/loan.html",
        loan=one,
        lines=lines,
        story=_story(one, lines, kept),
        form=form,
        recall=recall,
        chase=chase,
        may_recall=bool(out) and viewer().may(access.RECALL),
        may_chase=bool(late) and viewer().may(access.CHASE),
        requests=requests.kept_by(lines),
        duties=kept.duties,
        photos=kept.photos,
        late=max((line.days_late(clock.today()) for line in lines), default=0),
        see=access.SEE,
        states=LINES.faces,
        outcomes=OUTCOMES,
        places=PLACES,
        approvers=APPROVERS,
        may_extend=bool(out) and viewer().may(access.EXTEND) and one.borrower_id != viewer().id,
        today=clock.today(),
    )
    return page, sent.status if sent else 200


def _offer(
    form: ExtendForm | RecallForm | ChaseForm, shown: Sequence[LoanLine], one: Loan, *, fresh: bool
) -> None:
    """Let a form offer lines of a loan, all ticked where it was not sent."""
    form.lines.choices = [(line.id, line.asset.name) for line in shown]
    if fresh:
        form.lines.data, form.version.data = [line.id for line in shown], str(one.version)
    form.stand_at(one.version)


def _story(one: Loan, lines: Sequence[LoanLine], kept: later.Further) -> list[Moment]:
    more = further(lines, kept.recalls, kept.overrides, kept.chases)
    return story(one, lines, queries.extensions_of(one), queries.notices_of(one), further=more)


@blueprint.post("/loans/<int:loan_id>/extend")
@permit(access.EXTEND)
def extend(loan_id: int) -> ResponseReturnValue:
    """Give lines of a loan a later due date."""
    form = ExtendForm()
    shown = queries.lines_of(access.loan_seen_by(viewer(), loan_id), viewer())
    form.lines.choices = [(line.id, line.asset.name) for line in shown]
    if form.accepted():
        with form.refusals():
            with work():
                one = access.loan_seen_by(viewer(), loan_id)
                check_version(one.version, form.seen_version)
                chosen = queries.lines_to_extend(one, form.lines.data or (), viewer())
                extending.extend(
                    one, chosen, form.due_on.data, why=form.why.data or "", by=viewer()
                )
            flash(
                ngettext(
                    "%(number)s item has a later due date.",
                    "%(number)s items have a later due date.",
                    len(chosen),
                ),
                "ok",
            )
            return redirect(url_for("loans.loan", loan_id=loan_id))
    return loan_page(loan_id, form)


@blueprint.get("/loans/<int:loan_id>/slip.pdf")
@permit(access.SEE_OWN)
def slip(loan_id: int) -> ResponseReturnValue:
    """Print the loan slip, with the receipt of the return on its back."""
    one = access.loan_seen_by(viewer(), loan_id)
    pdf = slip_of(one, queries.lines_of(one, viewer()), office=office_name("th"))
    name = one.number.replace("/", "-")
    return Response(
        pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f"inline; filename*=UTF-8''{_quoted(name)}.pdf"},
    )


def _quoted(name: str) -> str:
    return "".join(f"%{byte:02X}" for byte in name.encode())
