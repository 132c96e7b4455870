"""The words of attachments: what kind of document something is."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _lp


class Kind(StrEnum):
    """What an attachment is to the item or model."""

    PHOTO = "photo"
    DELIVERY_NOTE = "delivery_note"
    CONTRACT = "contract"
    WARRANTY = "warranty"
    MANUAL = "manual"
    SPECIFICATION = "specification"
    OTHER = "other"


KINDS = {
    Kind.PHOTO: _lp("kind of document", "Photo"),
    Kind.DELIVERY_NOTE: _lp("kind of document", "Delivery note"),
    Kind.CONTRACT: _lp("kind of document", "Contract"),
    Kind.WARRANTY: _lp("kind of document", "Warranty"),
    Kind.MANUAL: _lp("kind of document", "Manual"),
    Kind.SPECIFICATION: _lp("kind of document", "Specification"),
    Kind.OTHER: _lp("kind of document", "Other document"),
}
DOCUMENT_KINDS = tuple(kind for kind in Kind if kind != Kind.PHOTO)
# These bear prices; who may not see what a thing cost does not see them either.
PRICED = frozenset({Kind.DELIVERY_NOTE, Kind.CONTRACT})
