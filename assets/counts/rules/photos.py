"""Photos of scans: each arrives by itself, once, before or after nothing else."""

from __future__ import annotations

from sqlalchemy import func, select

from assets.counts.models import Round, Scan, ScanPhoto
from assets.counts.rules.scanning import CLIENT_ID, Answer
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import rules as bookkeeping

MOST_OF_A_SCAN = 6


def attach(
    answer: Answer, client_id: str, photo_key: str, thumbnail_key: str, *, by: Viewer
) -> bool:
    """Put a photo to a scan that was just taken in; see ``add``."""
    return _add(answer.scan_id or 0, client_id, photo_key, thumbnail_key, by)


def add(
    one: Round,
    scan_client_id: str,
    client_id: str,
    photo_key: str,
    thumbnail_key: str,
    *,
    by: Viewer,
) -> bool:
    """Put a photo to a scan that arrived before; the same photo sent again changes nothing.

    Args:
        one: the round.
        scan_client_id: the number that the phone gave the scan.
        client_id: the number that the phone gave the photo.
        photo_key: the cleaned picture in the file store.
        thumbnail_key: the same small.
        by: who sends it.

    Returns:
        whether it is new.

    Raises:
        NotFound: the scan has not arrived, or is of another person.
    """
    scan_id = db.session.scalar(
        select(Scan.id).where(
            Scan.client_id == scan_client_id, Scan.round_id == one.id, Scan.person_id == by.id
        )
    )
    if scan_id is None:
        raise NotFound(_("The scan of this photo has not arrived."))
    return _add(scan_id, client_id, photo_key, thumbnail_key, by)


def _add(scan_id: int, client_id: str, photo_key: str, thumbnail_key: str, by: Viewer) -> bool:
    if not CLIENT_ID.fullmatch(client_id):
        raise Refusal(_("The photo has no proper number of its own."))
    there = select(func.count()).where(
        ScanPhoto.scan_id == scan_id, ScanPhoto.client_id != client_id
    )
    if (db.session.scalar(there) or 0) >= MOST_OF_A_SCAN:
        raise Refusal(_("Up to %(most)s photos of one scan.", most=MOST_OF_A_SCAN))
    return bookkeeping.insert_or_skip(
        ScanPhoto,
        scan_id=scan_id,
        client_id=client_id,
        photo_key=photo_key,
        thumbnail_key=thumbnail_key,
        at=clock.now(),
        person_id=by.id,
    )
