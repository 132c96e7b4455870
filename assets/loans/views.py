"""Pages of loans: the lists, one loan, its slip, and what I have borrowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from assets.loans import access, queries
from assets.loans.forms import ExtendForm
from assets.loans.papers import slip_of
from assets.loans.queries import Filter
from assets.loans.rules import extending
from assets.loans.states import APPROVERS, LINES, OUTCOMES, PLACES, LineAction, LineState
from assets.loans.timeline import story
from assets.register.access import asset_seen_by
from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import page_number, paged
from kernel.work import check_version, work
from office.places.naming import office_name

blueprint = Blueprint("loans", __name__)


@blueprint.get("/loans")
@permit(access.SEE)
def out_now() -> ResponseReturnValue:
    """List everything that is out, the earliest due on top."""
    return _list("out_now", Filter())


@blueprint.get("/loans/due-today")
@permit(access.SEE)
def due_today() -> ResponseReturnValue:
    """List what is due today."""
    today = clock.today()
    return _list("due_today", Filter(due_from=today, due_until=today))


@blueprint.get("/loans/overdue")
@permit(access.SEE)
def overdue() -> ResponseReturnValue:
    """List what should have come back before today."""
    return _list("overdue", Filter(due_until=clock.today() - timedelta(days=1)))


def _list(name: str, wanted: Filter) -> ResponseReturnValue:
    args = request.args
    unit, words = args.get("unit", ""), thai.normalize(args.get("q", "").replace("\0", ""))
    wanted = Filter(
        words=words,
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 16 else None,
        due_from=wanted.due_from,
        due_until=wanted.due_until,
    )
    number = page_number()
    return render_template(
        "assets/loans/list.html",
        name=name,
        page=paged(queries.lines(viewer(), wanted, number), number, queries.PAGE),
        units=queries.units_with_loans(viewer()),
        unit=unit,
        words=words,
        today=clock.today(),
        may_lend=viewer().may(access.LEND),
    )


@blueprint.get("/loans/mine")
@permit(access.SEE_OWN)
def mine() -> ResponseReturnValue:
    """List what I have borrowed, and what I had."""
    me, number = viewer(), page_number()
    rows = queries.own_lines(me.id or 0, number)
    return _history(_("My loans"), rows, number, template="mine")


@blueprint.get("/loans/person/<int:person_id>")
@permit(access.SEE)
def person(person_id: int) -> ResponseReturnValue:
    """List what one person has and had, as far as it belongs to the viewer's scope."""
    who, number = access.borrower_seen_by(viewer(), person_id), page_number()
    rows = queries.lines(viewer(), Filter(borrower_id=person_id, only_out=False), number)
    return _history(_("Loans of %(name)s", name=who.name), rows, number)


@blueprint.get("/loans/item/<int:asset_id>")
@permit(access.SEE)
def item(asset_id: int) -> ResponseReturnValue:
    """List who had one item."""
    asset, number = asset_seen_by(viewer(), asset_id), page_number()
    rows = queries.lines(viewer(), Filter(asset_id=asset_id, only_out=False), number)
    return _history(_("Loans of %(name)s", name=asset.name), rows, number)


def _history(
    heading: str,
    rows: Sequence[queries.ListRow],
    number: int,
    *,
    template: str = "history",
) -> ResponseReturnValue:
    return render_template(
        f"assets/loans/{template}.html",
        heading=heading,
        page=paged(rows, number, queries.PAGE),
        today=clock.today(),
        states=LINES.faces,
    )


@blueprint.get("/loans/<int:loan_id>")
@permit(access.SEE_OWN)
def loan(loan_id: int) -> ResponseReturnValue:
    """Show one loan: what, who, until when, and what happened."""
    return _loan_page(loan_id, ExtendForm())


def _loan_page(loan_id: int, form: ExtendForm) -> ResponseReturnValue:
    one = access.loan_seen_by(viewer(), loan_id)
    lines = queries.lines_of(one, viewer())
    out = [line for line in lines if LINES.allows(LineState(line.state), LineAction.EXTEND)]
    form.lines.choices = [(line.id, line.asset.name) for line in out]
    if not form.is_submitted():
        form.lines.data, form.version.data = [line.id for line in out], str(one.version)
    form.stand_at(one.version)
    page = render_template(
        "assets/loans/loan.html",
        loan=one,
        lines=lines,
        story=story(one, lines, queries.extensions_of(one), queries.notices_of(one)),
        form=form,
        late=max((line.days_late(clock.today()) for line in lines), default=0),
        see=access.SEE,
        states=LINES.faces,
        outcomes=OUTCOMES,
        places=PLACES,
        approvers=APPROVERS,
        may_extend=bool(out) and viewer().may(access.EXTEND) and one.borrower_id != viewer().id,
        today=clock.today(),
    )
    return page, form.status


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
    return _loan_page(loan_id, form)


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
