"""Until when things may be out: the default rule, and what a due date may be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from assets.loans.queries import DEFAULT_LOAN_DAYS
from kernel import clock
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import show_date
from office.calendar import queries as calendar

LONGEST_DAYS = 366
WEEK = 7


def proposals(loan_days: Iterable[int], unit_id: int | None) -> dict[str, date]:
    """Return the due dates of the three chips: ``tomorrow``, ``week`` and ``default``.

    Args:
        loan_days: the days that the classes of the items allow; the smallest counts.
        unit_id: the unit whose closed days count; each date moves on to an open day.
    """
    today = clock.today()
    days = {"tomorrow": 1, "week": WEEK, "default": min(loan_days, default=DEFAULT_LOAN_DAYS)}
    return {
        name: calendar.next_open_day(today + timedelta(days=number), unit_id)
        for name, number in days.items()
    }


def check(due_on: date | None, unit_id: int | None) -> date:
    """Return the due date where things can be brought back on it (clause 208).

    Refuses a missing date, one that has passed, one more than a year ahead, and a closed day.
    """
    today = clock.today()
    if due_on is None:
        raise Refusal(_("Please say when the items come back."), field="due_on")
    if due_on < today:
        raise Refusal(_("%(day)s has passed.", day=show_date(due_on, "short")), field="due_on")
    if due_on > today + timedelta(days=LONGEST_DAYS):
        raise Refusal(_("A loan lasts one year at most."), field="due_on")
    open_day = calendar.next_open_day(due_on, unit_id)
    if open_day != due_on:
        raise Refusal(
            _(
                "The office is closed on %(day)s. The next open day is %(open)s.",
                day=show_date(due_on, "short"),
                open=show_date(open_day, "short"),
            ),
            field="due_on",
        )
    return due_on
