"""What a year should bring of things that end, have a last day or run short, worked out slowly.

As in ``slow_year``: nothing of the service is used, each day is asked of each thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.helpdesk.demonstration.year.slow_year import (
    BEFORE,
    FIRST,
    ONE_DAY,
    Message,
    Org,
    Told,
    Year,
)


@dataclass(frozen=True)
class Card:
    """A user card. Its holder may ask for a new one, or leave the office."""

    who: str
    until: date
    replaced: date | None = None
    left: date | None = None


@dataclass(frozen=True)
class Right:
    """Access to a system. A keeper may take it away, and its holder may leave."""

    who: str
    until: date
    revoked: date | None = None
    left: date | None = None
    keepers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inspection:
    """The annual inspection of a school by a committee, which reports one day."""

    members: tuple[str, ...]
    reported: date | None


@dataclass(frozen=True)
class Case:
    """A disposal, and on which days each step of it was done."""

    investigated: date | None = None
    findings_by: date | None = None
    found: date | None = None
    ordered: date | None = None
    carried_out: date | None = None
    struck_off: date | None = None
    told: date | None = None


@dataclass(frozen=True)
class Reserved:
    """Something that is asked for, mostly granted for some days, and never fetched."""

    who: str
    asked: date
    first: date
    last: date
    granted: bool = True


@dataclass(frozen=True)
class Stocked:
    """Something in a store: how little is too little, what came in and what went out."""

    minimum: int
    moves: tuple[tuple[date, int], ...]


def service_messages(
    year: Year, due: Iterable[tuple[int, int, date]], fresh: Iterable[int], org: Org
) -> Told:
    """A fortnight before equipment is due for service, on the day, and a week after it.

    Args:
        year: the closed days.
        due: each thing, the unit that has it, and when it is due.
        fresh: the things that are new, of which nothing was told before the year.
        org: who is told.
    """
    told: Told = set()
    said: dict[int, int] = {}
    things, new = list(due), set(fresh)
    for day in filter(year.is_open, [*BEFORE, *year.days]):
        for thing, unit, when in things:
            reached = sum(when + n * ONE_DAY <= day for n in (-14, 0, 7))
            if reached > said.get(thing, 0) and (day >= FIRST or thing not in new):
                said[thing] = reached
                told |= {(day, "service_due", one) for one in org.keepers(unit)}
    return {one for one in told if one[0] >= FIRST}


def reservation_messages(year: Year, reservations: Iterable[Reserved]) -> Iterator[Message]:
    """Kept ready for two open days after the first, and never beyond the last day."""
    for one in reservations:
        kept = one.first
        for _number in range(2):
            kept = year.open_from(kept + ONE_DAY)
        for day in year.days:
            if (one.granted and day > kept) or (day >= one.last and day > one.asked):
                yield day, "loan_request_expired", one.who
                break


def _before(happened: date | None, day: date) -> bool:
    """Tell whether something was done before the morning of a day; people work at ten."""
    return happened is not None and happened < day


def card_messages(year: Year, cards: Iterable[Card]) -> Told:
    """A month and a week before the end, each once, on open days."""
    told: Told = set()
    said: dict[Card, int] = {}
    for day in filter(year.is_open, year.days):
        for card in cards:
            left = (card.until - day).days
            step = 7 if left <= 7 else 30
            if left < 0 or left > step or _before(card.replaced, day) or _before(card.left, day):
                continue
            if said.get(card, 31) > step:
                said[card] = step
                told.add((day, "card_ends", card.who))
    return told


def right_messages(year: Year, rights: Iterable[Right]) -> Iterator[Message]:
    """A fortnight and three days before the end, and when it is over; on closed days too."""
    ended: set[Right] = set()
    said: dict[Right, int] = {}
    things = list(rights)
    for day in year.days:
        for right in things:
            gone = _before(right.left, day)
            left = (right.until - day).days
            step = 3 if left <= 3 else 14
            if right in ended:
                continue
            if left < 0 or gone or right.revoked == day:
                ended.add(right)
                yield from ((day, "access_to_switch_off", one) for one in right.keepers)
                if not gone:
                    yield day, "access_ended", right.who
            elif left <= step and said.get(right, 15) > step:
                said[right] = step
                yield day, "access_ends", right.who


def inspection_messages(year: Year, rounds: Iterable[Inspection]) -> Told:
    """Clauses 213: thirty open days from the first one of October; told at four steps."""
    due = year.open_from(FIRST)
    for _number in range(29):
        due = year.open_from(due + ONE_DAY)
    told: Told = set()
    for one in rounds:
        said = -99
        for day in filter(year.is_open, year.days):
            reached = max((n for n in (-7, -1, 0, 1) if due + n * ONE_DAY <= day), default=-99)
            if reached > said and not _before(one.reported, day):
                said = reached
                told |= {(day, "count_due", member) for member in one.members}
    return told


def disposal_messages(
    year: Year, cases: Iterable[Case], keepers: Iterable[str], committee: Iterable[str]
) -> Told:
    """Clauses 214, 215 and 218: a week before the day of each duty, on it, and after it."""
    told: Told = set()
    said: set[tuple[Case, str, str]] = set()
    for day in filter(year.is_open, year.days):
        for case in cases:
            duty, due = _duty(case, day)
            if due is None or day < due - timedelta(days=7):
                continue
            step = "near" if day < due else "due" if day == due else "passed"
            if (case, duty, step) not in said:
                said.add((case, duty, step))
                told |= {(day, "disposal_due", one) for one in keepers}
                if duty == "findings":
                    told |= {(day, "disposal_due", one) for one in committee}
    return told


def _duty(case: Case, day: date) -> tuple[str, date | None]:
    """Return what a case waits for that morning, and by which day that is to be done."""
    if _before(case.told, day):
        return "", None
    if case.struck_off is not None and case.struck_off < day:
        return "report", case.struck_off + timedelta(days=30)
    if case.carried_out is not None and case.carried_out < day:
        return "strike off", case.carried_out
    if case.ordered is not None and case.ordered < day:
        return "carry out", case.ordered + timedelta(days=60)
    if _before(case.investigated, day) and not _before(case.found, day):
        return "findings", case.findings_by
    return "", None


def stock_messages(year: Year, things: Iterable[Stocked], keeper: str) -> Told:
    """Once for what has fallen below its minimum in a store, until there is enough again."""
    told: Told = set()
    known: set[Stocked] = set()
    things = list(things)
    for day in year.days:
        short = set()
        for thing in things:
            limited = thing.moves[0][0] < day
            there = sum(number for on, number in thing.moves if on < day)
            if limited and there < thing.minimum:
                short.add(thing)
        known &= short
        if year.is_open(day) and short - known:
            known |= short
            told.add((day, "stock_low", keeper))
    return told
