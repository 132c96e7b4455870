"""What happens to personal data because time passed: reminders, old copies, old contacts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from flask import current_app

from helpdesk.privacy_requests import queries, retention
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.privacy_requests.rules import asking, reminding
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work

TIMETABLE = Viewer(name="timetable")


def watch_privacy_requests() -> int:
    """Remind of requests that are to be answered, and let go of copies that lay long enough.

    Returns:
        how many people were told, this time or before, and copies let go of.
    """
    today, count = clock.today(), 0
    for request_id in queries.near_their_day(today):
        with work():
            count += reminding.remind(request_id, today)
    for request_id in queries.outdated_copies(today):
        with work():
            asking.forget_copy(db.session.get_one(PrivacyRequest, request_id))
            count += 1
    return count


def purge_personal_data() -> int:
    """Erase what the privacy notice promises to erase: contacts of guests, old messages.

    Returns:
        how many rows.
    """
    settings = current_app.extensions["settings"]
    contacts = clock.now() - timedelta(days=settings.guest_contact_days)
    messages = clock.now() - timedelta(days=settings.message_days)
    count = _in_rounds(lambda: retention.forget_guests(contacts, by=TIMETABLE))
    return count + _in_rounds(lambda: retention.forget_messages(messages))


def _in_rounds(round_: Callable[[], Sequence[int]]) -> int:
    count = 0
    while True:
        with work():
            found = round_()
        count += len(found)
        if not found:
            return count
