"""Checks of meetings: minutes that went round say who was there; agendas have no gap."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from helpdesk.doctor.findings import Check, named
from helpdesk.minutes.models import AgendaItem, Meeting, MeetingPerson
from helpdesk.minutes.states import Presence, State
from kernel.i18n import lazy_gettext as _l


def minutes_without_presence() -> Iterator[str]:
    """Yield meetings whose minutes went round while somebody's presence was not noted."""
    query = (
        select(Meeting.id)
        .join(MeetingPerson, MeetingPerson.meeting_id == Meeting.id)
        .where(
            Meeting.state.in_((State.CIRCULATED, State.ADOPTED)),
            MeetingPerson.presence == Presence.UNKNOWN,
        )
        .distinct()
        .order_by(Meeting.id)
    )
    return named("meeting", query)


def agenda_gaps() -> Iterator[str]:
    """Yield meetings with a section whose items are not numbered one after the other."""
    query = (
        select(AgendaItem.meeting_id)
        .group_by(AgendaItem.meeting_id, AgendaItem.section)
        .having(func.count() != func.max(AgendaItem.place) + 1)
        .order_by(AgendaItem.meeting_id)
    )
    return named("meeting", query)


CHECKS = (
    Check(
        "minutes_without_presence",
        _l("Minutes that went round say of everybody who was there."),
        _l("Take the minutes back with “Correct the minutes” and note the attendance."),
        minutes_without_presence,
    ),
    Check(
        "agenda_gaps",
        _l("The items of every agenda are numbered one after the other."),
        _l("Take off the item behind the gap and add it again."),
        agenda_gaps,
    ),
)
