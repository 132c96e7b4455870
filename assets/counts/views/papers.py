"""The report as page, and the papers of the round as PDF and Excel."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from assets.counts import access, papers, sheets
from assets.counts.models import Round
from assets.counts.queries import report as queries
from assets.counts.queries import rounds
from assets.counts.states import OUTCOMES
from assets.counts.views.blueprint import blueprint
from assets.counts.words import GROUP_WORDS
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from office.places.naming import office_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/<int:round_id>/report")
@permit(access.SCAN)
def report(round_id: int) -> ResponseReturnValue:
    """Show the committee's report: figures, and the list of one group."""
    one, number = access.round_seen_by(viewer(), round_id), page_number()
    group = request.args.get("group", "missing")
    size = queries.SHOWN
    found = queries.lines(viewer(), one, group=group, limit=size + 1, offset=(number - 1) * size)
    return render_template(
        "assets/counts/report.html",
        one=one,
        report=queries.report(viewer(), one),
        groups=GROUP_WORDS,
        group=group,
        page=paged(list(found), number, size),
        outcomes=OUTCOMES,
    )


@blueprint.get("/<int:round_id>/order.pdf")
@permit(access.SCAN)
def order_paper(round_id: int) -> Response:
    """Print the order that appoints the committee."""
    one = access.round_seen_by(viewer(), round_id)
    members = rounds.members_of(one)
    if not members:
        raise Refusal(_("Name the committee first."))
    return _pdf(papers.order(one, members, rounds.units_of(one), office=_agency(one)), "order")


@blueprint.get("/<int:round_id>/memo.pdf")
@permit(access.SCAN)
def memo_paper(round_id: int) -> Response:
    """Print the memo with which the committee reports to the appointer."""
    one = _counted(round_id)
    return _pdf(
        papers.memo(one, rounds.members_of(one), _figures(one), office=_agency(one)), "memo"
    )


@blueprint.get("/<int:round_id>/report.pdf")
@permit(access.SCAN)
def report_paper(round_id: int) -> Response:
    """Print the report with its lists."""
    one = access.round_seen_by(viewer(), round_id)
    lists = {
        group: list(queries.lines(viewer(), one, group=group, limit=queries.WORST))
        for group in papers.LISTED
    }
    pdf = papers.report(one, rounds.members_of(one), _figures(one), lists, office=_agency(one))
    return _pdf(pdf, "report")


@blueprint.get("/<int:round_id>/report.xlsx")
@permit(access.SCAN)
def report_sheet(round_id: int) -> Response:
    """Write the report as a workbook: figures, every item, each group on a sheet of its own."""
    one = access.round_seen_by(viewer(), round_id)
    book = sheets.workbook(one, queries.report(viewer(), one), queries.lines(viewer(), one))
    name = f"annual-inspection-{one.fiscal_year}.xlsx"
    return Response(
        book,
        mimetype=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _counted(round_id: int) -> Round:
    one = access.round_seen_by(viewer(), round_id)
    if one.counted_at is None:
        raise Refusal(_("There is nothing to report before the counting has ended."))
    return one


def _figures(one: Round) -> Any:  # noqa: ANN401 - a report
    return papers.in_thai(lambda: queries.report(viewer(), one))


def _agency(one: Round) -> str:
    return one.unit.name_th if one.unit.kind == "school" else office_name("th")


def _pdf(pdf: bytes, name: str) -> Response:
    return Response(
        pdf,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
