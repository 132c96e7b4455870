"""Register a letter with its number, mend what was written down, keep files and matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping.rules import insert_or_skip
from office.letters import queries
from office.letters.models import Letter, LetterFile, LetterMatter, LetterSeries
from office.letters.rules import handling
from office.letters.slots import Matter
from office.letters.states import Book, State

MOST_FILES = 50


def register(
    book: Book,
    unit_id: int,
    fields: Mapping[str, Any],
    *,
    by: Viewer,
    code: str = "",
    answers: Letter | None = None,
    again: bool = False,
) -> Letter:
    """Write a letter into a register with the next number of the calendar year.

    Clause 38 for letters in, 43 for letters out, 32 for the own series of circulars. A letter out
    that answers one in finishes that one.

    Args:
        book: the register.
        unit_id: whose register.
        fields: columns of ``Letter``; ``letter_no`` for letters in only.
        by: who registers it.
        code: of the unit before the number of a letter out: ``ศธ 04123``.
        answers: the letter that it answers.
        again: register it although the sender's number stands there already.

    Refuses a code with a slash, a letter in whose number of this sender is registered already, an
    answer to a letter of the same direction, and a day of answer before today.
    """
    _check(book, unit_id, fields, code, answers, again=again)
    year = queries.this_year()
    number = draw(unit_id, book, year)
    told = dict(fields)
    if book != Book.IN:
        told["letter_no"] = number_on_letter(code, book, number, year)
    made = Letter(
        unit_id=unit_id,
        book=book,
        year=year,
        number=number,
        answers_id=answers.id if answers else None,
        registered_at=clock.now(),
        registered_by_id=by.id,
        **told,
    )
    _derive(made)
    db.session.add(made)
    db.session.flush()  # steps and matters name the letter
    after = {"number": made.shown_number, "letter_no": made.letter_no, "subject": made.subject}
    audit.record("registered", made, by=by, after=after)
    if answers is not None and answers.state in (State.REGISTERED, State.PASSED):
        words = _("Answered with %(number)s", number=made.letter_no or made.shown_number)
        handling.finish(answers, words, by=by)
    return made


def _check(
    book: Book,
    unit_id: int,
    fields: Mapping[str, Any],
    code: str,
    answers: Letter | None,
    *,
    again: bool,
) -> None:
    answer_by = fields.get("answer_by")
    if answer_by is not None and answer_by < clock.today():
        raise Refusal(_("The day of the answer lies in the past."), field="answer_by")
    if answers is not None and answers.is_in == (book == Book.IN):
        raise Refusal(_("An answer goes the other way than what it answers."), field="answers")
    if book == Book.IN and not again:
        _refuse_twin(unit_id, fields)
    if "/" in code:
        raise Refusal(_("Write the code alone; the number is added."), field="code")


def _refuse_twin(unit_id: int, fields: Mapping[str, Any]) -> None:
    number = fields.get("letter_no", "")
    twin = queries.twin(unit_id, number, fields["sender"]) if number else None
    if twin is not None:
        raise Refusal(
            _(
                "This letter is registered already under %(number)s. Tick “register it again” if "
                "it is another one.",
                number=twin.shown_number,
            ),
            field="again",
        )


def draw(unit_id: int, book: Book, year: int) -> int:
    """Return the next number of a series; it is locked until the unit of work ends."""
    insert_or_skip(LetterSeries, unit_id=unit_id, book=book, year=year, last=0)
    series = db.session.scalars(
        select(LetterSeries)
        .where(
            LetterSeries.unit_id == unit_id, LetterSeries.book == book, LetterSeries.year == year
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    series.last += 1
    return series.last


def number_on_letter(code: str, book: Book, number: int, year: int) -> str:
    """Return what stands on a letter out: ``ศธ 04123/12``, ``ศธ 04123/ว 3``, ``12/2569``."""
    shown = f"ว {number}" if book == Book.CIRCULAR else str(number)
    return f"{code}/{shown}" if code else f"{shown}/{year}"


def edit(letter: Letter, changes: Mapping[str, Any], *, by: Viewer) -> None:
    """Mend what was written down; number, book and register stay.

    Refuses a cancelled letter, and a number that another letter of the unit has gone out with.
    """
    if letter.state == State.CANCELLED:
        raise Refusal(_("The number of this letter is cancelled; it cannot be changed."))
    if not letter.is_in and changes["letter_no"] != letter.letter_no:
        taken = select(Letter.id).where(
            Letter.letter_no == changes["letter_no"],
            Letter.unit_id == letter.unit_id,
            Letter.book != Book.IN,
        )
        if not changes["letter_no"] or db.session.scalar(taken.limit(1)) is not None:
            raise Refusal(_("Another letter has gone out with this number."), field="letter_no")
    audit.record_changes("edited", letter, dict(changes), by=by)
    _derive(letter)


def link(letter: Letter, matter: Matter, *, by: Viewer) -> None:
    """Say what a letter belongs to; a second time changes nothing."""
    if insert_or_skip(
        LetterMatter,
        letter_id=letter.id,
        kind=matter.kind,
        matter_id=matter.id,
        title=matter.title[:300],
    ):
        audit.record("linked", letter, by=by, after={"matter": matter.title})


def unlink(letter: Letter, matter: LetterMatter, *, by: Viewer) -> None:
    """Take a letter out of a matter."""
    audit.record("unlinked", letter, by=by, before={"matter": matter.title})
    db.session.delete(matter)


def add_file(letter: Letter, file: Mapping[str, Any], *, by: Viewer) -> None:
    """Keep a file that lies in the store already: ``key``, ``media``, ``name``, ``size``.

    Refuses the 51st.
    """
    kept = select(func.count()).where(LetterFile.letter_id == letter.id)
    if (db.session.scalar(kept) or 0) >= MOST_FILES:
        raise Refusal(_("Up to %(most)s files of one letter.", most=MOST_FILES), field="file")
    db.session.add(LetterFile(letter_id=letter.id, added_at=clock.now(), by_name=by.name, **file))
    audit.record("added_files", letter, by=by, after={"files": [file["name"]]})


def drop_file(letter: Letter, file: LetterFile, *, by: Viewer) -> None:
    """Take a file out."""
    audit.record("dropped_file", letter, by=by, before={"file": file.name})
    db.session.delete(file)


def _derive(letter: Letter) -> None:
    parts = (
        letter.shown_number,
        letter.letter_no,
        letter.subject,
        letter.sender,
        letter.recipient,
        letter.note,
    )
    letter.search_key = thai.search_key(" ".join(part for part in parts if part))
