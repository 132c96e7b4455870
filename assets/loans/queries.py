"""Reading loans: what stands in the way of lending, who has what, and the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, and_, case, or_, select
from sqlalchemy.orm import aliased, joinedload

from assets.catalogue.models import AssetClass
from assets.loans import access
from assets.loans.models import (
    BasketLine,
    Loan,
    LoanBasket,
    LoanExtension,
    LoanLine,
    LoanNotice,
)
from assets.loans.states import NOT_BACK, LineState
from assets.register import availability
from assets.register.models import Asset, Hold
from assets.register.states import Condition, HoldKind, Lifecycle, Obstacle
from kernel import search
from kernel.access import Viewer
from kernel.db import db
from office.people.models import Person
from office.places.models import Unit

DEFAULT_LOAN_DAYS = 7
PAGE = 50
MOST_HELD = 50


@dataclass(frozen=True)
class Standing:
    """Whether an item can be lent now: the facts of one moment.

    ``line``, ``loan`` and ``borrower`` are of the line that is not back, where there is one; for an
    item that is lost, of the line in which it was lost.
    ``repair`` is the number of the ticket that holds the item.
    """

    asset: Asset
    obstacle: Obstacle | None
    in_scope: bool
    lendable: bool
    loan_days: int
    line: LoanLine | None
    loan: Loan | None
    borrower: Person | None
    repair: str


def is_lost() -> ColumnElement[bool]:
    """Return SQL: a borrower lost the item in this line, and it was not found by anybody since.

    It awaits its disposal then, or is struck off already, or its case was given up.
    """
    still = (Lifecycle.IN_SERVICE, Lifecycle.PENDING_DISPOSAL, Lifecycle.LOST)
    return and_(
        LoanLine.state == LineState.LOST,
        Asset.condition == Condition.MISSING,
        Asset.lifecycle.in_(still),
    )


def standings(asset_ids: Sequence[int], viewer: Viewer) -> dict[int, Standing]:
    """Return how items stand, by id; one query however many there are."""
    if not asset_ids:
        return {}
    repair = (
        select(Hold.reference)
        .where(Hold.asset_id == Asset.id, Hold.kind == HoldKind.REPAIR, Hold.ended_at.is_(None))
        .order_by(Hold.id)
        .limit(1)
        .scalar_subquery()
    )
    reached = case((access.reached(viewer, access.LEND), 1), else_=0)
    not_back = or_(LoanLine.state.in_(NOT_BACK), is_lost())
    rows = db.session.execute(
        select(Asset, AssetClass, LoanLine, Loan, Person, availability.obstacle(), reached, repair)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .outerjoin(LoanLine, and_(LoanLine.asset_id == Asset.id, not_back))
        .outerjoin(Loan, Loan.id == LoanLine.loan_id)
        .outerjoin(Person, Person.id == Loan.borrower_id)
        .where(Asset.id.in_(set(asset_ids)))
        .order_by(LoanLine.id)
    )
    return {row[0].id: _standing(*row) for row in rows}


def _standing(
    asset: Asset,
    of_class: AssetClass | None,
    line: LoanLine | None,
    loan: Loan | None,
    borrower: Person | None,
    *facts: str | int | None,
) -> Standing:
    obstacle, reached, repair = facts
    return Standing(
        asset=asset,
        obstacle=Obstacle(str(obstacle)) if obstacle else None,
        in_scope=bool(reached),
        lendable=asset.lendable and (of_class is None or of_class.lendable),
        loan_days=of_class.loan_days if of_class else DEFAULT_LOAN_DAYS,
        line=line,
        loan=loan,
        borrower=borrower,
        repair=str(repair or ""),
    )


def basket_of(viewer: Viewer) -> LoanBasket | None:
    """Return what lies before this officer, None where nothing was scanned yet."""
    return db.session.scalar(
        select(LoanBasket)
        .options(joinedload(LoanBasket.borrower))
        .where(LoanBasket.owner_id == viewer.id)
    )


def basket_lines(viewer: Viewer) -> Sequence[BasketLine]:
    """Return the scanned items of this officer in the order of scanning."""
    return db.session.scalars(
        select(BasketLine).where(BasketLine.owner_id == viewer.id).order_by(BasketLine.id)
    ).all()


def held_by(person_id: int) -> Sequence[LoanLine]:
    """Return what a person has now, the latest due first in line; at most ``MOST_HELD``."""
    return db.session.scalars(
        select(LoanLine)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .options(joinedload(LoanLine.asset), joinedload(LoanLine.loan))
        .where(Loan.borrower_id == person_id, LoanLine.state == LineState.OUT)
        .order_by(LoanLine.due_on, LoanLine.id)
        .limit(MOST_HELD)
    ).all()


def last_purpose(person_id: int) -> str:
    """Return what a person borrowed for the last time, to spare typing it again."""
    found = db.session.scalar(
        select(Loan.purpose).where(Loan.borrower_id == person_id).order_by(Loan.id.desc()).limit(1)
    )
    return found or ""


def open_line_of(asset_id: int) -> LoanLine | None:
    """Return the line in which an item is out now, with its loan and borrower; else None."""
    return db.session.scalar(
        select(LoanLine)
        .options(joinedload(LoanLine.loan).joinedload(Loan.borrower))
        .where(LoanLine.asset_id == asset_id, LoanLine.state == LineState.OUT)
    )


def loans_of_asset(asset_id: int, limit: int = 20) -> Sequence[LoanLine]:
    """Return the lines of an item with loan and borrower, newest first.

    The caller has shown that the viewer may see the item.
    """
    return db.session.scalars(
        select(LoanLine)
        .options(
            joinedload(LoanLine.loan).joinedload(Loan.borrower),
            joinedload(LoanLine.loan).joinedload(Loan.borrower_unit),
        )
        .where(LoanLine.asset_id == asset_id)
        .order_by(LoanLine.id.desc())
        .limit(limit)
    ).all()


@dataclass(frozen=True)
class Filter:
    """What a list of lines is narrowed to; empty means everything in the viewer's scope.

    ``due_until`` and ``due_from`` include their day.
    """

    words: str = ""
    unit_id: int | None = None
    borrower_id: int | None = None
    asset_id: int | None = None
    due_from: date | None = None
    due_until: date | None = None
    only_out: bool = True


ListRow = Row[LoanLine, Loan, Asset, Person, Unit]


def lines(viewer: Viewer, wanted: Filter, page: int) -> Sequence[ListRow]:
    """Return one page of lines (and one row more where others follow).

    Lines that are out come first due first; a history comes newest first.
    """
    query = _joined().where(access.reached(viewer, access.SEE), *_terms(wanted))
    order = (LoanLine.due_on, LoanLine.id) if wanted.only_out else (LoanLine.id.desc(),)
    query = query.order_by(*order).offset((page - 1) * PAGE).limit(PAGE + 1)
    return db.session.execute(query).all()


def own_lines(person_id: int, page: int) -> Sequence[ListRow]:
    """Return what a person has and had: out first, the earliest due on top, then newest first."""
    out = LoanLine.state == LineState.OUT
    query = (
        _joined()
        .where(Loan.borrower_id == person_id)
        .order_by(
            case((out, 0), else_=1),
            case((out, LoanLine.due_on), else_=None),
            LoanLine.id.desc(),
        )
    )
    return db.session.execute(query.offset((page - 1) * PAGE).limit(PAGE + 1)).all()


def _joined() -> Select[LoanLine, Loan, Asset, Person, Unit]:
    return (
        select(LoanLine, Loan, Asset, Person, Unit)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .join(Person, Person.id == Loan.borrower_id)
        .join(Unit, Unit.id == Loan.borrower_unit_id)
    )


def _terms(wanted: Filter) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if wanted.only_out:
        terms.append(LoanLine.state == LineState.OUT)
    if wanted.unit_id is not None:
        terms.append(Loan.borrower_unit_id == wanted.unit_id)
    if wanted.borrower_id is not None:
        terms.append(Loan.borrower_id == wanted.borrower_id)
    if wanted.asset_id is not None:
        terms.append(LoanLine.asset_id == wanted.asset_id)
    if wanted.due_from is not None:
        terms.append(LoanLine.due_on >= wanted.due_from)
    if wanted.due_until is not None:
        terms.append(LoanLine.due_on <= wanted.due_until)
    if wanted.words:
        terms.append(
            or_(
                search.contains(Asset.search_key, wanted.words),
                search.contains(Person.search_key, wanted.words),
                Loan.number == wanted.words,
            )
        )
    return terms


def units_with_loans(viewer: Viewer) -> Sequence[Unit]:
    """Return the units whose people have something out, as far as the viewer sees."""
    asset, line = aliased(Asset), aliased(LoanLine)
    inside = viewer.scope(access.SEE).clause(asset.owner_unit_id, asset.holding_unit_id)
    having = (
        select(Loan.borrower_unit_id)
        .join(line, line.loan_id == Loan.id)
        .join(asset, asset.id == line.asset_id)
        .where(line.state == LineState.OUT, inside)
    )
    return db.session.scalars(
        select(Unit).where(Unit.id.in_(having)).order_by(Unit.kind, Unit.code)
    ).all()


def lines_of(loan: Loan, viewer: Viewer) -> Sequence[LoanLine]:
    """Return the lines of a loan that the viewer may see: all of the own loan, else the scope's."""
    query = (
        select(LoanLine)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .options(joinedload(LoanLine.asset), joinedload(LoanLine.taken_back_by))
        .where(LoanLine.loan_id == loan.id)
        .order_by(LoanLine.id)
    )
    if loan.borrower_id != viewer.id:
        query = query.where(access.reached(viewer, access.SEE))
    return db.session.scalars(query).all()


