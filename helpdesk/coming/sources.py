"""Where lines come from: one SELECT for each kind, all with the same columns.

Columns: kind, day, ref (an id, for the page), number (how many things the line stands for), the
title in Thai and English, and the unit. What lies in the past comes along as long as somebody has
to do something about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Select, func, literal, select

from assets.counts import access as counts
from assets.counts.models import Round
from assets.counts.states import RoundState
from assets.licences import access as licences
from assets.licences.models import Licence
from assets.loans import access as loans
from assets.loans.request_models import LoanRequest
from assets.loans.states import RequestState
from assets.maintenance import access as maintenance
from assets.maintenance.models import Visit
from assets.maintenance.states import VisitState
from assets.register import access as register
from assets.register.models import Asset
from assets.register.states import Lifecycle
from assets.stock import access as stock
from assets.stock.models import StockBalance, StockItem, Store
from helpdesk.access_rights import access as access_rights
from helpdesk.access_rights.models import AccessRight, InformationSystem
from helpdesk.coming.states import Kind
from helpdesk.repairs import access as repairs
from helpdesk.repairs.models import OutsideRepair
from helpdesk.repairs.states import Outside
from helpdesk.tickets.models import Ticket
from kernel.access import Viewer
from office.cards import access as cards
from office.cards.models import UserCard
from office.people.models import Person
from office.places.models import Unit

# A card that ended longer ago is a card of the past.
CARD_NEWS_DAYS = 30
# SQLAlchemy types a Select by its columns; these agree by name, not by type.
Lines = Any
Source = Callable[[Viewer, date, date], Lines]


def _line(kind: Kind, day: Any, ref: Any, th: Any, en: Any, unit: Any) -> Select[Any]:  # noqa: ANN401 - columns
    return select(
        literal(kind.value).label("kind"),
        day.label("day"),
        ref.label("ref"),
        literal(1).label("number"),
        th.label("title_th"),
        en.label("title_en"),
        unit.label("unit_id"),
    )


def warranties(viewer: Viewer, today: date, until: date) -> Lines:
    """Return the warranties that end, one line for all things alike of a unit."""
    return (
        select(
            literal(Kind.WARRANTY.value).label("kind"),
            Asset.warranty_until.label("day"),
            func.min(Asset.id).label("ref"),
            func.count().label("number"),
            Asset.name.label("title_th"),
            Asset.name.label("title_en"),
            Asset.holding_unit_id.label("unit_id"),
        )
        .where(
            Asset.warranty_until.between(today, until),
            # Not the column itself: nearly every item is in service, and SQLite without statistics
            # would rather walk those than the few whose warranty ends.
            func.coalesce(Asset.lifecycle, "") == Lifecycle.IN_SERVICE,
            register.visible(viewer),
        )
        .group_by(Asset.warranty_until, Asset.name, Asset.holding_unit_id)
    )


def of_licences(viewer: Viewer, _today: date, until: date) -> Select[Any]:
    """Return the licences that end, and those that have ended and are kept."""
    line = _line(
        Kind.LICENCE, Licence.ends_on, Licence.id, Licence.name, Licence.name, Licence.unit_id
    )
    return line.where(
        Licence.given_up_on.is_(None),
        Licence.ends_on <= until,
        viewer.scope(licences.SEE).clause(Licence.unit_id),
    )


def rights(viewer: Viewer, _today: date, until: date) -> Select[Any]:
    """Return the access rights in force that end."""
    line = _line(
        Kind.RIGHT,
        AccessRight.ends_on,
        AccessRight.id,
        Person.name_th + " · " + InformationSystem.name_th,
        Person.name_th + " · " + InformationSystem.name_th,
        Person.unit_id,
    )
    return (
        line.join(Person, Person.id == AccessRight.person_id)
        .join(InformationSystem, InformationSystem.id == AccessRight.system_id)
        .where(
            AccessRight.revoked_at.is_(None),
            AccessRight.ends_on <= until,
            access_rights.rights_seen(viewer),
        )
    )


def of_cards(viewer: Viewer, today: date, until: date) -> Select[Any]:
    """Return the user cards that end, and those that ended lately."""
    line = _line(
        Kind.CARD, UserCard.valid_until, UserCard.id, Person.name_th, Person.name_th, Person.unit_id
    )
    return line.join(Person, Person.id == UserCard.person_id).where(
        UserCard.valid_until.between(today - timedelta(days=CARD_NEWS_DAYS), until),
        UserCard.ended_at.is_(None),
        Person.left_on.is_(None),
        cards.cards_seen(viewer),
    )


def rounds(viewer: Viewer, _today: date, until: date) -> Select[Any]:
    """Return the inspections whose report is due."""
    line = _line(Kind.COUNT, Round.due_on, Round.id, Round.order_no, Round.order_no, Round.unit_id)
    return line.where(
        Round.state.in_((RoundState.PLANNED, RoundState.OPEN, RoundState.REVIEWING)),
        Round.due_on <= until,
        counts.visible(viewer),
    )


def shortages(viewer: Viewer, today: date, _until: date) -> Select[Any]:
    """Return what has fallen below its minimum; it is due today."""
    line = _line(
        Kind.STOCK,
        literal(today, Date),
        Store.id,
        StockItem.name_th,
        StockItem.name_en,
        Store.unit_id,
    )
    return (
        line.select_from(StockBalance)
        .join(Store, Store.id == StockBalance.store_id)
        .join(StockItem, StockItem.id == StockBalance.item_id)
        .where(
            StockBalance.quantity < StockBalance.minimum,
            Store.closed_on.is_(None),
            StockItem.retired_on.is_(None),
            stock.stores_of(viewer),
        )
    )


def reservations(viewer: Viewer, today: date, _until: date) -> Select[Any]:
    """Return the reservations whose first day has passed and that nobody has fetched."""
    number = func.coalesce(LoanRequest.number, "")
    line = _line(
        Kind.RESERVATION,
        LoanRequest.from_on,
        LoanRequest.id,
        number,
        number,
        LoanRequest.lending_unit_id,
    )
    return line.where(
        LoanRequest.state == RequestState.APPROVED,
        LoanRequest.from_on < today,
        viewer.scope(loans.SEE).clause(LoanRequest.lending_unit_id),
    )


def outside(viewer: Viewer, _today: date, until: date) -> Select[Any]:
    """Return what is due back from vendors."""
    line = _line(
        Kind.OUTSIDE,
        OutsideRepair.expected_on,
        Ticket.id,
        Ticket.subject,
        Ticket.subject_en,
        Ticket.unit_id,
    )
    return (
        line.select_from(OutsideRepair)
        .join(Ticket, Ticket.id == OutsideRepair.ticket_id)
        .where(
            OutsideRepair.state != Outside.BACK,
            OutsideRepair.expected_on <= until,
            viewer.scope(repairs.SEE).clause(Ticket.unit_id),
        )
    )


def visits(viewer: Viewer, _today: date, until: date) -> Select[Any]:
    """Return the days of maintenance that are planned or under way."""
    line = _line(Kind.VISIT, Visit.day, Visit.id, Unit.name_th, Unit.name_en, Visit.unit_id)
    return line.join(Unit, Unit.id == Visit.unit_id).where(
        Visit.state.in_((VisitState.PLANNED, VisitState.UNDER_WAY)),
        Visit.day <= until,
        viewer.scope(maintenance.SEE).clause(Visit.unit_id),
    )


SOURCES: Mapping[Kind, Source] = {
    Kind.WARRANTY: warranties,
    Kind.LICENCE: of_licences,
    Kind.RIGHT: rights,
    Kind.CARD: of_cards,
    Kind.COUNT: rounds,
    Kind.STOCK: shortages,
    Kind.RESERVATION: reservations,
    Kind.OUTSIDE: outside,
    Kind.VISIT: visits,
}
