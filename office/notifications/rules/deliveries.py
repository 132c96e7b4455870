"""What becomes of a delivery: claim, confirm, postpone, reject, lose, store; send it again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import audit
from office.notifications.kinds import forget_secret
from office.notifications.models import Delivery
from office.notifications.states import DELIVERIES, Action, State, Way

# Longer than any session may take; after it a row that is still being sent was left by the dead.
SENDING_LASTS = timedelta(minutes=5)
# Together 24 hours; a delivery whose last pause has passed in vain is given up.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 360, 360, 204))
LONGEST_REASON = 500


def claim(delivery_id: int) -> Delivery | None:
    """Take a waiting delivery for sending; None where it is not waiting any more."""
    delivery = _locked(delivery_id)
    if delivery is None or delivery.state != State.WAITING:
        return None
    _move(delivery, Action.CLAIM)
    delivery.attempts += 1
    delivery.next_try_at = clock.now() + SENDING_LASTS
    return delivery


def store(delivery_id: int, reason: str) -> bool:
    """Leave a waiting message to the inbox alone; tell whether it was still waiting."""
    delivery = _locked(delivery_id)
    if delivery is None or delivery.state != State.WAITING:
        return False
    _move(delivery, Action.STORE)
    delivery.last_error = reason[:LONGEST_REASON]
    _forget_secret(delivery)
    return True


def confirm(delivery_id: int) -> None:
    """Write down that the other side took the message."""
    delivery = _locked(delivery_id)
    if delivery is not None and delivery.state == State.SENDING:
        _move(delivery, Action.CONFIRM)
        delivery.sent_at = clock.now()
        delivery.last_error = ""
        _forget_secret(delivery)


def postpone(delivery_id: int, reason: str) -> None:
    """Try a delivery again after the next pause, or give it up after the last one.

    One that was not claimed (nobody could be reached) counts a try too.
    """
    delivery = _locked(delivery_id)
    if delivery is None or delivery.state not in (State.WAITING, State.SENDING):
        return
    if delivery.state == State.WAITING:
        delivery.attempts += 1
    delivery.last_error = reason[:LONGEST_REASON]
    if delivery.attempts > len(PAUSES):
        _move(delivery, Action.PARK)
        return
    _move(delivery, Action.POSTPONE)
    delivery.next_try_at = clock.now() + PAUSES[delivery.attempts - 1]


def reject(delivery_id: int, reason: str) -> None:
    """Write down that the other side refused the message for good."""
    delivery = _locked(delivery_id)
    if delivery is not None and delivery.state == State.SENDING:
        _move(delivery, Action.REJECT)
        delivery.last_error = reason[:LONGEST_REASON]


def lose(delivery_id: int, reason: str) -> None:
    """Decide about a delivery of which nobody can tell whether it left.

    An e-mail waits for a person to look. LINE and push services recognise a second try by its key,
    so those are simply tried again.
    """
    delivery = _locked(delivery_id)
    if delivery is None or delivery.state != State.SENDING:
        return
    if delivery.way != Way.MAIL:
        postpone(delivery_id, reason)
        return
    _move(delivery, Action.LOSE)
    delivery.last_error = reason[:LONGEST_REASON]


def resend(delivery: Delivery, *, by: Viewer) -> None:
    """Put a delivery back among the waiting ones, with a fresh count of tries.

    Refuses what is waiting, being sent or sent already.
    """
    db.session.refresh(delivery, with_for_update=True)
    before = delivery.state
    _move(delivery, Action.RESEND)
    delivery.attempts = 0
    delivery.next_try_at = clock.now()
    audit.record(
        "resent",
        delivery.message,
        by=by,
        before={"state": before, "way": delivery.way},
        after={"state": delivery.state},
    )


def _forget_secret(delivery: Delivery) -> None:
    if delivery.way == Way.MAIL:
        forget_secret(delivery.message)


def _locked(delivery_id: int) -> Delivery | None:
    return db.session.scalar(
        select(Delivery).where(Delivery.id == delivery_id).with_for_update(of=Delivery)
    )


def _move(delivery: Delivery, action: Action) -> None:
    delivery.state = DELIVERIES.target(State(delivery.state), action)
