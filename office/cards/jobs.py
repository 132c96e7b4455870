"""What happens to cards because time passed: holders are told of the end, batches go on."""

from __future__ import annotations

from datetime import date

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.calendar import queries as calendar
from office.cards import faces, queries
from office.cards.models import CardBatch
from office.cards.rules import bulk, issuing, notices
from office.places.access import viewer_of


def flag_cards(today: date | None = None) -> int:
    """Tell holders that their card ends: thirty days and seven days before, once each.

    Where the month's warning was missed the week's alone is sent. Nothing is sent on a closed day,
    and nothing to who has a new card on its way. That a card has expired needs no job: its last
    day is read wherever it is looked at.

    Args:
        today: the day in Bangkok; the clock's when left out.

    Returns:
        how many were told.
    """
    day = today or clock.today()
    if not calendar.is_open_day(day):
        return 0
    told = 0
    for card_id in queries.ending(day):
        with work():
            told += _tell(card_id, day)
    return told


def _tell(card_id: int, today: date) -> int:
    card = next(iter(issuing.locked_cards([card_id])), None)
    if card is None or card.valid_until is None:
        return 0
    step = notices.step_of(card.valid_until, today)
    if step is None or (card.told_days is not None and card.told_days <= step):
        return 0
    if queries.card_in_the_making(card.person_id) is not None:
        return 0
    card.told_days = step
    notices.tell_ending(card)
    return 1


def finish_batches() -> int:
    """Go on with the cards of a school whose page was closed; return how many steps were done."""
    done = 0
    for batch_id in bulk.left_alone():
        finished = False
        while not finished:
            batch = db.session.get_one(CardBatch, batch_id)
            by = viewer_of(batch.by_id) or Viewer(name="timetable")
            pictures = faces.next_faces(batch, bulk.STEP)
            with work():
                finished = bulk.step(batch_id, pictures, by=by)
            done += 1
    return done
