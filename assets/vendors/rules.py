"""The verbs of vendors: add, edit, retire, reopen."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from assets.vendors import queries
from assets.vendors.models import Vendor
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

TAX_DIGITS = 13


def add(fields: dict[str, Any], *, by: Viewer) -> Vendor:
    """Write down a vendor.

    Args:
        fields: columns of ``Vendor``; ``name`` is needed, ``tax_id`` has 13 digits or is empty.
        by: who does it.

    Refuses a name or tax number that is written down already, and a wrong tax number.
    """
    made = Vendor(**{"tax_id": "", **fields})
    _derive(made)
    db.session.add(made)
    _flush(made)
    audit.record("added", made, by=by, after={k: v for k, v in fields.items() if v})
    return made


def edit(vendor: Vendor, changes: dict[str, Any], *, by: Viewer) -> None:
    """Change what is written down; refuses as ``add`` does."""
    audit.record_changes("edited", vendor, changes, by=by)
    _derive(vendor)
    _flush(vendor)


def retire(vendor: Vendor, *, by: Viewer) -> None:
    """Offer a vendor no more; what was done with it stays."""
    audit.record_changes("retired", vendor, {"retired_on": clock.today()}, by=by)


def reopen(vendor: Vendor, *, by: Viewer) -> None:
    """Offer a retired vendor again."""
    audit.record_changes("reopened", vendor, {"retired_on": None}, by=by)


def is_tax_id(digits: str) -> bool:
    """Tell whether 13 digits can be a Thai tax number: the last one proves the others."""
    if len(digits) != TAX_DIGITS or not (digits.isascii() and digits.isdigit()):
        return False
    total = sum(int(digit) * (TAX_DIGITS - place) for place, digit in enumerate(digits[:-1]))
    return (11 - total % 11) % 10 == int(digits[-1])


def _derive(vendor: Vendor) -> None:
    vendor.tax_id = "".join(c for c in thai.arabic_digits(vendor.tax_id) if c.isalnum())
    if vendor.tax_id and not is_tax_id(vendor.tax_id):
        raise Refusal(
            _("A tax number has 13 digits; this one cannot be right. Please check it."),
            field="tax_id",
        )
    vendor.same_key = queries.same_key(vendor.name)
    if not vendor.same_key:
        raise Refusal(_("Please write the name of the company or shop."), field="name")
    parts = (vendor.name, vendor.tax_id, vendor.phone, vendor.contact, vendor.address)
    vendor.search_key = thai.search_key(" ".join(part for part in parts if part))
    with db.session.no_autoflush:
        same = db.session.scalar(select(Vendor).where(Vendor.same_key == vendor.same_key))
        if same is not None and same is not vendor:
            raise _taken(vendor)


def _taken(vendor: Vendor) -> Refusal:
    return Refusal(_("“%(name)s” is written down already.", name=vendor.name), field="name")


def _flush(vendor: Vendor) -> None:
    taken = _taken(vendor)
    try:
        db.session.flush()  # the database decides between two who write one vendor down at once
    except IntegrityError as error:
        if violates(error, "uq_vendor_same_key", "vendor.same_key"):
            raise taken from error
        if violates(error, "uq_vendor_tax_id", "vendor.tax_id"):
            raise Refusal(
                _("Another vendor has this tax number already."), field="tax_id"
            ) from error
        raise
