"""The verbs of asset numbers: set a pattern, propose the next number, reserve numbers (R-N1..N4).

A proposal reserves nothing; reserving moves the counter of its series under the writer's lock, so
two who reserve at once get different numbers. A number that was ever given is passed over.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import select, union_all

from assets.catalogue.models import AssetClass
from assets.register import numbering
from assets.register.models import Asset, EarlierNumber
from assets.register.number_models import NumberCounter, NumberPattern
from assets.register.numbering import Parts, Pattern
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, inserting
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.places.models import Unit

MOST_AT_ONCE = 500
PIECE = 200


def pattern_of(unit: Unit) -> tuple[Pattern, Unit | None]:
    """Return the pattern in force for a unit's books and the unit that set it.

    A unit without one follows the nearest unit above it; where nobody has set one, the common
    form 4-3-4 with the fiscal year holds.
    """
    line = [int(one) for one in unit.path.split("/") if one]
    rows = db.session.scalars(select(NumberPattern).where(NumberPattern.unit_id.in_(line))).all()
    if not rows:
        return Pattern(), None
    nearest = max(rows, key=lambda row: line.index(row.unit_id))
    return Pattern(nearest.template, nearest.prefix, nearest.per_class, nearest.per_year), (
        nearest.unit
    )


def set_pattern(unit: Unit, pattern: Pattern, *, by: Viewer) -> None:
    """Set how the numbers of a unit's books are made from now on (R-N4).

    Refuses a pattern that could not number the books (``numbering.check``).
    """
    numbering.check(pattern)
    values = {
        "template": pattern.template,
        "prefix": pattern.prefix,
        "per_class": pattern.per_class,
        "per_year": pattern.per_year,
    }
    row = db.session.scalar(select(NumberPattern).where(NumberPattern.unit_id == unit.id))
    if row is not None:
        audit.record_changes("edited", row, values, by=by)
        return
    row = NumberPattern(unit_id=unit.id, **values)
    db.session.add(row)
    db.session.flush()  # the audit trail names it by its id
    audit.record("added", row, by=by, after={**values, "unit": unit.code})


def forget_pattern(unit: Unit, *, by: Viewer) -> None:
    """Let a unit follow the pattern of the unit above it again."""
    row = db.session.scalar(select(NumberPattern).where(NumberPattern.unit_id == unit.id))
    if row is not None:
        audit.record("removed", row, by=by, before={"template": row.template, "unit": unit.code})
        db.session.delete(row)


def propose(unit: Unit, asset_class: AssetClass | None, on: date | None = None) -> str:
    """Return the next free number in a unit's books; nothing is reserved by it.

    Args:
        unit: in whose books.
        asset_class: its code is a part of most patterns.
        on: the day that decides the fiscal year; today when left out.

    Refuses where the pattern needs a class and there is none.
    """
    pattern, parts = _made_of(unit, asset_class, on)
    return _free(unit, pattern, parts, _come_so_far(unit, pattern, parts), 1)[0][0]


def reserve(
    unit: Unit, asset_class: AssetClass | None, pieces: int, on: date | None = None
) -> list[str]:
    """Return the next free numbers and let nobody else have them.

    The series is locked until the unit of work ends.

    Args:
        unit: in whose books.
        asset_class: its code is a part of most patterns.
        pieces: how many numbers, 500 at most.
        on: the day that decides the fiscal year; today when left out.
    """
    if not 0 < pieces <= MOST_AT_ONCE:
        raise Refusal(_("Between 1 and %(most)s.", most=MOST_AT_ONCE), field="pieces")
    pattern, parts = _made_of(unit, asset_class, on)
    scope = pattern.scope(parts)
    _lock(unit, scope)
    found, last = _free(unit, pattern, parts, _come_so_far(unit, pattern, parts), pieces)
    row = db.session.scalars(
        select(NumberCounter)
        .where(NumberCounter.unit_id == unit.id, NumberCounter.scope == scope)
        .execution_options(populate_existing=True)
    ).one()
    row.last = last
    return found


def _made_of(unit: Unit, asset_class: AssetClass | None, on: date | None) -> tuple[Pattern, Parts]:
    pattern, _set_by = pattern_of(unit)
    if pattern.asks_for_class and asset_class is None:
        raise Refusal(
            _("Choose the class first; its code is a part of the number."), field="class_id"
        )
    code = asset_class.code if asset_class else ""
    return pattern, Parts(code, unit.code, pattern.prefix, on or clock.today())


def _lock(unit: Unit, scope: str) -> None:
    """Take the row of the series; who comes second waits and then reads what the first left."""
    db.session.execute(
        _locking(db.engine.dialect.name), {"unit_id": unit.id, "scope": scope, "last": 0}
    )


@cache
def _locking(engine: str) -> Any:  # noqa: ANN401 - an INSERT
    return inserting(NumberCounter, engine).on_conflict_do_update(
        index_elements=["unit_id", "scope"], set_={"last": NumberCounter.last}
    )


def _come_so_far(unit: Unit, pattern: Pattern, parts: Parts) -> int:
    """Return the highest running number of the series: counted, or seen on a card."""
    counted = db.session.scalar(
        select(NumberCounter.last).where(
            NumberCounter.unit_id == unit.id, NumberCounter.scope == pattern.scope(parts)
        )
    )
    beginning, matcher = pattern.beginning(parts), pattern.matcher(parts)
    now = select(Asset.asset_no_key).where(
        Asset.owner_unit_id == unit.id,
        Asset.asset_no_key.is_not(None),
        Asset.asset_no_key.startswith(beginning, autoescape=True),
    )
    once = (
        select(EarlierNumber.key)
        .join(Asset, Asset.id == EarlierNumber.asset_id)
        .where(
            Asset.owner_unit_id == unit.id, EarlierNumber.key.startswith(beginning, autoescape=True)
        )
    )
    seen = (matcher.fullmatch(key) for key in db.session.scalars(union_all(now, once)))
    return max([counted or 0, *(int(match[1]) for match in seen if match)])


def _free(
    unit: Unit, pattern: Pattern, parts: Parts, last: int, pieces: int
) -> tuple[list[str], int]:
    """Return free numbers after the last one, and the running number of the last of them."""
    found: list[tuple[int, str]] = []
    running = last
    while len(found) < pieces:
        step = [(running + n, pattern.render(parts, running + n)) for n in range(1, PIECE + 1)]
        taken = _taken(unit, [thai.code_key(number) for _at, number in step])
        found += [(at, number) for at, number in step if thai.code_key(number) not in taken]
        running += PIECE
    return [number for _at, number in found[:pieces]], found[pieces - 1][0]


def _taken(unit: Unit, keys: list[str]) -> set[str]:
    now = select(Asset.asset_no_key).where(
        Asset.owner_unit_id == unit.id, Asset.asset_no_key.in_(keys)
    )
    once = (
        select(EarlierNumber.key)
        .join(Asset, Asset.id == EarlierNumber.asset_id)
        .where(Asset.owner_unit_id == unit.id, EarlierNumber.key.in_(keys))
    )
    return {key for key in db.session.scalars(union_all(now, once)) if key}
