"""Reading for the desk: what a scanned or typed text means, and everything on the counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from assets.labels.codes import read_code
from assets.labels.models import Tag
from assets.loans import access, promises
from assets.loans import queries as loans
from assets.loans.later_models import ExtensionWish
from assets.loans.later_states import WishState
from assets.loans.models import BasketLine, Loan, LoanBasket, LoanLine
from assets.loans.queries import Standing
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.rules import baskets, blocks, due_dates, obstacles
from assets.loans.rules.blocks import Block
from assets.loans.states import LineState, Outcome
from assets.register.models import Asset, EarlierNumber
from helpdesk.tickets import queries as tickets
from kernel import clock, search, thai
from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.keyboard import spellings
from office.cards import access as cards
from office.cards import scans
from office.cards.models import UserCard
from office.cards.states import State as CardState
from office.people.models import Person
from office.places.models import Unit

MOST = 12


@dataclass(frozen=True)
class Found:
    """What a scan may mean. ``sure`` where a code or number is the same, letter by letter.

    ``blank`` is a label of ours that belongs to no item yet; ``elsewhere`` a number that only items
    outside the officer's scope have; ``stopped`` says why a user card does not work.
    """

    people: Sequence[Any] = ()
    items: Sequence[Any] = ()
    sure: bool = False
    blank: bool = False
    elsewhere: bool = False
    stopped: str = ""

    @property
    def only_person(self) -> int | None:
        """The one person it can be."""
        return self.people[0].id if len(self.people) == 1 and not self.items else None

    @property
    def only_item(self) -> int | None:
        """The one item it can be; words alone never choose an item."""
        one = len(self.items) == 1 and not self.people and self.sure
        return self.items[0].id if one else None

    def __bool__(self) -> bool:
        return bool(self.people or self.items)


def scanned(typed: str, viewer: Viewer) -> Found:
    """Return what was scanned or typed.

    Tried in this order: a label's code or address; a user card, another card, a username, an asset
    number, an earlier number, a serial, a loan's number (as typed, then as typed with the keyboard
    set to Thai); words of names. Numbers are given anew in each school, so those inside the
    officer's scope go first.

    Args:
        typed: exactly what came into the box; a wedge scanner may have typed Thai letters.
        viewer: the officer.
    """
    code = read_code(typed)
    if code is not None:
        tag = db.session.scalar(select(Tag).where(Tag.code == code))
        if tag is not None:
            return Found(items=_items(Asset.id == tag.asset_id), sure=True, blank=tag.is_blank)
    card = scans.card_of_scan(typed)
    if card is not None:
        return _holder_of(card)
    for spelling in spellings(typed):
        found = Found(_people_by_code(spelling), _items_by_number(spelling, viewer), sure=True)
        if found:
            return found
        if _known(spelling):
            return Found(sure=True, elsewhere=True)
    return _by_words(typed, viewer)


def _holder_of(card: UserCard) -> Found:
    """Return the holder of a user card; of one that does not work only why."""
    stopped = scans.why_stopped(card)
    if stopped:
        return Found(sure=True, stopped=stopped)
    return Found(people=_people(Person.id == card.person_id), sure=True)


def _items(term: Any) -> Sequence[Any]:  # noqa: ANN401 - a WHERE term
    return db.session.execute(
        select(Asset.id, Asset.name, Asset.asset_no, Asset.serial_no, Unit.name_th.label("unit"))
        .join(Unit, Unit.id == Asset.holding_unit_id)
        .where(term)
        .order_by(Asset.asset_no_sort, Asset.id)
        .limit(MOST)
    ).all()


def _items_by_number(spelling: str, viewer: Viewer) -> Sequence[Any]:
    if not thai.code_key(spelling):
        return ()
    return _items(_numbered(spelling) & access.reached(viewer, access.LEND))


def _known(spelling: str) -> bool:
    return bool(thai.code_key(spelling) and _items(_numbered(spelling)))


def _numbered(spelling: str) -> ColumnElement[bool]:
    key = thai.code_key(spelling)
    earlier = select(EarlierNumber.asset_id).where(EarlierNumber.key == key)
    of_loan = (
        select(LoanLine.asset_id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(Loan.number == thai.arabic_digits(spelling), LoanLine.state == LineState.OUT)
    )
    return or_(
        Asset.asset_no_key == key,
        Asset.serial_key == key,
        Asset.id.in_(earlier),
        Asset.id.in_(of_loan),
    )


def _people(term: Any) -> Sequence[Any]:  # noqa: ANN401 - a WHERE term
    return db.session.execute(
        select(Person.id, Person.name_th, Person.position, Unit.name_th.label("unit"))
        .join(Unit, Unit.id == Person.unit_id)
        .where(term)
        .order_by(thai_order(Person.name_th), Person.id)
        .limit(MOST)
    ).all()


def _people_by_code(spelling: str) -> Sequence[Any]:
    typed = thai.normalize(spelling)
    if not typed:
        return ()
    same_name = (func.lower(Person.username) == typed.lower()) & (Person.username != "")
    return _people(or_(Person.card_code == typed.upper(), Person.card_code == typed, same_name))


def _by_words(typed: str, viewer: Viewer) -> Found:
    if not search.words(typed):
        return Found()
    inside = viewer.scope(access.LEND).clause(Person.unit_id)
    here = Person.left_on.is_(None) & inside & search.contains(Person.search_key, typed)
    reached = access.reached(viewer, access.LEND) & search.contains(Asset.search_key, typed)
    return Found(people=_people(here), items=_items(reached))


@dataclass(frozen=True)
class Today:
    """What the day brings: to hand out, to come back, late; wishes for a later date that wait."""

    to_hand_out: Sequence[LoanRequest]
    to_come_back: Sequence[LoanLine]
    late: Sequence[LoanLine]
    wishes: int


def agenda(viewer: Viewer) -> Today:
    """Return what the day brings to the counter of an officer, the most urgent first."""
    today = clock.today()
    plan = promises.agenda(viewer, today)
    waiting = (
        select(func.count(ExtensionWish.id))
        .join(LoanLine, LoanLine.id == ExtensionWish.line_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .where(ExtensionWish.state == WishState.WAITING, access.reached(viewer, access.EXTEND))
        .scalar_subquery()
    )
    lines = (
        select(LoanLine)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .options(
            contains_eager(LoanLine.asset), joinedload(LoanLine.loan).joinedload(Loan.borrower)
        )
        .where(
            LoanLine.state == LineState.OUT,
            LoanLine.due_on < today,
            access.reached(viewer, access.LEND),
        )
        .order_by(LoanLine.due_on, LoanLine.id)
        .limit(MOST)
    )
    late = db.session.scalars(lines).all()
    wishes = db.session.scalar(select(waiting)) or 0
    return Today(plan.to_hand_out, plan.to_come_back, late, wishes)


@dataclass(frozen=True)
class CounterLine:
    """One scanned item as the desk shows it: why it cannot go, or what to watch out for."""

    line: BasketLine
    standing: Standing
    why_not: str | None
    may_override: bool
    request_number: str
    ticket: Any
    ticked: frozenset[str]
    accessories: Sequence[str]


@dataclass(frozen=True)
class Counter:
    """Everything that lies on the counter before one officer.

    ``card_id`` is the borrower's user card, where the officer may see its photo.
    """

    basket: LoanBasket | None = None
    borrower: Person | None = None
    borrower_unit: Unit | None = None
    card_id: int | None = None
    held: Sequence[LoanLine] = ()
    lines: Sequence[CounterLine] = ()
    block: Block | None = None
    due: dict[str, date] = field(default_factory=dict)
    today: date = field(default_factory=clock.today)

    @property
    def takes_back(self) -> bool:
        """The items come back; else they go out."""
        return self.basket is not None and self.basket.mode == baskets.TAKE_BACK

    @property
    def late(self) -> int:
        """How many things the borrower should have brought back."""
        return sum(1 for line in self.held if line.days_late(self.today))


def counter(viewer: Viewer) -> Counter:
    """Return the whole counter; the number of queries does not grow with the items."""
    rows = _on_the_counter(viewer)
    if not rows:
        return Counter(due=due_dates.proposals((), viewer.unit_id))
    basket, _line, borrower, unit, _number, card_id = rows[0]
    scanned_lines = [row[1] for row in rows if row[1] is not None]
    numbers = {row[1].asset_id: row[4] or "" for row in rows if row[1] is not None}
    standings = loans.standings([line.asset_id for line in scanned_lines], viewer)
    open_tickets = tickets.open_tickets_on_items(list(standings)) if standings else {}
    taking = basket.mode == baskets.TAKE_BACK
    return Counter(
        basket=basket,
        borrower=borrower,
        borrower_unit=unit,
        card_id=card_id if borrower and viewer.may(cards.SEE, borrower.unit_id) else None,
        held=loans.held_by(borrower.id) if borrower else (),
        block=blocks.block_of(borrower.id) if borrower and not taking else None,
        lines=[
            _counter_line(
                line,
                standings[line.asset_id],
                open_tickets,
                number=numbers[line.asset_id],
                taking=taking,
            )
            for line in scanned_lines
        ],
        due=due_dates.proposals((s.loan_days for s in standings.values()), viewer.unit_id),
    )


def _on_the_counter(viewer: Viewer) -> Sequence[Any]:
    """Return the basket with each of its items, who borrows, and which request an item keeps."""
    return db.session.execute(
        select(LoanBasket, BasketLine, Person, Unit, LoanRequest.number, UserCard.id)
        .outerjoin(BasketLine, BasketLine.owner_id == LoanBasket.owner_id)
        .outerjoin(RequestLine, RequestLine.id == BasketLine.request_line_id)
        .outerjoin(LoanRequest, LoanRequest.id == RequestLine.request_id)
        .outerjoin(Person, Person.id == LoanBasket.borrower_id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .outerjoin(
            UserCard, (UserCard.person_id == Person.id) & (UserCard.state == CardState.HANDED_OVER)
        )
        .where(LoanBasket.owner_id == viewer.id)
        .order_by(BasketLine.id)
    ).all()


def _counter_line(
    line: BasketLine,
    standing: Standing,
    open_tickets: dict[int, Any],
    *,
    number: str,
    taking: bool,
) -> CounterLine:
    # What may come along is what the card names; what went out with it must come back.
    named = standing.line.accessories if standing.line else standing.asset.accessories
    stop = None if taking else obstacles.stop(standing)
    law = stop is not None and not stop.may_override
    against = stop.sentence if stop is not None and law else line.against
    return CounterLine(
        line=line,
        standing=standing,
        why_not=against or (stop.sentence if stop else None) if not taking else None,
        may_override=not law,
        request_number=number,
        ticket=None if taking else open_tickets.get(line.asset_id),
        ticked=frozenset(baskets.parts(line.accessories)),
        accessories=baskets.parts(named),
    )


def tickets_from(lines: Sequence[LoanLine]) -> dict[int, Any]:
    """Return the open ticket of each item that came back damaged, by item."""
    damaged = [line.asset_id for line in lines if line.condition_in == Outcome.DAMAGED]
    return tickets.open_tickets_on_items(damaged) if damaged else {}


def still_out(lines: Sequence[LoanLine]) -> Sequence[Any]:
    """Return what else the loans of these lines have out: loan number, item, due date."""
    return db.session.execute(
        select(Loan.id, Loan.number, Asset.name, Asset.asset_no, LoanLine.due_on)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .where(
            LoanLine.loan_id.in_({line.loan_id for line in lines}),
            LoanLine.state == LineState.OUT,
        )
        .order_by(LoanLine.due_on, LoanLine.id)
        .limit(loans.MOST_HELD)
    ).all()
