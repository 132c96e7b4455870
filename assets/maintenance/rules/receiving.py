"""What a phone sends of a visit, maybe days later and maybe twice: photos first, then results.

Every photo and every result carries a number that the phone gave it. The second one of a number
changes nothing, so whatever got no answer may be sent again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from assets.maintenance.models import Occurrence, WorkPhoto
from assets.maintenance.rules import doing, visiting
from assets.maintenance.rules.doing import Said
from assets.maintenance.states import VisitState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping.rules import insert_or_skip

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
MOST_PHOTOS = 60


@dataclass(frozen=True)
class SentAnswer:
    """What was found at one step; ``photo`` is the number that the phone gave a photo."""

    step_id: int
    good: bool
    reading: Decimal | None = None
    note: str = ""
    photo: str = ""


@dataclass(frozen=True)
class SentReading:
    """What a meter showed; ``replaced`` says that it was changed or set back."""

    meter: str
    value: int
    replaced: bool = False


@dataclass(frozen=True)
class Sent:
    """The result of one item as a phone sends it; left out where there is a reason.

    ``at`` is when it was done by the phone's clock, None where that is not to be believed.
    """

    client_id: str
    occurrence_id: int
    answers: tuple[SentAnswer, ...] = ()
    readings: tuple[SentReading, ...] = ()
    left_out: str = ""
    minutes: int | None = None
    cost: Decimal | None = None
    note: str = ""
    at: datetime | None = None


def take(occurrence: Occurrence, sent: Sent, *, by: Viewer) -> bool:
    """Take in the result of one item; the same one sent again changes nothing.

    Whatever became of the visit meanwhile, the result stands as long as the item is still open.

    Args:
        occurrence: locked by its loader.
        sent: what the phone sends.
        by: who did it.

    Returns:
        whether it is new.

    Refuses a result without a number of its own, one about an item that somebody else has ended,
    and what ``doing`` refuses.
    """
    if not CLIENT_ID.fullmatch(sent.client_id):
        raise Refusal(_("The result has no proper number of its own."))
    known = db.session.scalar(select(Occurrence.id).where(Occurrence.client_id == sent.client_id))
    if known == occurrence.id:
        return False
    if known is not None:
        raise Refusal(_("The result has no proper number of its own."))
    if occurrence.visit and occurrence.visit.state == VisitState.PLANNED:
        visiting.begin(occurrence.visit, by=by)
    if sent.left_out:
        doing.skip(occurrence, sent.left_out, by=by)
    else:
        _finish(occurrence, sent, by)
    occurrence.client_id = sent.client_id
    return True


def _finish(occurrence: Occurrence, sent: Sent, by: Viewer) -> None:
    on = clock.local(sent.at).date() if sent.at else None
    for one in sent.answers:
        keys = _keys(occurrence, one.photo, by) if one.photo else ("", "")
        said = Said(one.step_id, one.good, one.reading, one.note, *keys)
        doing.answer(occurrence, said, by=by)
    db.session.flush()  # finishing reads the answers
    for number, reading in enumerate(sent.readings):
        doing.read_meter(
            occurrence.item.asset,
            reading.meter,
            reading.value,
            on=on,
            replaced=reading.replaced,
            client_id=f"{sent.client_id}:{number}",
            by=by,
        )
    doing.finish(occurrence, minutes=sent.minutes, cost=sent.cost, note=sent.note, on=on, by=by)


def add_photo(
    occurrence: Occurrence, client_id: str, photo_key: str, thumbnail_key: str, *, by: Viewer
) -> bool:
    """Keep a photo for the result that will name it; the same one sent again changes nothing.

    Args:
        occurrence: what it was taken for.
        client_id: the number that the phone gave it.
        photo_key: the cleaned picture in the file store.
        thumbnail_key: the same small.
        by: who sends it.

    Returns:
        whether it is new.

    Refuses a photo without a number of its own, and more than 60 of one item.
    """
    if not CLIENT_ID.fullmatch(client_id):
        raise Refusal(_("The photo has no proper number of its own."))
    there = select(func.count()).where(
        WorkPhoto.occurrence_id == occurrence.id, WorkPhoto.client_id != client_id
    )
    if (db.session.scalar(there) or 0) >= MOST_PHOTOS:
        raise Refusal(_("Up to %(most)s photos of one item.", most=MOST_PHOTOS))
    return insert_or_skip(
        WorkPhoto,
        occurrence_id=occurrence.id,
        client_id=client_id,
        photo_key=photo_key,
        thumbnail_key=thumbnail_key,
        at=clock.now(),
        person_id=by.id,
    )


def _keys(occurrence: Occurrence, client_id: str, by: Viewer) -> tuple[str, str]:
    found = db.session.execute(
        select(WorkPhoto.photo_key, WorkPhoto.thumbnail_key).where(
            WorkPhoto.client_id == client_id,
            WorkPhoto.occurrence_id == occurrence.id,
            WorkPhoto.person_id == by.id,
        )
    ).first()
    if found is None:
        raise Refusal(_("A photo of this item has not arrived. Send it again."))
    return found.photo_key, found.thumbnail_key
