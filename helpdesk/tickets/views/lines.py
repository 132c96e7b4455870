"""The rows of the queue: what stands in them, and their drawing, which is kept.

A row is drawn from its values alone, so a row that has not changed since the last time is not drawn
again. No right and no token goes into it but whether the viewer may take tickets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import current_app, request
from markupsafe import Markup

from helpdesk.tickets.states import CATEGORIES, PRIORITIES, RUNNING, TICKET, Priority
from kernel import clock
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.markup import badge, due
from kernel.pages import show_date, show_moment
from office.calendar.queries import calendar_for

WORKING_DAY = 8 * 3600
SHOWN_PRIORITIES = (Priority.HIGH, Priority.URGENT)
MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the queue; ``free`` while nobody has the ticket."""

    id: int
    version: int
    number: str
    title: str
    urgency: Markup | str
    about: str
    asset_no: str
    place: str
    due: Markup | str
    opened: str
    who: str
    state: Markup
    free: bool


def lines(rows: Sequence[Any], *, may_take: bool) -> Iterator[Markup]:
    """Return the drawn rows of a queue in the language spoken now."""
    now, calendar = clock.now(), calendar_for()
    how = (language(), request.script_root, may_take)
    draw = _line.__wrapped__ if current_app.debug else _line
    for row in rows:
        # The row itself holds the moment it is due; what it says of it changes with the hour.
        yield draw(row, _due(row, now, calendar) if row.next_due_at else "", *how)


@lru_cache(MOST_KEPT)
def _line(row: Any, said: Markup | str, spoken: str, _root: str, may_take: bool) -> Markup:  # noqa: ANN401, FBT001 - a cache key
    english = spoken == "en"
    unit = row.unit_en if english and row.unit_en else row.unit_th
    spot = row.room_name or row.place_text
    line = Line(
        id=row.id,
        version=row.version,
        number=row.number,
        title=row.subject_en if english and row.subject_en else row.subject,
        urgency=_badge(PRIORITIES[row.priority]) if row.priority in SHOWN_PRIORITIES else "",
        about=row.asset_name or str(CATEGORIES[row.category]),
        asset_no=row.asset_no or "",
        place=f"{unit} · {spot}" if spot else unit,
        due=said,
        opened=show_date(row.opened_at, "short"),
        who=(row.assignee_en if english and row.assignee_en else row.assignee_th) or "",
        state=_badge(TICKET.faces[row.state]),
        free=row.next_due_at is not None and row.assignee_id is None,
    )
    drawing: Any = current_app.jinja_env.get_template("helpdesk/tickets/_line.html").module
    return Markup(drawing.line(line, may_take))  # noqa: S704 - our own template


def time_left(seconds: int, at: datetime, *, long: bool = False) -> Markup:
    """Return how long a ticket has: working time within a working day, else the day itself.

    Args:
        seconds: working seconds left, negative when late.
        at: when it is due.
        long: adds the moment to a short time.
    """
    if seconds < -WORKING_DAY:
        return due(text=_("due since %(day)s", day=show_date(at, "short")), tone="danger")
    if seconds > WORKING_DAY:
        return due(text=_("by %(when)s", when=show_moment(at)))
    return due(seconds, at=at if long else None)


def _due(row: Any, now: datetime, calendar: Any) -> Markup:  # noqa: ANN401 - a row, a calendar
    if row.state in RUNNING:
        return time_left(calendar.seconds_between(now, row.next_due_at), row.next_due_at)
    tone = "warn" if row.next_due_at < now else "muted"
    return due(text=_("look again %(day)s", day=show_date(row.next_due_at, "short")), tone=tone)


def _badge(face: Any) -> Markup:  # noqa: ANN401 - a face of any table
    return badge(face.label, face.tone, face.icon)
