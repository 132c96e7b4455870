"""What importing the plan would do to the register: new, match, changed, refused or skipped.

The register itself is only asked, through `RegisterIndex`; nothing is written here, so a dry run
and the real import see the same answers. Importing the same file twice adds nothing (R-M4): an
item is found again by its number, else by its serial, else, without either, by its name and
everything the row says about it, one item for one row.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from assets.register.workbook.likeness import alike
from assets.register.workbook.plan import Plan
from assets.register.workbook.planned import PlannedRow
from assets.register.workbook.reading import Progress
from assets.register.workbook.reasons import Reason
from assets.register.workbook.rows import Kind
from kernel.thai import code_key, search_key

# A thing without a number stays the same thing in another room.
_TELLING = ("brand", "model", "serial_no", "acquired_on", "price")
_NEVER_COMPARED = frozenset({"asset_no", "old_numbers", "extra", "total_price", "condition_text"})


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    MATCH = "match"
    CHANGED = "changed"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Known:
    """An item of the register: its identity (opaque here) and the fields worth comparing.

    Only fields that are given are compared: leave out what the register knows better than an
    old sheet does (where the item is now, its present condition). ``version`` tells later whether
    somebody changed the item after it was compared. ``own`` are the extra fields of its class.
    """

    id: Any
    fields: Mapping[str, Any]
    version: int = 0
    class_id: int | None = None
    own: Mapping[str, Any] = field(default_factory=dict)


class RegisterIndex(Protocol):
    """What must be known of the register; all keys are made by `kernel.thai`."""

    def by_number(self, key: str) -> Known | None:
        """Return the item that has, or once had, the number with this `code_key`."""

    def by_serial(self, key: str) -> Sequence[Known]:
        """Return the items whose serial number has this `code_key`."""

    def unnumbered(self, name_key: str) -> Sequence[Known]:
        """Return the items without a number whose name has this `search_key`."""

    def own_changes(
        self, fields: Mapping[str, Any], known: Known, /
    ) -> Mapping[str, tuple[Any, Any]]:
        """Return what a row says otherwise of the extra fields of an item's class."""


