"""The verbs of a model: add, edit, retire. Its photos are attachments."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from assets.catalogue import queries
from assets.catalogue.models import ProductModel
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def add(fields: dict[str, Any], *, by: Viewer) -> ProductModel:
    """Write down a brand and model.

    Args:
        fields: columns of ``ProductModel``; ``name`` is needed.
        by: who does it.

    Refuses a brand and model that are written down already, however they are spelt.
    """
    made = ProductModel(**{"brand": "", **fields})
    _derive(made)
    db.session.add(made)
    _flush(made)
    audit.record("added", made, by=by, after={k: v for k, v in fields.items() if v})
    return made


def edit(product: ProductModel, changes: dict[str, Any], *, by: Viewer) -> bool:
    """Change the record; cards keep the brand and model that were written on them.

    Returns:
        whether anything changed. Refuses what another record is about.
    """
    changed = audit.record_changes("edited", product, changes, by=by)
    _derive(product)
    _flush(product)
    return changed


def retire(product: ProductModel, *, by: Viewer) -> None:
    """Offer a model no more; items that have it keep it."""
    audit.record_changes("retired", product, {"retired_on": clock.today()}, by=by)


def reopen(product: ProductModel, *, by: Viewer) -> None:
    """Offer a retired model again."""
    audit.record_changes("reopened", product, {"retired_on": None}, by=by)


def _derive(product: ProductModel) -> None:
    product.same_key = queries.same_key(product.brand, product.name)
    said = (product.brand, product.name, product.specification or "", product.note or "")
    product.search_key = thai.search_key(" ".join(said))
    with db.session.no_autoflush:
        known = queries.product_like(product.brand, product.name)
    if known is not None and known is not product:
        raise _taken(product)


def _taken(product: ProductModel) -> Refusal:
    return Refusal(
        _("There is a record of “%(name)s” already.", name=product.full_name), field="name"
    )


def _flush(product: ProductModel) -> None:
    taken = _taken(product)
    try:
        db.session.flush()  # the database decides between two who write down one model at once
    except IntegrityError as error:
        if violates(error, "uq_product_model_same_key", "product_model.same_key"):
            raise taken from error
        raise
