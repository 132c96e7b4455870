"""A row of the outgoing messages as an e-mail."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from flask import current_app

from config import Settings
from kernel import clock
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping.models import OutgoingMessage
from office.notifications.queries import Recipient
from office.places.naming import office_name

# Thai is packed into seven bits, because old mail servers between two offices still exist.
SEVEN_BIT = SMTP.clone(cte_type="7bit")


def write(message: OutgoingMessage, recipient: Recipient, settings: Settings) -> EmailMessage:
    """Return the e-mail, as plain text and as HTML, in the message's own language.

    Raises:
        ValueError: the recipient's address cannot be one.
    """
    with speaking(message.language):
        office = office_name(message.language, settings)
        letter = _headed(message, recipient, settings, office)
        link = settings.base_url + message.link if message.link else ""
        why = _("This message was sent by the service desk. Please do not reply to it.")
        parts = [message.body, link, f"-- \n{office}\n{why}"]
        letter.set_content("\n\n".join(part for part in parts if part) + "\n")
        page = current_app.jinja_env.get_template("office/notifications/letter.html")
        html = page.render(message=message, link=link, office=office, why=why)
        letter.add_alternative(html, subtype="html")
    return letter


def _headed(
    message: OutgoingMessage, recipient: Recipient, settings: Settings, office: str
) -> EmailMessage:
    host = urlsplit(settings.base_url).hostname or "localhost"
    letter = EmailMessage(policy=SEVEN_BIT)
    letter["Subject"] = " ".join(message.subject.split())
    letter["From"] = Address(office, addr_spec=sender(settings))
    letter["To"] = _address(recipient)
    letter["Date"] = format_datetime(clock.local(clock.now()))
    letter["Message-ID"] = message_id(message, host)
    letter["List-Id"] = f"<messages.{host}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter["Content-Language"] = message.language
    return letter


def message_id(message: OutgoingMessage, host: str) -> str:
    """Return the id of the e-mail: the same each time this row is sent, and no other row's."""
    return f"<{message.id}.{int(message.created_at.timestamp())}.message@{host}>"


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
