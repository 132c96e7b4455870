"""The list of units: what taking it in would do, and taking it in.

Planning reads only; ``apply`` does exactly what was planned. A unit is known again by its code, so
the same list may be taken in any number of times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import select

from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from office.places import rules, sheet
from office.places.models import Unit
from office.places.words import KIND_NAMES, UNIT_HEADS, by_word, head_word, plain

Outcome = Literal["new", "match", "changed", "refused"]
NEEDED = ("code", "name")
LONGEST = {"code": 20, "name": 200, "name_en": 200, "size": 20, "phone": 40}


@dataclass
class UnitPlan:
    """What becomes of one row.

    Attributes:
        number: of the row in the file.
        outcome: new, match (nothing to do), changed or refused.
        reason: why it is refused, or what changes.
        column: the field the reason is about.
    """

    number: int
    code: str
    name: str
    parent: str
    outcome: Outcome = "match"
    reason: str = ""
    column: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    def refuse(self, column: str, reason: str) -> None:
        """Say why the row cannot be taken."""
        self.outcome, self.column, self.reason = "refused", column, reason


def read(data: bytes) -> list[sheet.Line]:
    """Return the rows of a unit list; refuses what is none (see ``sheet.read``)."""
    return sheet.read(data, UNIT_HEADS, NEEDED)


def plan(lines: Sequence[sheet.Line]) -> list[UnitPlan]:
    """Return what becomes of each row, in the order of the file."""
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    kinds = by_word(KIND_NAMES)
    plans: list[UnitPlan] = []
    for line in lines:
        row = _plain_plan(line, kinds)
        if row.outcome != "refused" and any(row.code == other.code for other in plans):
            row.refuse("code", _("This code stands in an earlier row already."))
        plans.append(row)
    _settle_parents(plans, units)
    for row in plans:
        if row.outcome != "refused":
            _compare(row, units)
    return plans


def _plain_plan(line: sheet.Line, kinds: dict[str, str]) -> UnitPlan:
    row = UnitPlan(line.number, line.get("code"), line.get("name"), line.get("parent"))
    row.fields = {
        name: line.cells[name] for name in ("name_en", "size", "phone") if name in line.cells
    }
    for name in NEEDED:
        if not line.get(name):
            row.refuse(name, _("Please fill this in."))
    for name, most in LONGEST.items():
        if len(line.get(name)) > most:
            row.refuse(name, _("This is longer than %(most)s characters.", most=most))
    if line.get("kind"):
        kind = kinds.get(plain(line.get("kind")))
        if kind is None:
            row.refuse("kind", _("“%(kind)s” is not a kind of unit.", kind=line.get("kind")))
        else:
            row.fields["kind"] = kind
    return row


def _settle_parents(plans: Sequence[UnitPlan], units: dict[str, Unit]) -> None:
    """Put rows without a parent under the office; refuse those whose parent cannot be."""
    root = next((unit.code for unit in units.values() if unit.parent_id is None), None)
    for row in plans:
        if row.outcome == "refused" or row.parent:
            continue
        root = root or row.code
        if row.code != root and row.fields.get("kind") == "office":
            row.refuse("parent", _("There is one office; choose the unit above this one."))
        elif row.code != root:
            row.parent = root
    for row in plans:
        _refuse_kind(row, units, root)
    good = {row.code: row for row in plans if row.outcome != "refused"}
    while wrong := [row for row in good.values() if _refuse_parent(row, good, units, root)]:
        for row in wrong:
            del good[row.code]


def _refuse_kind(row: UnitPlan, units: dict[str, Unit], root: str | None) -> None:
    kind, known = row.fields.get("kind"), units.get(row.code)
    if row.outcome == "refused" or kind is None or (known is not None and known.kind == kind):
        return
    if wrong := rules.wrong_kind(kind, is_root=row.code == root):
        row.refuse("kind", wrong)


def _refuse_parent(
    row: UnitPlan, good: dict[str, UnitPlan], units: dict[str, Unit], root: str | None
) -> bool:
    if row.code == root and row.parent:
        row.refuse("parent", _("The office itself lies under no other unit."))
    elif row.parent and row.parent not in units and row.parent not in good:
        row.refuse("parent", _("No unit has the code “%(code)s”.", code=row.parent))
    elif _circles(row, good):
        row.refuse("parent", _("A unit cannot lie under itself."))
    return row.outcome == "refused"


def _circles(row: UnitPlan, good: dict[str, UnitPlan]) -> bool:
    seen, parent = {row.code}, row.parent
    while parent:
        if parent in seen:
            return True
        seen.add(parent)
        parent = good[parent].parent if parent in good else ""
    return False


def _compare(row: UnitPlan, units: dict[str, Unit]) -> None:
    unit = units.get(row.code)
    if unit is None:
        row.outcome = "new"
        row.fields.setdefault("kind", "school" if row.parent else "office")
        return
    by_id = {other.id: other.code for other in units.values()}
    wanted = {**row.fields, "name_th": row.name}
    changed = [name for name, text in wanted.items() if getattr(unit, name) != text]
    if unit.parent_id is not None and by_id[unit.parent_id] != row.parent:
        changed.append("parent")
    if changed:
        row.outcome = "changed"
        row.reason = ", ".join(head_word(UNIT_HEADS, name) for name in changed)


def apply(plans: Sequence[UnitPlan], *, by: Viewer) -> int:
    """Do what was planned and return how many units are new or changed; refused rows stay out."""
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    waiting = [row for row in plans if row.outcome in ("new", "changed")]
    done = 0
    while waiting:
        ready = [row for row in waiting if not row.parent or row.parent in units]
        if not ready:
            break
        for row in ready:
            parent = units.get(row.parent)
            fields = {**row.fields, "name_th": row.name}
            if row.outcome == "new":
                units[row.code] = rules.found_unit(row.code, parent=parent, by=by, **fields)
            else:
                rules.edit_unit(units[row.code], by=by, parent=parent, **fields)
            done += 1
        waiting = [row for row in waiting if row not in ready]
    return done
