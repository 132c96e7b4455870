"""What fails again and again: counted by item, model, room, symptom, and symptom of one item.

Only repairs count, and of those not the cancelled ones; what was merged into another ticket counts
there, and a part on the same thing is no fault beside its whole: only its cost is added. A period
is some days up to today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from assets.catalogue.models import ProductModel, Symptom
from assets.register.models import Asset
from helpdesk.figures import access, faults
from helpdesk.figures.models import TicketFigure, TicketFigureSymptom
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import Kind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import language
from office.places.models import Room, Unit

MOST = 100
PAGE = 50
DAYS = (30, 90, 180, 365, 1095)
LEAST = (2, 3, 5, 10)


class What(StrEnum):
    """What faults are counted by."""

    ITEM = "item"
    SAME = "same"
    MODEL = "model"
    ROOM = "room"
    SYMPTOM = "symptom"


_PARTS = faults.parts()
_TOLD = faults.symptoms(_PARTS)
KEYS: dict[What, tuple[Any, ...]] = {
    What.ITEM: (TicketFigure.asset_id,),
    What.SAME: (TicketFigure.asset_id, _TOLD.c.symptom_id),
    What.MODEL: (TicketFigure.product_model_id,),
    What.ROOM: (TicketFigure.room_id,),
    What.SYMPTOM: (_TOLD.c.symptom_id,),
}


@dataclass(frozen=True)
class Asked:
    """What is asked for: how many days back, how many faults at least, of which unit."""

    days: int = 365
    least: int = 2
    unit_id: int | None = None

    @property
    def since(self) -> date:
        """The first day that counts."""
        return clock.today() - timedelta(days=self.days)


@dataclass(frozen=True)
class Repeated:
    """Something that failed several times.

    ``key`` is what leads to its tickets; ``items`` is how many different items it concerns;
    ``cost`` is in baht.
    """

    key: str
    label: str
    note: str
    count: int
    items: int
    cost: Decimal
    last: date


def repeated(viewer: Viewer, asked: Asked, what: What) -> list[Repeated]:
    """Return what failed most often, the most faults first; at most ``MOST``."""
    keys, count = KEYS[what], func.count(faults.fault(_PARTS).distinct())
    cost = func.sum(TicketFigure.cost)
    query = (
        _joined(select(*keys, count, func.count(TicketFigure.asset_id.distinct()), cost), what)
        .add_columns(func.max(TicketFigure.opened_on))
        .where(*_terms(viewer, asked), *(key.is_not(None) for key in keys))
        .group_by(*keys)
        .having(count >= asked.least)
        .order_by(count.desc(), *(key.asc() for key in keys))
        .limit(MOST)
    )
    rows = [(tuple(row[: len(keys)]), *row[len(keys) :]) for row in db.session.execute(query)]
    names = _names(what, [row[0] for row in rows])
    return [
        Repeated(
            key="-".join(map(str, key)),
            label=names.get(key, ("–", ""))[0],
            note=names.get(key, ("", ""))[1],
            count=found,
            items=items,
            cost=paid or Decimal(0),
            last=last,
        )
        for key, found, items, paid, last in rows
    ]


def tickets_of(
    viewer: Viewer, asked: Asked, what: What, key: Sequence[int], number: int = 1
) -> Sequence[Any]:
    """Return one page of the tickets behind a line, newest first; one more where more follow."""
    whole = aliased(Ticket)
    query = select(
        Ticket.id,
        Ticket.number,
        whole.number.label("part_of"),
        Ticket.subject,
        Ticket.subject_en,
        Ticket.state,
        Ticket.opened_at,
        Ticket.repair_cost,
        Ticket.action_taken,
        Asset.name.label("asset_name"),
        Asset.asset_no,
    )
    found = _joined(query, what).join(Ticket, Ticket.id == TicketFigure.ticket_id)
    found = found.outerjoin(Asset, Asset.id == TicketFigure.asset_id)
    found = found.outerjoin(whole, whole.id == _PARTS.c.whole_id)
    wanted = [column == value for column, value in zip(KEYS[what], key, strict=True)]
    found = found.where(*_terms(viewer, asked), *wanted).order_by(Ticket.id.desc())
    return db.session.execute(found.limit(PAGE + 1).offset((number - 1) * PAGE)).all()


def label_of(what: What, key: Sequence[int]) -> tuple[str, str]:
    """Return what a line is called, and a note beside it."""
    return _names(what, [tuple(key)]).get(tuple(key), ("–", ""))


@dataclass(frozen=True)
class OfItem:
    """The faults of one item in some days: how many, their cost, the symptom that comes again."""

    count: int
    cost: Decimal
    symptom: str
    of_symptom: int


def of_item(asset_id: int, days: int = 365) -> OfItem:
    """Return how often an item failed, whoever may see the tickets, and its commonest symptom."""
    english = language() == "en"
    since = clock.today() - timedelta(days=days)
    terms = (
        TicketFigure.asset_id == asset_id,
        TicketFigure.opened_month >= since.year * 100 + since.month,
        TicketFigure.opened_on >= since,
        *_repairs(),
    )
    count = func.count(faults.fault_of_each().distinct())
    commonest = (
        select(Symptom.text_th, Symptom.text_en, count.label("times"))
        .select_from(TicketFigure)
        .join(TicketFigureSymptom, TicketFigureSymptom.ticket_id == TicketFigure.ticket_id)
        .join(Symptom, Symptom.id == TicketFigureSymptom.symptom_id)
        .where(*terms)
        .group_by(Symptom.id, Symptom.text_th, Symptom.text_en)
        .order_by(count.desc(), Symptom.id)
        .limit(1)
        .subquery()
    )
    counted = select(count.label("n"), func.sum(TicketFigure.cost).label("cost"))
    sums = counted.where(*terms).subquery()
    row = db.session.execute(
        select(sums.c.n, sums.c.cost, commonest).outerjoin_from(
            sums, commonest, commonest.c.times > 1
        )
    ).one()
    said = row.text_en if english and row.text_en else row.text_th
    return OfItem(row.n, row.cost or Decimal(0), said or "", row.times or 0)


def repeats() -> ColumnElement[bool]:
    """Return SQL about ``Asset``: it has been reported more than once."""
    count = func.count(faults.fault_of_each().distinct())
    counted = select(count).where(TicketFigure.asset_id == Asset.id, *_repairs())
    return counted.correlate(Asset).scalar_subquery() > 1


def _terms(viewer: Viewer, asked: Asked) -> list[ColumnElement[bool]]:
    since = asked.since
    terms = [
        TicketFigure.opened_month >= since.year * 100 + since.month,
        TicketFigure.opened_on >= since,
        *_repairs(),
        viewer.scope(access.SEE).clause(TicketFigure.unit_id),
    ]
    return [*terms, TicketFigure.unit_id == asked.unit_id] if asked.unit_id else terms


def _repairs() -> tuple[ColumnElement[bool], ...]:
    cancelled_not = or_(
        TicketFigure.ended_month.is_(None), TicketFigure.resolved_month.is_not(None)
    )
    return TicketFigure.kind == Kind.REPAIR, cancelled_not


def _joined(query: Any, what: What) -> Any:  # noqa: ANN401 - a SELECT of any columns
    query = query.select_from(TicketFigure)
    query = query.outerjoin(_PARTS, _PARTS.c.part_id == TicketFigure.ticket_id)
    if what in (What.SAME, What.SYMPTOM):
        query = query.join(_TOLD, _TOLD.c.ticket_id == TicketFigure.ticket_id)
    return query


def _names(what: What, keys: Sequence[tuple[int, ...]]) -> dict[tuple[int, ...], tuple[str, str]]:
    """Return what the lines are called, and a note beside each, in the language spoken now."""
    first = [key[0] for key in keys]
    if what == What.ITEM:
        return {(key,): said for key, said in _items(first).items()}
    if what == What.SYMPTOM:
        return {(key,): (said, "") for key, said in _symptoms(first).items()}
    if what == What.SAME:
        items, symptoms = _items(first), _symptoms([key[1] for key in keys])
        return {
            key: (
                f"{items.get(key[0], ('–', ''))[0]} · {symptoms.get(key[1], '')}",
                items[key[0]][1],
            )
            for key in keys
            if key[0] in items
        }
    if what == What.MODEL:
        found = db.session.execute(
            select(ProductModel.id, ProductModel.brand, ProductModel.name).where(
                ProductModel.id.in_(first)
            )
        )
        return {(row.id,): (f"{row.brand} {row.name}".strip(), "") for row in found}
    english = language() == "en"
    rooms = db.session.execute(
        select(Room.id, Room.name, Unit.name_th, Unit.name_en)
        .join(Unit, Unit.id == Room.unit_id)
        .where(Room.id.in_(first))
    )
    return {
        (row.id,): (row.name, row.name_en if english and row.name_en else row.name_th)
        for row in rooms
    }


def _items(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = db.session.execute(select(Asset.id, Asset.name, Asset.asset_no).where(Asset.id.in_(ids)))
    return {row.id: (row.name, row.asset_no or "") for row in rows}


def _symptoms(ids: Sequence[int]) -> dict[int, str]:
    english = language() == "en"
    rows = db.session.execute(
        select(Symptom.id, Symptom.text_th, Symptom.text_en).where(Symptom.id.in_(ids))
    )
    return {row.id: row.text_en if english and row.text_en else row.text_th for row in rows}
