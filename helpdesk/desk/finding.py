"""Everything that one search box finds beside items, tickets and people: the rooms around them.

Each source looks only where the viewer may, and reads at most ``MOST`` rows in the order of an
index, so that the box answers as fast however large the office is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from assets.loans import access as loans_access
from assets.loans.models import Loan
from assets.loans.request_models import LoanRequest
from assets.stock import access as stock_access
from assets.stock.models import StockItem
from helpdesk.desk.queries import MOST, Hit, Target
from helpdesk.knowledge import access as articles_access
from helpdesk.knowledge.models import Article
from helpdesk.requests import access as requests_access
from helpdesk.requests.models import ServiceRequest
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import language
from kernel.keyboard import spellings
from kernel.search import contains, first
from office.approvals import access as approvals_access
from office.approvals.models import Approval
from office.people.models import Person

ORDER = (
    "tag",
    "item",
    "ticket",
    "request",
    "loan",
    "loan_request",
    "stock",
    "article",
    "person",
    "approval",
)
PEOPLE_WEIGHED = 50


def numbered(typed: str, viewer: Viewer) -> list[Hit]:
    """Return what carries exactly this number: requests, requests for loans, papers, material.

    A number that was typed with a keyboard in the other language is read as the keys meant it.
    """
    for spelling in spellings(typed):
        number = thai.arabic_digits(thai.normalize(spelling)).replace(" ", "")
        found = _by_number(number, viewer) if number else []
        if found:
            return found
    return []


def _by_number(number: str, viewer: Viewer) -> list[Hit]:
    hits = [
        _request_hit(row, exact=True)
        for row in _requests_seen(viewer, ServiceRequest.number == number)
    ]
    wished = db.session.execute(
        select(LoanRequest.id, LoanRequest.number, LoanRequest.purpose).where(
            LoanRequest.number == number, loans_access.requests_visible(viewer)
        )
    )
    hits += [_wish_hit(row) for row in wished]
    if viewer.may(stock_access.SEE):
        key = thai.code_key(number)[:30]
        kept = _stock_rows(select(*STOCK).where(StockItem.code_key == key))
        hits += [_stock_hit(row, exact=True) for row in kept]
    if hits:
        return hits
    signed = db.session.execute(
        select(Approval.id, Approval.number, Approval.title)
        .where(Approval.number == number, approvals_access.visible(viewer))
        .limit(MOST)
    )
    return [_approval_hit(row) for row in signed]


def around(typed: str, viewer: Viewer) -> list[Hit]:
    """Return what the words may mean in the rooms around: requests, loans, material, articles."""
    return [
        *_requests(typed, viewer),
        *_loans(typed, viewer),
        *_stock(typed, viewer),
        *_articles(typed, viewer),
    ]


def grouped(hits: Sequence[Hit]) -> list[tuple[str, list[Hit]]]:
    """Return the hits kind by kind, in the order of the page, without empty kinds."""
    groups = [(kind, [hit for hit in hits if hit.kind == kind]) for kind in ORDER]
    return [(kind, found) for kind, found in groups if found]


def _requests_seen(viewer: Viewer, term: Any) -> Sequence[Any]:  # noqa: ANN401 - a WHERE term
    query = select(ServiceRequest.id, ServiceRequest.number, ServiceRequest.title).where(
        term, _my_requests(viewer)
    )
    return db.session.execute(query.order_by(ServiceRequest.id.desc()).limit(MOST)).all()


def _my_requests(viewer: Viewer) -> Any:  # noqa: ANN401 - a WHERE term
    own = ServiceRequest.asker_id == viewer.id
    if not viewer.scope(requests_access.SEE):
        return own
    return or_(own, requests_access.visible(viewer))


def _requests(typed: str, viewer: Viewer) -> list[Hit]:
    seen = select(ServiceRequest.id, ServiceRequest.number, ServiceRequest.title).where(
        _my_requests(viewer)
    )
    found = first(seen, ServiceRequest.search_key, typed, newest=True).limit(MOST)
    return [_request_hit(row) for row in db.session.execute(found)]


def _loans(typed: str, viewer: Viewer) -> list[Hit]:
    """Return the newest loans of the people whose names hold the words."""
    if not viewer.may(loans_access.SEE):
        return []
    people = select(Person.id).where(contains(Person.search_key, typed)).limit(PEOPLE_WEIGHED)
    ids = db.session.scalars(people).all()
    found = db.session.execute(
        select(Loan.id, Loan.number, Loan.purpose)
        .where(Loan.borrower_id.in_(ids), loans_access.visible(viewer))
        .order_by(Loan.id.desc())
        .limit(MOST)
    )
    return [
        Hit(
            "loan",
            "box-arrow-up-right",
            row.purpose,
            row.number,
            Target("loans.loan", {"loan_id": row.id}),
        )
        for row in found
    ]


STOCK = (StockItem.id, StockItem.code, StockItem.name_th, StockItem.name_en)


def _stock(typed: str, viewer: Viewer) -> list[Hit]:
    if not viewer.may(stock_access.SEE):
        return []
    found = first(select(*STOCK), StockItem.search_key, typed).limit(MOST)
    return [_stock_hit(row) for row in _stock_rows(found)]


def _stock_rows(query: Any) -> Sequence[Any]:  # noqa: ANN401 - a SELECT of ``STOCK``
    rows: Sequence[Any] = db.session.execute(query).all()
    return rows


def _articles(typed: str, viewer: Viewer) -> list[Hit]:
    seen = select(Article.id, Article.title_th, Article.title_en).where(
        articles_access.readable(viewer)
    )
    found = db.session.execute(first(seen, Article.search_key, typed, newest=True).limit(MOST))
    return [
        Hit(
            "article",
            "book",
            _spoken(row.title_th, row.title_en),
            "",
            Target("knowledge.article", {"article_id": row.id}),
        )
        for row in found
    ]


def _spoken(in_thai: str, in_english: str) -> str:
    return in_english if language() == "en" and in_english else in_thai


def _request_hit(row: Any, *, exact: bool = False) -> Hit:  # noqa: ANN401 - a row
    target = Target("requests.show", {"request_id": row.id})
    return Hit("request", "send", row.title, row.number or "", target, exact=exact)


def _wish_hit(row: Any) -> Hit:  # noqa: ANN401 - a row
    target = Target("loans.show_request", {"request_id": row.id})
    return Hit("loan_request", "calendar-plus", row.purpose, row.number, target, exact=True)


def _stock_hit(row: Any, *, exact: bool = False) -> Hit:  # noqa: ANN401 - a row
    target = Target("stock.item", {"item_id": row.id})
    name = _spoken(row.name_th, row.name_en)
    return Hit("stock", "boxes", name, row.code, target, exact=exact)


def _approval_hit(row: Any) -> Hit:  # noqa: ANN401 - a row
    target = Target("approvals.show", {"approval_id": row.id})
    return Hit("approval", "check-square", row.title, row.number, target, exact=True)
