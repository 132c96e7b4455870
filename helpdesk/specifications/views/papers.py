"""The papers as PDF and as tables for Excel."""

from __future__ import annotations

from flask import Response, current_app
from sqlalchemy import select

from helpdesk.specifications import access, papers, queries, tables
from helpdesk.specifications.papers import Letterhead
from helpdesk.specifications.rules.flow import Sort
from helpdesk.specifications.rules.sorts import COMPARISON, SPECIFICATION
from helpdesk.specifications.views.blueprint import blueprint
from kernel import downloads
from kernel.access import permit, viewer
from kernel.db import db
from kernel.sending import disposition
from office.papers.models import IssuedPaper
from office.places.naming import office_name


def _letterhead() -> Letterhead:
    return Letterhead(office_name("th"), current_app.extensions["settings"].base_url)


def _issued(sort: Sort, number: str | None) -> IssuedPaper | None:
    return db.session.scalar(
        select(IssuedPaper).where(
            IssuedPaper.kind == sort.key,
            IssuedPaper.number == (number or ""),
            IssuedPaper.voided_at.is_(None),
        )
    )


@blueprint.get("/specifications/<int:specification_id>/paper.pdf")
@permit(access.READ)
def paper(specification_id: int) -> Response:
    """Send a specification (F05) to whoever may read it."""
    one = access.specification_read(viewer(), specification_id)
    queries.load_whole(one)
    made = papers.specification_pdf(one, _issued(SPECIFICATION, one.number), _letterhead())
    return _pdf(made, one.number or "specification")


@blueprint.get("/specifications/<int:specification_id>/table.<ending>")
@permit(access.READ)
def requirements_table(specification_id: int, ending: str) -> Response:
    """Send the requirements of a specification as a table."""
    one = access.specification_read(viewer(), specification_id)
    queries.load_whole(one)
    rows = list(tables.specification_rows(one))
    columns = tables.specification_columns()
    name = (one.number or one.title)[:80].replace("/", "-")
    return downloads.table(ending, columns, rows, name=name, plain_name="specification")


@blueprint.get("/comparisons/<int:comparison_id>/paper.pdf")
@permit(access.READ)
def comparison_paper(comparison_id: int) -> Response:
    """Send a comparison of offers (F06) to whoever may read it."""
    one = access.comparison_read(viewer(), comparison_id)
    queries.load_offers(one)
    made = papers.comparison_pdf(one, _issued(COMPARISON, one.number), _letterhead())
    return _pdf(made, one.number or "comparison")


@blueprint.get("/comparisons/<int:comparison_id>/table.<ending>")
@permit(access.READ)
def comparison_table(comparison_id: int, ending: str) -> Response:
    """Send a comparison of offers as a table."""
    one = access.comparison_read(viewer(), comparison_id)
    queries.load_offers(one)
    rows = list(tables.comparison_rows(one))
    columns = tables.comparison_columns(one)
    name = (one.number or one.title)[:80].replace("/", "-")
    return downloads.table(ending, columns, rows, name=name, plain_name="comparison")


def _pdf(made: bytes, name: str) -> Response:
    answer = Response(made, content_type="application/pdf")
    plain = name.replace("/", "-")
    answer.headers["Content-Disposition"] = disposition(f"{plain}.pdf", inline=True)
    return answer
