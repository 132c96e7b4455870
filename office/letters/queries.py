"""Finding letters, their steps, files and matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from kernel import clock, search, thai
from kernel.access import Viewer
from kernel.db import db
from office.letters.access import visible
from office.letters.models import Letter, LetterFile, LetterMatter, LetterStep
from office.letters.states import OPEN, Book, State

PAGE = 50
# What one PDF of a register holds; more letters of one book and year belong into a workbook.
MOST_PRINTED = 5000
UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; blank means everything."""

    words: str = ""
    book: str = ""
    year: int | None = None
    state: str = ""
    urgency: str = ""
    unit_id: int | None = None
    matter: tuple[str, int] | None = None


def this_year() -> int:
    """Return the calendar year of today in the Buddhist era; numbers begin anew with it."""
    return clock.today().year + thai.BUDDHIST_OFFSET


def letters(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Letter]:
    """Return up to a page and one of the letters that a viewer sees, the newest first."""
    query = _listed(viewer, wanted).order_by(Letter.id.desc())
    return db.session.scalars(query.limit(PAGE + 1).offset((number - 1) * PAGE)).all()


def all_letters(viewer: Viewer, wanted: Filter) -> Iterator[Letter]:
    """Yield everything that the list would show in the order of a register, for a table."""
    query = _listed(viewer, wanted).order_by(
        Letter.unit_id, Letter.book, Letter.year, Letter.number
    )
    yield from db.session.scalars(query.execution_options(yield_per=500))


def register(viewer: Viewer, unit_id: int, book: Book, year: int) -> Sequence[Letter]:
    """Return one register of a unit, cancelled numbers too, in the order of its numbers."""
    wanted = Filter(book=book, year=year, unit_id=unit_id)
    query = _listed(viewer, wanted).order_by(Letter.number).limit(MOST_PRINTED)
    return db.session.scalars(query).all()


def _listed(viewer: Viewer, wanted: Filter) -> Select[Letter]:
    return (
        select(Letter)
        .options(joinedload(Letter.unit), joinedload(Letter.holder))
        .where(visible(viewer), search.contains(Letter.search_key, wanted.words), *_terms(wanted))
    )


def _terms(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.book:
        yield Letter.book == wanted.book
    if wanted.year is not None:
        yield Letter.year == wanted.year
    if wanted.urgency:
        yield Letter.urgency == wanted.urgency
    if wanted.unit_id is not None:
        yield Letter.unit_id == wanted.unit_id
    if wanted.state == UNANSWERED:
        yield Letter.answer_by.is_not(None)
        yield Letter.state.in_(OPEN)
    elif wanted.state:
        yield Letter.state == wanted.state
    if wanted.matter is not None:
        kind, matter_id = wanted.matter
        yield exists().where(
            LetterMatter.letter_id == Letter.id,
            LetterMatter.kind == kind,
            LetterMatter.matter_id == matter_id,
        )


def steps_of(letter: Letter) -> Sequence[LetterStep]:
    """Return what happened to a letter, the newest first."""
    return db.session.scalars(
        select(LetterStep)
        .options(joinedload(LetterStep.person))
        .where(LetterStep.letter_id == letter.id)
        .order_by(LetterStep.id.desc())
        .limit(200)
    ).all()


def files_of(letter: Letter) -> Sequence[LetterFile]:
    """Return the files of a letter, in the order they came."""
    return db.session.scalars(
        select(LetterFile).where(LetterFile.letter_id == letter.id).order_by(LetterFile.id)
    ).all()


def matters_of(letter: Letter) -> Sequence[LetterMatter]:
    """Return what a letter belongs to."""
    return db.session.scalars(
        select(LetterMatter).where(LetterMatter.letter_id == letter.id).order_by(LetterMatter.id)
    ).all()


def answers_to(letter: Letter) -> Sequence[Letter]:
    """Return the letters that answer a letter."""
    return db.session.scalars(
        select(Letter).where(Letter.answers_id == letter.id).order_by(Letter.id)
    ).all()


def letter_named(viewer: Viewer, unit_id: int, typed: str, *, came_in: bool) -> Letter | None:
    """Return the one letter of a unit with this number: ``12/2569`` of the register, or its own.

    Args:
        viewer: who asks; only letters that they see.
        unit_id: whose register.
        typed: the number.
        came_in: among letters in, otherwise among those that went out.
    """
    key = thai.arabic_digits(thai.normalize(typed)).strip()
    number, _slash, year = key.partition("/")
    same = Letter.letter_no == thai.normalize(typed).strip()
    if number.isdecimal() and year.isdecimal() and len(key) < 12:
        same = same | ((Letter.number == int(number)) & (Letter.year == int(year)))
    found = db.session.scalars(
        select(Letter)
        .where(
            visible(viewer),
            Letter.unit_id == unit_id,
            (Letter.book == Book.IN) == came_in,
            Letter.state != State.CANCELLED,
            same,
        )
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def twin(unit_id: int, letter_no: str, sender: str) -> Letter | None:
    """Return a letter in with this number from this sender that stands in the register already."""
    return db.session.scalar(
        select(Letter)
        .where(
            Letter.letter_no == letter_no,
            Letter.sender == sender,
            Letter.unit_id == unit_id,
            Letter.book == Book.IN,
            Letter.state != State.CANCELLED,
        )
        .limit(1)
    )


def last_code(unit_id: int) -> str:
    """Return the code before the slash of the newest letter that the unit sent, "" for none."""
    newest = db.session.scalar(
        select(Letter.letter_no)
        .where(Letter.unit_id == unit_id, Letter.book != Book.IN)
        .order_by(Letter.id.desc())
        .limit(1)
    )
    code, slash, _number = (newest or "").rpartition("/")
    return "" if not slash or code.isdecimal() else code


def years(viewer: Viewer) -> list[int]:
    """Return the years that a register may be asked of, the newest first."""
    first = db.session.scalar(select(func.min(Letter.year)).where(visible(viewer)))
    newest = this_year()
    return list(range(newest, max(first or newest, newest - 10) - 1, -1))


def due_ids(today: date, ahead: timedelta) -> list[int]:
    """Return the open letters whose answer is due by then, the longest waiting first."""
    return list(
        db.session.scalars(
            select(Letter.id)
            .where(Letter.answer_by <= today + ahead, Letter.state.in_(OPEN))
            .order_by(Letter.answer_by, Letter.id)
        )
    )
