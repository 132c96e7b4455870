"""The papers of a round (section 3.1 of the domain) as PDF, in Thai whatever the reader speaks.

Memos, orders and letters carry the emblem of the office from the settings; without one its place
stays free: offices print on paper that has it, or paste their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from assets.counts import listings, material_lists
from assets.counts.models import Member, Round
from assets.counts.queries.report import GROUPS, Figures, Report, Sums
from assets.counts.states import DUTIES, Duty
from assets.counts.words import GROUP_WORDS
from kernel.i18n import gettext as _
from kernel.i18n import mark, speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine
from office.places.models import Unit

T = TypeVar("T")
RECEIPT_NOTE = mark(
    "A mark says that the register has something written there; the inspector compares it with "
    "the evidence of the receipt."
)
FOLDER = Path(__file__).parent / "paper"
# These are as they are from the day of the round on, whatever is counted.
OF_THE_YEAR = ("receipts", material_lists.MOVES)


def in_thai(make: Callable[[], T]) -> T:
    """Return what a function makes while Thai is spoken."""
    with speaking("th"):
        return make()


def proposal(one: Round, members: Sequence[Member], *, office: str) -> bytes:
    """Print the memo that proposes the appointment; without names it leaves lines for the pen."""
    return _render("proposal", {**_about(one, office), "members": _members(members)})


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


def letter(one: Round, to: str, *, office: str, parent: str) -> bytes:
    """Print the letter that goes with a copy of the report (clause 213).

    Args:
        one: the round.
        to: ``audit``, the State Audit Office, or ``parent``, the agency above.
        office: the name of the agency that writes.
        parent: the name of the area office above a school; "" for the area office itself.
    """
    sent_on = one.auditor_copy_on if to == "audit" else one.parent_copy_on
    return _render(
        "letter",
        {
            **_about(one, office),
            "to": to,
            "parent": parent,
            "sent_on": _date(sent_on) if sent_on else "",
            "report_on": _date(one.reported_on) if one.reported_on else "",
        },
    )


@dataclass(frozen=True)
class Volume:
    """One file of a list: its lines, its place among the volumes, the length of the whole list."""

    rows: Sequence[Any]
    total: Sums
    number: int = 1

    @property
    def of(self) -> int:
        """How many volumes the list has."""
        return listings.volumes(self.total.items)


def listing(
    one: Round,
    members: Sequence[Member],
    name: str,
    volume: Volume,
    *,
    office: str,
    several_units: bool = False,
) -> bytes:
    """Print one volume of a list; the last one has the sum and the places to sign.

    Args:
        one: the round.
        members: who signs.
        name: one of ``listings.LISTS``.
        volume: its lines.
        office: the name of the agency.
        several_units: name the unit over its lines.
    """
    first = (volume.number - 1) * listings.VOLUME + 1
    is_last = volume.number == volume.of
    several = volume.of > 1
    with speaking("th"):
        table = listings.for_paper(
            name,
            volume.rows,
            first=first,
            total=volume.total if is_last else None,
            several_units=several_units,
        )
        content = {
            **_about(one, office),
            "members": _members(members),
            "title": str(listings.TITLES[name]),
            "volume": _number(volume.number),
            "volumes": _number(volume.of) if several else "",
            "extent": _extent(volume, first),
            "final": one.counted_at is not None or name in OF_THE_YEAR,
            "is_last": is_last,
            "note": _(RECEIPT_NOTE) if name == "receipts" else "",
            "list": table,
        }
    return _render("listing", content)


def _extent(volume: Volume, first: int) -> str:
    return _(
        "Items %(first)s to %(last)s of %(total)s",
        first=_number(first),
        last=_number(first + len(volume.rows) - 1),
        total=_number(volume.total.items),
    )


def fitting(sizes: Mapping[str, Sums]) -> list[str]:
    """Return the lists that fit into the report, in its order, until a volume is full."""
    fit, left = [], listings.VOLUME
    for name in listings.REPORTED:
        if 0 < sizes[name].items <= left:
            left -= sizes[name].items
            fit.append(name)
    return fit


def report(
    one: Round,
    members: Sequence[Member],
    figures: Report,
    lists: Mapping[str, Sequence[Any]],
    sizes: Mapping[str, Sums],
    *,
    office: str,
) -> bytes:
    """Print the report: figures by unit and class with the year before, then each list.

    Args:
        one: the round.
        members: who signs by hand; the names are printed under the lines.
        figures: the table, made while Thai was spoken.
        lists: the rows of the lists that are printed here, whole.
        sizes: how long every list is; one that is not printed here is named as an attachment.
        office: the name of the agency.
    """
    with speaking("th"):
        ledgers = [
            {
                "title": str(listings.TITLES[name]),
                "list": listings.for_paper(
                    name, rows, total=sizes[name], several_units=figures.units > 1
                ),
            }
            for name, rows in lists.items()
            if rows
        ]
        content = {
            **_about(one, office),
            "members": _members(members),
            "groups": [str(word) for word in GROUP_WORDS.values()],
            "rows": [_figures(row) for row in figures.rows],
            "total": _figures(figures.total),
            "has_last": figures.has_last,
            "partial": _number(figures.compared) if figures.is_partial else "",
            "last_year": _number(one.fiscal_year - 1),
            "final": one.counted_at is not None,
            "ledgers": ledgers,
            "apart": _apart(lists, sizes),
        }
    return _render("report", content)


def _apart(lists: Mapping[str, Sequence[Any]], sizes: Mapping[str, Sums]) -> list[dict[str, str]]:
    """Return the lists of the report that are printed as attachments of their own."""
    return [
        {
            "title": str(listings.TITLES[name]),
            "items": _number(sizes[name].items),
            "volumes": _number(listings.volumes(sizes[name].items)),
        }
        for name in listings.REPORTED
        if sizes[name].items and name not in lists
    ]


def _render(name: str, content: Mapping[str, Any]) -> bytes:
    return engine.render(FOLDER / f"{name}.typ", content)


def _about(one: Round, office: str) -> dict[str, str]:
    return {
        "office": office,
        "order_no": thai_digits(one.order_no),
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
        "has_last": row.has_last,
        "now": [_number(row.total), *(_number(row.counts[group]) for group in GROUPS)],
        "last": [_number(row.last_total), *(_number(row.last[group]) for group in GROUPS)],
    }


def _number(value: int) -> str:
    return thai_digits(f"{value:,}" if value < 2400 or value > 2700 else str(value))


def _date(value: date) -> str:
    return format_date(value, language="th", style="long", digits="thai")
