"""Reminding of letters that want an answer: three days before, on the day, when it is late."""

from __future__ import annotations

from datetime import date, timedelta

from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.letters.models import Letter
from office.letters.states import OPEN
from office.people.models import Person

AHEAD = timedelta(days=3)
LATE = "late"


def step_of(answer_by: date, today: date) -> str | None:
    """Return the step that is reached on a day: ``3``, ``0``, ``late`` or none."""
    left = (answer_by - today).days
    if left < 0:
        return LATE
    if left == 0:
        return "0"
    return "3" if left <= AHEAD.days else None


def remind(letter_id: int, today: date) -> int:
    """Remind whoever holds the letter, or registered it; each step once.

    Returns:
        how many people the step concerns.
    """
    letter = db.session.get_one(Letter, letter_id)
    step = step_of(letter.answer_by, today) if letter.answer_by else None
    person = _concerned(letter)
    if step is None or person is None or letter.state not in OPEN:
        return 0
    with speaking(person.language):
        day = show_date(letter.answer_by, "long")
        late = step == LATE
        bookkeeping.send(
            kind="letter_due",
            subject=_("An answer is late: %(subject)s", subject=letter.subject[:200])
            if late
            else _("An answer is due: %(subject)s", subject=letter.subject[:200]),
            body=_(
                "Letter %(number)s from %(sender)s wants an answer by %(day)s.",
                number=letter.letter_no or letter.shown_number,
                sender=letter.sender,
                day=day,
            ),
            language=person.language,
            person_id=person.id,
            link=f"/letters/{letter.id}",
            dedupe_key=f"letter:{letter.id}:{letter.answer_by}:{step}:{person.id}",
        )
    return 1


def _concerned(letter: Letter) -> Person | None:
    """Return who is reminded; nobody where both have left."""
    for person in (letter.holder, letter.registered_by):
        if person is not None and person.left_on is None:
            return person
    return None
