"""Bringing a workbook into the register: plan, compare, write in steps.

A file is written in steps of some hundred rows, each its own unit of work opened by the door: a
large file does not lock out people who report faults meanwhile, progress is real, and a killed
server leaves whole items only. Starting again goes on where it stopped, because what is in the
register is found again and never taken twice (R-M4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from assets.register.index import DatabaseIndex
from assets.register.models import Asset, AssetClass
from assets.register.rules import items
from assets.register.states import Condition, Lifecycle
from assets.register.workbook.headings import SheetMapping
from assets.register.workbook.outcomes import Outcome, Verdict, decide
from assets.register.workbook.plan import plan_file
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
KEPT_AS_TYPED = (
    "name", "description", "class_text", "brand", "model", "serial_no", "unit_word",
    "custodian_text", "acquired_on", "price", "fund_type", "acquire_method", "vendor_name",
    "vendor_address", "vendor_phone", "doc_ref", "useful_life_years", "dep_rate",
    "warranty_until", "below_threshold", "note", "extra",
)  # fmt: skip


def compare(
    path: Path,
    *,
    name: str,
    unit: Unit,
    mappings: Mapping[str, SheetMapping] | None = None,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Say what bringing in a file would do, row by row; nothing is written.

    Args:
        path: the file.
        name: what the person calls it.
        unit: whose books it is for.
        mappings: which column is what, per sheet, where a person chose it.
        progress: called with rows done and rows in all.

    Raises:
        Refusal: the file cannot be read at all; the sentence says why and what to do.
    """
    try:
        plan = plan_file(path, today=clock.today(), name=name, mappings=mappings, progress=progress)
    except Unreadable as error:
        raise Refusal(error.reason.text) from error
    return decide(plan, DatabaseIndex(plan, unit))


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
        for unit in db.session.execute(select(Unit.id, Unit.code, Unit.name_th, Unit.name_en)):
            for text in (unit.code, unit.name_th, unit.name_en):
                if text:
                    self._units.setdefault(thai.search_key(text), unit.id)
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
        }
        earlier = tuple(row.fields.get("old_numbers") or ()) if len(row.numbers) < 2 else ()
        return items.Card(values, room_name, earlier)

    def _unit_named(self, text: str | None) -> int:
        return self._units.get(thai.search_key(text or ""), self.unit.id)

    def _room(self, unit_id: int, fields: Mapping[str, Any]) -> tuple[int | None, str]:
        name = (fields.get("room_text") or "")[:120]
        if not name:
            return None, ""
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
                items.edit(asset, blanks, by=self.by)

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
            items.move(asset, room, by=self.by)


def note_import(subject: Any, *, by: Viewer, counts: Mapping[str, int]) -> None:  # noqa: ANN401
    """Write down that a file was brought in, with what became of its rows."""
    audit.record("brought_in", subject, by=by, after=dict(counts))
