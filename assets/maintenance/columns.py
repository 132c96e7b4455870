"""The columns of the workbooks of maintenance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from assets.maintenance.costs import Figures, Line
from assets.maintenance.papers import interval
from assets.maintenance.plan_of_year import Row
from kernel.i18n import gettext as _
from kernel.tables import Column, Kind, Value

MINUTES = Decimal(60)


def of_year(months: Sequence[tuple[date, str]], *, by_item: bool) -> list[Column[Row]]:
    """Return the columns of the plan of a year; ``months`` are first days and their short names."""
    items: list[Column[Row]] = [
        Column(_("Asset number"), lambda row: row.asset.asset_no if row.asset else None, width=24),
        Column(_("Item"), lambda row: row.asset.name if row.asset else None, width=44),
    ]
    return [
        Column(_("School or group"), lambda row: row.unit.name, width=36),
        *(items if by_item else []),
        Column(_("Plan"), lambda row: row.plan.name, width=40),
        Column(_("How often"), lambda row: interval(row.plan)),
        Column(_("Who does it"), _caretaker, width=26),
        *(Column(f"{name}", _in(month), Kind.WHOLE, 8) for month, name in months),
        Column(_("Times in the year"), lambda row: row.times, Kind.WHOLE, 12),
        Column(_("Minutes"), lambda row: row.minutes, Kind.WHOLE, 12),
        Column(_("Expenses (baht)"), lambda row: row.cost, Kind.MONEY),
    ]


def _caretaker(row: Row) -> Value:
    return row.plan.caretaker.name if row.plan.caretaker else None


def _in(month: date) -> Callable[[Row], Value]:
    return lambda row: row.months.get(month)


def of_costs() -> list[Column[Line]]:
    """Return the columns of cost and time out of use against plan."""

    def whole(label: str, value: Callable[[Figures], int]) -> Column[Line]:
        return Column(label, lambda line: value(line.figures), Kind.WHOLE, 12)

    def money(label: str, value: Callable[[Figures], Decimal]) -> Column[Line]:
        return Column(label, lambda line: value(line.figures), Kind.MONEY)

    return [
        Column(_("Asset number"), lambda line: line.asset.asset_no, width=24),
        Column(_("Item"), lambda line: line.asset.name, width=44),
        Column(_("School or group"), lambda line: line.asset.holding_unit.name, width=36),
        whole(_("Planned times"), lambda one: one.planned),
        whole(_("Times done"), lambda one: one.done),
        whole(_("Times left out"), lambda one: one.skipped),
        whole(_("Times missed"), lambda one: one.missed),
        whole(_("Minutes planned"), lambda one: one.planned_minutes),
        whole(_("Minutes taken"), lambda one: one.minutes),
        money(_("Planned cost (baht)"), lambda one: one.planned_cost),
        money(_("Spent (baht)"), lambda one: one.cost),
        whole(_("Repairs"), lambda one: one.repairs),
        money(_("Cost of repairs (baht)"), lambda one: one.repair_cost),
        money(_("Days out of use"), lambda one: one.days_out),
    ]
