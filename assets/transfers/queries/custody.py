"""Reading who answers for what: my equipment, handovers, remarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from assets.labels.models import Tag
from assets.loans.models import Loan, LoanLine
from assets.loans.states import LineState
from assets.register.models import Asset, Movement
from assets.register.states import Lifecycle
from assets.transfers import access
from assets.transfers.models import Handover, HandoverLine, Remark
from assets.transfers.states import HandoverState, RemarkState
from kernel import thai
from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.search import contains, words
from office.people.models import Person
from office.places.models import Room, Unit

PAGE = 50
MOST = 300
FOUND = 12
SHOWN = (
    "id",
    "asset_no",
    "name",
    "brand",
    "model",
    "serial_no",
    "quantity",
    "unit_word",
    "condition",
    "price",
)
GONE = (Lifecycle.DISPOSED, Lifecycle.TRANSFERRED_OUT, Lifecycle.LOST)


def own_items(person_id: int, *, page: int = 1, size: int = PAGE) -> Sequence[Any]:
    """Return one page of what is in a person's name, and one row more where another follows.

    Each row has ``Asset`` columns by name, ``room``, ``unit_th``, ``unit_en``, ``since`` (None
    where it was so before movements were kept), ``tag`` (the code of its label, if any),
    ``remark`` (the kind of the open one) and ``waits_for`` (who is asked to take it over).
    """
    tag = select(func.max(Tag.code)).where(Tag.asset_id == Asset.id, Tag.retired_at.is_(None))
    remark = select(func.max(Remark.kind)).where(
        Remark.asset_id == Asset.id,
        Remark.person_id == person_id,
        Remark.state == RemarkState.OPEN,
    )
    waits = (
        select(func.max(Handover.to_name))
        .join(HandoverLine, HandoverLine.handover_id == Handover.id)
        .where(HandoverLine.asset_id == Asset.id, HandoverLine.state == HandoverState.PROPOSED)
    )
    columns: tuple[Any, ...] = (
        *(getattr(Asset, name) for name in SHOWN),
        Room.name.label("room"),
        Unit.name_th.label("unit_th"),
        Unit.name_en.label("unit_en"),
        _since(person_id).label("since"),
        tag.scalar_subquery().label("tag"),
        remark.scalar_subquery().label("remark"),
        waits.scalar_subquery().label("waits_for"),
    )
    return db.session.execute(
        select(*columns)
        .join(Unit, Unit.id == Asset.holding_unit_id)
        .outerjoin(Room, Room.id == Asset.room_id)
        .where(Asset.custodian_id == person_id, Asset.lifecycle.not_in(GONE))
        .order_by(Asset.asset_no_sort, Asset.id)
        .limit(size + 1)
        .offset((page - 1) * size)
    ).all()


def _since(person_id: int) -> ScalarSelect[Any]:
    """Return the moment at which an item came into a person's name."""
    return (
        select(func.max(Movement.at))
        .where(
            Movement.asset_id == Asset.id,
            Movement.to_custodian_id == person_id,
            or_(
                Movement.from_custodian_id.is_(None),
                Movement.from_custodian_id != Movement.to_custodian_id,
            ),
        )
        .scalar_subquery()
    )


def waiting_for(person_id: int) -> Sequence[HandoverLine]:
    """Return what waits for a person's confirmation, with handover, item and place."""
    return db.session.scalars(
        select(HandoverLine)
        .join(HandoverLine.handover)
        .options(
            contains_eager(HandoverLine.handover),
            joinedload(HandoverLine.asset).joinedload(Asset.room),
            joinedload(HandoverLine.asset).joinedload(Asset.holding_unit),
        )
        .where(Handover.to_person_id == person_id, HandoverLine.state == HandoverState.PROPOSED)
        .order_by(Handover.id, HandoverLine.id)
        .limit(MOST)
    ).all()