def lines_to_extend(loan: Loan, line_ids: Sequence[int], viewer: Viewer) -> Sequence[LoanLine]:
    """Return the chosen lines of a loan as far as the viewer may extend them, locked."""
    return db.session.scalars(
        select(LoanLine)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .where(
            LoanLine.loan_id == loan.id,
            LoanLine.id.in_(line_ids),
            access.reached(viewer, access.EXTEND),
        )
        .order_by(LoanLine.id)
        .with_for_update(of=LoanLine)
    ).all()


def received_together(line_id: int, viewer: Viewer) -> Sequence[LoanLine]:
    """Return the lines that one officer took back in the same act as this one, in the scope."""
    one = aliased(LoanLine)
    return db.session.scalars(
        select(LoanLine)
        .join(
            one,
            and_(
                one.returned_at == LoanLine.returned_at,
                one.taken_back_by_id == LoanLine.taken_back_by_id,
            ),
        )
        .join(Asset, Asset.id == LoanLine.asset_id)
        .options(joinedload(LoanLine.asset), joinedload(LoanLine.loan).joinedload(Loan.borrower))
        .where(one.id == line_id, access.reached(viewer, access.TAKE_BACK))
        .order_by(LoanLine.id)
    ).all()


def extensions_of(loan: Loan) -> Sequence[LoanExtension]:
    """Return the extensions of a loan's lines, oldest first."""
    return db.session.scalars(
        select(LoanExtension)
        .join(LoanLine, LoanLine.id == LoanExtension.line_id)
        .options(joinedload(LoanExtension.by))
        .where(LoanLine.loan_id == loan.id)
        .order_by(LoanExtension.id)
    ).all()


def notices_of(loan: Loan) -> Sequence[LoanNotice]:
    """Return the reminders sent for a loan's lines, oldest first."""
    return db.session.scalars(
        select(LoanNotice)
        .join(LoanLine, LoanLine.id == LoanNotice.line_id)
        .where(LoanLine.loan_id == loan.id)
        .order_by(LoanNotice.id)
    ).all()
