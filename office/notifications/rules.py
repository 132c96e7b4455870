"""The verbs of a message: claim, confirm, postpone, reject, lose, store; read and resend."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import audit
from office.bookkeeping.models import OutgoingMessage
from office.notifications.states import MESSAGES, Action, State

# Longer than any SMTP session may take; after it a row that is still being sent is unsure.
SENDING_LASTS = timedelta(minutes=5)
# Together 24 hours; a message whose last pause has passed in vain is given up.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 360, 360, 204))
LONGEST_REASON = 500
# Their link is a secret that works once; it goes when nobody needs it any more. Our own pages show
# the plain page instead, where there is one: whoever reads it there is signed in.
SECRET_KINDS = {"password_link": "", "approval_waiting": "/approvals"}


def claim(message_id: int) -> OutgoingMessage | None:
    """Take a waiting message for sending; None where it is not waiting any more."""
    message = _locked(message_id)
    if message is None or message.state != State.WAITING:
        return None
    _move(message, Action.CLAIM)
    message.attempts += 1
    message.next_try_at = clock.now() + SENDING_LASTS
    return message


def store(message_id: int, reason: str) -> bool:
    """Keep a waiting message in the inbox only; tell whether it was still waiting."""
    message = _locked(message_id)
    if message is None or message.state != State.WAITING:
        return False
    _move(message, Action.STORE)
    message.last_error = reason
    _forget_secret(message)
    return True


def confirm(message_id: int) -> None:
    """Write down that the mail server took the message."""
    message = _locked(message_id)
    if message is not None and message.state == State.SENDING:
        _move(message, Action.CONFIRM)
        message.sent_at = clock.now()
        message.last_error = ""
        _forget_secret(message)


def postpone(message_id: int, reason: str) -> None:
    """Try a message again after the next pause, or give it up after the last one.

    A message that was not claimed (the mail server could not be reached) counts a try too.
    """
    message = _locked(message_id)
    if message is None or message.state not in (State.WAITING, State.SENDING):
        return
    if message.state == State.WAITING:
        message.attempts += 1
    message.last_error = reason[:LONGEST_REASON]
    if message.attempts > len(PAUSES):
        _move(message, Action.PARK)
        return
    _move(message, Action.POSTPONE)
    message.next_try_at = clock.now() + PAUSES[message.attempts - 1]


def reject(message_id: int, reason: str) -> None:
    """Write down that the mail server refused the message for good."""
    message = _locked(message_id)
    if message is not None and message.state == State.SENDING:
        _move(message, Action.REJECT)
        message.last_error = reason[:LONGEST_REASON]


def lose(message_id: int, reason: str) -> None:
    """Write down that nobody can tell whether a message left; a person decides what to do."""
    message = _locked(message_id)
    if message is not None and message.state == State.SENDING:
        _move(message, Action.LOSE)
        message.last_error = reason[:LONGEST_REASON]


def resend(message: OutgoingMessage, *, by: Viewer) -> None:
    """Put a message back among the waiting ones, with a fresh count of tries.

    Refuses what is waiting, being sent or sent already.
    """
    db.session.refresh(message, with_for_update=True)
    before = message.state
    _move(message, Action.RESEND)
    message.attempts = 0
    message.next_try_at = clock.now()
    audit.record("resent", message, by=by, before={"state": before}, after={"state": message.state})


def read(message: OutgoingMessage) -> None:
    """Mark a message as read by its recipient; the first time counts."""
    if message.read_at is None:
        message.read_at = clock.now()


def read_all(viewer: Viewer) -> int:
    """Mark every message to the viewer as read; return how many were not."""
    marked = db.session.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.person_id == viewer.id, OutgoingMessage.read_at.is_(None))
        .values(read_at=clock.now())
    )
    return int(marked.rowcount)  # type: ignore[attr-defined]


def link_of(message: OutgoingMessage) -> str:
    """Return the page to open from a page of ours: a secret is for the e-mail alone."""
    return SECRET_KINDS.get(message.kind, message.link)


def _forget_secret(message: OutgoingMessage) -> None:
    if message.kind in SECRET_KINDS:
        message.link = SECRET_KINDS[message.kind]


def _locked(message_id: int) -> OutgoingMessage | None:
    return db.session.scalar(
        select(OutgoingMessage).where(OutgoingMessage.id == message_id).with_for_update()
    )


def _move(message: OutgoingMessage, action: Action) -> None:
    message.state = MESSAGES.target(State(message.state), action)
