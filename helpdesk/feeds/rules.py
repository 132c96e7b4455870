"""Opening a feed under a new address, and closing it."""

from __future__ import annotations

from helpdesk.feeds.models import FeedAddress
from kernel.access import Viewer
from kernel.db import db
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
