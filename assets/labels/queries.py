"""Reading tags: what a scanned text means, and which tags an item has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import joinedload

from assets.catalogue.models import AssetClass
from assets.labels import access, codes, shipped
from assets.labels.geometry import Layout
from assets.labels.models import LabelLayout, LabelPrinter, PrintRun, PrintRunLine, Tag, TagMove
from assets.labels.states import Kind, RunKind
from assets.register import access as register
from assets.register import queries
from assets.register.models import Asset
from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.keyboard import spellings
from office.places.models import Building, Room, Unit

RUNS_PAGE = 30
OWN = "own-"
LONGEST_ID = 12


def tag_by_code(text: str) -> Tag | None:
    """Return the tag of a code or address as anybody may have typed or scanned it.

    Its item or its room comes with it.

    Letters in any case, O for 0, I and L for 1, spaces and dashes are understood. The tag may be
    blank or retired.
    """
    code = codes.read_code(text)
    return None if code is None else db.session.scalar(tag_with_item(), {"code": code})


@cache
def tag_with_item() -> Select[Tag]:
    """Return the query of the tag with a ``code``, with its item and the item's place."""
    item, room = joinedload(Tag.asset), joinedload(Tag.room)
    return (
        select(Tag)
        .where(Tag.code == bindparam("code"))
        .options(
            item.joinedload(Asset.asset_class),
            item.joinedload(Asset.room).joinedload(Room.building),
            item.joinedload(Asset.holding_unit),
            room.joinedload(Room.building),
            room.joinedload(Room.unit),
        )
    )


def labels_of(asset: Asset) -> tuple[list[Tag], list[TagMove]]:
    """Return all tags an item has or had, the one in use first, and the moves of labels.

    The second tell of labels that were found to sit on another item than they stood for.
    """
    rows = db.session.execute(_labels(), {"asset_id": asset.id}).all()
    tags = dict.fromkeys(row.Tag for row in rows if row.Tag.asset_id == asset.id)
    moves = {row.TagMove for row in rows if row.TagMove is not None}
    return list(tags), sorted(moves, key=lambda move: move.id, reverse=True)


@cache
def _labels() -> Select[*tuple[Any, ...]]:
    asset_id: BindParameter[int] = bindparam("asset_id")
    about = or_(TagMove.from_asset_id == asset_id, TagMove.to_asset_id == asset_id)
    known = union(
        select(Tag.id).where(Tag.asset_id == asset_id), select(TagMove.tag_id).where(about)
    )
    return (
        select(Tag, TagMove)
        .outerjoin(TagMove, and_(TagMove.tag_id == Tag.id, about))
        .where(Tag.id.in_(known.subquery().select()))
        .order_by(Tag.retired_at.is_not(None), Tag.id.desc())
    )


def scanned(text: str, viewer: Viewer) -> list[Asset]:
    """Return the items that a scanned or typed text means, among those the viewer may see.

    Args:
        text: the address on a label, its code, an asset number in any way of writing, a serial or
            an earlier number; also as a scanner types them while the keyboard is set to Thai.
        viewer: who scans.

    Returns:
        none, one, or several where units share a number. A retired label leads to its item too.
    """
    seen = register.visible(viewer)
    code = codes.read_code(text)
    if code is not None:
        tagged = db.session.scalars(
            select(Asset).join(Tag, Tag.asset_id == Asset.id).where(Tag.code == code, seen)
        ).all()
        if tagged:
            return list(tagged)
    for spelling in spellings(text):
        found = queries.by_code(spelling, seen)
        if found:
            return list(found)
    return []


def tag_in_use(asset_id: int) -> Tag | None:
    """Return the tag that is on an item now."""
    return db.session.scalar(
        select(Tag)
        .where(Tag.asset_id == asset_id, Tag.retired_at.is_(None))
        .order_by(Tag.id.desc())
        .limit(1)
    )


def tags_in_use(asset_ids: Sequence[int]) -> dict[int, str]:
    """Return the codes of the tags in use by the ids of their items."""
    rows = db.session.execute(
        select(Tag.asset_id, Tag.code)
        .where(Tag.asset_id.in_(asset_ids), Tag.retired_at.is_(None))
        .order_by(Tag.id)
    )
    return {row.asset_id: row.code for row in rows}


def units_labelled_by(viewer: Viewer) -> Sequence[Unit]:
    """Return the open units whose rooms' labels a viewer may print."""
    reach = viewer.scope(access.PRINT).clause(Unit.id)
    return db.session.scalars(
        select(Unit)
        .where(Unit.closed_on.is_(None), reach)
        .order_by(Unit.kind.desc(), thai_order(Unit.name_th))
    ).all()


def room_scanned(text: str) -> Room | None:
    """Return the room whose label was scanned or typed; an old label leads to its room too."""
    tag = tag_by_code(text)
    return tag.room if tag is not None else None


def tags_of_rooms(room_ids: Sequence[int]) -> dict[int, str]:
    """Return the codes of the tags in use by the ids of their rooms."""
    rows = db.session.execute(
        select(Tag.room_id, Tag.code).where(Tag.room_id.in_(room_ids), Tag.retired_at.is_(None))
    )
    return {row.room_id: row.code for row in rows}


def without_label() -> ColumnElement[bool]:
    """Return the WHERE term of the items that have no label in use."""
    return ~exists().where(Tag.asset_id == Asset.id, Tag.retired_at.is_(None))


