"""What a year should bring of work on tickets, at vendors and by plans, worked out slowly.

As in ``slow_year``: nothing of the service is used. Moments are those of Bangkok's clocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.helpdesk.demonstration.year.slow_year import FIRST, ONE_DAY, Message, Org, Year

OPENS, CLOSES = time(8, 30), time(16, 30)
HOUR = timedelta(hours=1)
NEVER = datetime.combine(date.max, CLOSES)
# To the first answer and to the end, in working hours.
TARGETS = {"low": (14, 35), "normal": (7, 21), "high": (2, 7), "urgent": (0.5, 2)}
AMBER, RED, WHOLE = 0.75, 0.9, 1.0
Step = tuple[str, str, str, date]
Span = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class Job:
    """A ticket: since when its clock runs, in which spans somebody works on it or should.

    ``answered`` is None while nobody has taken it; ``assignee`` is who is told of it then.
    """

    number: str
    unit: int
    priority: str
    begins: datetime
    spans: tuple[Span, ...]
    answered: datetime | None = None
    assignee: str = ""

    def runs(self, at: datetime) -> bool:
        """Tell whether its clock runs at a moment."""
        return any(start <= at and (end is None or at < end) for start, end in self.spans)


@dataclass(frozen=True)
class Away:
    """A thing at a vendor: expected on a day, back at ten on another, and who asks after it.

    What is ``stuck`` waits for an approval and cannot come back.
    """

    expected: date
    who: str
    back: date | None = None
    stuck: bool = False


@dataclass(frozen=True)
class Planned:
    """A plan for things that one unit has, all of which are done on the same day.

    ``due`` is the first date that is not over; a fixed plan goes on from ``begins`` by its
    rhythm, the other one from the day on which it was done. ``open_since`` is what was under way
    when the year began.
    """

    unit: int
    caretaker: str
    begins: date
    due: date
    months: int = 0
    days: int = 0
    lead: int = 14
    tolerance: int = 7
    fixed: bool = True
    skips: bool = False
    under_way: tuple[date, date] | None = None

    def after(self, day: date) -> date:
        """Return the first fixed date later than a day."""
        number, one = 0, self.begins
        while one <= day:
            number += 1
            one = self.begins + timedelta(days=number * self.days)
            if self.months:
                one = _months_on(self.begins, number * self.months)
        return one


def _months_on(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = date(year + month // 12, month % 12 + 1, 1) - ONE_DAY
    return date(year, month, min(day.day, last.day))


def reached(year: Year, spans: Iterable[Span], hours: float) -> datetime:
    """Return when working time in some spans has come to so many hours, walking day by day."""
    left = hours * HOUR
    for start, end in spans:
        day = start.date()
        while end is None or day <= end.date():
            if year.is_open(day):
                begin = max(start, datetime.combine(day, OPENS))
                close = datetime.combine(day, CLOSES)
                stop = close if end is None else min(end, close)
                if begin < stop and begin + left <= stop:
                    return begin + left
                left -= max(stop - begin, timedelta(0))
            day += ONE_DAY
    return NEVER


@dataclass
class Clocked:
    """When a ticket is amber, red and late, for its answer and for its end."""

    job: Job
    marks: dict[tuple[str, float], datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, job: Job, year: Year) -> Clocked:
        """Work it out once; the calendar of the year is the one that holds at its end."""
        made = cls(job)
        answer, end = TARGETS[job.priority]
        for what, spans, hours in (
            ("response", ((job.begins, None),), answer),
            ("resolution", job.spans, end),
        ):
            for part in (AMBER, RED, WHOLE):
                made.marks[what, part] = reached(year, spans, part * hours)
        return made

    def asked(self, at: datetime) -> list[str]:
        """Return what is still to be done of it at a moment."""
        if not self.job.runs(at):
            return []
        answered = self.job.answered is not None and self.job.answered <= at
        return ["resolution"] if answered else ["response", "resolution"]

    def tone(self, at: datetime) -> str:
        """Return the colour of what is due next at a moment: ``neutral``, ``warn``, ``danger``."""
        what = min(self.asked(at), key=lambda one: self.marks[one, WHOLE])
        if at >= self.marks[what, RED]:
            return "danger"
        return "warn" if at >= self.marks[what, AMBER] else "neutral"


def steps(
    clocked: Iterable[Clocked], looks: Iterable[datetime], org: Org
) -> tuple[list[Step], list[Message]]:
    """Return which step each ticket takes on which day, each once, and who is told of it."""
    taken: dict[tuple[str, str, str], date] = {}
    told: list[Message] = []
    things = list(clocked)
    for at in looks:
        for one in things:
            for what in one.asked(at):
                red, over = at >= one.marks[what, RED], at > one.marks[what, WHOLE]
                for who, is_so in (("technician", red), ("head", over)):
                    if is_so and (one.job.number, what, who) not in taken:
                        taken[one.job.number, what, who] = at.date()
                        told += [(at.date(), "ticket_deadline", p) for p in _people(one, who, org)]
    return [(*key, day) for key, day in taken.items()], told


def _people(one: Clocked, who: str, org: Org) -> set[str]:
    if who == "head":
        return org.holders(("approver",), one.job.unit)
    return {one.job.assignee} if one.job.assignee else org.holders(("technician",), one.job.unit)


def outside_messages(year: Year, away: Iterable[Away]) -> Iterator[Message]:
    """Once a week from the day after it was expected, on closed days too, until it is back."""
    for one in away:
        for day in year.days:
            if one.back is not None and one.back < day:
                break
            if day > one.expected and ((day - one.expected).days % 7 == 0 or _first(day, one)):
                yield day, "ticket_outside_late", one.who


def _first(day: date, one: Away) -> bool:
    return day == max(one.expected + ONE_DAY, FIRST)


@dataclass
class Book:
    """What the plans have brought: days in schools, when they were done, dates that were missed."""

    visits: dict[tuple[int, date, str], date | None] = field(default_factory=dict)
    came_up: dict[tuple[int, date, str], date] = field(default_factory=dict)
    missed: list[tuple[int, date]] = field(default_factory=list)


def follow(
    year: Year, plans: Iterable[Planned], done: Callable[[date], date], down: Iterable[date]
) -> Book:
    """Follow each plan day by day.

    Args:
        year: the closed days.
        plans: what is to be maintained.
        done: when a day in a school that was planned for a day is done, at ten in the morning.
        down: the days on which nothing came up because the timetable stood still.
    """
    book, off = Book(), set(down)
    for plan in plans:
        due, open_ = plan.due, plan.under_way
        for day in year.days:
            if open_ is None and due - timedelta(days=plan.lead) <= day and day not in off:
                dates = [due]
                while plan.fixed and plan.after(dates[-1]) <= day:
                    dates.append(plan.after(dates[-1]))
                if plan.skips and dates[-1] < day - timedelta(days=plan.tolerance):
                    book.missed += [(plan.unit, one) for one in dates]
                    due = plan.after(max(dates[-1], day))
                else:
                    book.missed += [(plan.unit, one) for one in dates[:-1]]
                    open_ = dates[-1], year.open_from(max(dates[-1], day))
                    where = plan.unit, open_[1], plan.caretaker
                    book.visits.setdefault(where, None)
                    book.came_up.setdefault(where, day)
            if open_ is not None and done(open_[1]) == day:
                book.visits[plan.unit, open_[1], plan.caretaker] = day
                due = day + timedelta(days=plan.days)
                if plan.fixed:
                    due, one = plan.after(max(open_[0], day)), plan.after(open_[0])
                    while one <= day:
                        book.missed.append((plan.unit, one))
                        one = plan.after(one)
                open_ = None
    return book
