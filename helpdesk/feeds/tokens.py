"""The address of a feed: it is a signature, so knowing it is the right to read it."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from helpdesk.feeds.models import FeedAddress
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.models import Person


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
