"""Reading disposals: the list with its filters, the items and the committee of one case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from assets.disposals import access
from assets.disposals.deadlines import DISPOSAL_DAYS, REPORT_DAYS
from assets.disposals.models import Disposal, DisposalLine, DisposalMember
from assets.disposals.states import OPEN, LineState, Method, State
from assets.register.models import Asset
from assets.register.states import Lifecycle
from kernel import clock
from kernel.access import Viewer
from kernel.db import Money, db, thai_order
from kernel.paths import YEAR, whole
from office.people.models import Person
from office.places.models import Unit

PAGE = 50
CHUNK = 500
MOST_PEOPLE = 400
MOST_PARTS = 500
LIVE_LINES = (LineState.LISTED, LineState.STRUCK_OFF, LineState.FOUND)


@dataclass(frozen=True)
class Filters:
    """What narrows the list; blank means all. ``state`` is a state, ``open`` or blank."""

    state: str = "open"
    unit_id: int | None = None
    fiscal_year: int | None = None
    method: str = ""
    late: bool = False


def filters_from(args: Mapping[str, str]) -> Filters:
    """Return the filters that an address asks for; nonsense narrows nothing."""
    state = args.get("state", "open")
    return Filters(
        state=state if state in (*State, "open", "all") else "open",
        unit_id=whole(args.get("unit", "")),
        fiscal_year=whole(args.get("year", ""), digits=YEAR),
        method=args.get("method", "") if args.get("method", "") in tuple(Method) else "",
        late=args.get("late") == "1",
    )


def late_on(today: date) -> ColumnElement[bool]:
    """Return the WHERE term of the cases whose next day has passed; as ``deadlines`` has it."""
    return or_(
        and_(Disposal.state == State.INVESTIGATING, Disposal.findings_due_on < today),
        and_(
            Disposal.state == State.ORDERED,
            Disposal.ordered_on < today - timedelta(days=DISPOSAL_DAYS),
        ),
        and_(Disposal.state == State.CARRIED_OUT, Disposal.carried_out_on < today),
        and_(
            Disposal.state == State.STRUCK_OFF,
            Disposal.struck_off_on < today - timedelta(days=REPORT_DAYS),
            or_(Disposal.audit_on.is_(None), Disposal.parent_on.is_(None)),
        ),
    )


def _narrowed(viewer: Viewer, filters: Filters) -> list[ColumnElement[bool]]:
    terms = [access.visible(viewer)]
    if filters.state == "open":
        terms.append(Disposal.state.in_((*OPEN, State.STRUCK_OFF)))
    elif filters.state != "all":
        terms.append(Disposal.state == filters.state)
    if filters.unit_id is not None:
        terms.append(Disposal.unit_id == filters.unit_id)
    if filters.fiscal_year is not None:
        terms.append(Disposal.fiscal_year == filters.fiscal_year)
    if filters.method:
        terms.append(Disposal.method == filters.method)
    if filters.late:
        terms.append(late_on(clock.today()))
    return terms


def _listed(viewer: Viewer, filters: Filters) -> Select[Any]:
    sums = (
        select(
            DisposalLine.disposal_id,
            func.count().label("things"),
            func.sum(Asset.price * Asset.quantity, type_=Money()).label("cost"),
        )
        .join(Asset, Asset.id == DisposalLine.asset_id)
        .where(DisposalLine.state.in_(LIVE_LINES))
        .group_by(DisposalLine.disposal_id)
        .subquery()
    )
    return (
        select(Disposal, func.coalesce(sums.c.things, 0).label("things"), sums.c.cost)
        .outerjoin(sums, sums.c.disposal_id == Disposal.id)
        .options(joinedload(Disposal.unit))
        .where(*_narrowed(viewer, filters))
        .order_by(Disposal.id.desc())
    )


def disposals(viewer: Viewer, filters: Filters, *, page: int = 1) -> Sequence[Any]:
    """Return a page (one more than it holds) of cases: the case, how many items, what they cost."""
    rows = _listed(viewer, filters).limit(PAGE + 1).offset((page - 1) * PAGE)
    return db.session.execute(rows).all()


def exported(viewer: Viewer, filters: Filters) -> Iterator[Any]:
    """Yield every case that the list finds, newest first."""
    yield from db.session.execute(_listed(viewer, filters).execution_options(yield_per=CHUNK))


def years(viewer: Viewer) -> Sequence[int]:
    """Return the fiscal years of the cases that the viewer sees, the newest first."""
    query = select(Disposal.fiscal_year).where(access.visible(viewer)).distinct()
    return db.session.scalars(query.order_by(Disposal.fiscal_year.desc())).all()


def units(viewer: Viewer) -> Sequence[Unit]:
    """Return the units whose cases the viewer sees, in Thai order."""
    seen = select(Disposal.unit_id).where(access.visible(viewer))
    query = select(Unit).where(Unit.id.in_(seen)).order_by(thai_order(Unit.name_th), Unit.id)
    return db.session.scalars(query).all()


def lines_of(disposal: Disposal, *, all_of_them: bool = False) -> Sequence[DisposalLine]:
    """Return the items of a case with their cards, without those taken out unless asked for."""
    terms = [DisposalLine.disposal_id == disposal.id]
    if not all_of_them:
        terms.append(DisposalLine.state.in_(LIVE_LINES))
    return db.session.scalars(
        select(DisposalLine)
        .options(
            joinedload(DisposalLine.asset).joinedload(Asset.asset_class),
            joinedload(DisposalLine.asset).joinedload(Asset.custodian),
            joinedload(DisposalLine.asset).joinedload(Asset.owner_unit),
        )
        .where(*terms)
        .order_by(DisposalLine.id)
    ).all()


def line_of(disposal: Disposal, line_id: int) -> DisposalLine | None:
    """Return one item of a case."""
    mine = (DisposalLine.disposal_id == disposal.id, DisposalLine.id == line_id)
    return db.session.scalar(select(DisposalLine).where(*mine))


def members_of(disposal: Disposal) -> Sequence[DisposalMember]:
    """Return the fact-finding committee, the chair first."""
    return db.session.scalars(
        select(DisposalMember)
        .where(DisposalMember.disposal_id == disposal.id)
        .order_by(DisposalMember.id)
    ).all()


def people_for(unit: Unit) -> Sequence[Person]:
    """Return who may sit on a committee for a unit: its people, and those of the office."""
    office = select(Unit.id).where(Unit.kind != "school")
    own = select(Unit.id).where(Unit.path.startswith(unit.path, autoescape=True))
    here = or_(Person.unit_id.in_(own), Person.unit_id.in_(office))
    return db.session.scalars(
        select(Person)
        .where(here, Person.left_on.is_(None))
        .order_by(thai_order(Person.name_th), Person.id)
        .limit(MOST_PEOPLE)
    ).all()


def agency_of(unit: Unit) -> Unit:
    """Return the agency whose head decides for a unit: its school, else the office."""
    ids = [int(part) for part in unit.path.split("/") if part]
    rows = db.session.scalars(select(Unit).where(Unit.id.in_(ids))).all()
    known = {one.id: one for one in rows}
    chain = [known[one] for one in reversed(ids)]
    return next((one for one in chain if one.kind == "school"), chain[-1])


def open_line(asset_id: int) -> DisposalLine | None:
    """Return the line of the open case an item is in."""
    return db.session.scalar(
        select(DisposalLine)
        .options(joinedload(DisposalLine.disposal))
        .where(DisposalLine.asset_id == asset_id, DisposalLine.state == LineState.LISTED)
    )


def is_lost_without_papers(asset: Asset) -> bool:
    """Tell whether an item is written down as lost and no case has struck it off yet."""
    if asset.lifecycle != Lifecycle.LOST:
        return False
    struck = exists().where(
        DisposalLine.asset_id == asset.id, DisposalLine.state == LineState.STRUCK_OFF
    )
    return not db.session.scalar(select(struck))


def lines_about(asset_id: int) -> Sequence[DisposalLine]:
    """Return every line about an item with its case, the newest first."""
    return db.session.scalars(
        select(DisposalLine)
        .options(joinedload(DisposalLine.disposal))
        .where(DisposalLine.asset_id == asset_id)
        .order_by(DisposalLine.id.desc())
        .limit(20)
    ).all()


def cost_of(lines: Sequence[DisposalLine]) -> Decimal:
    """Return what the items of a case cost together, in baht, as far as it is known."""
    known = [line.asset.price * line.asset.quantity for line in lines if line.asset.price]
    return sum(known, Decimal("0.00"))


def items_seen(viewer: Viewer, ids: Sequence[int]) -> Sequence[Asset]:
    """Return those of the items whose owner the viewer may propose for, by number."""
    mine = viewer.scope(access.PREPARE).clause(Asset.owner_unit_id)
    return db.session.scalars(
        select(Asset)
        .options(joinedload(Asset.owner_unit))
        .where(Asset.id.in_(ids), mine)
        .order_by(Asset.asset_no_sort, Asset.id)
    ).all()


def parts_beside(viewer: Viewer, ids: Sequence[int]) -> Sequence[Asset]:
    """Return the parts of sets among the items that are not among them and may go along."""
    mine = viewer.scope(access.PREPARE).clause(Asset.owner_unit_id)
    return db.session.scalars(
        select(Asset)
        .where(
            Asset.whole_id.in_(ids),
            Asset.id.not_in(ids),
            Asset.lifecycle == Lifecycle.IN_SERVICE,
            mine,
        )
        .order_by(Asset.asset_no_sort, Asset.id)
        .limit(MOST_PARTS)
    ).all()


def cases_of(asset_ids: Sequence[int]) -> dict[int, str]:
    """Return by item the number of the open case it is in."""
    rows = db.session.execute(
        select(DisposalLine.asset_id, Disposal.number)
        .join(Disposal, Disposal.id == DisposalLine.disposal_id)
        .where(DisposalLine.asset_id.in_(asset_ids), DisposalLine.state == LineState.LISTED)
    )
    return {row.asset_id: row.number for row in rows}
