"""Entries as iCalendar (RFC 5545): moments in UTC, days as days, cancelled ones said to be so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vDuration

from helpdesk.feeds.queries import Entry

ASK_AGAIN = timedelta(hours=1)


def calendar(name: str, entries: Sequence[Entry], *, base_url: str, now: datetime) -> bytes:
    """Return a feed.

    Args:
        name: of the calendar, as a reader's list of calendars shows it.
        entries: what stands in it.
        base_url: of the service, for the links and the ids.
        now: when it was written.
    """
    host = urlsplit(base_url).hostname or "localhost"
    made = Calendar()
    made.add("prodid", "-//Service desk//Calendar feed//TH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", "Asia/Bangkok")
    made.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"value": "DURATION"})
    for entry in entries:
        made.add_component(_event(entry, base_url, host, now))
    return bytes(made.to_ical())


def _event(entry: Entry, base_url: str, host: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", now)
    event.add("summary", entry.title)
    if isinstance(entry.begins, datetime):
        event.add("dtstart", entry.begins.astimezone(UTC))
        event.add("dtend", (entry.ends or entry.begins).astimezone(UTC))
    else:
        event.add("dtstart", entry.begins)
        event.add("dtend", entry.begins + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("url", base_url + entry.path)
    if entry.place:
        event.add("location", entry.place)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