def layouts() -> list[Layout]:
    """Return all papers: the shipped ones, then the office's own."""
    own = db.session.scalars(
        select(LabelLayout).where(LabelLayout.retired_at.is_(None)).order_by(LabelLayout.id)
    )
    return [*shipped.layouts().values(), *(row.layout for row in own)]


def own_layouts() -> Sequence[LabelLayout]:
    """Return the papers that the office made itself."""
    return db.session.scalars(
        select(LabelLayout).where(LabelLayout.retired_at.is_(None)).order_by(LabelLayout.id)
    ).all()


def layout_of(key: str) -> Layout | None:
    """Return the paper of a key, ``a4-24`` or ``own-3``; None where there is none."""
    number = key.removeprefix(OWN)
    if key == number:
        return shipped.layouts().get(key)
    if not number.isdecimal() or len(number) > LONGEST_ID:
        return None
    row = db.session.get(LabelLayout, int(number))
    return row.layout if row is not None and row.retired_at is None else None


def printers(kind: Kind | None = None) -> Sequence[LabelPrinter]:
    """Return the printers in use, of one kind where it is given."""
    terms: list[ColumnElement[bool]] = [LabelPrinter.retired_at.is_(None)]
    if kind is not None:
        terms.append(LabelPrinter.kind == kind)
    return db.session.scalars(select(LabelPrinter).where(*terms).order_by(LabelPrinter.id)).all()


def runs(viewer: Viewer, *, kind: str = "", page: int = 1, size: int = RUNS_PAGE) -> Sequence[Any]:
    """Return one page of the print runs a viewer may see, newest first, and one more if any."""
    terms: list[ColumnElement[bool]] = [access.runs_of(viewer)]
    if kind in set(RunKind):
        terms.append(PrintRun.kind == kind)
    return db.session.scalars(
        select(PrintRun)
        .where(*terms)
        .options(joinedload(PrintRun.printer))
        .order_by(PrintRun.id.desc())
        .limit(size + 1)
        .offset((page - 1) * size)
    ).all()


def last_run(viewer: Viewer) -> PrintRun | None:
    """Return what the viewer printed last; its paper and printer are offered again."""
    return db.session.scalar(
        select(PrintRun).where(PrintRun.by_id == viewer.id).order_by(PrintRun.id.desc()).limit(1)
    )


def run_lines(run: PrintRun, viewer: Viewer) -> Sequence[Any]:
    """Return the labels of a run that can still be printed, in their order.

    Left out are tags out of use, blank ones that were claimed meanwhile, and items outside the
    viewer's scope. Each row has what a label says: ``code asset_id asset_no name unit room
    class_name``, and its ``tag_id``.
    """
    terms: list[ColumnElement[bool]] = [
        PrintRunLine.run_id == run.id,
        Tag.retired_at.is_(None),
    ]
    if run.kind == RunKind.ROOMS:
        return _room_lines(terms, viewer)
    if run.kind == RunKind.BLANKS:
        terms.append(Tag.asset_id.is_(None))
    else:
        terms.append(access.printable(viewer))
    return db.session.execute(
        select(
            Tag.id.label("tag_id"),
            Tag.code,
            Tag.asset_id,
            Asset.asset_no,
            Asset.name,
            Unit.name_th.label("unit"),
            Room.name.label("room"),
            AssetClass.name_th.label("class_name"),
        )
        .select_from(PrintRunLine)
        .join(Tag, Tag.id == PrintRunLine.tag_id)
        .outerjoin(Asset, Asset.id == Tag.asset_id)
        .outerjoin(Unit, Unit.id == Asset.holding_unit_id)
        .outerjoin(Room, Room.id == Asset.room_id)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .where(*terms)
        .order_by(PrintRunLine.position)
    ).all()


def _room_lines(terms: list[ColumnElement[bool]], viewer: Viewer) -> Sequence[Any]:
    """Return the labels of rooms of a run; each row has ``tag_id code room_id name unit``."""
    return db.session.execute(
        select(
            Tag.id.label("tag_id"),
            Tag.code,
            Tag.room_id,
            Room.name,
            Unit.name_th.label("unit"),
            Building.name.label("building"),
        )
        .select_from(PrintRunLine)
        .join(Tag, Tag.id == PrintRunLine.tag_id)
        .join(Room, Room.id == Tag.room_id)
        .join(Unit, Unit.id == Room.unit_id)
        .outerjoin(Building, Building.id == Room.building_id)
        .where(*terms, Room.closed_on.is_(None), viewer.scope(access.PRINT).clause(Room.unit_id))
        .order_by(PrintRunLine.position)
    ).all()


def claimed_of(run_ids: Sequence[int]) -> dict[int, int]:
    """Return how many labels of each run of blank ones stand for an item by now."""
    rows = db.session.execute(
        select(PrintRunLine.run_id, func.count())
        .join(Tag, Tag.id == PrintRunLine.tag_id)
        .where(PrintRunLine.run_id.in_(run_ids), Tag.asset_id.is_not(None))
        .group_by(PrintRunLine.run_id)
    )
    return {row[0]: row[1] for row in rows}


def run_of_blank(tag_id: int) -> PrintRun | None:
    """Return the run that a blank label was printed in."""
    return db.session.scalar(
        select(PrintRun)
        .join(PrintRunLine, PrintRunLine.run_id == PrintRun.id)
        .where(PrintRunLine.tag_id == tag_id)
        .order_by(PrintRun.id)
        .limit(1)
    )
