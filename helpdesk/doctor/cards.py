"""Checks of items and what belongs to them: numbers, tags, photos."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, exists, func, or_, select, union_all

from assets.attachments.models import Attachment
from assets.attachments.states import Kind
from assets.catalogue.models import ProductModel
from assets.labels.models import PrintRun, PrintRunLine, Tag
from assets.register.models import Asset, EarlierNumber
from helpdesk.doctor.findings import Check, named, rows
from helpdesk.storage import named as named_files
from kernel.errors import Busy
from kernel.files import KEY, store
from kernel.i18n import lazy_gettext as _l


def asset_numbers() -> Iterator[str]:
    """Yield items that share a number, given now or earlier, with another of the same owner."""
    now = select(
        Asset.owner_unit_id.label("owner"), Asset.asset_no_key.label("key"), Asset.id.label("item")
    ).where(Asset.asset_no_key.is_not(None))
    earlier = select(Asset.owner_unit_id, EarlierNumber.key, Asset.id).join(
        EarlierNumber, EarlierNumber.asset_id == Asset.id
    )
    numbers = union_all(now, earlier).cte("numbers")
    twice = (
        select(numbers.c.owner, numbers.c.key)
        .group_by(numbers.c.owner, numbers.c.key)
        .having(func.count(numbers.c.item.distinct()) > 1)
        .subquery()
    )
    same = and_(numbers.c.owner == twice.c.owner, numbers.c.key == twice.c.key)
    items = select(numbers.c.item).join(twice, same).distinct().order_by(numbers.c.item)
    return named("asset", items)


def tags() -> Iterator[str]:
    """Yield tags claimed for nothing, unclaimed ones that stand for something, wrong days."""
    wrong = or_(
        or_(Tag.asset_id.is_not(None), Tag.room_id.is_not(None)) != Tag.claimed_at.is_not(None),
        Tag.retired_at < Tag.claimed_at,
        Tag.retired_at < Tag.created_at,
        Tag.claimed_at < Tag.created_at,
    )
    return named("tag", select(Tag.id).where(wrong).order_by(Tag.id))


def tags_in_use() -> Iterator[str]:
    """Yield items that have more than one label in use."""
    several = (
        select(Tag.asset_id)
        .where(Tag.asset_id.is_not(None), Tag.retired_at.is_(None))
        .group_by(Tag.asset_id)
        .having(func.count() > 1)
        .order_by(Tag.asset_id)
    )
    return named("asset", several)


def print_runs() -> Iterator[str]:
    """Yield print runs that hold another number of labels than they say."""
    held = (
        select(PrintRun.id)
        .outerjoin(PrintRunLine, PrintRunLine.run_id == PrintRun.id)
        .group_by(PrintRun.id, PrintRun.count)
        .having(func.count(PrintRunLine.id) != PrintRun.count)
        .order_by(PrintRun.id)
    )
    return named("label_run", held)


def files() -> Iterator[str]:
    """Yield rows whose photo, document or uploaded file does not lie in the store."""
    try:
        lying = {one.key for one in store().everything()}
    except Busy as refusal:
        yield refusal.message
        return
    for table, column in named_files.columns():
        like_a_key = column.like("_" * 64 + ".%")
        query = select(*table.primary_key.columns, column).where(like_a_key)
        for row in rows(query.order_by(*table.primary_key.columns)):
            if KEY.match(row[-1]) and row[-1] not in lying:
                yield f"{table.name} {row[0]}: {row[-1]}"


def main_photos() -> Iterator[str]:
    """Yield items and models whose main photo is none of their photos."""
    for holder, column in ((Asset, Attachment.asset_id), (ProductModel, Attachment.product_id)):
        own = exists().where(
            column == holder.id,
            Attachment.key == holder.photo_key,
            Attachment.kind == Kind.PHOTO,
            Attachment.removed_at.is_(None),
        )
        wrong = select(holder.id).where(holder.photo_key != "", ~own).order_by(holder.id)
        yield from named(holder.__tablename__, wrong)


CHECKS = (
    Check(
        "asset_numbers",
        _l("A number, also an earlier one, belongs to one item of its owner."),
        _l("Give one of the items its right number on its card; the other keeps it."),
        asset_numbers,
    ),
    Check(
        "tags",
        _l(
            "A tag stands for an item or a room exactly when it was claimed, and its days "
            "are in order."
        ),
        _l("Take the tag out of use and print a new one for the item."),
        tags,
    ),
    Check(
        "tags_in_use",
        _l("An item has one label in use at most."),
        _l("Open the labels of the item and take the ones out of use that are not on it."),
        tags_in_use,
    ),
    Check(
        "print_runs",
        _l("A print run of labels holds as many labels as it says."),
        _l("Print the labels again from the register; the run cannot be repeated."),
        print_runs,
    ),
    Check(
        "files",
        _l("Every photo, document and uploaded workbook lies in the store."),
        _l("Copy the missing files from the backup of the store of files."),
        files,
    ),
    Check(
        "main_photos",
        _l("The main photo of an item or model is one of its photos."),
        _l("Open its photos and choose the main one again."),
        main_photos,
    ),
)
