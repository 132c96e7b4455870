"""The papers of the round as PDF and workbook, and the page that lists them all."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from assets.counts import access, listings, paper_set, papers, sheets
from assets.counts.models import Round
from assets.counts.papers import Volume
from assets.counts.queries import receipts, rounds
from assets.counts.queries import report as queries
from assets.counts.views.blueprint import blueprint
from kernel import downloads
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from office.places.naming import office_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SMALLEST = 6


@blueprint.get("/<int:round_id>/papers")
@permit(access.SCAN)
def paper_list(round_id: int) -> ResponseReturnValue:
    """List every paper of the round with what it is for, in the order in which it is needed."""
    one = access.round_seen_by(viewer(), round_id)
    members = rounds.members_of(one)
    sizes = listings.sizes(viewer(), one) if one.opened_at else {}
    return render_template(
        "assets/counts/papers.html",
        one=one,
        papers=paper_set.PAPERS,
        steps=paper_set.STEPS,
        since=paper_set.SINCE,
        exists=lambda paper: paper.exists(one, is_named=bool(members)),
        sizes=sizes,
        volumes=listings.volumes,
    )


@blueprint.get("/<int:round_id>/proposal.pdf")
@permit(access.SCAN)
def proposal_paper(round_id: int) -> Response:
    """Print the memo that proposes the appointment."""
    one = access.round_seen_by(viewer(), round_id)
    return _pdf(papers.proposal(one, rounds.members_of(one), office=_agency(one)), "proposal")


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


@blueprint.get("/<int:round_id>/letter-<addressee>.pdf")
@permit(access.SCAN)
def letter_paper(round_id: int, addressee: str) -> Response:
    """Print the letter that goes with a copy of the report, to ``audit`` or to ``parent``."""
    one = _counted(round_id)
    if addressee not in ("audit", "parent"):
        raise NotFound(_("There is no such paper."))
    parent = office_name("th") if one.unit.kind == "school" else ""
    pdf = papers.letter(one, addressee, office=_agency(one), parent=parent)
    return _pdf(pdf, f"letter-{addressee}")


@blueprint.get("/<int:round_id>/report.pdf")
@permit(access.SCAN)
def report_paper(round_id: int) -> Response:
    """Print the report with the lists that fit into it; the others are named in it."""
    one = access.round_seen_by(viewer(), round_id)
    sizes = listings.sizes(viewer(), one, listings.REPORTED)
    lists = {name: _in_thai(one, name) for name in papers.fitting(sizes)}
    members = rounds.members_of(one)
    pdf = papers.report(one, members, _figures(one), lists, sizes, office=_agency(one))
    return _pdf(pdf, "report")


@blueprint.get("/<int:round_id>/report.xlsx")
@permit(access.SCAN)
def report_sheet(round_id: int) -> Response:
    """Write the report as a workbook: figures, every item, each group on a sheet of its own."""
    one = access.round_seen_by(viewer(), round_id)
    book = sheets.workbook(
        one,
        queries.report(viewer(), one),
        queries.lines(viewer(), one),
        receipts.strangers(viewer(), one),
    )
    name = f"annual-inspection-{one.fiscal_year}.xlsx"
    return Response(
        book,
        mimetype=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.get("/<int:round_id>/papers/<listing>.pdf")
@permit(access.SCAN)
def list_paper(round_id: int, listing: str) -> Response:
    """Print one volume of a list: 1,000 lines; ``?volume=`` says which."""
    one, number = _opened(round_id, listing), _volume_asked()
    total = listings.sizes(viewer(), one, (listing,))[listing]
    if number > listings.volumes(total.items):
        raise NotFound(_("This list has fewer volumes."))
    volume = Volume(_in_thai(one, listing, number), total, number)
    pdf = papers.listing(
        one,
        rounds.members_of(one),
        listing,
        volume,
        office=_agency(one),
        several_units=len(rounds.units_of(one)) > 1,
    )
    return _pdf(pdf, f"{listing}-{one.fiscal_year}-{number}")


@blueprint.get("/<int:round_id>/papers/<listing>.<sheet>")
@permit(access.SCAN)
def list_sheet(round_id: int, listing: str, sheet: str) -> Response:
    """Hand out a list whole, as a workbook or as CSV, of any length."""
    one = _opened(round_id, listing)
    return downloads.table(
        sheet,
        listings.sheet_columns(listing),
        listings.rows_of(viewer(), one, listing),
        name=f"{listings.TITLES[listing]} {one.fiscal_year}",
        plain_name=f"{listing}-{one.fiscal_year}",
    )


def _in_thai(one: Round, name: str, volume: int = 1) -> list[Any]:
    first = (volume - 1) * listings.VOLUME
    return papers.in_thai(
        lambda: list(listings.rows_of(viewer(), one, name, limit=listings.VOLUME, offset=first))
    )


def _volume_asked() -> int:
    raw = request.args.get("volume", "1")
    return max(int(raw), 1) if raw.isdecimal() and len(raw) < SMALLEST else 1


def _opened(round_id: int, listing: str) -> Round:
    one = access.round_seen_by(viewer(), round_id)
    if listing not in listings.LISTS:
        raise NotFound(_("There is no such paper."))
    if one.opened_at is None:
        raise Refusal(_("The lists of a round exist once it is open."))
    return one


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
