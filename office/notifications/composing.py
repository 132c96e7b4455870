"""A message as it goes on each way: an e-mail, a text for LINE, a note on a device, an event."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from config import Settings
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.reply_codes import code_of, with_code
from office.bookkeeping.models import AuditEntry, OutgoingMessage
from office.notifications import queries
from office.notifications.kinds import link_of
from office.notifications.models import Delivery, LineAccount, PushDevice
from office.notifications.queries import Recipient
from office.notifications.rules import wording
from office.notifications.ways.push import Note, Subscription
from office.places.naming import office_name

# Thai is packed into seven bits, because old mail servers between two offices still exist.
SEVEN_BIT = SMTP.clone(cte_type="7bit")


def for_mail(delivery: Delivery, settings: Settings) -> tuple[EmailMessage, str]:
    """Return the e-mail of a delivery and the bare address it goes to.

    Raises:
        ValueError: the recipient's address cannot be one.
    """
    recipient = queries.recipient_of(delivery.message)
    return write(delivery.message, recipient, settings), recipient.address


def for_line(delivery: Delivery, settings: Settings) -> tuple[str, str]:
    """Return the LINE account and the text for it; "" where the account is bound no more."""
    message = delivery.message
    account = db.session.get(LineAccount, message.person_id)
    recipient = queries.recipient_of(message)
    with speaking(message.language):
        text = _worded(message, recipient, settings, link_of(message))
    link = _address_of(link_of(message), settings)
    whole = "\n\n".join(part for part in (text.subject, text.body, link) if part)
    return (account.user_id if account else "", whole)


def for_device(delivery: Delivery, settings: Settings) -> tuple[Subscription, Note]:
    """Return the browser of a delivery and the note for it."""
    device = db.session.get_one(PushDevice, delivery.device_id)
    message = delivery.message
    with speaking(message.language):
        text = _worded(message, queries.recipient_of(message), settings, link_of(message))
    # The screen of a locked phone is read by others: the subject alone, the rest is a tap away.
    note = Note(text.subject, "", link_of(message) or "/inbox", f"message-{message.id}")
    return Subscription(device.endpoint, device.public_key, device.secret), note


def for_hook(entry: AuditEntry) -> dict[str, Any]:
    """Return an act as another system is told of it: what happened to what, no people."""
    return {
        "id": entry.id,
        "event": f"{entry.subject_kind}.{entry.act}",
        "at": entry.at.isoformat(),
        "subject": {"kind": entry.subject_kind, "id": entry.subject_id},
    }


def write(message: OutgoingMessage, recipient: Recipient, settings: Settings) -> EmailMessage:
    """Return the e-mail, as plain text and as HTML, in the message's own language.

    Raises:
        ValueError: the recipient's address cannot be one.
    """
    with speaking(message.language):
        office = office_name(message.language, settings)
        text = _worded(message, recipient, settings, message.link)
        letter = _headed(message, recipient, settings, office)
        code = _reply_code(message, settings)
        letter["Subject"] = _coded(text.subject, code, settings)
        link = _address_of(message.link, settings)
        why = (
            _("You can simply reply to this message; the technician reads your answer.")
            if code
            else _("This message was sent by the service desk. Please do not reply to it.")
        )
        parts = [text.body, link, f"-- \n{office}\n{why}"]
        letter.set_content("\n\n".join(part for part in parts if part) + "\n")
        page = current_app.jinja_env.get_template("office/notifications/letter.html")
        html = page.render(
            language=message.language, body=text.body, link=link, office=office, why=why
        )
        letter.add_alternative(html, subtype="html")
    return letter


def _worded(
    message: OutgoingMessage, recipient: Recipient, settings: Settings, link: str
) -> wording.Text:
    values = _values(message, recipient, settings, link)
    return wording.worded(message.kind, message.language, values)


def _values(
    message: OutgoingMessage, recipient: Recipient, settings: Settings, link: str
) -> dict[str, str]:
    return {
        "subject": " ".join(message.subject.split()),
        "text": message.body,
        "name": recipient.name,
        "office": office_name(message.language, settings),
        "link": _address_of(link, settings),
    }


def tried(newest: OutgoingMessage | None, subject: str, body: str) -> wording.Text | None:
    """Return what own words make of a message that was really written; None without one."""
    if newest is None:
        return None
    settings: Settings = current_app.extensions["settings"]
    recipient = queries.recipient_of(newest)
    values = _values(newest, recipient, settings, link_of(newest))
    return wording.filled(subject, body, values)


def _address_of(link: str, settings: Settings) -> str:
    return settings.base_url + link if link else ""


def _headed(
    message: OutgoingMessage, recipient: Recipient, settings: Settings, office: str
) -> EmailMessage:
    host = urlsplit(settings.base_url).hostname or "localhost"
    letter = EmailMessage(policy=SEVEN_BIT)
    letter["From"] = Address(office, addr_spec=sender(settings))
    letter["To"] = _address(recipient)
    letter["Date"] = format_datetime(clock.local(clock.now()))
    code = _reply_code(message, settings)
    letter["Message-ID"] = message_id(message, host, code)
    if code:
        answers_to = settings.mail_in_address
        letter["Reply-To"] = with_code(answers_to, code) if settings.mail_in_plus else answers_to
    letter["List-Id"] = f"<messages.{host}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter["Content-Language"] = message.language
    return letter


def message_id(message: OutgoingMessage, host: str, code: str = "") -> str:
    """Return the id of the e-mail: the same each time this row is sent, and no other row's.

    Args:
        code: what an answer belongs to; mail programs send it back among the references.
    """
    parts = [str(message.id), str(int(message.created_at.timestamp())), code, "message"]
    return f"<{'.'.join(part for part in parts if part)}@{host}>"


def _reply_code(message: OutgoingMessage, settings: Settings) -> str:
    """Return what an answer by mail belongs to; empty where no mailbox takes answers."""
    if not (message.reply_to and settings.mail_in_url and settings.mail_in_address):
        return ""
    return code_of(message.reply_to, settings.secret_key)


def _coded(subject: str, code: str, settings: Settings) -> str:
    """Return the subject, with the code in it where the mailbox knows no plus in addresses."""
    return f"{subject} [{code}]" if code and not settings.mail_in_plus else subject


def sender(settings: Settings) -> str:
    """Return the bare address that messages come from."""
    return parseaddr(settings.mail_from)[1] or settings.mail_from


def _address(recipient: Recipient) -> Address:
    bare = recipient.address.strip()
    name, dot, host = bare.rpartition("@")
    if not (name and dot and host) or not bare.isascii() or any(c.isspace() for c in bare):
        raise ValueError(bare)
    try:
        return Address(recipient.name, addr_spec=bare)
    except Exception as error:  # the parser of the standard library raises what it likes
        raise ValueError(bare) from error
