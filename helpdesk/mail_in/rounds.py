"""Bringing mails in: fetched from the mailbox, kept as they came, then read one by one."""

from __future__ import annotations

import hashlib
import logging
from email.utils import parseaddr
from urllib.parse import urlsplit

from flask import current_app

from config import Settings
from helpdesk.mail_in import files, queries, reading
from helpdesk.mail_in.files import Brought
from helpdesk.mail_in.mailbox import Mailbox
from helpdesk.mail_in.models import IncomingMail
from helpdesk.mail_in.queries import Unread
from helpdesk.mail_in.rules import handling, keeping
from helpdesk.mail_in.states import State
from kernel.db import db
from kernel.errors import Refusal
from kernel.files import store
from kernel.work import work

log = logging.getLogger(__name__)
MOST_A_ROUND = 500
MEGABYTE = 1024 * 1024


def read_kept() -> int:
    """Read every mail that is kept but not read yet, one unit of work each."""
    settings: Settings = current_app.extensions["settings"]
    ways = _ways_of(settings)
    read = 0
    for kept in queries.unread(MOST_A_ROUND):
        _read_one(kept, ways, settings)
        read += 1
    db.session.rollback()
    return read


def _ways_of(settings: Settings) -> handling.Ways:
    """Return what handling needs to know of the service."""
    addresses = (settings.mail_from, settings.mail_in_address)
    return handling.Ways(
        own=frozenset(parseaddr(one)[1].lower() for one in addresses if one),
        host=urlsplit(settings.base_url).hostname or "localhost",
        secret=settings.secret_key,
        per_sender=settings.mail_in_per_sender,
        megabytes=settings.mail_in_megabytes,
        language=settings.default_language,
    )


def keep_raw(raw: bytes, *, size: int, whole: bool, at: tuple[str, int, int] | None = None) -> bool:
    """Keep the bytes of a mail in the file store, then its row; tell whether it is new.

    Args:
        raw: the mail, or its head where that was all that was fetched.
        size: of the whole mail in bytes.
        at: the mailbox, its epoch and the mail's number there, remembered in the same unit of work.
    """
    kept = _without_citizen_numbers(raw)
    key = store().put(kept or b"\n", "eml")
    mail = _named(kept)
    with work():
        new = keeping.keep(key, mail, raw, size=size, whole=whole)
        if at is not None:
            keeping.remember(*at)
    return new


def fetch(settings: Settings) -> None:
    """Keep what is new in the mailbox, each mail in its own unit of work."""
    name = _name_of(settings.mail_in_url)
    with Mailbox(settings.mail_in_url) as box:
        mark = queries.mark_of(name)
        known = mark is not None and mark.epoch == box.epoch
        after = mark.last_uid if mark is not None and known else None
        db.session.rollback()
        highest = box.highest() if after is None else 0
        waiting = box.waiting(after)
        round_ = waiting[:MOST_A_ROUND]
        sizes = box.sizes(round_)
        for uid in round_:
            size = sizes.get(uid, 0)
            whole = size <= settings.mail_in_megabytes * MEGABYTE
            raw = box.whole(uid) if whole else box.head(uid)
            keep_raw(raw, size=size or len(raw), whole=whole, at=(name, box.epoch, uid))
        if len(waiting) <= MOST_A_ROUND:
            with work():
                keeping.remember(name, box.epoch, highest)


def _read_one(kept: Unread, ways: handling.Ways, settings: Settings) -> None:
    try:
        mail = reading.read(store().read(kept.raw_key))
        brought = _brought(kept, mail, settings)
        with work():
            row = db.session.get_one(IncomingMail, kept.id)
            if row.state == State.STORED:
                handling.handle(row, mail, brought, ways)
    except Refusal as refusal:
        _give_up(kept.id, refusal.message)
    except Exception as error:
        log.exception("mail %s could not be read", kept.id)
        _give_up(kept.id, f"{type(error).__name__}: {error}")


def _brought(kept: Unread, mail: reading.Mail, settings: Settings) -> Brought:
    """Take what a mail brought; of a mail that nothing is made of, nothing is unpacked."""
    if not kept.whole or not mail.sender or not mail.files:
        return Brought((), ())
    return files.take(mail.files, megabytes=settings.document_megabytes)


def _give_up(mail_id: int, why: str) -> None:
    with work():
        row = db.session.get_one(IncomingMail, mail_id)
        if row.state == State.STORED:
            handling.give_up(row, why)


def _named(raw: bytes) -> reading.Mail:
    """Return what a list shows of a mail; nothing where even that cannot be read."""
    try:
        return reading.head(raw[:MEGABYTE])
    except Exception:
        log.exception("the head of a mail could not be read")
        return reading.Mail()


def _without_citizen_numbers(raw: bytes) -> bytes:
    """Return what may be kept of a mail; one that cannot be taken apart is kept as it came."""
    try:
        return reading.blotted(raw)
    except Exception:
        log.exception("a mail could not be looked through for citizen numbers")
        return raw


def _name_of(url: str) -> str:
    parts = urlsplit(url)
    said = f"{parts.username}@{parts.hostname}{parts.path}"
    return hashlib.sha256(said.encode()).hexdigest()
