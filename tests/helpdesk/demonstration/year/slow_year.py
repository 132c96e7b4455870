"""What a year should bring, worked out slowly, day by day, from the rules as people say them.

Nothing of the service is used here but the words for what happens: no query, no rule, no calendar.
Each function walks all days of the year and asks of each thing whether something is said of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST, LAST = date(2026, 10, 1), date(2027, 9, 30)
SATURDAY = 5
ONE_DAY = timedelta(days=1)
# The mornings of the demonstration on which loans and service were told of before the year.
BEFORE = [FIRST - n * ONE_DAY for n in range(30, 0, -1)]
Message = tuple[date, str, str]
Told = set[Message]


@dataclass(frozen=True)
class Org:
    """Who has which role where, and which unit lies in which.

    ``grants`` are (person, role, unit), in the order in which the people were entered; a unit of
    None means everywhere.
    """

    parents: Mapping[int, int | None]
    grants: tuple[tuple[str, str, int | None], ...]

    def way_up(self, unit: int) -> list[int]:
        """Return the unit, the one above it, and so on to the office."""
        way = [unit]
        while (above := self.parents[way[-1]]) is not None:
            way.append(above)
        return way

    def holders(self, roles: Iterable[str], unit: int) -> set[str]:
        """Return who has one of these roles where this unit lies."""
        above, wanted = self.way_up(unit), set(roles)
        return {
            who for who, role, at in self.grants if role in wanted and (at is None or at in above)
        }

    def keepers(self, unit: int) -> set[str]:
        """Return the technicians and storekeepers of a unit."""
        return self.holders(("technician", "storekeeper"), unit)

    def head_of(self, unit: int, but: str) -> str:
        """Return the nearest approver who is somebody else."""
        for one in self.way_up(unit):
            at_home = (one, None) if self.parents[one] is None else (one,)
            for who, role, at in self.grants:
                if role == "approver" and at in at_home and who != but:
                    return who
        raise LookupError(unit)

    def director(self, but: str) -> str:
        """Return the first approver of the whole office who is somebody else."""
        (root,) = (unit for unit, above in self.parents.items() if above is None)
        return self.head_of(root, but)


@dataclass(frozen=True)
class Lent:
    """A thing that somebody borrows: handed out and brought back at ten in the morning."""

    who: str
    on: date
    due: date
    back: date | None = None
    unit: int = 0
    asset: int = 0

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
    unit: int = 0
    caretaker: str = ""

    def end_on(self, day: date) -> date | None:
        """Return the last day as it stood when that day began, None where nobody minds."""
        if self.given_up is not None and self.given_up < day:
            return None
        return self.until if self.renewed is not None and self.renewed < day else self.ends


@dataclass
class Year:
    """The closed days, and what is read off them."""

    holidays: frozenset[date]
    last: date = LAST
    days: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        number = (self.last - FIRST).days + 1
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

    def loan_messages(self, lent: Iterable[Lent], org: Org) -> Told:
        """One message a day for each person with any news: the own steps, those of others."""
        told: Told = set()
        said: dict[tuple[Lent, str], int] = defaultdict(lambda: -99)
        things = list(lent)
        for day in filter(self.is_open, [*BEFORE, *self.days]):
            for one in things:
                if not one.is_out(day):
                    continue
                # The day before, the day itself, the day after, the follow-up.
                steps = [one.due - ONE_DAY, one.due, one.due + ONE_DAY, self.follow_up(one.due)]
                reached = max((n for n, at in enumerate(steps) if at <= day), default=-99)
                if reached > said[one, "own"]:
                    said[one, "own"] = reached
                    told.add((day, "loan_due", one.who))
                heads = (14, org.head_of(one.unit, one.who)), (21, org.director(one.who))
                for days, whom in heads:
                    if day >= one.due + timedelta(days=days) and said[one, str(days)] < 0:
                        said[one, str(days)] = 1
                        told.add((day, "loan_due", whom))
        return {one for one in told if one[0] >= FIRST}

    def licence_messages(self, kept: Iterable[Kept], org: Org) -> Iterator[Message]:
        """Yield one message for each licence: at 60, 30 and 7 days, and when it is over."""
        said: set[tuple[int, date, int]] = set()
        things = list(kept)
        for day in filter(self.is_open, self.days):
            for number, one in enumerate(things):
                end = one.end_on(day)
                if end is None:
                    continue
                left = (end - day).days
                reached = [step for step in (60, 30, 7, -1) if left <= step]
                if reached and left >= -30 and (number, end, reached[-1]) not in said:
                    said.add((number, end, reached[-1]))
                    people = org.keepers(one.unit) | ({one.caretaker} - {""})
                    yield from ((day, "licence_ends", person) for person in people)

    def warranty_messages(self, ends: Iterable[tuple[int, date]], org: Org) -> Told:
        """On the first open day of the last thirty; one message a day."""
        told: Told = set()
        for unit, end in ends:
            for day in filter(self.is_open, self.days):
                if end - timedelta(days=30) <= day <= end:
                    told |= {(day, "warranty_ends", person) for person in org.keepers(unit)}
                    break
        return told

    def backup_messages(self, made: list[date], days: int, people: Iterable[str]) -> Told:
        """Backups are made in the afternoon, so one is due on the day after so many days."""
        told: Told = set()
        for number, one in enumerate(made):
            due = one + timedelta(days=days + 1)
            following = made[number + 1] if number + 1 < len(made) else date.max
            if FIRST <= due <= self.last and following >= due:
                told |= {(due, "backup_old", person) for person in people}
        return told
