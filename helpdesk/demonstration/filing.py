"""Documents in the demonstration: delivery notes and advice beside some items."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.attachments import rules
from assets.attachments.rules import Kept
from assets.attachments.states import Kind
from assets.register.models import Asset
from assets.register.states import Lifecycle
from helpdesk.demonstration import script
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.documents import clean_name, read_document
from kernel.files import store
from kernel.pages import show_money
from office.papers import engine

PAPER = Path(__file__).with_name("paper") / "delivery.typ"
MOST = 6
CARE = Path(__file__).with_name("data") / "care.txt"


def file(chance: Random, *, by: Viewer) -> int:
    """Hang delivery notes and advice on some of the items with a photo; return how many."""
    shown = (
        select(Asset)
        .where(
            Asset.photo_key != "",
            Asset.price.is_not(None),
            Asset.acquired_on.is_not(None),
            Asset.lifecycle == Lifecycle.IN_SERVICE,
        )
        .options(joinedload(Asset.holding_unit))
        .order_by(Asset.id)
        .limit(MOST)
    )
    items = db.session.scalars(shown).all()
    titled, named = script.phrase("delivery_note", chance), script.phrase("care", chance)
    care = CARE.read_text(encoding="utf-8")
    for number, asset in enumerate(items, 1):
        title = titled.format(number=number)
        note = _kept(_note(asset, number, script.phrase("shop", chance)), f"{title}.pdf")
        day = asset.acquired_on
        rules.add_documents(asset, [note], Kind.DELIVERY_NOTE, title, day, by=by)
        advice = _kept(care.format(name=asset.name).encode("utf-8"), f"{named}.txt")
        rules.add_documents(asset, [advice], Kind.MANUAL, named, None, by=by)
    return len(items)


def _note(asset: Asset, number: int, shop: str) -> bytes:
    said = {
        "number": str(number),
        "shop": shop,
        "unit": asset.holding_unit.name_th,
        "day": thai.format_date(asset.acquired_on, language="th") if asset.acquired_on else "",
        "name": asset.name,
        "quantity": f"{asset.quantity} {asset.unit_word}".strip(),
        "price": show_money(asset.price),
    }
    return engine.render(PAPER, said)


def _kept(data: bytes, name: str) -> Kept:
    document = read_document(io.BytesIO(data), name, megabytes=5)
    return Kept(
        store().put(document.data, document.ending),
        store().put(document.thumbnail, "jpg") if document.thumbnail else "",
        document.media,
        clean_name(name, document.media),
        len(document.data),
        document.pages,
    )
