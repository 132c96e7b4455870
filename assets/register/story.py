"""The one timeline of an item: what its card, its movements and all other rooms tell of it.

Entries come newest first, in groups of fiscal years, a page at a time. What tells of money only is
left out for those who may not see values; so is what a repair cost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, select

from assets.register import past, slots
from assets.register.models import Asset
from assets.register.slots import Entry, Kind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, fixed
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import show_date, show_money
from kernel.thai import BUDDHIST_OFFSET, fiscal_year
from office.bookkeeping import actors, words
from office.bookkeeping.models import AuditEntry
from office.people import queries as people

HISTORY = 300
PAGE = 30
# Fields of the card that decide its value, and how each is said.
PRICED = ("price", "acquired_on", "useful_life_years", "dep_rate", "quantity")
# These are told by the room that keeps a row of them, with more to say.
TOLD_ELSEWHERE = ("pictured",)


@dataclass(frozen=True)
class Year:
    """What happened in one fiscal year, which is named as the reader's era counts."""

    name: int
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Story:
    """One page of the timeline, by fiscal years, and what all of it holds.

    Attributes:
        years: of this page, the newest first.
        kinds: what the timeline can be narrowed to.
        more: another page follows.
        repairs: how many repairs there were.
        repair_cost: what they cost together in baht, as far as it was written down.
    """

    years: list[Year]
    kinds: list[Kind]
    more: bool
    repairs: int
    repair_cost: Decimal


def of_item(
    asset: Asset,
    viewer: Viewer,
    *,
    telling: Collection[str],
    files: Sequence[Entry],
    kind: Kind | None = None,
    page: int = 1,
    prices: bool,
) -> Story:
    """Return a page of everything that happened to an item.

    Args:
        asset: the item.
        viewer: who looks; the other rooms leave out what is not for them.
        telling: the rooms that have something to tell.
        files: what happened to its photos and documents.
        kind: only this; everything where it is None.
        page: from 1.
        prices: whether the viewer may see values.
    """
    every = [*_own(asset), *slots.timeline_of(asset, viewer, telling), *files]
    if prices:
        every = [_priced(entry) for entry in every]
    else:
        every = [replace(entry, cost=None) for entry in every if not entry.of_money]
    repairs = [entry for entry in every if entry.kind == Kind.REPAIR]
    found = [entry for entry in every if kind is None or entry.kind == kind]
    found.sort(key=lambda entry: entry.at, reverse=True)
    shown = _with_names(found[(page - 1) * PAGE : page * PAGE])
    present = {entry.kind for entry in every}
    return Story(
        years=[Year(name, list(some)) for name, some in groupby(shown, _year)],
        kinds=[one for one in Kind if one in present],
        more=len(found) > page * PAGE,
        repairs=len(repairs),
        repair_cost=sum((entry.cost or Decimal(0) for entry in repairs), Decimal(0)),
    )


def _year(entry: Entry) -> int:
    year = fiscal_year(clock.local(entry.at).date())
    return year if language() == "th" else year - BUDDHIST_OFFSET


def _priced(entry: Entry) -> Entry:
    if entry.cost is None:
        return entry
    amount = show_money(entry.cost)
    if entry.kind == Kind.CARD:
        said = _("Price: %(amount)s baht", amount=amount)
    else:
        said = _("Cost: %(amount)s baht", amount=amount)
    return replace(entry, body="\n".join(part for part in (entry.body, said) if part))


def _with_names(entries: Sequence[Entry]) -> list[Entry]:
    names = people.english_names(entry.who_id for entry in entries)
    return [
        replace(entry, who=names.get(entry.who_id or 0, actors.machine(entry.who)))
        for entry in entries
    ]


def _own(asset: Asset) -> list[Entry]:
    """Return what the card and the audit trail tell."""
    rows = db.session.execute(_trail(), {"asset_id": asset.id})
    found = [entry for row in rows for entry in _told(row)]
    if asset.acquired_on is not None:
        found.append(_acquired(asset, asset.acquired_on))
    return found


@cache
def _trail() -> Select[*tuple[Any, ...]]:
    return (
        select(
            AuditEntry.at,
            AuditEntry.actor_id,
            AuditEntry.actor_name,
            AuditEntry.act,
            AuditEntry.before,
            AuditEntry.after,
        )
        .where(
            AuditEntry.subject_kind == Asset.__tablename__,
            AuditEntry.subject_id == bindparam("asset_id"),
        )
        .order_by(AuditEntry.id.desc())
        .limit(fixed(HISTORY))
    )


def _acquired(asset: Asset, day: date) -> Entry:
    about = (asset.vendor_name, asset.doc_ref)
    return Entry(
        at=past.morning_of(day),
        text=_("Acquired"),
        body=" · ".join(part for part in about if part),
        icon="bag-check",
        day_only=True,
        cost=None if asset.price is None else asset.price * asset.quantity,
    )


def _told(row: Any) -> list[Entry]:  # noqa: ANN401 - a row of the trail
    """Return the lines of one act: none where another room tells it, two where values changed."""
    before, after = row.before or {}, row.after or {}
    # A movement has a row of its own, which names both places.
    if row.act in TOLD_ELSEWHERE or (row.act == "moved" and "cause" in after):
        return []
    own = {"at": row.at, "who": row.actor_name, "who_id": row.actor_id}
    valued = [name for name in PRICED if name in after] if row.act == "edited" else []
    found = []
    if valued:
        changed = [_change(name, before.get(name), after[name]) for name in valued]
        body = "\n".join(changed)
        found.append(
            Entry(
                text=_("Value changed"),
                body=body,
                icon="cash-coin",
                kind=Kind.VALUE,
                of_money=True,
                **own,
            )
        )
    if set(after) - set(valued) or not valued:
        text, icon, kind = _words(row.act)
        found.append(Entry(text=text, body=str(after.get("why", "")), icon=icon, kind=kind, **own))
    return found


def _words(act: str) -> tuple[str, str, Kind]:
    said = {
        "taken_in": (_("Entered in the register"), "journal-plus", Kind.CARD),
        "edited": (_("Card changed"), "pencil", Kind.CARD),
        "moved": (_("Moved to another room"), "geo-alt", Kind.MOVE),
        "judged": (_("Condition changed"), "clipboard-check", Kind.CARD),
        "put_together": (_("Put together"), "collection", Kind.CARD),
        "taken_apart": (_("Taken apart"), "collection", Kind.CARD),
        "split": (_("Lot divided"), "boxes", Kind.CARD),
        "split_off": (_("Split off"), "boxes", Kind.CARD),
        "received": (_("Received"), "box-arrow-in-down", Kind.CARD),
        "cancelled": (_("Cancelled before arrival"), "x-lg", Kind.CARD),
        "decided_standing": (_("Standing decided"), "bank", Kind.VALUE),
    }
    return said.get(act, (words.act(act), "dot", Kind.CARD))


def _change(name: str, before: Any, after: Any) -> str:  # noqa: ANN401 - values of the trail
    labels = {
        "price": _("Price of one (baht)"),
        "acquired_on": _("Acquired on"),
        "useful_life_years": _("Useful life (years)"),
        "dep_rate": _("Rate (% a year)"),
        "quantity": _("Quantity"),
    }
    return f"{labels[name]}: {_shown(name, before)} → {_shown(name, after)}"


def _shown(name: str, value: Any) -> str:  # noqa: ANN401 - a value of the trail
    if value in (None, ""):
        return "–"
    if name == "acquired_on":
        return show_date(date.fromisoformat(value), "short")
    if name in ("price", "dep_rate"):
        return show_money(Decimal(str(value)))
    return str(value)
