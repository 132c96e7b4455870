"""Reading what is late: each thing with its first chase, and figures by unit, age and year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, Row, and_, case, func, select
from sqlalchemy.orm import joinedload

from assets.loans import access
from assets.loans.later_models import FollowUpLetter, LetterLine, LoanChase
from assets.loans.models import Loan, LoanLine, LoanNotice
from assets.loans.states import LineState
from assets.register.models import Asset
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.models import Person
from office.places.models import Unit

PAGE = 50
# Days late, from and to, of the groups by age; the last one is open.
AGES = ((1, 7), (8, 30), (31, 90), (91, None))
MOST_LATE = 50_000
YEARS = 5


@dataclass(frozen=True)
class LateLine:
    """A thing that is late, for the list and the workbook."""

    item: str
    asset_no: str
    borrower: str
    unit: str
    phone: str
    loan: str
    due_on: date
    days: int
    chased_on: date | None
    chased_late: bool


@dataclass(frozen=True)
class Group:
    """So many things late of one unit or one age."""

    label: str
    number: int
    unit_id: int | None = None


@dataclass(frozen=True)
class Year:
    """The loans of one fiscal year: items lent, come back late, still out and late, chased late."""

    year: int
    lent: int
    back_late: int
    late_now: int
    chased_late: int


@dataclass(frozen=True)
class Figures:
    """What the page of late things says."""

    late: int
    people: int
    chased_late: int
    units: Sequence[Group]
    ages: Sequence[tuple[int, int | None, int]]
    years: Sequence[Year]


def first_chase() -> ColumnElement[date | None]:
    """Return the SQL expression of the first day on which a line was asked for after its due date.

    A reminder after the due date counts as well as a letter or a word by telephone (R-L4).
    """
    notice = (
        select(func.min(LoanNotice.sent_on))
        .where(
            LoanNotice.line_id == LoanLine.id,
            LoanNotice.due_on == LoanLine.due_on,
            LoanNotice.step > 0,
        )
        .correlate(LoanLine)
        .scalar_subquery()
    )
    chase = (
        select(func.min(LoanChase.on))
        .where(LoanChase.line_id == LoanLine.id, LoanChase.due_on == LoanLine.due_on)
        .correlate(LoanLine)
        .scalar_subquery()
    )
    return case(
        (chase.is_(None), notice), (notice.is_(None), chase), (chase < notice, chase), else_=notice
    )


def is_chased_late(due_on: date, chased_on: date | None, today: date) -> bool:
    """Tell whether asking came, or will come, after the seven days of clause 211 (R-L4)."""
    return (chased_on or today) > due_on + timedelta(days=7)


def _late(viewer: Viewer) -> ColumnElement[bool]:
    return and_(
        LoanLine.state == LineState.OUT,
        LoanLine.due_on < clock.today(),
        access.reached(viewer, access.SEE),
    )


def late_lines(viewer: Viewer) -> Iterator[LateLine]:
    """Yield what is late in the viewer's scope, the oldest due first."""
    today = clock.today()
    rows = db.session.execute(
        select(
            Asset.name,
            Asset.asset_no,
            Person.name_th,
            Unit.name_th.label("unit"),
            Person.phone,
            Loan.number,
            LoanLine.due_on,
            first_chase().label("chased"),
        )
        .select_from(LoanLine)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .join(Person, Person.id == Loan.borrower_id)
        .join(Unit, Unit.id == Loan.borrower_unit_id)
        .where(_late(viewer))
        .order_by(LoanLine.due_on, LoanLine.id)
        .limit(MOST_LATE)
    )
    for row in rows:
        yield LateLine(
            item=row.name,
            asset_no=row.asset_no or "",
            borrower=row.name_th,
            unit=row.unit,
            phone=row.phone,
            loan=row.number,
            due_on=row.due_on,
            days=(today - row.due_on).days,
            chased_on=row.chased,
            chased_late=is_chased_late(row.due_on, row.chased, today),
        )


