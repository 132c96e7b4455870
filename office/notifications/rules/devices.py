"""The browsers that a person lets us wake: add one, take one away."""

from __future__ import annotations

import re
from fnmatch import fnmatch

from sqlalchemy import func, select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.notifications.models import PushDevice

MOST_DEVICES = 10
# As every push service writes its addresses. Two programs read an address with anything else in
# it (a backslash, a name before the host) as two hosts: one is checked, the other one is called.
ENDPOINT = re.compile(r"https://([A-Za-z0-9.-]+)(?::443)?/[A-Za-z0-9._~:/?=&%+,;!*()$'-]*")


def add(
    endpoint: str, public_key: str, secret: str, called: str, *, hosts: tuple[str, ...], by: Viewer
) -> PushDevice:
    """Keep a browser's push subscription.

    Args:
        endpoint: where its push service takes messages.
        public_key: the browser's key, as its subscription says it.
        secret: the browser's secret, likewise.
        called: what the person will know the device by.
        hosts: the push services that the office allows, with ``*`` for any part of a name.
        by: whose device it is.

    Refuses an address that is no allowed push service, so that nobody makes this server call
    somewhere else, and an eleventh device.
    """
    read = ENDPOINT.fullmatch(endpoint)
    if read is None or not any(fnmatch(read[1].lower(), allowed) for allowed in hosts):
        raise Refusal(_("This browser's push service is not one that the office allows."))
    if not (public_key and secret) or max(len(endpoint) - 600, len(public_key) - 120, 0):
        raise Refusal(_("The browser did not say how it can be reached. Please try again."))
    device = db.session.scalar(select(PushDevice).where(PushDevice.endpoint == endpoint))
    mine = select(func.count()).where(PushDevice.person_id == by.id, PushDevice.gone_at.is_(None))
    if device is None and (db.session.scalar(mine) or 0) >= MOST_DEVICES:
        raise Refusal(_("You have %(most)s devices already. Remove one first.", most=MOST_DEVICES))
    device = device or PushDevice(endpoint=endpoint, added_at=clock.now())
    # Whoever is signed in there now is whose messages it shows, and nobody else's.
    device.person_id, device.public_key, device.secret = by.id or 0, public_key, secret
    device.called, device.gone_at = called[:80], None
    db.session.add(device)
    db.session.flush()  # the trail names the row
    audit.record("added_device", device, by=by, after={"called": device.called})
    return device


def remove(device_id: int, *, by: Viewer) -> None:
    """Take away one of the viewer's devices.

    Raises:
        NotFound: it is not one of them.
    """
    device = db.session.get(PushDevice, device_id)
    if device is None or device.person_id != by.id or device.gone_at is not None:
        raise NotFound(_("There is no such device."))
    audit.record("removed_device", device, by=by, after={"called": device.called})
    device.gone_at = clock.now()


def gone(device_id: int) -> None:
    """Write down that a push service knows a device no more."""
    device = db.session.get(PushDevice, device_id)
    if device is not None and device.gone_at is None:
        device.gone_at = clock.now()
