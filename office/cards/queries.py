"""Reading cards: the own ones, lists, what a scan means, and what a unit's cards look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.search import contains
from office.cards import access
from office.cards.codes import read_code
from office.cards.colours import BAND, INK
from office.cards.models import CardBatch, CardDesign, CardRow, UserCard
from office.cards.states import IN_THE_MAKING, TAKEN_ROWS, TO_PRINT, RowOutcome, State
from office.people.models import Person
from office.places.models import Unit

PAGE = 50
SOON = timedelta(days=30)
EXPIRED = "expired"
VALID_YEARS = 4


@dataclass(frozen=True)
class Filter:
    """Which cards are looked for; ``state`` may also be ``expired``, ``ends`` is ``soon``."""

    words: str = ""
    unit_id: int | None = None
    state: str = ""
    soon: bool = False


def cards(viewer: Viewer, wanted: Filter, number: int) -> Sequence[UserCard]:
    """Return a page of the cards a viewer may see, what is to be done first on top."""
    rows = _listed(viewer, wanted).offset((number - 1) * PAGE).limit(PAGE + 1)
    return db.session.scalars(rows).all()


def all_cards(viewer: Viewer, wanted: Filter) -> Iterator[UserCard]:
    """Yield all of them, for a table that leaves the house."""
    yield from db.session.scalars(_listed(viewer, wanted).execution_options(yield_per=500))


def _listed(viewer: Viewer, wanted: Filter) -> Select[UserCard]:
    query = (
        select(UserCard)
        .join(Person, Person.id == UserCard.person_id)
        .options(joinedload(UserCard.person), joinedload(UserCard.unit))
        .where(access.cards_seen(viewer))
        .order_by(
            case(
                {State.REQUESTED: 0, State.APPROVED: 1, State.PRINTED: 2},
                value=UserCard.state,
                else_=3,
            ),
            UserCard.valid_until,
            UserCard.id.desc(),
        )
    )
    today = clock.today()
    if wanted.words:
        key = thai.code_key(wanted.words)
        query = query.where(
            or_(contains(Person.search_key, wanted.words), UserCard.number_key.contains(key))
        )
    if wanted.unit_id is not None:
        query = query.where(Person.unit_id == wanted.unit_id)
    over = UserCard.valid_until < today
    if wanted.state == EXPIRED:
        query = query.where(UserCard.state == State.HANDED_OVER, over)
    elif wanted.state == State.HANDED_OVER:
        query = query.where(UserCard.state == State.HANDED_OVER, ~over)
    elif wanted.state:
        query = query.where(UserCard.state == wanted.state)
    if wanted.soon:
        query = query.where(
            UserCard.state == State.HANDED_OVER, ~over, UserCard.valid_until <= today + SOON
        )
    return query


def own_cards(person_id: int) -> Sequence[UserCard]:
    """Return the cards of a person, the newest first."""
    return db.session.scalars(
        select(UserCard)
        .options(joinedload(UserCard.person), joinedload(UserCard.unit))
        .where(UserCard.person_id == person_id)
        .order_by(UserCard.id.desc())
        .limit(50)
    ).all()


def valid_card(person_id: int) -> UserCard | None:
    """Return the card in a person's hand, also where its last day has passed."""
    return db.session.scalar(
        select(UserCard).where(UserCard.person_id == person_id, UserCard.state == State.HANDED_OVER)
    )


def card_in_the_making(person_id: int) -> UserCard | None:
    """Return the card of a person that is asked for, approved or printed."""
    return db.session.scalar(
        select(UserCard).where(UserCard.person_id == person_id, UserCard.state.in_(IN_THE_MAKING))
    )


def last_portrait(person_id: int) -> UserCard | None:
    """Return the newest card of a person, whose photo may serve again."""
    return db.session.scalar(
        select(UserCard)
        .where(UserCard.person_id == person_id)
        .order_by(UserCard.id.desc())
        .limit(1)
    )


def card_by_code(code: str) -> UserCard | None:
    """Return the card of a code in its one spelling."""
    return _with_holder(UserCard.code == code)


def card_scanned(typed: str) -> UserCard | None:
    """Return the card of what was scanned or typed: its QR, its code, or its number."""
    code = read_code(typed)
    if code is not None:
        return card_by_code(code)
    key = thai.code_key(typed)
    return _with_holder(UserCard.number_key == key) if "/" in key else None


def _with_holder(term: Any) -> UserCard | None:  # noqa: ANN401 - a WHERE term
    return db.session.scalar(
        select(UserCard)
        .options(joinedload(UserCard.person), joinedload(UserCard.unit))
        .where(term)
        .limit(1)
    )


def people_named(viewer: Viewer, words: str) -> Sequence[Any]:
    """Return the people for whom the viewer may ask for a card, found by words of their names."""
    return db.session.execute(
        select(Person.id, Person.name_th, Person.position, Unit.name_th.label("unit"))
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            viewer.scope(access.MAKE).clause(Person.unit_id),
            Person.left_on.is_(None),
            contains(Person.search_key, words),
        )
        .order_by(thai_order(Person.name_th), Person.id)
        .limit(30)
    ).all()


