"""Photos and documents that hang on things, for tests."""

from __future__ import annotations

import io
import itertools
from typing import Any

from PIL import Image
from sqlalchemy import select

from assets.attachments import queries, rules
from assets.attachments.access import Holder
from assets.attachments.models import Attachment
from assets.attachments.rules import Kept
from assets.attachments.states import Kind
from assets.catalogue.models import ProductModel
from assets.catalogue.rules import products
from kernel.db import db
from kernel.documents import JPEG, PDF
from kernel.files import store
from tests.factories.office import TESTER, in_work

_count = itertools.count(1)


def shot() -> bytes:
    """Return a photo that no other test has taken."""
    number, out = next(_count), io.BytesIO()
    Image.new("RGB", (40, 30), (number * 37 % 250, number * 91 % 250, 90)).save(out, "PNG")
    return out.getvalue()


def make_product(**overrides: Any) -> ProductModel:
    """Return a new model of the catalogue."""
    with in_work():
        return products.add(
            {"brand": "ตัวอย่าง", "name": f"รุ่น {next(_count)}", **overrides}, by=TESTER
        )


def kept(data: bytes | None = None, ending: str = "jpg", **overrides: Any) -> Kept:
    """Return a file that lies in the store."""
    content = data if data is not None else f"content {next(_count)}".encode()
    key = store().put(content, ending)
    said = {"thumbnail_key": key, "media": JPEG, "name": f"ไฟล์.{ending}", "size": len(content)}
    return Kept(key, **{**said, **overrides})


def add_photo(holder: Holder, caption: str = "") -> Attachment:
    """Hang a new photo on a thing."""
    with in_work():
        rules.add_photos(holder, [kept()], caption, by=TESTER)
    return queries.photos_of(holder)[-1]


def add_document(
    holder: Holder, kind: Kind = Kind.MANUAL, title: str = "คู่มือการใช้งาน", **overrides: Any
) -> Attachment:
    """Hang a new document on a thing."""
    file = kept(ending="pdf", **{"media": PDF, "name": "คู่มือ.pdf", "thumbnail_key": "", **overrides})
    with in_work():
        rules.add_documents(holder, [file], kind, title, None, by=TESTER)
    return db.session.scalars(select(Attachment).order_by(Attachment.id.desc()).limit(1)).one()