def figures(viewer: Viewer) -> Figures:
    """Return the figures of what is late now and of the last fiscal years."""
    today = clock.today()
    rows = db.session.execute(
        select(LoanLine.due_on, Loan.borrower_id, Loan.borrower_unit_id, first_chase())
        .join(Loan, Loan.id == LoanLine.loan_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .where(_late(viewer))
        .limit(MOST_LATE)
    ).all()
    by_unit: dict[int, int] = {}
    ages = dict.fromkeys(AGES, 0)
    for row in rows:
        by_unit[row.borrower_unit_id] = by_unit.get(row.borrower_unit_id, 0) + 1
        days = (today - row.due_on).days
        ages[next(age for age in AGES if age[1] is None or days <= age[1])] += 1
    return Figures(
        late=len(rows),
        people=len({row.borrower_id for row in rows}),
        chased_late=sum(1 for row in rows if is_chased_late(row.due_on, row[3], today)),
        units=_named(by_unit),
        ages=[(first, last, number) for (first, last), number in ages.items()],
        years=_years(viewer, today),
    )


def _named(by_unit: dict[int, int]) -> list[Group]:
    units = db.session.scalars(select(Unit).where(Unit.id.in_(by_unit)))
    groups = [Group(unit.name, by_unit[unit.id], unit.id) for unit in units]
    return sorted(groups, key=lambda group: (-group.number, group.label))


def _years(viewer: Viewer, today: date) -> list[Year]:
    """Count the loans of each fiscal year of the last ones, the newest first."""
    this = thai.fiscal_year(today)
    start = date(this - YEARS - 543, 10, 1)
    rows = db.session.execute(
        select(
            LoanLine.out_at, LoanLine.due_on, LoanLine.returned_at, LoanLine.state, first_chase()
        )
        .join(Asset, Asset.id == LoanLine.asset_id)
        .where(
            LoanLine.out_at >= clock.at(start, time()),
            LoanLine.state != LineState.UNDONE,
            access.reached(viewer, access.SEE),
        )
    )
    counted: dict[int, list[int]] = {}
    for row in rows:
        numbers = counted.setdefault(thai.fiscal_year(clock.local(row.out_at).date()), [0, 0, 0, 0])
        ended = clock.local(row.returned_at).date() if row.returned_at else None
        late_now = row.state == LineState.OUT and row.due_on < today
        numbers[0] += 1
        numbers[1] += bool(ended and ended > row.due_on)
        numbers[2] += late_now
        overdue_until = ended or (today if late_now else None)
        past_seven = overdue_until and overdue_until > row.due_on + timedelta(days=7)
        numbers[3] += bool(past_seven and is_chased_late(row.due_on, row[4], today))
    return [Year(year, *numbers) for year, numbers in sorted(counted.items(), reverse=True)]


LetterRow = Row[FollowUpLetter, Person, Unit, int]


def letters(viewer: Viewer, page: int) -> Sequence[LetterRow]:
    """Return one page of letters about things in the scope, those to be sent first."""
    inside = (
        select(LetterLine.letter_id)
        .join(LoanLine, LoanLine.id == LetterLine.line_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .where(access.reached(viewer, access.SEE))
    )
    number = (
        select(func.count(LetterLine.id))
        .where(LetterLine.letter_id == FollowUpLetter.id)
        .correlate(FollowUpLetter)
        .scalar_subquery()
    )
    return db.session.execute(
        select(FollowUpLetter, Person, Unit, number)
        .join(Person, Person.id == FollowUpLetter.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(FollowUpLetter.id.in_(inside))
        .order_by(FollowUpLetter.sent_at.is_not(None), FollowUpLetter.id.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()


def letter_seen_by(viewer: Viewer, letter_id: int, *, to_send: bool = False) -> FollowUpLetter:
    """Return a letter about things in the viewer's scope.

    Args:
        viewer: who asks.
        letter_id: of the letter.
        to_send: look at the right to chase instead of the right to see.

    Raises:
        NotFound: there is none, or it is about things of other units.
    """
    right = access.CHASE if to_send else access.SEE
    inside = (
        select(LetterLine.id)
        .join(LoanLine, LoanLine.id == LetterLine.line_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .where(LetterLine.letter_id == FollowUpLetter.id, access.reached(viewer, right))
    )
    letter = db.session.scalar(
        select(FollowUpLetter)
        .options(joinedload(FollowUpLetter.person))
        .where(FollowUpLetter.id == letter_id, inside.exists())
    )
    if letter is None:
        raise NotFound(_("There is no such letter."))
    return letter


def out_of_unit(viewer: Viewer, unit_id: int) -> Sequence[LoanLine]:
    """Return what the people of a unit have out, for its list, the earliest due first."""
    return db.session.scalars(
        select(LoanLine)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .options(joinedload(LoanLine.asset), joinedload(LoanLine.loan).joinedload(Loan.borrower))
        .where(
            LoanLine.state == LineState.OUT,
            Loan.borrower_unit_id == unit_id,
            access.reached(viewer, access.SEE),
        )
        .order_by(LoanLine.due_on, LoanLine.id)
        .limit(1000)
    ).all()
