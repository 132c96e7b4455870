"""What is late: figures, the workbook, the follow-up letters; papers of returns and of units."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access, late_queries
from assets.loans import later_queries as later
from assets.loans.late_queries import LateLine
from assets.loans.later_forms import LetterForm
from assets.loans.later_papers import letter_paper, out_list, receipt_of
from assets.loans.rules import letters
from assets.loans.views.blueprint import blueprint
from kernel import clock
from kernel.access import permit, viewer
from kernel.db import db
from kernel.downloads import table
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.tables import Column, Kind
from kernel.thai import format_date
from kernel.work import check_version, work
from office.places.models import Unit
from office.places.naming import office_name


@blueprint.get("/loans/late")
@permit(access.SEE)
def late() -> ResponseReturnValue:
    """Show what is late in figures: by unit, by age, by fiscal year."""
    return render_template(
        "assets/loans/late.html",
        figures=late_queries.figures(viewer()),
        may_set=viewer().may(access.SET_LADDER),
    )


@blueprint.get("/loans/late.<ending>")
@permit(access.SEE)
def late_table(ending: str) -> Response:
    """Send what is late as a table."""
    columns: list[Column[LateLine]] = [
        Column(_("Item"), lambda one: one.item, width=40),
        Column(_("Asset number"), lambda one: one.asset_no),
        Column(_("Borrower"), lambda one: one.borrower, width=28),
        Column(_("Unit"), lambda one: one.unit, width=36),
        Column(_("Phone"), lambda one: one.phone),
        Column(_("Loan"), lambda one: one.loan),
        Column(_("Due back"), lambda one: one.due_on, Kind.DAY),
        Column(_("Days late"), lambda one: one.days, Kind.WHOLE),
        Column(_("First asked for on"), lambda one: one.chased_on, Kind.DAY),
        Column(_("Asked for too late (clause 211)"), lambda one: one.chased_late),
    ]
    rows = list(late_queries.late_lines(viewer()))
    return table(ending, columns, rows, name=_("Overdue loans"), plain_name="overdue-loans")


@blueprint.get("/loans/letters")
@permit(access.SEE)
def follow_ups() -> ResponseReturnValue:
    """List the follow-up letters, those to be sent first."""
    number = page_number()
    return render_template(
        "assets/loans/letters.html",
        page=paged(late_queries.letters(viewer(), number), number, late_queries.PAGE),
    )


@blueprint.get("/loans/letters/<int:letter_id>")
@permit(access.SEE)
def letter(letter_id: int) -> ResponseReturnValue:
    """Show one follow-up letter, and what it asks for."""
    return _letter_page(letter_id, LetterForm())


def _letter_page(letter_id: int, form: LetterForm) -> ResponseReturnValue:
    one = late_queries.letter_seen_by(viewer(), letter_id)
    if not form.is_submitted():
        form.number.data, form.dated.data = letters.suggested_number(), clock.today()
        form.version.data = str(one.version)
    form.stand_at(one.version)
    page = render_template(
        "assets/loans/letter.html",
        letter=one,
        lines=later.letter_lines(one),
        form=form,
        may_send=one.sent_at is None and viewer().may(access.CHASE),
        today=clock.today(),
    )
    return page, form.status


@blueprint.post("/loans/letters/<int:letter_id>/send")
@permit(access.CHASE)
def send_letter(letter_id: int) -> ResponseReturnValue:
    """Give a letter its number and write down that it was sent."""
    form = LetterForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = late_queries.letter_seen_by(viewer(), letter_id, to_send=True)
                check_version(one.version, form.seen_version)
                lines = [row.line for row in later.letter_lines(one)]
                number = form.number.data or ""
                letters.send(one, lines, number, form.dated.data, by=viewer())
            flash(_("The letter has its number. Print it and send it."), "ok")
            return redirect(url_for("loans.letter", letter_id=letter_id))
    return _letter_page(letter_id, form)


@blueprint.get("/loans/letters/<int:letter_id>.pdf")
@permit(access.SEE)
def letter_pdf(letter_id: int) -> Response:
    """Print a follow-up letter; without its number it has a dotted line there."""
    one = late_queries.letter_seen_by(viewer(), letter_id)
    pdf = letter_paper(one, later.letter_lines(one), office=office_name("th"))
    return _pdf(pdf, f"follow-up-{one.id}")


@blueprint.get("/loans/receipts/<int:line_id>.pdf")
@permit(access.SEE_OWN)
def receipt(line_id: int) -> Response:
    """Print the receipt of what one borrower brought back in one act."""
    line = later.line_seen_by(viewer(), line_id)
    wanted = request.args.get("borrower", "")
    borrower_id = int(wanted) if wanted.isdecimal() and len(wanted) < 16 else line.loan.borrower_id
    lines = later.receipt_lines(line, borrower_id, viewer())
    if not lines:
        raise NotFound(_("There is no such loan, or it belongs to another school."))
    return _pdf(receipt_of(lines, office=office_name("th")), f"return-{line_id}")


@blueprint.get("/loans/out.pdf")
@permit(access.SEE)
def out_pdf() -> Response:
    """Print what the people of one unit have out."""
    wanted = request.args.get("unit", "")
    unit_id = int(wanted) if wanted.isdecimal() and len(wanted) < 16 else viewer().unit_id
    unit = db.session.get(Unit, unit_id) if unit_id else None
    lines = late_queries.out_of_unit(viewer(), unit.id) if unit else ()
    known = unit is not None and (lines or viewer().may(access.SEE, unit.id))
    if unit is None or not known:
        raise NotFound(_("There is no such unit."))
    day = format_date(clock.today(), language="th", style="long", digits="thai")
    return _pdf(out_list(unit, lines, day, office=office_name("th")), f"out-{unit.code}")


def _pdf(pdf: bytes, name: str) -> Response:
    return Response(
        pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