def loans_out(person_id: int) -> int:
    """Count what a person has borrowed and not brought back."""
    out = (
        select(func.count())
        .select_from(LoanLine)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(Loan.borrower_id == person_id, LoanLine.state == LineState.OUT)
    )
    return db.session.scalar(out) or 0


def to_hand_over(viewer: Viewer, *terms: ColumnElement[bool]) -> Sequence[Asset]:
    """Return the items that fit the terms and that the viewer may propose to somebody else."""
    waiting = select(HandoverLine.asset_id).where(HandoverLine.state == HandoverState.PROPOSED)
    return db.session.scalars(
        select(Asset)
        .options(
            joinedload(Asset.room), joinedload(Asset.holding_unit), joinedload(Asset.custodian)
        )
        .where(
            *terms,
            access.reached(viewer, access.PROPOSE),
            Asset.lifecycle.not_in(GONE),
            Asset.id.not_in(waiting),
        )
        .order_by(Asset.asset_no_sort, Asset.id)
        .limit(MOST)
    ).all()


def handovers(viewer: Viewer, state: str, *, page: int = 1) -> Sequence[Any]:
    """Return one page of handovers, newest first: ``Handover``, ``things`` and ``open_items``."""
    is_open = HandoverLine.state == HandoverState.PROPOSED
    counts = (
        select(
            HandoverLine.handover_id,
            func.count().label("things"),
            func.count().filter(is_open).label("open_items"),
        )
        .group_by(HandoverLine.handover_id)
        .subquery()
    )
    query = (
        select(Handover, counts.c.things, counts.c.open_items)
        .join(counts, counts.c.handover_id == Handover.id)
        .where(access.handovers_seen(viewer))
        .order_by(Handover.id.desc())
    )
    if state == "open":
        query = query.where(counts.c.open_items > 0)
    return db.session.execute(query.limit(PAGE + 1).offset((page - 1) * PAGE)).all()


def lines_of(handover: Handover) -> Sequence[HandoverLine]:
    """Return the lines of a handover with their items and places."""
    return db.session.scalars(
        select(HandoverLine)
        .options(
            joinedload(HandoverLine.asset).joinedload(Asset.room),
            joinedload(HandoverLine.asset).joinedload(Asset.holding_unit),
            joinedload(HandoverLine.from_person),
        )
        .where(HandoverLine.handover_id == handover.id)
        .order_by(HandoverLine.id)
    ).all()


def remarks(viewer: Viewer, *, page: int = 1) -> Sequence[Remark]:
    """Return one page of the open remarks that a viewer may settle, oldest first."""
    return db.session.scalars(
        select(Remark)
        .join(Remark.asset)
        .options(
            contains_eager(Remark.asset).joinedload(Asset.room),
            contains_eager(Remark.asset).joinedload(Asset.holding_unit),
            joinedload(Remark.person),
        )
        .where(Remark.state == RemarkState.OPEN, access.reached(viewer, access.SETTLE))
        .order_by(Remark.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()


def people_found(viewer: Viewer, typed: str) -> Sequence[Any]:
    """Return who may be meant: a card or user name of anybody, words of names in the own units.

    Each row has ``id``, ``name_th``, ``name_en``, ``position``, ``unit_th`` and ``unit_en``.
    """
    said = thai.normalize(typed)
    if not said:
        return ()
    code = thai.code_key(said)
    exact = or_(
        Person.card_code == said,
        Person.card_code == (code or said),
        (Person.username == said.lower()) & (Person.username != ""),
    )
    terms: ColumnElement[bool] = exact
    if words(said):
        inside = viewer.scope(access.PROPOSE).clause(Person.unit_id)
        terms = or_(exact, inside & contains(Person.search_key, said))
    return db.session.execute(
        select(
            Person.id,
            Person.name_th,
            Person.name_en,
            Person.position,
            Unit.name_th.label("unit_th"),
            Unit.name_en.label("unit_en"),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.left_on.is_(None), terms)
        .order_by(thai_order(Person.name_th), Person.id)
        .limit(FOUND)
    ).all()
