"""The papers of maintenance as PDF, in Thai whatever the reader speaks.

The plan of a year for signature (clause 212), the work list of one visit, and cost and time out of
use of each item against its plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from assets.maintenance import queries, year
from assets.maintenance.costs import Figures, Line
from assets.maintenance.models import Answer, Occurrence, Plan, Step, Visit
from assets.maintenance.plan_of_year import Row
from assets.maintenance.states import EVERY, OPEN, Every, StepKind
from kernel import clock, thai
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language, speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine

FOLDER = Path(__file__).parent / "paper"
# typst sets so many lines in a few seconds; a longer plan is printed school by school.
MOST_ROWS = 2000
MINUTES = 60
Answers = Mapping[tuple[int, int], Answer]


def plan_of_year(
    fiscal_year: int, rows: Sequence[Row], *, books_of: str, by_item: bool = False
) -> bytes:
    """Print the plan of a fiscal year.

    Args:
        fiscal_year: of the Buddhist era.
        rows: schools in their order, the plans of each together.
        books_of: whose items, as the heading says.
        by_item: each row is an item, not all items of a school.

    Refuses more than 2,000 lines.
    """
    if len(rows) > MOST_ROWS:
        raise Refusal(_("These are too many lines for one paper. Choose a school or a plan."))
    months = year.months_of(fiscal_year)
    numbers = iter(range(1, len(rows) + 1))
    with speaking("th"):
        groups = [
            {
                "name": unit.name_th,
                "rows": [_year_row(next(numbers), row, months) for row in some],
            }
            for unit, some in groupby(rows, key=lambda row: row.unit)
        ]
        return _render(
            "year",
            {
                "year": _number(fiscal_year),
                "books_of": books_of,
                "printed": _date(clock.today()),
                "by_item": by_item,
                "months": [short_month(month.month) for month in months],
                "groups": groups,
                "total": _sums(rows, months),
            },
        )


def work_list(visit: Visit, work: Sequence[Occurrence], answers: Answers) -> bytes:
    """Print what is to be done on a visit, with what was found where it is done already.

    Args:
        visit: with unit and person.
        work: what is on it, with item, plan and steps.
        answers: by the ids of occurrence and step.
    """
    with speaking("th"):
        return _render(
            "visit",
            {
                "unit": visit.unit.name_th,
                "day": _date(visit.day),
                "person": visit.person.name_th if visit.person else "",
                "number": thai_digits(visit.ticket_number),
                "parts": [thai_digits(part.told) for part in queries.parts_of(work)],
                "rows": [_work_row(number, one, answers) for number, one in enumerate(work, 1)],
            },
        )


def cost_list(fiscal_year: int, lines: Iterable[Line], total: Figures, *, books_of: str) -> bytes:
    """Print cost and time out of use of items against their plans."""
    with speaking("th"):
        return _render(
            "costs",
            {
                "year": _number(fiscal_year),
                "books_of": books_of,
                "printed": _date(clock.today()),
                "rows": [
                    {
                        "number": _number(number),
                        "name": line.asset.name,
                        "asset_no": line.asset.asset_no or "–",
                        "unit": line.asset.holding_unit.name_th,
                        "figures": _cost_cells(line.figures),
                    }
                    for number, line in enumerate(lines, 1)
                ],
                "total": _cost_cells(total),
            },
        )


def interval(plan: Plan) -> str:
    """Return how often something is done, in the language spoken now: “6 months”."""
    if plan.counts == Every.CALENDAR:
        return " ".join(short_month(month) for month in plan.months)
    what = plan.meter if plan.counts == Every.METER else EVERY[Every(plan.counts)]
    return f"{plan.every:,} {what}"


def short_month(month: int) -> str:
    """Return the short name of a month, 1 to 12, in the language spoken now."""
    if language() == "th":
        return thai.SHORT_MONTHS[month - 1]
    return thai.ENGLISH_MONTHS[month - 1][:3]


def _year_row(number: int, row: Row, months: Sequence[date]) -> dict[str, Any]:
    name = row.asset.name if row.asset else row.plan.name_th
    sub = f"{row.asset.asset_no or '–'} · {row.plan.name_th}" if row.asset else ""
    caretaker = row.plan.caretaker
    return {
        "number": _number(number),
        "name": name,
        "sub": sub or (caretaker.name_th if caretaker else ""),
        "every": thai_digits(interval(row.plan)),
        "months": [_number(row.months[month]) if row.months.get(month) else "" for month in months],
        "times": _number(row.times),
        "hours": _hours(row.minutes),
        "cost": _money(row.cost) if row.plan.cost is not None else "–",
    }


def _sums(rows: Sequence[Row], months: Sequence[date]) -> dict[str, Any]:
    by_month: Counter[date] = Counter()
    for row in rows:
        by_month.update(row.months)
    return {
        "months": [_number(by_month[month]) if by_month[month] else "" for month in months],
        "times": _number(sum(row.times for row in rows)),
        "hours": _hours(sum(row.minutes for row in rows)),
        "cost": _money(sum((row.cost for row in rows), start=Decimal(0))),
    }


def _work_row(number: int, one: Occurrence, answers: Answers) -> dict[str, Any]:
    asset, plan = one.item.asset, one.item.plan
    is_over = one.state not in OPEN
    return {
        "number": _number(number),
        "name": asset.name,
        "asset_no": asset.asset_no or "–",
        "room": asset.room.name if asset.room else "",
        "plan": plan.name_th,
        "steps": [_step(step, answers.get((one.id, step.id))) for step in plan.asked_steps],
        "is_over": is_over and not one.reason,
        "note": " ".join(part for part in (one.reason, one.note, one.repair_number) if part),
    }


def _step(step: Step, answer: Answer | None) -> dict[str, Any]:
    shown = answer.reading if answer else None
    bounded = step.least is not None or step.most is not None
    return {
        "text": step.text_th,
        "required": step.required,
        "reading": step.kind == StepKind.READING,
        "unit": step.unit_word,
        "limits": f"{_plain(step.least)}–{_plain(step.most)}" if bounded else "",
        "shown": _plain(shown) if shown is not None else "",
        "good": answer.good if answer else None,
    }


def _cost_cells(figures: Figures) -> list[str]:
    return [
        _number(figures.planned),
        _number(figures.done),
        _number(figures.planned_minutes),
        _number(figures.minutes),
        _money(figures.planned_cost),
        _money(figures.cost),
        _number(figures.repairs),
        _money(figures.repair_cost),
        thai_digits(f"{figures.days_out:,.1f}"),
    ]


def _render(name: str, content: Mapping[str, Any]) -> bytes:
    at = clock.now().replace(microsecond=0)
    return engine.render(FOLDER / f"{name}.typ", content, made_at=at)


def _plain(number: Decimal | None) -> str:
    return "…" if number is None else thai_digits(f"{number.normalize():f}")


def _hours(minutes: int) -> str:
    return thai_digits(f"{minutes / MINUTES:,.1f}")


def _money(amount: Decimal) -> str:
    return thai_digits(f"{amount:,.2f}")


def _number(value: int) -> str:
    return thai_digits(f"{value:,}" if value < 2400 or value > 2700 else str(value))


def _date(day: date) -> str:
    return format_date(day, language="th", digits="thai")
