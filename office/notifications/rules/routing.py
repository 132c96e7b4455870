"""Deciding the ways of a message: what its recipient has chosen, where they can be reached.

The house's own choice, where a person has made none: every message by e-mail at once; to a bound
LINE account only what waits for the person; to a device that the person has added, everything.
During a person's quiet hours nothing leaves; it leaves when they end.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select, update

from kernel import clock
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage
from office.notifications.kinds import ACCOUNT_KINDS, DIGEST, forget_secret, group_of
from office.notifications.models import Delivery, LineAccount, PushDevice, Quietness, WayChoice
from office.notifications.states import Rhythm, State, Way
from office.people.models import Person

DIGEST_AT = time(16, 0)


@dataclass(frozen=True)
class Reach:
    """What is known of one recipient: choices, quiet hours, a LINE account, devices."""

    choices: dict[tuple[str, Way], Rhythm]
    quietness: Quietness | None
    line: bool
    devices: tuple[int, ...]
    left: bool

    def rhythm(self, kind: str, way: Way) -> Rhythm:
        """Return how the person gets a kind of message on a way."""
        group = group_of(kind)
        chosen = self.choices.get((group.name, way))
        if kind in ACCOUNT_KINDS or kind == DIGEST:
            return Rhythm.NOW if way is Way.MAIL else Rhythm.OFF
        return Rhythm(chosen) if chosen else usual(group.urgent, way)


def usual(urgent: bool, way: Way) -> Rhythm:  # noqa: FBT001 - a fact of the group
    """Return what the house does for those who have chosen nothing."""
    if way is Way.LINE and not urgent:
        return Rhythm.OFF
    return Rhythm.NOW


def route(message_id: int) -> bool:
    """Decide the ways of a new message and make a delivery for each; False where that was done.

    Two that route at once wait for each other; only the first makes deliveries.
    """
    taken = db.session.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.id == message_id, OutgoingMessage.routed_at.is_(None))
        .values(routed_at=clock.now())
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return False
    message = db.session.get_one(OutgoingMessage, message_id)
    if message.person_id is None:
        _add(message, Way.MAIL)
        return True
    reach = reach_of(message.person_id)
    begins = _after_quiet_hours(reach.quietness, message.kind)
    mail = reach.rhythm(message.kind, Way.MAIL)
    if mail is not Rhythm.OFF:
        state = State.COLLECTED if mail is Rhythm.DIGEST else State.WAITING
        _add(message, Way.MAIL, begins=begins, state=state)
    if reach.line and not reach.left and reach.rhythm(message.kind, Way.LINE) is Rhythm.NOW:
        _add(message, Way.LINE, begins=begins)
    if not reach.left and reach.rhythm(message.kind, Way.PUSH) is Rhythm.NOW:
        for device_id in reach.devices:
            _add(message, Way.PUSH, begins=begins, device_id=device_id)
    if mail is not Rhythm.NOW:
        forget_secret(message)
    return True


def reach_of(person_id: int) -> Reach:
    """Return what decides the ways of the messages to a person."""
    choices = db.session.scalars(select(WayChoice).where(WayChoice.person_id == person_id))
    devices = db.session.scalars(
        select(PushDevice.id).where(PushDevice.person_id == person_id, PushDevice.gone_at.is_(None))
    )
    person = db.session.get_one(Person, person_id)
    return Reach(
        choices={(one.group_name, Way(one.way)): Rhythm(one.rhythm) for one in choices},
        quietness=db.session.get(Quietness, person_id),
        line=db.session.get(LineAccount, person_id) is not None,
        devices=tuple(devices),
        left=person.left_on is not None,
    )


def add_mail(message: OutgoingMessage) -> None:
    """Send a message by e-mail as well, where it is not on that way yet."""
    known = select(Delivery.id).where(Delivery.message_id == message.id, Delivery.way == Way.MAIL)
    if db.session.scalar(known) is None:
        _add(message, Way.MAIL)


def _add(
    message: OutgoingMessage,
    way: Way,
    *,
    begins: datetime | None = None,
    state: State = State.WAITING,
    device_id: int | None = None,
) -> None:
    db.session.add(
        Delivery(
            message_id=message.id,
            way=way,
            device_id=device_id,
            state=state,
            next_try_at=begins or clock.now(),
            retry_key=str(uuid.uuid4()),
        )
    )


def _after_quiet_hours(quietness: Quietness | None, kind: str) -> datetime | None:
    """Return when the present quiet hours end, None outside of them."""
    if quietness is None or kind in ACCOUNT_KINDS:
        return None
    return quiet_until(quietness.quiet_from, quietness.quiet_until, clock.now())


def quiet_until(begins: time | None, ends: time | None, moment: datetime) -> datetime | None:
    """Return when the quiet hours that a moment falls into end, None where it falls into none.

    Args:
        begins: local time of day at which they begin; None: there are none.
        ends: local time of day at which they end, on the next day where it is the earlier one.
        moment: an aware moment.
    """
    if begins is None or ends is None or begins == ends:
        return None
    local = clock.local(moment)
    now, today = local.time(), local.date()
    if begins < ends:
        return clock.at(today, ends) if begins <= now < ends else None
    if now >= begins:
        return clock.at(today + timedelta(days=1), ends)
    return clock.at(today, ends) if now < ends else None
