"""Writing the outcomes of a file into the register, a step of some hundred rows at a time.

What a person has not seen is not written: an item that was changed after the file was compared
with it keeps what it has, and its row says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from assets.catalogue.extra_values import PREFIX
from assets.catalogue.models import AssetClass
from assets.register.models import Asset
from assets.register.own_columns import OwnFields
from assets.register.rules import items, moving
from assets.register.rules.import_trail import Trail
from assets.register.rules.imports import REASON_HEADINGS, units_below
from assets.register.states import Condition, Lifecycle, MoveCause
from assets.register.workbook.outcomes import Outcome, Verdict
from assets.register.workbook.reasons import Reason
from kernel import thai
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
    "warranty_until", "below_threshold", "note",
)  # fmt: skip
ROOM = "room_text"
BLANK: tuple[Any, ...] = (None, "", [])
CHANGED_MEANWHILE = Reason("changed_meanwhile")


@dataclass(frozen=True)
class Seen:
    """What a person saw of a row before deciding, and chose.

    Attributes:
        versions: of the items the row speaks of, as they were compared; empty where the row was
            no change of a known item.
        taken: the fields to take from the file; None fills blanks only.
    """

    versions: tuple[int, ...] = ()
    taken: frozenset[str] | None = None


@dataclass
class Writer:
    """Writes outcomes into the register, one step a unit of work.

    Attributes:
        unit: whose books the file is for.
        by: who brings it in.
        take_over: whether what the file says otherwise than the register wins (R: the person
            decides); blanks of the register are filled in any case.
        import_id: the import that the new items remember.
        trail: what was done to which item, for taking it back.
    """

    unit: Unit
    by: Viewer
    take_over: bool = False
    import_id: int | None = None
    trail: Trail = field(default_factory=Trail)
    _own_fields: OwnFields = field(init=False)
    _rooms: dict[tuple[int, str], tuple[int, str]] = field(default_factory=dict)
    _units: dict[str, int] = field(default_factory=dict)
    _classes: list[tuple[str, str, int]] = field(default_factory=list)
    _made: dict[tuple[str, int], list[int]] = field(default_factory=dict)

    def write(self, step: Sequence[Outcome], seen: Sequence[Seen] | None = None) -> list[list[int]]:
        """Write one step.

        Args:
            step: the outcomes.
            seen: for each what a person saw and chose; left out, nothing was looked at before.

        Returns:
            for each outcome the ids of the items it made or touched. An outcome whose number was
            given to another item meanwhile, and one whose item was changed, becomes refused.
        """
        self._learn()
        self._take_in([outcome for outcome in step if outcome.verdict is Verdict.NEW])
        for outcome, choice in zip(
            step, seen or [Seen(outcome.versions) for outcome in step], strict=True
        ):
            if outcome.verdict is Verdict.CHANGED:
                self._change(outcome, choice)
        for outcome in step:
            if outcome.verdict is Verdict.MATCH:
                self._confirm(outcome)
        if self.import_id is not None:
            self.trail.keep(self.import_id)
        return [self._made.get((o.row.sheet, o.row.row), []) for o in step]

    def _learn(self) -> None:
        if self._units:
            return
        self._own_fields = OwnFields()
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
                self.trail.made(made)
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
        class_id = self._class(number, row.fields.get("class_text"))
        own, rest = self._own_fields.said(row.fields, class_id)
        extra = {name: value for name, value in rest.items() if name not in REASON_HEADINGS} | own
        if self._is_strange(row.fields.get("unit_text")):
            extra["unit_text"] = row.fields["unit_text"]
        values |= {
            "asset_no": number,
            "quantity": 1 if len(row.numbers) > 1 else row.quantity or 1,
            "owner_unit_id": holder,
            "holding_unit_id": holder,
            "room_id": room_id,
            "class_id": class_id,
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

    def _change(self, outcome: Outcome, choice: Seen) -> None:
        found = [db.session.get(Asset, target) if target else None for target in outcome.targets]
        if not self._is_as_seen(found, choice):
            outcome.verdict, outcome.reason = Verdict.REFUSED, CHANGED_MEANWHILE
            return
        numbers = outcome.row.numbers or (None,)
        for asset, number in zip(found, numbers, strict=False):
            if asset is None:
                self._complete(outcome, number)
                continue
            self._remember(outcome, asset.id)
            self._take_over(outcome, asset, choice)

    def _is_as_seen(self, found: Sequence[Asset | None], choice: Seen) -> bool:
        """Tell whether the items are as they were compared, but for what this import did."""
        if len(choice.versions) != len(found):
            return False
        return all(
            asset is None or asset.version == version or self.trail.left(asset)
            for asset, version in zip(found, choice.versions, strict=True)
        )

    def _complete(self, outcome: Outcome, number: str | None) -> None:
        """Make the item of a range that the register does not have yet."""
        made = items.take_in_all([self._card(outcome, number)], by=self.by)[0]
        if made is not None:
            self.trail.made(made)
            self._remember(outcome, made.id)

    def _take_over(self, outcome: Outcome, asset: Asset, choice: Seen) -> None:
        extra = asset.extra or {}
        wanted = {
            name: said
            for name, (known, said) in outcome.changes.items()
            if self._is_wanted(name, choice, blank=known in BLANK)
            and (known not in BLANK or _value_of(asset, extra, name) in BLANK)
        }
        if not wanted:
            return
        own = {name: wanted.pop(name) for name in [*wanted] if name.startswith(PREFIX)}
        if own:
            wanted["extra"] = {**extra, **own}
        if wanted.pop(ROOM, None):
            wanted["room_id"] = self._room(asset.holding_unit_id, outcome.row.fields)[0]
        kept = (*wanted, "holding_unit_id") if "room_id" in wanted else (*wanted,)
        before = {name: getattr(asset, name) for name in kept}
        condition = wanted.pop("condition", None)
        try:
            with audit.trial():
                items.edit(asset, wanted, by=self.by, why=MoveCause.IMPORT)
                if condition:
                    items.judge(asset, Condition(condition), by=self.by)
        except Refusal as refusal:
            outcome.verdict = Verdict.REFUSED
            outcome.reason = Reason("register_refuses", {"sentence": refusal.message})
        else:
            self.trail.changed(asset, before)

    def _is_wanted(self, name: str, choice: Seen, *, blank: bool) -> bool:
        if self.take_over:
            return True
        return blank if choice.taken is None else name in choice.taken

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
        if room is None:
            return
        before = {name: getattr(asset, name) for name in ("room_id", "holding_unit_id")}
        try:
            with audit.trial():
                moving.move(asset, room=room, why=MoveCause.IMPORT, by=self.by)
        except Refusal:
            return  # a closed room, or an item out on loan: its place stays as it is
        self.trail.changed(asset, before)


def _value_of(asset: Asset, extra: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - any field
    if name == ROOM:
        return asset.room_id
    return extra.get(name) if name.startswith(PREFIX) else getattr(asset, name)
