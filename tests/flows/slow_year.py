"""What a year should bring, worked out slowly, day by day, from the rules as people say them.

Nothing of the service is used here but the words for what happens: no query, no rule, no calendar.
Each function walks all days of the year and asks of each thing whether something is said of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST, LAST = date(2026, 10, 1), date(2027, 9, 30)
SATURDAY = 5
ONE_DAY = timedelta(days=1)
Told = set[tuple[date, str, str]]


@dataclass(frozen=True)
class Lent:
    """A thing that somebody borrows: handed out and brought back at ten in the morning."""

    who: str
    on: date
    due: date
    back: date | None = None

    def is_out(self, day: date) -> bool:
        """Tell whether it was out when that day began."""
        return self.on < day and (self.back is None or self.back >= day)


@dataclass(frozen=True)
class Kept:
    """Something with a last day that may be renewed (until another one) or given up."""

    ends: date
    renewed: date | None = None
    until: date | None = None
    given_up: date | None = None

    def end_on(self, day: date) -> date | None:
        """Return the last day as it stood when that day began, None where nobody minds."""
        if self.given_up is not None and self.given_up < day:
            return None
        return self.until if self.renewed is not None and self.renewed < day else self.ends


@dataclass
class Year:
    """The closed days, and what is read off them."""

    holidays: frozenset[date]
    days: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        number = (LAST - FIRST).days + 1
        self.days = [FIRST + timedelta(days=n) for n in range(number)]

    def is_open(self, day: date) -> bool:
        """Monday to Friday without the closed days."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def open_from(self, day: date) -> date:
        """Return the day or the first open one after it."""
        while not self.is_open(day):
            day += ONE_DAY
        return day

    def follow_up(self, due: date) -> date:
        """Clause 211: within seven days; on a closed seventh day, on the open one before."""
        day = due + timedelta(days=7)
        while not self.is_open(day):
            day -= ONE_DAY
        return day

    def loan_messages(self, lent: list[Lent], head_of: dict[str, str], director: str) -> Told:
        """One message a day for each person with any news: the own steps, those of others."""
        told: Told = set()
        said: dict[tuple[Lent, str], int] = defaultdict(lambda: -99)
        for day in filter(self.is_open, self.days):
            for one in lent:
                if not one.is_out(day):
                    continue
                # The day before, the day itself, the day after, the follow-up.
                steps = [one.due - ONE_DAY, one.due, one.due + ONE_DAY, self.follow_up(one.due)]
                reached = max((n for n, at in enumerate(steps) if at <= day), default=-99)
                if reached > said[one, "own"]:
                    said[one, "own"] = reached
                    told.add((day, "loan_due", one.who))
                for days, whom in ((14, head_of[one.who]), (21, director)):
                    if day >= one.due + timedelta(days=days) and said[one, str(days)] < 0:
                        said[one, str(days)] = 1
                        told.add((day, "loan_due", whom))
        return told

    def licence_messages(
        self, kept: dict[str, Kept], people: list[str]
    ) -> Iterator[tuple[date, str, str]]:
        """Yield one message for each licence: at 60, 30 and 7 days, and when it is over."""
        said: set[tuple[str, date, int]] = set()
        for day in filter(self.is_open, self.days):
            for name, one in kept.items():
                end = one.end_on(day)
                if end is None:
                    continue
                left = (end - day).days
                reached = [step for step in (60, 30, 7, -1) if left <= step]
                if reached and left >= -30 and (name, end, reached[-1]) not in said:
                    said.add((name, end, reached[-1]))
                    yield from ((day, "licence_ends", person) for person in people)

    def warranty_messages(self, ends: list[date], people: list[str]) -> Told:
        """On the first open day of the last thirty; one message a day."""
        told: Told = set()
        for end in ends:
            for day in filter(self.is_open, self.days):
                if end - timedelta(days=30) <= day <= end:
                    told |= {(day, "warranty_ends", person) for person in people}
                    break
        return told

    def backup_messages(self, made: list[date], days: int, person: str) -> Told:
        """Backups are made in the evening, so one is due on the day after so many days."""
        told: Told = set()
        for number, one in enumerate(made):
            due = one + timedelta(days=days + 1)
            following = made[number + 1] if number + 1 < len(made) else date.max
            if due <= LAST and following >= due:
                told.add((due, "backup_old", person))
        return told

    def visits(
        self, day_of_month: int, lead: int, done: Callable[[date], date]
    ) -> tuple[set[date], set[date]]:
        """Return the days of monthly visits, and the dates that were missed.

        Args:
            day_of_month: on which it is due, from November on.
            lead: how many days before a date comes up.
            done: when a visit that was planned for a day is done, at ten in the morning.
        """
        dates = [date(2026, month, day_of_month) for month in (11, 12)]
        dates += [date(2027, month, day_of_month) for month in range(1, 13)]
        planned, missed, free_from = set(), set(), FIRST
        for due in dates:
            if due < free_from:
                missed.add(due)
                continue
            comes_up = max(due - timedelta(days=lead), free_from)
            if comes_up > LAST:
                break
            on = self.open_from(max(due, comes_up))
            planned.add(on)
            free_from = done(on) + ONE_DAY
        return planned, missed
