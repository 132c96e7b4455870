"""When something is expected to be done, in the words of somebody who waits for it."""

from __future__ import annotations

from datetime import timedelta

from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import RUNNING
from kernel import clock
from kernel.i18n import gettext as _
from kernel.pages import show_date, show_time


def expected_words(ticket: Ticket) -> str:
    """Return by when it should be done; nothing for what waits or has ended.

    What is late says so instead of naming a day that has passed.
    """
    due = ticket.resolution_due_at or ticket.next_due_at
    if due is None or ticket.state not in RUNNING:
        return ""
    now = clock.now()
    if due < now:
        return _("It takes longer than planned; the technician knows that it is late.")
    day, today = clock.local(due).date(), clock.today()
    if day == today:
        return _("Expected today, by %(time)s", time=show_time(due))
    if day == today + timedelta(days=1):
        return _("Expected tomorrow, by %(time)s", time=show_time(due))
    return _("Expected by %(day)s", day=show_date(due, "weekday"))
