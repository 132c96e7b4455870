"""The verbs of the privacy notice: publish an edition, say that one has read it."""

from __future__ import annotations

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.privacy import queries
from office.privacy.models import NoticeReading, PrivacyNotice


def publish(text_th: str, text_en: str, seen: int, *, by: Viewer) -> PrivacyNotice:
    """Publish an edition; everybody is asked to read it after signing in.

    Args:
        text_th: lines that begin with ``##`` are headings.
        text_en: the same in English.
        seen: the edition that the text was made from.
        by: who publishes.

    Refuses without a text in each language, a text that says what the last one said, and one made
    from an edition that is not the newest any more.
    """
    now, said = queries.newest(), (text_th.strip(), text_en.strip())
    for text, field in zip(said, ("text_th", "text_en"), strict=True):
        if not text:
            raise Refusal(_("Please fill this in."), field=field)
    if now.edition != seen:
        raise Refusal(_("Somebody published another edition meanwhile. Look at it first."))
    if said == (now.text_th, now.text_en):
        raise Refusal(_("Nothing was changed."), field="text_th")
    made = PrivacyNotice(
        id=now.edition + 1, text_th=said[0], text_en=said[1], at=clock.now(), by_id=by.id
    )
    db.session.add(made)
    audit.record("published", made, by=by)
    return made


def read(edition: int, *, by: Viewer) -> None:
    """Write down that a person has read the newest edition; once is enough.

    Refuses an older edition: there is a newer one to read.
    """
    if edition != queries.newest().edition:
        raise Refusal(_("There is a newer edition. Please read that one."))
    bookkeeping.insert_or_skip(NoticeReading, edition=edition, person_id=by.id, at=clock.now())
