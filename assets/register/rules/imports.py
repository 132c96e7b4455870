"""Bringing a workbook into the register: plan, compare, write in steps.

A file is written in steps of some hundred rows, each its own unit of work opened by the door: a
large file does not lock out people who report faults meanwhile, progress is real, and a killed
server leaves whole items only. Starting again goes on where it stopped, because what is in the
register is found again and never taken twice (R-M4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from assets.catalogue.models import AssetClass
from assets.register import mappings
from assets.register.index import DatabaseIndex
from assets.register.models import Asset
from assets.register.rules import items, moving
from assets.register.states import Condition, Lifecycle, MoveCause
from assets.register.workbook.cells import Book
from assets.register.workbook.files import read_book
from assets.register.workbook.outcomes import Outcome, Verdict, decide
from assets.register.workbook.plan import Plan, plan_book
from assets.register.workbook.reading import Progress
from assets.register.workbook.reasons import Reason, Unreadable
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from office.bookkeeping import audit
from office.places import rules as places
from office.places.models import Room, Unit

STEP = 250
# The column that the file of refused rows adds; brought in again, it is not kept.
REASON_HEADINGS = ("สาเหตุที่ไม่รับ", "Why it was refused")
KEPT_AS_TYPED = (
    "name", "description", "class_text", "brand", "model", "serial_no", "unit_word",
    "custodian_text", "acquired_on", "price", "fund_type", "acquire_method", "vendor_name",
    "vendor_address", "vendor_phone", "doc_ref", "useful_life_years", "dep_rate",
    "warranty_until", "below_threshold", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Examined:
    """A file as read and compared: what would become of each row, and how it was read."""

    outcomes: list[Outcome]
    plan: Plan
    book: Book
    strange_units: Mapping[str, int]


def examine(
    path: Path,
    *,
    name: str,
    unit: Unit,
    kept: Sequence[Mapping[str, Any]] = (),
    progress: Progress | None = None,
) -> Examined:
    """Say what bringing in a file would do, row by row; nothing is written.

    Args:
        path: the file.
        name: what the person calls it.
        unit: whose books it is for.
        kept: how its sheets are to be read, where a person chose that (see ``mappings``).
        progress: called with rows done and rows in all.

    Raises:
        Unreadable: the file cannot be read at all; its reason says why and what to do.
    """
    book = read_book(path, name=name)
    chosen = mappings.chosen_by_people(book, kept)
    plan = plan_book(book, today=clock.today(), mappings=chosen, progress=progress)
    outcomes = decide(plan, DatabaseIndex(plan, unit))
    return Examined(outcomes, plan, book, _strange_units(plan, unit))


def _strange_units(plan: Plan, unit: Unit) -> dict[str, int]:
    """Return the units that the file names and the service does not know, with their rows."""
    known = units_below(unit)
    named = Counter(text for row in plan.items if (text := row.fields.get("unit_text") or ""))
    return {text: count for text, count in named.items() if thai.search_key(text) not in known}


def units_below(unit: Unit) -> dict[str, int]:
    """Return the ids of a unit and of those under it by every name they have."""
    found: dict[str, int] = {}
    query = select(Unit.id, Unit.code, Unit.name_th, Unit.name_en).where(
        Unit.path.startswith(unit.path, autoescape=True)
    )
    for row in db.session.execute(query.order_by(Unit.path)):
        for text in (row.code, row.name_th, row.name_en):
            if text:
                found.setdefault(thai.search_key(text), row.id)
    return found


def compare(path: Path, *, name: str, unit: Unit) -> list[Outcome]:
    """Say what bringing in a file would do (see ``examine``).

    Raises:
        Refusal: the file cannot be read at all; the sentence says why and what to do.
    """
    try:
        return examine(path, name=name, unit=unit).outcomes
    except Unreadable as error:
        raise Refusal(error.reason.text) from error


def steps(outcomes: Sequence[Outcome]) -> Iterator[list[Outcome]]:
    """Return the outcomes in the steps that are written one after another."""
    for start in range(0, len(outcomes), STEP):
        yield list(outcomes[start : start + STEP])


@dataclass
class Writer:
    """Writes outcomes into the register, one step a unit of work.

    Attributes:
        unit: whose books the file is for.
        by: who brings it in.
        take_over: whether what the file says otherwise than the register wins (R: the person
            decides); blanks of the register are filled in any case.
        import_id: the import that the new items remember.
    """

    unit: Unit
    by: Viewer
    take_over: bool = False
    import_id: int | None = None
    _rooms: dict[tuple[int, str], tuple[int, str]] = field(default_factory=dict)
    _units: dict[str, int] = field(default_factory=dict)
    _classes: list[tuple[str, str, int]] = field(default_factory=list)
    _made: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def write(self, step: Sequence[Outcome]) -> list[list[int]]:
        """Write one step.

        Returns:
            for each outcome the ids of the items it made or touched. An outcome whose number was
            given to another item meanwhile becomes refused.
        """
        self._learn()
        self._take_in([outcome for outcome in step if outcome.verdict is Verdict.NEW])
        for outcome in step:
            if outcome.verdict is Verdict.CHANGED:
                self._change(outcome)
        for outcome in step:
            if outcome.verdict is Verdict.MATCH:
                self._confirm(outcome)
        return [self._made.get((o.row.sheet, o.row.row), []) for o in step]

    def _learn(self) -> None:
        if self._units:
            return
        self._units = units_below(self.unit)
        found = db.session.execute(select(AssetClass.code, AssetClass.name_th, AssetClass.id))
        self._classes = sorted(
            ((thai.code_key(code), thai.search_key(name), key) for code, name, key in found),
            key=lambda entry: -len(entry[0]),
        )

    def _take_in(self, outcomes: Sequence[Outcome]) -> None:
        cards: list[items.Card] = []
        owners: list[Outcome] = []
        for outcome in outcomes:
            for number in outcome.row.numbers or (None,):
                cards.append(self._card(outcome, number))
                owners.append(outcome)
        for outcome, made in zip(owners, items.take_in_all(cards, by=self.by), strict=True):
            if made is None:
                outcome.verdict = Verdict.REFUSED
                about = {"number": outcome.row.asset_number, "name": outcome.row.fields["name"]}
                outcome.reason = Reason("taken_in_register", about)
            else:
                self._remember(outcome, made.id)

    def _remember(self, outcome: Outcome, asset_id: int) -> None:
        self._made.setdefault((outcome.row.sheet, outcome.row.row), []).append(asset_id)

    def _card(self, outcome: Outcome, number: str | None) -> items.Card:
        row = outcome.row
        values = {
            name: value
            for name in KEPT_AS_TYPED
            if (value := row.fields.get(name)) not in (None, "")
        }
        holder = self._unit_named(row.fields.get("unit_text"))
        room_id, room_name = self._room(holder, row.fields)
        extra = {
            name: value
            for name, value in (row.fields.get("extra") or {}).items()
            if name not in REASON_HEADINGS
        }
        if self._is_strange(row.fields.get("unit_text")):
            extra["unit_text"] = row.fields["unit_text"]
        values |= {
            "asset_no": number,
            "quantity": 1 if len(row.numbers) > 1 else row.quantity or 1,
            "owner_unit_id": holder,
            "holding_unit_id": holder,
            "room_id": room_id,
            "class_id": self._class(number, row.fields.get("class_text")),
            "condition": Condition(row.fields.get("condition") or Condition.GOOD),
            "lifecycle": Lifecycle(row.fields.get("lifecycle") or Lifecycle.IN_SERVICE),
            "import_id": self.import_id,
            "extra": extra,
        }
        earlier = tuple(row.fields.get("old_numbers") or ()) if len(row.numbers) < 2 else ()
        return items.Card(values, room_name, earlier)

    def _unit_named(self, text: str | None) -> int:
        return self._units.get(thai.search_key(text or ""), self.unit.id)

    def _is_strange(self, text: str | None) -> bool:
        return bool(text) and thai.search_key(text or "") not in self._units

    def _room(self, unit_id: int, fields: Mapping[str, Any]) -> tuple[int | None, str]:
        name = fields.get("room_text") or ""
        if not name:
            return None, ""
        if self._is_strange(fields.get("unit_text")):
            name = f"{fields['unit_text']} · {name}"  # two schools' libraries are two rooms
        name = name[:120]
        key = unit_id, thai.search_key(name)
        if key not in self._rooms:
            building = (fields.get("building_text") or "")[:120]
            room = places.room_named(unit_id, name, by=self.by, building=building)
            db.session.flush()  # the cards hold the room's id
            self._rooms[key] = room.id, room.name
        return self._rooms[key]

    def _class(self, number: str | None, text: str | None) -> int | None:
        number_key, text_key = thai.code_key(number or ""), thai.search_key(text or "")
        for code, name, key in self._classes:
            if number_key.startswith(f"{code}-") or (text_key and text_key in (name, code)):
                return key
        return None

    def _change(self, outcome: Outcome) -> None:
        for target, number in zip(outcome.targets, outcome.row.numbers or (None,), strict=False):
            if target is None:
                made = items.take_in_all([self._card(outcome, number)], by=self.by)[0]
                if made is not None:
                    self._remember(outcome, made.id)
                continue
            self._remember(outcome, target)
            blanks = {
                name: said
                for name, (known, said) in outcome.changes.items()
                if self.take_over or known in (None, "")
            }
            asset = db.session.get(Asset, target)
            if asset is not None and blanks:
                items.edit(asset, blanks, by=self.by, why=MoveCause.IMPORT)

    def _confirm(self, outcome: Outcome) -> None:
        same = outcome.row.same_as
        known = [target for target in outcome.targets if target is not None]
        ids = known or (self._made.get(same, []) if same else [])
        for asset_id in ids:
            self._remember(outcome, asset_id)
        asset = db.session.get(Asset, ids[0]) if len(ids) == 1 else None
        if asset is None or asset.room_id is not None:
            return
        room_id, _name = self._room(asset.holding_unit_id, outcome.row.fields)
        room = db.session.get(Room, room_id) if room_id else None
        if room is not None:
            moving.move(asset, room=room, why=MoveCause.IMPORT, by=self.by)


def note_import(subject: Any, *, by: Viewer, counts: Mapping[str, int]) -> None:  # noqa: ANN401
    """Write down that a file was brought in, with what became of its rows."""
    audit.record("brought_in", subject, by=by, after=dict(counts))
