"""What the one search box understands, over all rooms, within the rights of who searches.

A code or number that is the same comes alone; without one, words are looked for. Each of the two
is one question to the database, however many rooms there are: a part for every kind, which looks
only where the viewer may and reads at most ``MOST`` rows in the order of an index, so that the box
answers as fast however large the office is. Items are asked for by their codes beside it, because
a code has many spellings. Building these questions costs more than asking them: they are kept for
whoever has the same rights, and what was typed is put into them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import String, bindparam, literal, or_, select, union_all

from assets.labels.codes import read_code
from assets.labels.models import Tag
from assets.loans import access as loans_access
from assets.loans.models import Loan
from assets.loans.request_models import LoanRequest
from assets.register import access as register_access
from assets.register import queries as register
from assets.register.models import Asset
from assets.stock import access as stock_access
from assets.stock.models import StockItem
from helpdesk.desk.queries import MOST, Hit, Target
from helpdesk.knowledge import access as articles_access
from helpdesk.knowledge.models import Article
from helpdesk.minutes import access as meetings_access
from helpdesk.minutes.models import Meeting
from helpdesk.programmes import access as programmes_access
from helpdesk.programmes.models import Programme
from helpdesk.purchases import access as purchases_access
from helpdesk.purchases.models import Purchase
from helpdesk.requests import access as requests_access
from helpdesk.requests.models import ServiceRequest
from helpdesk.studies import access as studies_access
from helpdesk.studies.models import Development, Study
from helpdesk.tickets import access as tickets_access
from helpdesk.tickets.models import Ticket
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import language
from kernel.keyboard import spellings
from kernel.search import Sought, first_of, sought
from office.approvals import access as approvals_access
from office.approvals.kinds import title_of
from office.approvals.models import Approval
from office.letters import access as letters_access
from office.letters.models import Letter
from office.papers.models import IssuedPaper
from office.papers.records import read_code as read_paper_code
from office.people import access as people_access
from office.people.models import Person

# The kinds in the order of the page: icon, endpoint, and the value of the address.
KINDS = {
    "tag": ("qr-code", "scan.landing", "code"),
    "item": ("box-seam", "register.item", "asset_id"),
    "ticket": ("tools", "tickets.show", "ticket_id"),
    "request": ("send", "requests.show", "request_id"),
    "loan": ("box-arrow-up-right", "loans.loan", "loan_id"),
    "loan_request": ("calendar-plus", "loans.show_request", "request_id"),
    "purchase": ("cart", "purchases.show", "purchase_id"),
    "stock": ("boxes", "stock.item", "item_id"),
    "article": ("book", "knowledge.article", "article_id"),
    "programme": ("diagram-3", "programmes.programme", "programme_id"),
    "meeting": ("people", "meetings.meeting", "meeting_id"),
    "letter": ("envelope", "letters.letter", "letter_id"),
    "study": ("search", "studies.study", "study_id"),
    "development": ("lightbulb", "developments.development", "development_id"),
    "person": ("person", "staff.person", "person_id"),
    "paper": ("file-earmark-check", "papers.check", "code"),
    "approval": ("check-square", "approvals.show", "approval_id"),
}
NEWEST_FIRST = (
    "ticket",
    "request",
    "loan",
    "loan_request",
    "purchase",
    "article",
    "programme",
    "meeting",
    "letter",
    "study",
    "development",
)
BY_CODE = ("tag", "paper")
PEOPLE_WEIGHED = 50
LONGEST_CODE = 30
KEPT = 256
# Who searches, as far as it decides what is found: person, unit, rights, and the day.
Searcher = tuple[int | None, int | None, frozenset[tuple[str, frozenset[int] | None]], date]


def find(typed: str, viewer: Viewer) -> list[Hit]:
    """Return what a scanned code or typed words may mean to this viewer."""
    return numbered(typed, viewer) or worded(typed, viewer)


def numbered(typed: str, viewer: Viewer) -> list[Hit]:
    """Return what carries exactly this code or number.

    A number that was typed with a keyboard in the other language is read as the keys meant it.
    """
    said = spellings(typed)
    numbers = [thai.arabic_digits(thai.normalize(one)).replace(" ", "") for one in said]
    values = {
        "tag": read_code(typed),
        "paper": read_paper_code(typed),
        "numbers": [one for one in numbers if one],
        "codes": [thai.code_key(one)[:LONGEST_CODE] for one in numbers if one],
    }
    filled = tuple(name for name in ("tag", "paper", "numbers") if values[name])
    hits = _hits(_number_query(_searcher(viewer), filled), values, exact=True)
    if any(hit.kind == "tag" for hit in hits):
        return [hit for hit in hits if hit.kind == "tag"]
    for spelling in said:
        items = register.by_code(spelling, register_access.visible(viewer))
        if items:
            hits += [
                _hit("item", one.id, one.name, one.asset_no or "", exact=True) for one in items
            ]
            break
    # An approval bears the number of what it approves: that comes first.
    return [hit for hit in hits if hit.kind != "approval"] or _titled(hits)


def _titled(hits: list[Hit]) -> list[Hit]:
    """Return approvals with their titles in the language of who reads."""
    if not hits:
        return hits
    ids = [hit.target.values["approval_id"] for hit in hits]
    found = db.session.scalars(select(Approval).where(Approval.id.in_(ids)))
    titles = {one.id: title_of(one) for one in found}
    return [
        replace(hit, title=titles[one]) for hit, one in zip(hits, ids, strict=True) if one in titles
    ]


def worded(typed: str, viewer: Viewer) -> list[Hit]:
    """Return what the words may mean, at most ``MOST`` of each kind."""
    looked_for = sought(typed)
    return _hits(_word_query(_searcher(viewer), looked_for), looked_for.values)


def grouped(hits: Sequence[Hit]) -> list[tuple[str, list[Hit]]]:
    """Return the hits kind by kind, in the order of the page, without empty kinds."""
    groups = [(kind, [hit for hit in hits if hit.kind == kind]) for kind in KINDS]
    return [(kind, found) for kind, found in groups if found]


def _part(kind: str, row_id: Any, title: Any, number: Any, english: Any = None) -> Any:  # noqa: ANN401 - columns
    """Return the SELECT of one kind, whose columns are those of every other kind."""
    blank = literal("", String)
    return select(
        literal(kind, String).label("kind"),
        row_id.label("id"),
        title.label("title"),
        (blank if english is None else english).label("english"),
        (blank if number is None else number).label("number"),
    )


def _searcher(viewer: Viewer) -> Searcher:
    return viewer.id, viewer.unit_id, frozenset(viewer.grants.items()), clock.today()


def _viewer_of(searcher: Searcher) -> Viewer:
    person_id, unit_id, grants, _day = searcher
    return Viewer(id=person_id, unit_id=unit_id, grants=dict(grants))


@lru_cache(KEPT)
def _number_query(searcher: Searcher, filled: tuple[str, ...]) -> Any:  # noqa: ANN401 - a SELECT
    return _together(_numbers(filled, _viewer_of(searcher)))


@lru_cache(KEPT)
def _word_query(searcher: Searcher, looked_for: Sought) -> Any:  # noqa: ANN401 - a SELECT
    return _together(_words(looked_for, _viewer_of(searcher)))


def _together(parts: Iterator[Any]) -> Any:  # noqa: ANN401 - a SELECT, None without parts
    limited = [select(*part.limit(MOST).subquery().c) for part in parts]
    return union_all(*limited) if limited else None


def _hits(query: Any, values: Mapping[str, Any], *, exact: bool = False) -> list[Hit]:  # noqa: ANN401
    """Ask for all parts at once; return the hits of each kind in their order."""
    rows = list(db.session.execute(query, values)) if query is not None else []
    rows.sort(key=lambda row: -row.id if row.kind in NEWEST_FIRST else row.id)
    return [
        _hit(
            row.kind,
            row.id,
            row.english if language() == "en" and row.english else row.title,
            row.number or "",
            exact=exact,
        )
        for row in rows
    ]


def _hit(kind: str, row_id: int, title: str, number: str, *, exact: bool = False) -> Hit:
    icon, endpoint, argument = KINDS[kind]
    target = Target(endpoint, {argument: number if kind in BY_CODE else row_id})
    return Hit(kind, icon, title, number, target, exact=exact)


TICKET = (Ticket.id, Ticket.subject, Ticket.number, Ticket.subject_en)
REQUEST = (ServiceRequest.id, ServiceRequest.title, ServiceRequest.number)
LOAN = (Loan.id, Loan.purpose, Loan.number)
PURCHASE = (Purchase.id, Purchase.title, Purchase.number)
STUDY = (Study.id, Study.title, Study.number)
WORK = (Development.id, Development.title, Development.number)
STOCK = (StockItem.id, StockItem.name_th, StockItem.code, StockItem.name_en)


def _numbers(filled: tuple[str, ...], viewer: Viewer) -> Iterator[Any]:
    if "tag" in filled:
        yield _part("tag", Tag.id, Tag.code, Tag.code).where(Tag.code == bindparam("tag"))
    if "paper" in filled:
        # Who holds a paper may check it: its code is all that is needed.
        yield _part(
            "paper", IssuedPaper.id, IssuedPaper.title_th, IssuedPaper.code, IssuedPaper.title_en
        ).where(IssuedPaper.code == bindparam("paper"))
    if "numbers" not in filled:
        return
    numbers: Any = bindparam("numbers", expanding=True)
    yield _part("ticket", *TICKET).where(Ticket.number.in_(numbers), tickets_access.visible(viewer))
    yield _part("loan", *LOAN).where(Loan.number.in_(numbers), loans_access.visible(viewer))
    yield _part("request", *REQUEST).where(
        ServiceRequest.number.in_(numbers), _requests_seen(viewer)
    )
    yield _part("loan_request", LoanRequest.id, LoanRequest.purpose, LoanRequest.number).where(
        LoanRequest.number.in_(numbers), loans_access.requests_visible(viewer)
    )
    yield _part("purchase", *PURCHASE).where(Purchase.number.in_(numbers), _purchases_seen(viewer))
    yield _part("study", *STUDY).where(
        Study.number.in_(numbers), studies_access.studies_seen(viewer)
    )
    yield _part("development", *WORK).where(
        Development.number.in_(numbers), studies_access.developments_seen(viewer)
    )
    if viewer.may(stock_access.SEE):
        codes: Any = bindparam("codes", expanding=True)
        yield _part("stock", *STOCK).where(StockItem.code_key.in_(codes))
    yield _part("approval", Approval.id, Approval.title, Approval.number).where(
        Approval.number.in_(numbers), approvals_access.visible(viewer)
    )


def _words(looked_for: Sought, viewer: Viewer) -> Iterator[Any]:
    if viewer.may(register_access.SEE):
        items = _part("item", Asset.id, Asset.name, Asset.asset_no)
        yield first_of(items.where(register_access.visible(viewer)), Asset.search_key, looked_for)
    if viewer.may(tickets_access.SEE):
        tickets = _part("ticket", *TICKET).where(tickets_access.visible(viewer))
        yield first_of(tickets, Ticket.search_key, looked_for, newest=True)
    requests = _part("request", *REQUEST).where(_requests_seen(viewer))
    yield first_of(requests, ServiceRequest.search_key, looked_for, newest=True)
    purchases = _part("purchase", *PURCHASE).where(_purchases_seen(viewer))
    yield first_of(purchases, Purchase.search_key, looked_for, newest=True)
    if viewer.may(loans_access.SEE):
        yield _loans(looked_for, viewer)
    if viewer.may(stock_access.SEE):
        yield first_of(_part("stock", *STOCK), StockItem.search_key, looked_for)
    articles = _part("article", Article.id, Article.title_th, None, Article.title_en)
    yield first_of(
        articles.where(articles_access.readable(viewer)),
        Article.search_key,
        looked_for,
        newest=True,
    )
    programmes = _part("programme", Programme.id, Programme.name, None)
    yield first_of(
        programmes.where(programmes_access.visible(viewer)),
        Programme.search_key,
        looked_for,
        newest=True,
    )
    yield from _paperwork(looked_for, viewer)
    if viewer.may(people_access.EDIT):
        people = _part("person", Person.id, Person.name_th, Person.username, Person.name_en)
        yield first_of(
            people.where(viewer.scope(people_access.EDIT).clause(Person.unit_id)),
            Person.search_key,
            looked_for,
        )


def _paperwork(looked_for: Sought, viewer: Viewer) -> Iterator[Any]:
    """Yield the parts of meetings, letters, studies and developments."""
    meetings = _part("meeting", Meeting.id, Meeting.body, None)
    yield first_of(
        meetings.where(meetings_access.visible(viewer)), Meeting.search_key, looked_for, newest=True
    )
    letters = _part("letter", Letter.id, Letter.subject, Letter.letter_no)
    yield first_of(
        letters.where(letters_access.visible(viewer)), Letter.search_key, looked_for, newest=True
    )
    studies = _part("study", *STUDY).where(studies_access.studies_seen(viewer))
    yield first_of(studies, Study.search_key, looked_for, newest=True)
    works = _part("development", *WORK).where(studies_access.developments_seen(viewer))
    yield first_of(works, Development.search_key, looked_for, newest=True)


def _loans(looked_for: Sought, viewer: Viewer) -> Any:  # noqa: ANN401 - a SELECT
    """Return the newest loans of the people whose names hold the words."""
    named = (
        first_of(select(Person.id), Person.search_key, looked_for).limit(PEOPLE_WEIGHED).subquery()
    )
    return (
        _part("loan", *LOAN)
        .where(Loan.borrower_id.in_(select(named.c.id)), loans_access.visible(viewer))
        .order_by(Loan.id.desc())
    )


def _requests_seen(viewer: Viewer) -> Any:  # noqa: ANN401 - a WHERE term
    own = ServiceRequest.asker_id == viewer.id
    if not viewer.scope(requests_access.SEE):
        return own
    return or_(own, requests_access.visible(viewer))


def _purchases_seen(viewer: Viewer) -> Any:  # noqa: ANN401 - a WHERE term
    own = Purchase.asker_id == viewer.id
    if not viewer.scope(purchases_access.SEE):
        return own
    return or_(own, purchases_access.visible(viewer))
