"""Finding vendors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from assets.vendors.models import Vendor
from kernel import search, thai
from kernel.db import db, thai_order

PAGE = 50
MOST_OFFERED = 500


def vendors(words: str, *, retired: bool, page: int) -> Sequence[Vendor]:
    """Return up to a page and one of the vendors that fit, in the order of the dictionary."""
    query = select(Vendor).where(search.contains(Vendor.search_key, words))
    if not retired:
        query = query.where(Vendor.retired_on.is_(None))
    query = query.order_by(thai_order(Vendor.name), Vendor.id)
    return db.session.scalars(query.limit(PAGE + 1).offset((page - 1) * PAGE)).all()


def offered() -> Sequence[Any]:
    """Return id, name and telephone of the vendors that are in use."""
    return db.session.execute(
        select(Vendor.id, Vendor.name, Vendor.phone)
        .where(Vendor.retired_on.is_(None))
        .order_by(thai_order(Vendor.name))
        .limit(MOST_OFFERED)
    ).all()


def vendor_called(name: str) -> Vendor | None:
    """Return the vendor of this name, however it is spelt."""
    key = same_key(name)
    return db.session.scalar(select(Vendor).where(Vendor.same_key == key)) if key else None


def same_key(name: str) -> str:
    """Return what two spellings of one name have in common."""
    return thai.search_key(name).replace(" ", "")[:200]
