"""Keeping a mail as it came, once, before anybody reads it: nothing is lost, nothing is double."""

from __future__ import annotations

import hashlib

from helpdesk.mail_in import queries
from helpdesk.mail_in.models import IncomingMail, MailboxMark
from helpdesk.mail_in.reading import Mail
from helpdesk.mail_in.states import State
from kernel import clock
from kernel.db import db
from office.bookkeeping.rules import insert_or_skip


def keep(raw_key: str, mail: Mail, raw: bytes, *, size: int, whole: bool) -> bool:
    """Write down a mail whose bytes lie in the file store; tell whether it is new.

    Args:
        raw_key: of the bytes in the file store.
        mail: what could be read of its head, to name it in lists.
        raw: the bytes, for the key of a mail without a Message-ID.
        size: of the whole mail on the server, in bytes.
        whole: False where only the head was fetched, because the mail is too large.
    """
    return insert_or_skip(
        IncomingMail,
        message_key=message_key(mail, raw),
        raw_key=raw_key,
        size=size,
        whole=whole,
        received_at=clock.now(),
        sender=mail.sender,
        sender_name=mail.sender_name,
        subject=mail.subject,
        state=State.STORED,
        note="",
        attempts=0,
        version=1,
    )


def message_key(mail: Mail, raw: bytes) -> str:
    """Return what two copies of one mail have in common: the Message-ID, else every byte."""
    said = mail.header("message-id").strip()
    return hashlib.sha256(said.encode("utf-8", "replace") if said else raw).hexdigest()


def remember(mailbox: str, epoch: int, uid: int) -> None:
    """Remember how far a mailbox was fetched; a new epoch of the server begins anew."""
    mark = queries.mark_of(mailbox)
    if mark is None:
        mark = MailboxMark(mailbox=mailbox, epoch=epoch, last_uid=0, fetched_at=clock.now())
        db.session.add(mark)
    if mark.epoch != epoch:
        mark.epoch, mark.last_uid = epoch, 0
    mark.last_uid = max(mark.last_uid, uid)
    mark.fetched_at = clock.now()
