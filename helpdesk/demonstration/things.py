"""The register of the demonstration: the office's workbook, classes, labels, rooms, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from sqlalchemy import Select, func, select

from assets.catalogue.models import AssetClass
from assets.labels import shipped
from assets.labels.rules import papers, runs, tags
from assets.labels.rules.runs import Paper
from assets.labels.states import Kind
from assets.register.models import Asset, RegisterImport
from assets.register.rules import import_runs, imports, items, moving
from assets.register.states import Condition, Lifecycle, MoveCause
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import ICT_GROUP, OFFICE, STORE, Cast
from kernel.access import Viewer
from kernel.db import db
from kernel.files import store
from office.places import rules as places
from office.places.models import Unit

SERVICED = ("4120-001", "6730-001", "7440-006", "5820-003")
FEWEST_OF_A_SCHOOL = 12
LENDING_STOCK = 70
BLANK_LABELS = 24
SYMBOL_MODULES = 29
OWN_PAPERS = {"a4-24": "label_sheet", "tape-24": "label_tape"}


@dataclass
class Things:
    """Items that take part in the year, by unit, and those that are away just now."""

    lendable: dict[int, list[int]] = field(default_factory=dict)
    breakable: list[int] = field(default_factory=list)
    away: set[int] = field(default_factory=set)

    def free(self, unit_id: int) -> list[int]:
        """Return what a unit could lend now."""
        return [one for one in self.lendable.get(unit_id, []) if one not in self.away]


def take_in_books(most: int | None, *, by: Viewer) -> Iterator[Callable[[], object]]:
    """Yield the acts that bring the office's workbook into the register, each a unit of work.

    Args:
        most: how many rows of the workbook; all of them where it is None.
        by: who brings it in.
    """
    data = script.WORKBOOK.read_bytes()
    file_key = store().put(data, import_runs.ending_of(data))
    examined = imports.examine(script.WORKBOOK, name=script.WORKBOOK.name, unit=_office())
    del examined.outcomes[most or len(examined.outcomes) :]
    kept: list[RegisterImport] = []

    def keep() -> None:
        record = import_runs.keep(_office(), file_key, script.WORKBOOK.name, by=by)
        import_runs.note_plan(record, examined)
        import_runs.begin(record, take_over=False, seen_version=record.version, by=by)
        kept.append(record)

    yield keep
    yield from import_runs.Writing(kept[0].id, examined.outcomes, by).acts(kept[0])


def _office() -> Unit:
    return db.session.scalars(select(Unit).where(Unit.code == OFFICE)).one()


def settle(cast: Cast, chance: Random, today: date) -> None:
    """Give every school something, the desk its stock, people their items, items their dates."""
    by = cast.viewer(STORE)
    _give_to_poor_schools(cast, chance)
    _stock_the_desk(cast, chance)
    for unit_id in cast.units.values():
        members = cast.at(unit_id)
        held = db.session.scalars(
            _in_use().where(Asset.holding_unit_id == unit_id).order_by(Asset.id).limit(8)
        ).all()
        for asset in held if members else ():
            keeper = {"custodian_id": cast.ids[chance.choice(members)]}
            items.edit(asset, keeper, by=by)
    serviced = db.session.scalars(
        _in_use().where(AssetClass.code.in_(SERVICED)).order_by(Asset.id)
    ).all()
    for asset in chance.sample(serviced, min(120, len(serviced))):
        due = today + timedelta(days=chance.randint(-10, 150))
        items.edit(asset, {"next_service_on": due}, by=by)


def _in_use() -> Select[Asset]:
    return (
        select(Asset)
        .join(AssetClass, AssetClass.id == Asset.class_id)
        .where(
            Asset.lifecycle == Lifecycle.IN_SERVICE,
            Asset.condition == Condition.GOOD,
            Asset.quantity == 1,
        )
    )


def _give_to_poor_schools(cast: Cast, chance: Random) -> None:
    by = cast.viewer(STORE)
    held = dict(
        db.session.execute(
            select(Asset.holding_unit_id, func.count()).group_by(Asset.holding_unit_id)
        ).all()
    )
    office = cast.units[OFFICE]
    spare = list(
        db.session.scalars(
            _in_use().where(Asset.holding_unit_id == office).order_by(Asset.id).limit(400)
        )
    )
    for code, unit_id in cast.units.items():
        missing = FEWEST_OF_A_SCHOOL - held.get(unit_id, 0)
        if not code.isdecimal() or code == OFFICE or missing <= 0:
            continue
        room = places.room_named(unit_id, script.phrase("school_room", chance), by=by)
        db.session.flush()  # an item knows its room by the id
        for asset in spare[:missing]:
            moving.move(asset, room=room, why=MoveCause.HAND, by=by)
        del spare[:missing]


def _stock_the_desk(cast: Cast, chance: Random) -> None:
    by = cast.viewer(STORE)
    accessories = script.accessories()
    group = cast.units[ICT_GROUP]
    offices = [id_ for code, id_ in cast.units.items() if code == OFFICE or not code.isdecimal()]
    stock = db.session.scalars(
        _in_use()
        .where(Asset.holding_unit_id.in_(offices), AssetClass.code.in_(accessories))
        .order_by(Asset.id)
        .limit(LENDING_STOCK)
    ).all()
    room = places.room_named(group, script.phrase("lending_room", chance), by=by)
    db.session.flush()  # an item knows its room by the id
    for asset in stock:
        moving.move(asset, room=room, why=MoveCause.HAND, by=by)
    for asset in db.session.scalars(_in_use().where(AssetClass.code.in_(accessories)).limit(400)):
        code = db.session.get_one(AssetClass, asset.class_id).code
        items.edit(asset, {"accessories": accessories[code]}, by=by)


def label(chance: Random, *, by: Viewer) -> int:
    """Give every item a label, arrange papers and a printer; return how many items got one."""
    tagged = tags.tags_for(db.session.scalars(select(Asset).order_by(Asset.id)).all(), by=by)
    known = shipped.layouts()
    for key, kind in OWN_PAPERS.items():
        name = script.phrase(kind, chance)
        papers.keep_layout(replace(known[key], name=name), SYMBOL_MODULES, by=by)
    printer = papers.keep_printer(script.phrase("label_printer", chance), Kind.SHEET, by=by)
    fit = papers.measured((100.5, 100.2), (21.0, 19.4))
    papers.fit_printer(printer, fit, by=by)
    paper = Paper(known[shipped.DEFAULT], SYMBOL_MODULES, printer)
    runs.print_blanks(BLANK_LABELS, paper, about=script.phrase("blank_labels", chance), by=by)
    return len(tagged)


def picture(keys: dict[str, tuple[str, str]], most: int, *, by: Viewer) -> None:
    """Put photos on the cards of some items, by the class of each."""
    for code, (photo_key, thumbnail_key) in keys.items():
        shown = _in_use().where(AssetClass.code == code).order_by(Asset.id).limit(most)
        for asset in db.session.scalars(shown):
            items.picture(asset, photo_key, thumbnail_key, by=by)


def gather(started_on: date) -> Things:
    """Return the items that take part in the year."""
    things, lent = Things(), script.accessories()
    owned = (Asset.acquired_on.is_(None)) | (Asset.acquired_on < started_on)
    rows = db.session.execute(
        _in_use()
        .with_only_columns(
            Asset.id, Asset.holding_unit_id, AssetClass.code, Asset.lendable & AssetClass.lendable
        )
        .where(owned)
        .order_by(Asset.id)
    )
    for asset_id, unit_id, code, lendable in rows:
        if lendable and code in lent:
            things.lendable.setdefault(unit_id, []).append(asset_id)
        if not lendable or code not in lent or asset_id % 3 == 0:
            things.breakable.append(asset_id)
    return things
