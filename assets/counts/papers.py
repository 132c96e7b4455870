"""The papers of a round (section 3.1 of the domain) as PDF, in Thai whatever the reader speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from assets.counts.models import Member, Round
from assets.counts.queries.report import GROUPS, WORST, Figures, Line, Report
from assets.counts.states import DUTIES, Duty
from assets.counts.words import GROUP_WORDS
from assets.register.states import ACQUIRE_METHODS, FUND_TYPES
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine
from office.places.models import Unit

T = TypeVar("T")
FOLDER = Path(__file__).parent / "paper"
# The four ledgers of condition, what was not counted, and what stood elsewhere.
LISTED = ("damaged", "worn_out", "missing", "not_needed", "uncounted", "mismatch")


def in_thai(make: Callable[[], T]) -> T:
    """Return what a function makes while Thai is spoken."""
    with speaking("th"):
        return make()


def order(one: Round, members: Sequence[Member], units: Sequence[Unit], *, office: str) -> bytes:
    """Print the order that appoints the inspectors (clause 213), ready to be signed.

    Args:
        one: the round.
        members: the committee, the chair first.
        units: whose equipment is checked.
        office: the name of the agency.
    """
    return _render(
        "order",
        {
            **_about(one, office),
            "members": _members(members),
            "units": [unit.name_th for unit in units[:30]],
            "more_units": _number(max(len(units) - 30, 0)) if len(units) > 30 else "",
        },
    )


def memo(one: Round, members: Sequence[Member], report: Report, *, office: str) -> bytes:
    """Print the memo with which the committee reports its result to the appointer."""
    return _render(
        "memo",
        {
            **_about(one, office),
            "members": _members(members),
            "totals": _totals(report.total),
            "expected": _number(report.total.total),
            "report_on": _date(one.reported_on) if one.reported_on else "",
        },
    )


def report(
    one: Round,
    members: Sequence[Member],
    figures: Report,
    lists: Mapping[str, Sequence[Line]],
    *,
    office: str,
) -> bytes:
    """Print the report: figures by unit and class with the year before, then each list.

    Args:
        one: the round.
        members: who signs by hand; the names are printed under the lines.
        figures: the table, made while Thai was spoken.
        lists: the lines of each group of ``LISTED``.
        office: the name of the agency.
    """
    with speaking("th"):
        ledgers = [
            {
                "group": group,
                "lines": [_line(n, line) for n, line in enumerate(lines, 1)],
                "cut": _number(len(lines)) if len(lines) >= WORST else "",
            }
            for group in LISTED
            if (lines := lists.get(group, ()))
        ]
        content = {
            **_about(one, office),
            "members": _members(members),
            "groups": [str(word) for word in GROUP_WORDS.values()],
            "rows": [_figures(row) for row in figures.rows],
            "total": _figures(figures.total),
            "has_last": figures.has_last,
            "last_year": _number(one.fiscal_year - 1),
            "final": one.counted_at is not None,
            "ledgers": ledgers,
        }
    return _render("report", content)


def _render(name: str, content: Mapping[str, Any]) -> bytes:
    return engine.render(FOLDER / f"{name}.typ", content)


def _about(one: Round, office: str) -> dict[str, str]:
    return {
        "office": office,
        "order_no": one.order_no,
        "order_date": _date(one.ordered_on),
        "appointer": one.appointer_name,
        "appointer_position": one.appointer_position,
        "year": _number(one.fiscal_year),
        "counted_day": _date(one.counted_day),
        "first_day": _date(date(one.counted_day.year - 1, 10, 1)),
        "starts_on": _date(one.starts_on),
        "due_on": _date(one.due_on),
    }


def _members(members: Sequence[Member]) -> list[dict[str, str]]:
    with speaking("th"):
        return [
            {
                "number": _number(number),
                "name": member.name,
                "position": member.position,
                "duty": str(DUTIES[Duty(member.duty)])
                if len(members) > 1
                else _("Inspector of supplies"),
            }
            for number, member in enumerate(members, 1)
        ]


def _totals(total: Figures) -> list[dict[str, str]]:
    with speaking("th"):
        return [
            {"name": str(GROUP_WORDS[group]), "items": _number(total.counts[group])}
            for group in GROUPS
            if total.counts[group] or group != "uncounted"
        ]


def _figures(row: Figures) -> dict[str, Any]:
    return {
        "unit": row.unit,
        "class": row.class_name or _("without a class"),
        "now": [_number(row.total), *(_number(row.counts[group]) for group in GROUPS)],
        "last": [_number(row.last_total), *(_number(row.last[group]) for group in GROUPS)],
    }


def _line(number: int, line: Line) -> dict[str, str]:
    expected, result = line.expected, line.result
    pieces = _number(expected.quantity)
    if result is not None and result.quantity is not None and result.quantity != expected.quantity:
        pieces = f"{_number(result.quantity)}/{pieces}"
    place = line.room or _("Room not known")
    if line.found_in and line.found_in != line.room:
        place = f"{place} → {line.found_in}"
    remark = " ".join(part for part in ((result.remark, result.where) if result else ()) if part)
    return {
        "number": _number(number),
        "name": expected.name,
        "asset_no": expected.asset_no or "",
        "acquired": _date(expected.acquired_on, short=True) if expected.acquired_on else "",
        "method": str(ACQUIRE_METHODS.get(expected.acquire_method, "")),
        "pieces": f"{pieces} {expected.unit_word}".strip(),
        "price": f"{expected.price:,.2f}" if expected.price is not None else "",
        "value": f"{line.value:,.2f}" if line.value is not None else "",
        "fund": str(FUND_TYPES.get(expected.fund_type, "")),
        "place": place,
        "remark": remark,
    }


def _number(value: int) -> str:
    return thai_digits(f"{value:,}" if value < 2400 or value > 2700 else str(value))


def _date(value: date, *, short: bool = False) -> str:
    return format_date(value, language="th", style="short" if short else "long", digits="thai")
