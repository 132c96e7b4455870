"""The address of a feed: it is a signature, so knowing it is the right to read it."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from helpdesk.feeds.models import FeedAddress
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person


def renew(*, by: Viewer) -> None:
    """Make a new address for the viewer's feed; the one before shows nothing any more."""
    address = db.session.get(FeedAddress, by.id) or FeedAddress(person_id=by.id, edition=0)
    address.edition = abs(address.edition) + 1
    db.session.add(address)
    audit.record("renewed_feed", db.session.get_one(Person, by.id), by=by)


def close(*, by: Viewer) -> None:
    """Close the viewer's feed: no address shows anything until a new one is made."""
    address = db.session.get(FeedAddress, by.id)
    if address is not None:
        # The number of editions is kept, so that no address before comes back to life.
        address.edition = -abs(address.edition)
        audit.record("closed_feed", db.session.get_one(Person, by.id), by=by)


def token_of(person_id: int) -> str | None:
    """Return what stands in the address of a person's feed, None where there is no feed."""
    address = db.session.get(FeedAddress, person_id)
    if address is None or address.edition < 0:
        return None
    return str(_signer().dumps([person_id, address.edition]))


def person_of(token: str) -> Person:
    """Return whose feed an address is.

    Raises:
        NotFound: it is none, an old one, or that of somebody who has left.
    """
    try:
        person_id, edition = _signer().loads(token)
    except (BadSignature, ValueError, TypeError):
        person_id, edition = 0, 0
    address = db.session.get(FeedAddress, person_id)
    person = db.session.get(Person, person_id)
    if address is None or address.edition != edition or person is None or person.left_on:
        raise NotFound(_("There is no such calendar. Its address may have been renewed."))
    return person


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="calendar feed")
