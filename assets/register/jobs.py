"""What happens to the register because time passed."""

from __future__ import annotations

from assets.register import valuation, worth_kept
from assets.register.rules import servicing, worths
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def flag_service() -> int:
    """Tell people which equipment is due for service; return how many items were told of.

    Nothing is told on a closed day; the next open day makes it good.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    with work():
        return servicing.tell(today)


def keep_worths() -> int:
    """Keep the book values of today for the order of the list; return how many were written.

    Nothing is done where they hold good already: they fall behind at midnight, and when a class,
    the convention or the rules change. What is cut short is begun anew, and finds what is done.
    """
    today, convention = clock.today(), valuation.in_force()
    if worth_kept.whole(today, convention) is not None:
        return 0
    with work():
        turn = worths.begin(today, convention)
    last: int | None = 0
    total = 0
    while last is not None:
        with work():
            last, written = worths.step(last, turn)
        total += written
    with work():
        worths.end(turn)
    return total