@dataclass(slots=True)
class Outcome:
    """One row's answer.

    `targets` has one entry per number of the row (one for an item without number): the id of the
    item in the register, or None where it is to be made. `changes` maps a field to (now, file).
    `versions` are those of the targets, 0 for one that is to be made.
    """

    row: PlannedRow
    verdict: Verdict
    reason: Reason | None = None
    targets: tuple[Any, ...] = ()
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    versions: tuple[int, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the file contradicts the register, and does not only fill its blanks."""
        return any(known not in (None, "", []) for known, _said in self.changes.values())

    def as_json(self) -> dict[str, Any]:
        """Return the line that the command prints; `reason` is the code, `message` its sentence."""
        return {
            "sheet": self.row.sheet,
            "row": self.row.row,
            "outcome": self.verdict.value,
            "kind": self.row.kind.value,
            "reason": self.reason.code if self.reason else None,
            "message": self.reason.text if self.reason else None,
            "cell": self.reason.cell if self.reason else None,
            "asset_number": self.row.asset_number,
            "quantity": self.row.quantity,
        }


def decide(plan: Plan, index: RegisterIndex, *, progress: Progress | None = None) -> list[Outcome]:
    """Return the outcome of every row of the plan, in its order."""
    judge = _Judge(index)
    outcomes: dict[tuple[str, int], Outcome] = {}
    for done, row in enumerate(plan.rows, start=1):
        if row.kind is not Kind.MATCH:
            outcomes[(row.sheet, row.row)] = judge.outcome(row)
        if progress and done % 500 == 0:
            progress(done, len(plan.rows))
    for row in plan.rows:
        if row.kind is Kind.MATCH:
            first = outcomes.get(row.same_as) if row.same_as else None
            outcomes[(row.sheet, row.row)] = judge.repeated(row, first)
    if progress:
        progress(len(plan.rows), len(plan.rows))
    return [outcomes[(row.sheet, row.row)] for row in plan.rows]


class _Judge:
    """Asks the register about one row after another; an unnumbered item answers only once."""

    def __init__(self, index: RegisterIndex) -> None:
        self.index = index
        self.used: set[Any] = set()

    def outcome(self, row: PlannedRow) -> Outcome:
        if row.kind is Kind.REFUSE:
            return Outcome(row, Verdict.REFUSED, row.reason)
        if row.kind is not Kind.ITEM:
            return Outcome(row, Verdict.SKIPPED, row.reason)
        if not row.numbers:
            return self._known(row, [self._unnumbered(row)])
        found = [self.index.by_number(code_key(number)) for number in row.numbers]
        for known in found:
            if known and not alike(row.fields, known.fields):
                about = {"number": row.asset_number, "name": known.fields.get("name") or "-"}
                return Outcome(row, Verdict.REFUSED, Reason("taken_in_register", about))
        if not any(found):
            found = [self._by_serial(row), *found[1:]]
        return self._known(row, found)

    def repeated(self, row: PlannedRow, first: Outcome | None) -> Outcome:
        """Return the outcome of a row that shows another row's item again."""
        targets = first.targets if first else ()
        if not any(targets) and row.numbers:
            known = self.index.by_number(code_key(row.numbers[0]))
            targets = (known.id,) if known else targets
        return Outcome(row, Verdict.MATCH, row.reason, targets)

    def _by_serial(self, row: PlannedRow) -> Known | None:
        """Return an item without a number that has this row's serial: now it gets its number."""
        key = code_key(row.fields.get("serial_no") or "")
        for known in self.index.by_serial(key) if key else ():
            if not known.fields.get("asset_no") and alike(row.fields, known.fields):
                return self._take(known)
        return None

    def _unnumbered(self, row: PlannedRow) -> Known | None:
        key = code_key(row.fields.get("serial_no") or "")
        for known in self.index.by_serial(key) if key else ():
            if alike(row.fields, known.fields) and known.id not in self.used:
                return self._take(known)
        for known in self.index.unnumbered(search_key(row.fields.get("name") or "")):
            if known.id not in self.used and not any(
                _differ(row.fields.get(name), known.fields.get(name)) for name in _TELLING
            ):
                return self._take(known)
        return None

    def _take(self, known: Known) -> Known:
        self.used.add(known.id)
        return known

    def _known(self, row: PlannedRow, found: Sequence[Known | None]) -> Outcome:
        targets = tuple(known.id if known else None for known in found)
        if not any(found):
            return Outcome(row, Verdict.NEW, targets=targets)
        changes: dict[str, tuple[Any, Any]] = {}
        for known in found:
            if known:
                changes.update(_changes(row, known, single=len(found) == 1))
                changes.update(self.index.own_changes(row.fields, known))
        if changes or not all(found):
            names = ", ".join(sorted(changes)) or "asset_no"
            reason = Reason("differs_from_register", {"fields": names})
            versions = tuple(known.version if known else 0 for known in found)
            return Outcome(row, Verdict.CHANGED, reason, targets, changes, versions)
        return Outcome(row, Verdict.MATCH, Reason("in_register"), targets)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field of an item
    if isinstance(value, str):
        return search_key(value)
    if isinstance(value, dt.datetime):
        return value.date()
    return value


def _differ(ours: Any, theirs: Any) -> bool:  # noqa: ANN401 - any field of an item
    """Whether both sides say something and say different things."""
    nothing: tuple[Any, ...] = (None, "", [])
    return ours not in nothing and theirs not in nothing and _plain(ours) != _plain(theirs)


def _changes(row: PlannedRow, known: Known, *, single: bool) -> dict[str, tuple[Any, Any]]:
    """Return what the file says otherwise than the register; blanks in the file change nothing."""
    changes: dict[str, tuple[Any, Any]] = {}
    if single and row.numbers and "asset_no" in known.fields and not known.fields["asset_no"]:
        changes["asset_no"] = (known.fields["asset_no"], row.numbers[0])
    for name, theirs in known.fields.items():
        if name in _NEVER_COMPARED or (name == "quantity" and not single):
            continue
        ours = row.fields.get(name)
        if ours in (None, "", []) or _plain(ours) == _plain(theirs):
            continue
        if name == "room_text" and _is_room_of(row, ours, theirs):
            continue
        changes[name] = (theirs, ours)
    return changes


def _is_room_of(row: PlannedRow, ours: str, theirs: str | None) -> bool:
    """Whether a room bears the name of a unit that the office does not have, and then this one."""
    unit = row.fields.get("unit_text")
    return bool(unit and theirs) and _plain(theirs) == _plain(f"{unit} · {ours}"[:120])
