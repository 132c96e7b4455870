"""The rows of the queue: what stands in them, and their drawing, which is kept.

A row is drawn from its values alone, so a row that has not changed since the last time is not drawn
again. No right and no token goes into it but whether the viewer may take tickets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask import current_app, g, request
from markupsafe import Markup, escape

from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.queue_columns import QueueColumn, spoken, title_of
from helpdesk.tickets.states import PRIORITIES, RUNNING, TICKET, Priority
from helpdesk.tickets.targets import Targets, targets
from kernel import clock
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.markup import badge, due
from kernel.pages import show_date, show_moment
from kernel.tables import Kind
from office.calendar.queries import calendar_for
from office.calendar.working_time import Calendar

WORKING_DAY = 8 * 3600
SHOWN_PRIORITIES = (Priority.HIGH, Priority.URGENT)
MOST_KEPT, LONGEST = 4096, 120


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the queue; ``free`` while nobody has the ticket."""

    id: int
    version: int
    cells: Sequence[tuple[str, str, Any]]
    free: bool


def lines(rows: Sequence[Any], shown: Sequence[QueueColumn], *, may_take: bool) -> Iterator[Markup]:
    """Return the drawn rows of a queue in the language spoken now.

    Args:
        rows: of ``queue_queries.queue``.
        shown: the columns, in their order.
        may_take: the viewer may take what is free.
    """
    now, calendar, hold = clock.now(), calendar_for(), targets()
    how = (language(), request.script_root, may_take, tuple(shown))
    # What a category is called may change, and is no part of the row.
    names = categories.names()
    draw = _line.__wrapped__ if current_app.debug else _line
    for row in rows:
        # The row itself holds the moment it is due; what it says of it changes with the hour.
        said = due_of(row, now, calendar, hold) if row.next_due_at else ""
        yield draw(row, said, names.get(row.category, row.category), *how)


@lru_cache(MOST_KEPT)
def _line(
    row: Any,  # noqa: ANN401 - a row
    said: Markup | str,
    about: str,
    _spoken: str,
    _root: str,
    may_take: bool,  # noqa: FBT001 - a cache key
    shown: tuple[QueueColumn, ...],
) -> Markup:
    line = Line(
        id=row.id,
        version=row.version,
        cells=[_cell(column, row, said, about) for column in shown],
        free=row.next_due_at is not None and row.assignee_id is None,
    )
    drawing: Any = current_app.jinja_env.get_template("helpdesk/tickets/_line.html").module
    return Markup(drawing.line(line, may_take))  # noqa: S704 - our own template


def _cell(
    column: QueueColumn,
    row: Any,  # noqa: ANN401 - a row
    said: Markup | str,
    about: str,
) -> tuple[str, str, Any]:
    """Return label, class and content of a cell."""
    look = "cell-main" if column.key == "fault" else ""
    if column.key == "due":
        opened = show_date(row.opened_at, "short")
        return (
            str(column.label),
            look,
            said or Markup('<span class="quiet">{}</span>').format(opened),
        )
    if column.key in OWN:
        return str(column.label), look, OWN[column.key](row, about)
    part = column.parts[0]
    value = part.value(row)
    if part.kind == Kind.MOMENT and isinstance(value, datetime):
        return str(column.label), look, show_moment(value)
    return str(column.label), look, str(value or "")[:LONGEST]


def _fault(row: Any, about: str) -> Markup:  # noqa: ANN401 - a row
    """Return two lines: what is wrong, and with which thing where."""
    stem = current_app.jinja_env.globals["address_stem"]("tickets.show", "ticket_id")  # type: ignore[operator]
    urgent = _badge(PRIORITIES[row.priority]) if row.priority in SHOWN_PRIORITIES else ""
    number = Markup(' <span class="mono">{}</span>').format(row.asset_no) if row.asset_no else ""
    spot = row.room_name or row.place_text
    place = f"{spoken(row, 'unit')} · {spot}" if spot else spoken(row, "unit")
    thing = (row.asset_name or about)[:70]
    return Markup('<a href="{}{}">{}</a> {}<span class="sub">{}{} · {}</span>').format(
        stem, row.id, title_of(row), urgent, thing, number, place
    )


