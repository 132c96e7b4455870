"""Cards of a whole school: what each row of a list would do, doing it in steps, asking once.

Rows are looked at without decoding a photo; each step then makes a few cards, so that nobody waits
for a hundred photos in one request and a step that dies is simply done again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from office.approvals.rules import asking
from office.approvals.rules.asking import Request
from office.bookkeeping import audit
from office.cards import queries
from office.cards.models import CardBatch, CardRow, UserCard
from office.cards.rules import requesting
from office.cards.rules.requesting import Draft
from office.cards.states import IN_THE_MAKING, TAKEN_ROWS, BatchState, Reason, RowOutcome, StaffKind
from office.people import access as people_access
from office.people import rules as people
from office.people.models import Person
from office.places.models import Unit

KIND = "card_batch"
MOST_ROWS = 500
STEP = 8
ALONE = timedelta(seconds=60)
LONGEST = {"name_th": 200, "name_en": 200, "position": 200}


@dataclass(frozen=True)
class Line:
    """One row of the list as it was read: its number in the file, and its cells by field."""

    number: int
    cells: Mapping[str, str]

    def get(self, field: str) -> str:
        """Return a cell, empty where the list has no such column."""
        return self.cells.get(field, "")


@dataclass(frozen=True)
class Picture:
    """One photo of the ZIP: its place, its path, and what is wrong with it."""

    position: int
    path: str
    wrong: RowOutcome | None = None

    @property
    def keys(self) -> frozenset[str]:
        """By what a row may name it: the name of the file with and without its ending."""
        name = self.path.rsplit("/", 1)[-1]
        return frozenset({name_key(name), name_key(name.rsplit(".", 1)[0])})


def name_key(text: str) -> str:
    """Return what names and file names are compared by: letters and figures only, lower case."""
    return "".join(one for one in thai.search_key(text) if one not in " .-_/:*(),")


@dataclass(frozen=True)
class Sent:
    """What somebody sent: where it lies, and what all its cards have in common."""

    unit: Unit
    reason: Reason
    staff_kind: StaffKind
    zip_key: str
    file_name: str


def keep(
    sent: Sent, lines: Sequence[Line], pictures: Sequence[Picture], *, by: Viewer
) -> CardBatch:
    """Write down what becomes of every row; no card is made yet.

    Refuses an empty list and one of more than 500 rows.
    """
    if by.id is None or not lines:
        raise Refusal(_("The list has no rows under its column heads."), field="list")
    if len(lines) > MOST_ROWS:
        raise Refusal(
            _("The list has more than %(most)s rows. Please split it.", most=MOST_ROWS),
            field="list",
        )
    batch = CardBatch(
        unit_id=sent.unit.id,
        by_id=by.id,
        at=clock.now(),
        state=BatchState.READ,
        reason=sent.reason,
        staff_kind=sent.staff_kind,
        zip_key=sent.zip_key,
        file_name=sent.file_name[:200],
        touched_at=clock.now(),
    )
    db.session.add(batch)
    db.session.flush()  # the rows name the batch
    may_hire = by.may(people_access.EDIT, sent.unit.id)
    db.session.add_all(_judged(batch, lines, pictures, may_hire=may_hire))
    return batch


def _judged(
    batch: CardBatch, lines: Sequence[Line], pictures: Sequence[Picture], *, may_hire: bool
) -> list[CardRow]:
    staff = _Staff.of(batch.unit_id)
    seen: set[int | str] = set()
    rows = []
    for line in lines:
        row = CardRow(
            batch_id=batch.id,
            line=line.number,
            **{name: line.get(name)[:most] for name, most in LONGEST.items()},
        )
        row.outcome = _person_of(row, line, staff, seen, may_hire=may_hire)
        if row.outcome in TAKEN_ROWS:
            row.outcome = _photo_of(row, line, pictures) or row.outcome
        rows.append(row)
    return rows


@dataclass(frozen=True)
class _Staff:
    """The people of a unit by what a row may name them, and who has a card in the making."""

    by_name: Mapping[str, Sequence[Person]]
    by_code: Mapping[str, Person]
    waiting: frozenset[int]

    @classmethod
    def of(cls, unit_id: int) -> _Staff:
        here = db.session.scalars(
            select(Person).where(Person.unit_id == unit_id, Person.left_on.is_(None))
        ).all()
        by_name: dict[str, list[Person]] = {}
        for person in here:
            by_name.setdefault(name_key(person.name_th), []).append(person)
        codes = {
            name_key(code): person
            for person in here
            for code in (person.username, person.email, person.card_code)
            if code
        }
        waiting = db.session.scalars(
            select(UserCard.person_id).where(
                UserCard.unit_id == unit_id, UserCard.state.in_(IN_THE_MAKING)
            )
        )
        return cls(by_name, codes, frozenset(waiting))


def _person_of(
    row: CardRow, line: Line, staff: _Staff, seen: set[int | str], *, may_hire: bool
) -> RowOutcome:
    if not row.name_th or any(len(line.get(name)) > most for name, most in LONGEST.items()):
        return RowOutcome.INCOMPLETE
    code = name_key(line.get("code"))
    by_code = staff.by_code.get(code) if code else None
    found = [by_code] if by_code else staff.by_name.get(name_key(row.name_th), ())
    if len(found) > 1:
        return RowOutcome.UNCLEAR
    key: int | str = found[0].id if found else name_key(row.name_th)
    if key in seen:
        return RowOutcome.TWICE
    seen.add(key)
    if not found:
        return RowOutcome.NEW_PERSON if may_hire else RowOutcome.UNKNOWN
    row.person_id = found[0].id
    row.name_en = row.name_en or found[0].name_en
    row.position = row.position or found[0].position
    return RowOutcome.HAS_REQUEST if found[0].id in staff.waiting else RowOutcome.READY


def _photo_of(row: CardRow, line: Line, pictures: Sequence[Picture]) -> RowOutcome | None:
    """Find the photo of a row; return what is wrong, None where it fits."""
    for wanted in (line.get("photo"), line.get("code"), row.name_th, row.name_en):
        key = name_key(wanted)
        fitting = [one for one in pictures if key and key in one.keys]
        if len(fitting) > 1:
            return RowOutcome.PHOTO_UNCLEAR
        if fitting:
            row.photo_at, row.photo_path = fitting[0].position, fitting[0].path[-300:]
            return fitting[0].wrong
    return RowOutcome.NO_PHOTO


def begin(batch: CardBatch, *, seen_version: int, by: Viewer) -> None:
    """Decide that the rows become requests. Refuses where none can, and where it has begun."""
    if batch.state != BatchState.READ or batch.version != seen_version:
        raise Stale(_("This has gone on meanwhile. Please look at where it stands now."))
    if not queries.rows_to_do(batch.id, 1):
        raise Refusal(_("No row of this list can become a card."))
    batch.state, batch.touched_at = BatchState.APPLYING, clock.now()
    audit.record("applied", batch, by=by, after=dict(queries.row_counts(batch.id)))


@dataclass(frozen=True)
class Face:
    """The photo of one row after it was read: its keys, or what was wrong."""

    row_id: int
    photo_key: str = ""
    thumbnail_key: str = ""
    wrong: RowOutcome | None = None
    said: str = ""


def step(batch_id: int, faces: Sequence[Face], *, by: Viewer) -> bool:
    """Make the cards of a few rows; after the last one ask for the approval of all.

    Rows that another step has done meanwhile are left alone. What a rule refuses is written at the
    row and the others go on.

    Returns:
        whether everything is done.
    """
    batch = db.session.scalars(
        select(CardBatch)
        .where(CardBatch.id == batch_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if batch.state != BatchState.APPLYING:
        return True
    for face in faces:
        row = db.session.get_one(CardRow, face.row_id, populate_existing=True)
        if row.outcome in TAKEN_ROWS:
            _make(batch, row, face, by)
    batch.touched_at = clock.now()
    db.session.flush()  # what is left is counted over the rows as they are now
    if queries.rows_to_do(batch_id, 1):
        return False
    _submit(batch, by)
    return True


def _make(batch: CardBatch, row: CardRow, face: Face, by: Viewer) -> None:
    if face.wrong is not None:
        row.outcome, row.said = face.wrong, face.said
        return
    draft = Draft(
        reason=Reason(batch.reason),
        staff_kind=StaffKind(batch.staff_kind),
        name_th=row.name_th,
        name_en=row.name_en,
        position=row.position,
        photo_key=face.photo_key,
        thumbnail_key=face.thumbnail_key,
    )
    try:
        with audit.trial():
            person = _holder(batch, row, by)
            requesting.prepare(person, draft, by=by, batch_id=batch.id)
    except Refusal as refusal:
        row.outcome, row.said = RowOutcome.REFUSED, refusal.message
        return
    row.person_id, row.outcome = person.id, RowOutcome.DONE


def _holder(batch: CardBatch, row: CardRow, by: Viewer) -> Person:
    if row.person_id is not None:
        return db.session.get_one(Person, row.person_id)
    by.demand(people_access.EDIT, batch.unit_id)
    return people.hire(
        by=by,
        name_th=row.name_th,
        name_en=row.name_en,
        position=row.position,
        unit_id=batch.unit_id,
    )


def _submit(batch: CardBatch, by: Viewer) -> None:
    cards = queries.cards_of_batch(batch.id)
    if not cards:
        batch.state = BatchState.ENDED
        return
    unit = batch.unit
    approval = asking.submit(
        Request(
            kind=KIND,
            subject_id=batch.id,
            title=_("%(number)s user cards of %(unit)s", number=len(cards), unit=unit.name_th),
            content={"unit_id": unit.id, "cards": [requesting.content_of(card) for card in cards]},
            asker_id=batch.by_id,
            unit_id=unit.id,
        ),
        by=by,
    )
    batch.approval_id, batch.state = approval.id, BatchState.SUBMITTED


def left_alone() -> Sequence[int]:
    """Return the ids of the batches that are being made and that no page goes on with."""
    return db.session.scalars(
        select(CardBatch.id)
        .where(CardBatch.state == BatchState.APPLYING, CardBatch.touched_at < clock.now() - ALONE)
        .order_by(CardBatch.id)
    ).all()
