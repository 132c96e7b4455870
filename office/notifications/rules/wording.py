"""The office's own words for messages: what may stand in them, and what comes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select

from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.bookkeeping import audit
from office.notifications.models import Wording

# Only these are put in, as plain text and once: what they hold is never read for names again.
NAMES = {
    "subject": _l("the subject as the service writes it"),
    "text": _l("the text as the service writes it"),
    "name": _l("the recipient's name"),
    "office": _l("the name of the office"),
    "link": _l("the address of the page it is about"),
}
NAME = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Text:
    """A message as it is sent."""

    subject: str
    body: str


def worded(kind: str, language: str, values: dict[str, str]) -> Text:
    """Return the subject and the text of a message, in the office's own words where it has some.

    Args:
        kind: of the message.
        language: of the message.
        values: what each of ``NAMES`` stands for.
    """
    found = db.session.scalar(
        select(Wording).where(Wording.kind == kind, Wording.language == language)
    )
    if found is None:
        return Text(values["subject"], values["text"])
    return filled(found.subject, found.body, values)


def filled(subject: str, body: str, values: dict[str, str]) -> Text:
    """Put values in where names stand in braces."""

    def value(found: re.Match[str]) -> str:
        return values.get(found.group(1), found.group(0))

    one_line = " ".join(NAME.sub(value, subject).split())
    return Text(one_line[:300], NAME.sub(value, body))


def reword(kind: str, language: str, subject: str, body: str, *, by: Viewer) -> None:
    """Give the messages of a kind the office's own words.

    Refuses what ``check`` refuses.
    """
    check(subject, body)
    wording = db.session.scalar(
        select(Wording).where(Wording.kind == kind, Wording.language == language)
    )
    if wording is None:
        wording = Wording(kind=kind, language=language, subject=subject, body=body)
        db.session.add(wording)
        audit.record("reworded", wording, by=by, after={"subject": subject, "body": body})
        return
    audit.record_changes("reworded", wording, {"subject": subject, "body": body}, by=by)


def check(subject: str, body: str) -> None:
    """Look at words before they are tried or kept.

    Refuses a name that stands for nothing, and a text without the one that the service writes:
    without it the reader would not learn what happened.
    """
    for field, text in (("subject", subject), ("body", body)):
        for name in NAME.findall(text):
            if name not in NAMES:
                allowed = ", ".join(f"{{{one}}}" for one in NAMES)
                raise Refusal(
                    _(
                        "“{%(name)s}” stands for nothing. You may use: %(allowed)s",
                        name=name,
                        allowed=allowed,
                    ),
                    field=field,
                )
    if "{text}" not in body:
        raise Refusal(
            _("Keep {text} somewhere: it is what tells the reader what happened."), field="body"
        )


def restore(kind: str, language: str, *, by: Viewer) -> None:
    """Go back to the words of the service."""
    wording = db.session.scalar(
        select(Wording).where(Wording.kind == kind, Wording.language == language)
    )
    if wording is not None:
        audit.record("restored_words", wording, by=by, before={"body": wording.body})
        db.session.delete(wording)