def _who(row: Any, _about: str) -> Markup | str:  # noqa: ANN401 - a row
    return spoken(row, "assignee") or Markup('<span class="quiet">{}</span>').format(
        _("nobody yet")
    )


def _state(row: Any, _about: str) -> Markup:  # noqa: ANN401 - a row
    return _badge(TICKET.faces[row.state]) + Markup('<span class="sub mono">{}</span>').format(
        row.number
    )


OWN: Mapping[str, Callable[[Any, str], Any]] = {
    "fault": _fault,
    "who": _who,
    "state": _state,
    "priority": lambda row, _about: _badge(PRIORITIES[row.priority]),
    "category": lambda _row, about: escape(about),
    "number": lambda row, _about: Markup('<span class="mono">{}</span>').format(row.number),
}


def time_left(seconds: int, at: datetime, *, long: bool = False, tone: str | None = None) -> Markup:
    """Return how long a ticket has: working time within a working day, else the day itself.

    Args:
        seconds: working seconds left, negative when late.
        at: when it is due.
        long: adds the moment to a short time.
        tone: how near it is, instead of what the seconds say.
    """
    if seconds < -WORKING_DAY:
        return due(text=_("due since %(day)s", day=show_date(at, "short")), tone="danger")
    if seconds > WORKING_DAY:
        return due(text=_("by %(when)s", when=show_moment(at)), tone=tone)
    return due(seconds, at=at if long else None, tone=tone)


def due_of(
    row: Any,  # noqa: ANN401 - a ticket or its row
    now: datetime,
    calendar: Calendar,
    hold: Targets,
    *,
    long: bool = False,
) -> Markup:
    """Return what an open ticket is due for and how near that is, amber and red ahead of time.

    Args:
        row: the ticket, or a row with its columns.
        now: the moment to count from.
        calendar: of its unit, or of the office.
        hold: the targets and warnings in force.
        long: adds the moment to a short time.
    """
    at = row.next_due_at
    how = (language(), bool(g.get("guest_page")))
    if row.state not in RUNNING:
        return _look_again(clock.local(at).date(), "warn" if at < now else "muted", *how)
    target = hold.of(row.priority, row.category)
    answered = row.first_response_at is not None
    left = calendar.seconds_between(now, at)
    tone = hold.tone(left, target.resolution if answered else target.response)
    return _left(_in_words(left), at, long, tone, answered, *how)


def _in_words(seconds: int) -> int:
    """Return the seconds that are told in the same words: of a minute, or of more than a day."""
    if abs(seconds) > WORKING_DAY:
        return WORKING_DAY + 1 if seconds > 0 else -WORKING_DAY - 1
    whole = abs(seconds) // 60 * 60
    return whole if seconds >= 0 else -whole or -1


@lru_cache(MOST_KEPT)
def _look_again(day: date, tone: str, _spoken: str, _guest: bool) -> Markup:  # noqa: FBT001
    return due(text=_("look again %(day)s", day=show_date(day, "short")), tone=tone)


@lru_cache(MOST_KEPT)
def _left(
    seconds: int,
    at: datetime,
    long: bool,  # noqa: FBT001 - cache keys, as those below
    tone: str,
    answered: bool,  # noqa: FBT001
    _spoken: str,
    _guest: bool,  # noqa: FBT001
) -> Markup:
    said = time_left(seconds, at, long=long, tone=tone)
    if answered:
        return said
    return said + Markup('<span class="sub">{}</span>').format(_("Deadline of the first answer"))


def _badge(face: Any) -> Markup:  # noqa: ANN401 - a face of any table
    return badge(face.label, face.tone, face.icon)
