"""What a register has beside its items: models, fields of a class, a set, what is expected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import func, select

from assets.attachments import rules
from assets.attachments.rules import Kept
from assets.catalogue.models import AssetClass, ProductModel
from assets.catalogue.rules import fields, products
from assets.catalogue.states import FieldKind
from assets.labels import shipped
from assets.labels.rules import runs
from assets.labels.rules.runs import Paper
from assets.register.models import Asset
from assets.register.rules import drafts, gathering, items, sets
from assets.register.states import Lifecycle
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import OFFICE, SCHOOL, STORE, Cast
from helpdesk.demonstration.things import SYMBOL_MODULES
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.documents import JPEG
from office.approvals.rules import absences
from office.approvals.states import Capacity
from office.places import queries as places
from office.places.models import Unit

MODELS, OF_A_MODEL, FILLED, PARTS, DRAFTS, ROOMS = 4, 40, 12, 2, 3, 6
AWAY = timedelta(days=5)
COMPUTING = "7440"


def furnish(cast: Cast) -> None:
    """Write down models, a class's own fields with values, a set, drafts, and room labels."""
    by = cast.viewer(STORE)
    _models(by)
    _own_fields(by)
    _set(cast, by)
    _drafts(cast, by)
    _room_labels(cast, by)


def _models(by: Viewer) -> None:
    """Write down the models that most items are of, and gather those under them."""
    most = db.session.execute(
        select(Asset.brand, Asset.model, func.max(Asset.class_id))
        .where(Asset.brand != "", Asset.model != "", Asset.model_id.is_(None))
        .group_by(Asset.brand, Asset.model)
        .order_by(func.count().desc(), Asset.brand, Asset.model)
        .limit(MODELS)
    ).all()
    for brand, model, class_id in most:
        known = {"brand": brand, "name": model, "class_id": class_id}
        product = products.add(known, by=by)
        alike = select(Asset.id).where(Asset.brand == brand, Asset.model == model)
        ids = db.session.scalars(alike.order_by(Asset.id).limit(OF_A_MODEL)).all()
        gathering.gather(product, ids, by=by)


def picture_models(keys: Mapping[str, tuple[str, str]], *, by: Viewer) -> None:
    """Put photos on the models of the classes that there are pictures of."""
    rows = db.session.execute(
        select(ProductModel, AssetClass.code)
        .join(AssetClass, AssetClass.id == ProductModel.class_id)
        .where(AssetClass.code.in_(keys))
        .order_by(ProductModel.id)
    )
    for product, code in rows:
        rules.add_photos(product, [Kept(*keys[code], JPEG, f"{code}.jpg")], "", by=by)


def _own_fields(by: Viewer) -> None:
    """Give the class with most items two fields of its own, and some items values in them."""
    class_id = db.session.scalars(
        select(Asset.class_id)
        .where(Asset.class_id.is_not(None), Asset.lifecycle == Lifecycle.IN_SERVICE)
        .group_by(Asset.class_id)
        .order_by(func.count().desc(), Asset.class_id)
        .limit(1)
    ).first()
    if class_id is None:
        return
    named = script.phrases("own_field")
    asset_class = db.session.get_one(AssetClass, class_id)
    choices = [(word, "") for word in script.phrases("own_choice")]
    size = {"name_th": named[0], "kind": FieldKind.NUMBER, "searched": True}
    number = fields.add(asset_class, size, by=by)
    choice = fields.add(
        asset_class, {"name_th": named[1], "kind": FieldKind.CHOICE}, choices, by=by
    )
    of_class = select(Asset).where(Asset.class_id == class_id).order_by(Asset.id).limit(FILLED)
    for place, asset in enumerate(db.session.scalars(of_class).all()):
        kept = choice.choices[place % len(choice.choices)]["key"]
        own = {number.key: str(8 + place % 3 * 8), choice.key: kept}
        items.edit(asset, {"extra": {**asset.extra, **own}}, by=by)


def _set(cast: Cast, by: Viewer) -> None:
    """Put three things for computing of one room of the office together."""
    computing = (
        Asset.class_id.in_(select(AssetClass.id).where(AssetClass.code.startswith(COMPUTING))),
        Asset.holding_unit_id == cast.units[OFFICE],
        Asset.owner_unit_id == cast.units[OFFICE],
        Asset.lifecycle == Lifecycle.IN_SERVICE,
    )
    room = db.session.scalars(
        select(Asset.room_id)
        .where(*computing, Asset.room_id.is_not(None))
        .group_by(Asset.room_id)
        .having(func.count() > PARTS)
        .order_by(Asset.room_id)
        .limit(1)
    ).first()
    together = db.session.scalars(
        select(Asset).where(*computing, Asset.room_id == room).order_by(Asset.id).limit(PARTS + 1)
    ).all()
    for part in together[1:]:
        sets.add_part(together[0], part, by=by)


def _drafts(cast: Cast, by: Viewer) -> None:
    office = db.session.get_one(Unit, cast.units[OFFICE])
    wanted = {"name": script.phrases("expected_item")[0]}
    drafts.reserve(office, wanted, DRAFTS, numbered=False, by=by)


def _room_labels(cast: Cast, by: Viewer) -> None:
    rooms = places.rooms_of(cast.units[SCHOOL])[:ROOMS]
    if rooms:
        paper = Paper(shipped.layouts()[shipped.DEFAULT], SYMBOL_MODULES)
        runs.print_rooms(rooms, paper, by=by)


def send_away(cast: Cast) -> None:
    """Let the approver be away for some days, with a stand-in who signs."""
    away = cast.person("approver")
    stand_in = cast.person(STORE)
    today = clock.today()
    absences.enter(
        away, stand_in, today, today + AWAY, capacity=Capacity.ACTING, by=cast.viewer("approver")
    )
