"""The numbers of a year in words: area by area, each with the page that stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assets.counts import access as counts
from assets.loans import access as loans
from assets.maintenance import access as maintenance
from assets.maintenance.states import OPEN as CARE_OPEN
from assets.maintenance.states import State as Care
from assets.register import access as register
from assets.register.states import CONDITIONS, LIFECYCLES, Condition, Lifecycle
from helpdesk.desk.queries import Target
from helpdesk.desk.year import Numbers
from helpdesk.figures import access as figures
from helpdesk.figures.periods import Period
from helpdesk.programmes import access as programmes
from helpdesk.programmes.states import State as Run
from helpdesk.purchases import access as purchases
from helpdesk.requests import access as requests
from helpdesk.requests.states import State as Request
from helpdesk.surveys import access as surveys
from helpdesk.tickets import access as tickets
from helpdesk.trainings import access as trainings
from kernel.access import Permission, Viewer
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from office.approvals.states import State as Approval

PRESENT = (Lifecycle.IN_SERVICE, Lifecycle.PENDING_DISPOSAL)


@dataclass(frozen=True)
class Fact:
    """One number with its words; ``unit`` is ``%``, ``baht`` or nothing, ``note`` stands below."""

    label: str
    value: int | Decimal | None
    target: Target | None = None
    unit: str = ""
    tone: str = "neutral"
    note: str = ""

    @property
    def shown(self) -> str:
        """The number as a page shows it; a dash where there is none."""
        if self.value is None:
            return "–"
        if self.unit == "baht":
            return f"{self.value:,.2f}"
        return f"{self.value:,} %" if self.unit == "%" else f"{self.value:,}"


@dataclass(frozen=True)
class Area:
    """What belongs together on the page, and where all of it is."""

    title: str
    facts: list[Fact]
    target: Target | None


def areas_of(numbers: Numbers, period: Period, viewer: Viewer) -> list[Area]:
    """Return the areas of a year; a link is given only where the viewer may follow it."""

    def to(right: Permission, endpoint: str, values: Mapping[str, str | int]) -> Target | None:
        return Target(endpoint, values) if viewer.may(right) else None

    year = {"year": period.year}
    return [
        Area(
            _("Repairs and advice"),
            _repairs(numbers, to(tickets.SEE, "tickets.queue", {"show": "late"})),
            to(figures.SEE, "figures.overview", year),
        ),
        Area(
            _("Lending"),
            _lending(numbers, year["year"], may=viewer.may(loans.SEE)),
            to(loans.SEE, "loans.out_now", {}),
        ),
        Area(
            _("Approvals and requests"), _asked(numbers), to(requests.SEE, "requests.overview", {})
        ),
        Area(_("Maintenance"), _care(numbers), to(maintenance.SEE, "maintenance.of_year", year)),
        Area(_("Annual inspection"), _inspection(numbers), to(counts.SEE, "counts.rounds", {})),
        Area(
            _("Equipment"),
            _equipment(numbers, viewer),
            to(register.SEE, "register.item_list", {}),
        ),
        Area(
            _("The nine processes"),
            _programmes(numbers, to(programmes.READ, "programmes.programme_list", year)),
            to(programmes.READ, "programmes.programme_list", year),
        ),
        *_money(numbers, to(purchases.BUDGETS, "purchases.budgets", year)),
        Area(
            _("Trainings and surveys"),
            _learnt(numbers, to(trainings.SEE, "trainings.hours", year)),
            to(surveys.SEE, "surveys.surveys", {}),
        ),
    ]


def _programmes(numbers: Numbers, listed: Target | None) -> list[Fact]:
    found = numbers.processes
    late = found.late_steps

    def of(state: Run) -> Target | None:
        return listed and Target(listed.endpoint, {**listed.values, "state": str(state)})

    return [
        Fact(_("Programmes of the year"), found.total(*Run), listed),
        Fact(_("Waiting for the director"), found.total(Run.PROPOSED), of(Run.PROPOSED)),
        Fact(_("Under way"), found.total(Run.RUNNING), of(Run.RUNNING)),
        Fact(_("Reported and closed"), found.total(Run.CLOSED), of(Run.CLOSED)),
        Fact(_("Steps past their day"), late, tone="danger" if late else "neutral"),
    ]


def _money(numbers: Numbers, listed: Target | None) -> list[Area]:
    money = numbers.processes.money
    if money is None:
        return []
    short = "danger" if money.left < 0 else "neutral"
    used = int(100 * money.spent / money.amount) if money.amount else None
    facts = [
        Fact(_("Budgets of the year (baht)"), money.amount, unit="baht"),
        Fact(_("Promised (baht)"), money.reserved, unit="baht"),
        Fact(_("Spent (baht)"), money.spent, unit="baht"),
        Fact(_("Left (baht)"), money.left, unit="baht", tone=short),
        Fact(_("Share spent"), used, unit="%"),
    ]
    return [Area(_("Budget"), facts, listed)]


def _learnt(numbers: Numbers, hours: Target | None) -> list[Fact]:
    found = numbers.processes
    return [
        Fact(_("Trainings held"), found.counted["trainings"]),
        Fact(_("People trained"), found.counted["people_trained"], hours),
        Fact(_("Hours of training"), found.counted["training_hours"], hours),
        Fact(_("Surveys closed"), found.counted["surveys"]),
        Fact(_("Answers to surveys"), found.counted["survey_answers"]),
        Fact(
            _("Mean of the surveys"),
            found.level,
            note=_("of %(count)s", count=f"{found.answers:,}") if found.answers else "",
        ),
    ]


def _repairs(numbers: Numbers, late: Target | None) -> list[Fact]:
    total = numbers.total
    return [
        Fact(_("Came in"), total.came),
        Fact(_("Finished"), total.ended),
        Fact(_("Still open"), total.still_open),
        Fact(
            _("Past the deadline now"),
            numbers.late_repairs,
            late,
            tone="danger" if numbers.late_repairs else "neutral",
        ),
        Fact(_("Resolved in time"), total.resolution_share, unit="%"),
        Fact(
            _("Satisfaction"),
            total.ratings.mean if total.ratings.n else None,
            note=ngettext(
                "%(num)s rating", "%(num)s ratings", total.ratings.n, num=total.ratings.n
            ),
        ),
        Fact(_("Cost of repairs (baht)"), total.cost, unit="baht"),
    ]


def _lending(numbers: Numbers, year: int, *, may: bool) -> list[Fact]:
    def to(endpoint: str, **values: int) -> Target | None:
        return Target(endpoint, values) if may else None

    return [
        Fact(
            _("Items lent in the year"),
            sum(month.lent for month in numbers.months),
            to("year.lent", year=year),
        ),
        Fact(_("Out now"), numbers.out, to("loans.out_now")),
        Fact(
            _("Overdue now"),
            numbers.overdue,
            to("loans.overdue"),
            tone="danger" if numbers.overdue else "neutral",
        ),
    ]


def _asked(numbers: Numbers) -> list[Fact]:
    states = numbers.approvals
    done = sum(numbers.requests.get(one, 0) for one in (Request.DONE, Request.CLOSED))
    return [
        Fact(_("Asked for approval"), sum(states.values())),
        Fact(_("Approved"), states.get(Approval.APPROVED, 0)),
        Fact(_("Rejected"), states.get(Approval.REJECTED, 0)),
        Fact(
            _("Not decided yet"),
            sum(states.get(s, 0) for s in (Approval.WAITING, Approval.SENT_BACK)),
        ),
        Fact(_("Amount approved (baht)"), numbers.amount, unit="baht"),
        Fact(_("Requests sent"), sum(numbers.requests.values())),
        Fact(_("Requests carried out"), done),
    ]


def _care(numbers: Numbers) -> list[Fact]:
    states = numbers.occurrences
    return [
        Fact(_("Planned in the year"), sum(states.values())),
        Fact(_("Maintenance done"), states.get(Care.DONE, 0)),
        Fact(_("Still to do"), sum(states.get(one, 0) for one in CARE_OPEN)),
        Fact(
            _("Its day has passed"),
            numbers.late_care,
            tone="danger" if numbers.late_care else "neutral",
        ),
        Fact(_("Cost of maintenance (baht)"), numbers.care_cost, unit="baht"),
    ]


def _inspection(numbers: Numbers) -> list[Fact]:
    found = numbers.inspection
    share = 100 * found.counted // found.expected if found.expected else None
    return [
        Fact(_("Rounds of inspection"), found.rounds),
        Fact(_("Rounds closed"), found.closed),
        Fact(
            _("Items counted"), found.counted, note=_("of %(count)s", count=f"{found.expected:,}")
        ),
        Fact(_("Share counted"), share, unit="%"),
    ]


def _equipment(numbers: Numbers, viewer: Viewer) -> list[Fact]:
    def total(*, lifecycle: str = "", condition: str = "") -> int:
        return sum(
            count
            for (where, how), count in numbers.items.items()
            if where in PRESENT and lifecycle in ("", where) and condition in ("", how)
        )

    def listed(**values: str) -> Target | None:
        may = viewer.may(register.SEE)
        return Target("register.item_list", values) if may else None

    in_use, waiting = Lifecycle.IN_SERVICE, Lifecycle.PENDING_DISPOSAL
    return [
        Fact(_("Items of the office"), total()),
        *(
            Fact(
                str(CONDITIONS[one].label),
                total(lifecycle=in_use, condition=one),
                listed(condition=str(one), lifecycle=str(in_use)),
                tone="warn" if one == Condition.DAMAGED and total(condition=one) else "neutral",
            )
            for one in (Condition.GOOD, Condition.DAMAGED, Condition.WORN_OUT)
        ),
        Fact(
            str(LIFECYCLES[waiting].label),
            total(lifecycle=waiting),
            listed(lifecycle=str(waiting)),
        ),
    ]
