"""The official follow-up letter (หนังสือทวงถาม), and every other way of asking (clause 211, R-L4).

The timetable prepares a letter on the day of the follow-up. An officer gives it the number of the
letter book, which is suggested, may be edited and is never used twice, prints and sends it. What
was asked by telephone or in person is written down too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import exists, func, insert, select

from assets.loans import access
from assets.loans.later_models import FollowUpLetter, LetterLine, LoanChase
from assets.loans.later_states import ChaseWay
from assets.loans.models import LoanLine
from assets.loans.states import LineState
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

_LAST_FIGURES = re.compile(r"(\d+)(?!.*\d)")
LONGEST_NUMBER = 60


def prepare(late: Mapping[int, Sequence[LoanLine]], today: date) -> None:
    """Prepare a letter for each of these people about what no letter asks for yet.

    Args:
        late: what is out with a person, by the person's id; what is not overdue is left out.
        today: the day in Bangkok.
    """
    lines = [line.id for theirs in late.values() for line in theirs]
    found = db.session.execute(
        select(LetterLine.line_id, LetterLine.due_on).where(LetterLine.line_id.in_(lines))
    )
    asked = {(line_id, due_on) for line_id, due_on in found}
    letters: list[tuple[FollowUpLetter, list[LoanLine]]] = []
    for person_id, theirs in late.items():
        unasked = [
            line for line in theirs if line.due_on < today and (line.id, line.due_on) not in asked
        ]
        if unasked:
            letter = FollowUpLetter(person_id=person_id, prepared_at=clock.now())
            letters.append((letter, unasked))
    db.session.add_all(letter for letter, _lines in letters)
    db.session.flush()  # their lines name the letters by their ids
    rows = [
        {"letter_id": letter.id, "line_id": line.id, "due_on": line.due_on}
        for letter, unasked in letters
        for line in sorted(unasked, key=lambda line: (line.due_on, line.id))
    ]
    if rows:
        db.session.execute(insert(LetterLine), rows)


def suggested_number() -> str:
    """Return the number after the one given last, ``ศธ 04001/124``; empty where none was given."""
    last = db.session.scalar(
        select(FollowUpLetter.number)
        .where(FollowUpLetter.number != "")
        .order_by(FollowUpLetter.sent_at.desc(), FollowUpLetter.id.desc())
        .limit(1)
    )
    return next_after(last or "")


def next_after(number: str) -> str:
    """Return a letter's number with its last figures one higher; one without figures is empty."""
    found = _LAST_FIGURES.search(thai.arabic_digits(number))
    if found is None:
        return ""
    plain = thai.arabic_digits(number)
    higher = str(int(found.group(1)) + 1).zfill(len(found.group(1)))
    return plain[: found.start(1)] + higher + plain[found.end(1) :]


def send(
    letter: FollowUpLetter, lines: Sequence[LoanLine], number: str, on: date | None, *, by: Viewer
) -> None:
    """Give a letter its number and date and write down that it was sent: a chase for each line.

    Args:
        letter: a prepared one.
        lines: what it asks for.
        number: of the letter book; Arabic digits are kept.
        on: the date on the letter.
        by: the officer.

    Refuses a letter that was sent, a missing or overlong number, one that another letter has, and a
    missing or future date.
    """
    by.demand(access.CHASE)
    plain = " ".join(thai.arabic_digits(number).split())
    if letter.sent_at is not None:
        raise Refusal(_("This letter was sent already."))
    if not plain or len(plain) > LONGEST_NUMBER:
        raise Refusal(_("Please give the number of the letter."), field="number")
    if on is None or on > clock.today():
        raise Refusal(_("Please give the date of the letter; today at the latest."), field="dated")
    # Two letters at once take turns, so that no number is given twice.
    db.session.scalars(
        select(FollowUpLetter.id).where(FollowUpLetter.id == letter.id).with_for_update()
    ).one()
    taken = exists().where(func.lower(FollowUpLetter.number) == plain.lower())
    if db.session.scalar(select(taken)):
        raise Refusal(
            _("Another letter has the number %(number)s already.", number=plain), field="number"
        )
    letter.number, letter.dated = plain, on
    letter.sent_at, letter.sent_by_id = clock.now(), by.id
    for line in lines:
        if line.state == LineState.OUT:
            _chase(line, on, ChaseWay.LETTER, plain, by)
    audit.record("sent", letter, by=by, after={"number": plain, "dated": on})


def note(lines: Sequence[LoanLine], how: str, on: date | None, words: str, *, by: Viewer) -> None:
    """Write down that the borrower was asked for overdue items, by whom, when and how (R-L4).

    Refuses an empty list, items that are not overdue, an unknown way, a missing or future day and
    one before the due date.
    """
    by.demand(access.CHASE)
    if how not in set(ChaseWay):
        raise Refusal(_("Please choose how you asked."), field="how")
    if not lines:
        raise Refusal(_("Choose at least one item that is still out."), field="lines")
    if on is None or on > clock.today():
        raise Refusal(_("Please give the day; today at the latest."), field="on")
    for line in lines:
        if not line.days_late(clock.today()) or on <= line.due_on:
            raise Refusal(
                _("“%(name)s” was not overdue on that day.", name=line.asset.name), field="on"
            )
        _chase(line, on, ChaseWay(how), words.strip(), by)
    first = lines[0].loan
    after = {"how": how, "on": on, "lines": [line.id for line in lines]}
    audit.record("chased", first, by=by, after=after)


def _chase(line: LoanLine, on: date, how: ChaseWay, words: str, by: Viewer) -> None:
    db.session.add(
        LoanChase(
            line_id=line.id, on=on, how=how, due_on=line.due_on, by_id=by.id, note=words[:300]
        )
    )
