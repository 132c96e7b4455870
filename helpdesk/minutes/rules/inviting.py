"""What people are told of a meeting: invitation, another time, the end of it, the minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from helpdesk.minutes import queries
from helpdesk.minutes.models import Meeting
from kernel.i18n import gettext as _
from kernel.i18n import language, speaking
from kernel.thai import format_datetime
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person


def invite(meeting: Meeting, person: Person) -> None:
    """Invite somebody; the message is the receipt of having read it."""
    with speaking(person.language):
        items = [f"{one.number} {one.title}" for one in queries.items_of(meeting)]
        bookkeeping.send(
            kind="meeting_called",
            subject=_("Invitation: %(body)s, session %(number)s", **_named(meeting)),
            body="\n".join([*_when(meeting), "", _("Agenda"), *items]),
            language=person.language,
            person_id=person.id,
            link=f"/meetings/{meeting.id}",
            dedupe_key=queries.call_key(meeting, person.id),
        )


def tell_moved(meeting: Meeting) -> None:
    """Tell who is invited of the new time and place."""
    _tell(
        meeting,
        "meeting_moved",
        lambda: _("Another time or place: %(body)s, session %(number)s", **_named(meeting)),
        lambda: "\n".join(_when(meeting)),
    )


def tell_cancelled(meeting: Meeting) -> None:
    """Tell who is invited that the meeting is cancelled."""
    _tell(
        meeting,
        "meeting_cancelled",
        lambda: _("Cancelled: %(body)s, session %(number)s", **_named(meeting)),
        lambda: meeting.cancelled_why,
    )


def tell_minutes(meeting: Meeting) -> None:
    """Send the minutes round."""
    _tell(
        meeting,
        "meeting_minutes",
        lambda: _("Minutes to look through: %(body)s, session %(number)s", **_named(meeting)),
        lambda: _("Please tell the secretary what is to be corrected before they are adopted."),
    )


def _tell(meeting: Meeting, kind: str, subject: Callable[[], str], body: Callable[[], str]) -> None:
    for person in _invited(meeting):
        with speaking(person.language):
            bookkeeping.send(
                kind=kind,
                subject=subject(),
                body=body(),
                language=person.language,
                person_id=person.id,
                link=f"/meetings/{meeting.id}",
            )


def _invited(meeting: Meeting) -> Iterator[Person]:
    """Yield the people of the office on the list who are there still."""
    for one in queries.people_of(meeting):
        if one.person is not None and one.person.left_on is None:
            yield one.person


def _named(meeting: Meeting) -> dict[str, str]:
    return {"body": meeting.body[:150], "number": meeting.number}


def _when(meeting: Meeting) -> list[str]:
    when = format_datetime(meeting.starts_at, language=language())
    return [_("Begins: %(when)s", when=when), _("Where: %(place)s", place=meeting.place)]