def design_of(unit: Unit) -> CardDesign:
    """Return what the cards of a unit look like: its own design, or the nearest one above it.

    Where nobody has chosen anything a plain one is returned, which stands in no table.
    """
    found = designs_of([unit])
    return found[unit.id]


def designs_of(units: Sequence[Unit]) -> dict[int, CardDesign]:
    """Return the design of each unit by its id, with one query."""
    chains = {unit.id: [int(step) for step in unit.path.strip("/").split("/")] for unit in units}
    wanted = {step for chain in chains.values() for step in chain}
    rows = db.session.scalars(select(CardDesign).where(CardDesign.unit_id.in_(wanted))).all()
    by_unit = {row.unit_id: row for row in rows}
    return {
        unit_id: next(
            (by_unit[step] for step in reversed(chain) if step in by_unit), plain_design()
        )
        for unit_id, chain in chains.items()
    }


def plain_design() -> CardDesign:
    """Return the design of an office that has chosen none."""
    return CardDesign(
        band=BAND,
        ink=INK,
        emblem_key="",
        rules_text="",
        valid_years=VALID_YEARS,
        front_right=0,
        front_down=0,
        back_right=0,
        back_down=0,
    )


def own_design(unit_id: int) -> CardDesign | None:
    """Return the design that a unit has chosen for itself."""
    return db.session.scalar(select(CardDesign).where(CardDesign.unit_id == unit_id))


def office_phone() -> str:
    """Return the telephone number of the office, which a finder calls."""
    return db.session.scalar(select(Unit.phone).where(Unit.parent_id.is_(None))) or ""


def cards_of_run(viewer: Viewer, run_id: int) -> Sequence[UserCard]:
    """Return the cards of a run that the viewer may print and that are not void, in their order."""
    return db.session.scalars(
        select(UserCard)
        .join(Person, Person.id == UserCard.person_id)
        .options(joinedload(UserCard.person), joinedload(UserCard.unit))
        .where(
            UserCard.run_id == run_id,
            UserCard.state.in_((State.PRINTED, State.HANDED_OVER)),
            viewer.scope(access.MAKE).clause(Person.unit_id),
        )
        .order_by(thai_order(UserCard.name_th), UserCard.id)
    ).all()


def to_print(viewer: Viewer, *, batch_id: int | None = None) -> Sequence[int]:
    """Return the ids of the cards that wait to be printed, of a batch or of all."""
    states = TO_PRINT if batch_id is not None else (State.APPROVED,)
    query = (
        select(UserCard.id)
        .join(Person, Person.id == UserCard.person_id)
        .where(UserCard.state.in_(states), viewer.scope(access.MAKE).clause(Person.unit_id))
        .order_by(UserCard.id)
    )
    if batch_id is not None:
        query = query.where(UserCard.batch_id == batch_id)
    return db.session.scalars(query).all()


def batches(viewer: Viewer) -> Sequence[CardBatch]:
    """Return the newest batches that a viewer may see."""
    return db.session.scalars(
        select(CardBatch)
        .options(joinedload(CardBatch.unit), joinedload(CardBatch.by))
        .where(access.batches_seen(viewer))
        .order_by(CardBatch.id.desc())
        .limit(20)
    ).all()


def rows_of(batch_id: int) -> Sequence[CardRow]:
    """Return the rows of a batch in the order of its list."""
    return db.session.scalars(
        select(CardRow).where(CardRow.batch_id == batch_id).order_by(CardRow.line)
    ).all()


def rows_to_do(batch_id: int, most: int) -> Sequence[CardRow]:
    """Return the next rows of a batch that are to become cards."""
    return db.session.scalars(
        select(CardRow)
        .where(CardRow.batch_id == batch_id, CardRow.outcome.in_(TAKEN_ROWS))
        .order_by(CardRow.line)
        .limit(most)
    ).all()


def row_counts(batch_id: int) -> Counter[str]:
    """Return how many rows of a batch have which outcome."""
    rows = db.session.execute(
        select(CardRow.outcome, func.count(CardRow.id))
        .where(CardRow.batch_id == batch_id)
        .group_by(CardRow.outcome)
    )
    return Counter({RowOutcome(row[0]).value: row[1] for row in rows})


def cards_of_batch(batch_id: int) -> Sequence[UserCard]:
    """Return the cards made from a batch that still wait for its approval."""
    return db.session.scalars(
        select(UserCard)
        .options(joinedload(UserCard.person), joinedload(UserCard.unit))
        .where(UserCard.batch_id == batch_id, UserCard.state == State.REQUESTED)
        .order_by(UserCard.id)
    ).all()


def ending(today: date) -> Sequence[int]:
    """Return the ids of the cards in hand that end within thirty days, by their last day."""
    return db.session.scalars(
        select(UserCard.id)
        .join(Person, Person.id == UserCard.person_id)
        .where(
            UserCard.state == State.HANDED_OVER,
            UserCard.valid_until.between(today, today + SOON),
            Person.left_on.is_(None),
        )
        .order_by(UserCard.valid_until, UserCard.id)
    ).all()
