"""What the verbs of the store are told: lines, what it is for, and the people of an issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assets.stock.models import StockItem, StockPack, StockReservation
from office.people.models import Person


@dataclass(frozen=True)
class Line:
    """One item and how much of it.

    Attributes:
        quantity: in the base unit, or in packs where ``pack`` is given.
        asked: how much was asked for, in the base unit, where that was another quantity.
        value: baht for the whole line, of what comes in; None where that is not known.
        lot, expires_on: of what comes in.
        reservation: the promise that an issue keeps.
    """

    item: StockItem
    quantity: Decimal | None
    pack: StockPack | None = None
    asked: Decimal | None = None
    value: Decimal | None = None
    lot: str = ""
    expires_on: date | None = None
    note: str = ""
    reservation: StockReservation | None = None


@dataclass(frozen=True)
class Reference:
    """What a document is for: the id of a ticket, request or purchase, and its printed number."""

    number: str = ""
    ticket_id: int | None = None
    request_id: int | None = None
    purchase_id: int | None = None


@dataclass(frozen=True)
class Paper:
    """The supplier's paper of a receipt (clause 203): its number and day, from whom, its photo."""

    number: str
    on: date | None = None
    counterparty: str = ""
    photo_key: str = ""
    thumbnail_key: str = ""


@dataclass(frozen=True)
class People:
    """Who asked, who ordered the issue (clause 205; the store's orderer when left out), who got it.

    ``signature_key`` is the receiver's drawn signature in the file store; without one the printed
    slip is signed.
    """

    requester: Person
    receiver: Person
    approver: Person | None = None
    signature_key: str = ""


NO_REFERENCE = Reference()
