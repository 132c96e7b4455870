"""The book values of today kept beside the cards, so that a page in their order is found at once.

They are read only where they are whole and hold good for today, the office's convention, and the
classes and the rules as they are now; else a list is ordered by the SQL of today
(``worth_in_sql``), which is as right and slower. The timetable makes them (``rules.worths``).

Whatever writes a card through the session passes here and keeps its value by ``valuation``, for
the day that is kept. A statement that writes many cards upsets what is kept; the timetable mends
it. Whoever writes holds a lock until the end of the transaction, and the timetable takes it alone
at each of its steps, so that neither overlooks the other; SQLite has one writer at a time anyway.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Insert,
    Select,
    Update,
    bindparam,
    event,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from assets.catalogue.models import AssetClass
from assets.register import book_value, lives, standing, valuation, worth_in_sql
from assets.register.book_value import Convention
from assets.register.models import Asset
from assets.register.worth_models import AssetWorth, WorthDay, WorthState
from kernel.db import db, inserting

# What a value is told by on the card, and the number by which items of one value are listed.
SAID_BY = (
    *("price", "acquired_on", "quantity", "useful_life_years", "class_id", "class_text"),
    *("below_threshold", "standing_override", "lifecycle", "asset_no_sort"),
)
AT_ONCE = 500
LOCK = 2_569_031
HALF = 32


def _digest(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()[:HALF]


# Another release may count otherwise; what it finds kept by the one before is made anew.
RULES = _digest(
    b"".join(
        Path(one).read_bytes()
        for one in (
            *(book_value.__file__, valuation.__file__, standing.__file__, lives.__file__),
            *(worth_in_sql.__file__, lives.TABLE),
        )
    )
)


class Mark(NamedTuple):
    """What kept values hold good for, and which making of them it was."""

    day: date
    convention: str
    told_by: str
    state: str
    turn: int


def fingerprint() -> str:
    """Return what else than the card and the day tells a value: the rules and the classes.

    The version of a class is part of it: a life that was changed and changed back is another one,
    for items may have been written between.
    """
    told = (AssetClass.id, AssetClass.version, AssetClass.parent_id)
    query = select(*told, AssetClass.useful_life_years, AssetClass.name_th).order_by(AssetClass.id)
    classes = [tuple(row) for row in db.session.execute(query)]
    return RULES + _digest(repr(classes).encode())


def mark() -> Mark | None:
    """Return what the kept values hold good for; None before they are made for the first time."""
    row = db.session.connection().execute(_mark()).first()
    return Mark(*row) if row else None


def whole(on: date, convention: Convention) -> Mark | None:
    """Return the mark of the kept values where they may be read for a day; None where not.

    The reader looks again afterwards whether ``mark`` is still the same.
    """
    found = mark()
    if found is None or found.state != WorthState.WHOLE:
        return None
    if (found.day, found.convention) != (on, convention) or found.told_by != fingerprint():
        return None
    return found


def lock(connection: Connection, *, alone: bool = False) -> None:
    """Hold the kept values until the end of the transaction, together with others or alone."""
    if connection.dialect.name == "postgresql":
        take = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
        connection.execute(select(take(LOCK)))


def keep(connection: Connection, ids: Collection[int]) -> None:
    """Keep the values of items as their cards say now; nothing before the first making.

    Args:
        connection: inside the transaction that wrote the cards.
        ids: the items.
    """
    if not ids:
        return
    lock(connection)
    row = connection.execute(_mark()).first()
    if row is None:
        return
    kept = Mark(*row)
    if not kept.told_by.startswith(RULES):
        upset(connection)
        return
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        found = connection.execute(_cards_of(), {"ids": wanted[start : start + AT_ONCE]})
        _write(connection, [_row(card, kept) for card in found])


@cache
def cards() -> Select[Any]:
    """Return the query of what a value is told by, and of the number, card by card."""
    reads = {**valuation.READ, "unit": literal(""), "asset_no_sort": Asset.asset_no_sort}
    return (
        select(*(column.label(name) for name, column in reads.items()))
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .outerjoin(valuation.Wider, valuation.Wider.id == AssetClass.parent_id)
    )


def upset(connection: Connection) -> None:
    """Let nobody read what is kept until it is made anew."""
    lock(connection)
    connection.execute(update(WorthDay).values(state=WorthState.UPSET))


def written(engine: str) -> Any:  # noqa: ANN401 - the engine's own INSERT
    """Return the INSERT of kept values which writes over those that are there."""
    insert = inserting(AssetWorth, engine)
    return insert, {
        "index_elements": ["asset_id"],
        "set_": {name: insert.excluded[name] for name in ("net", "asset_no_sort")},
    }


def _row(card: Any, kept: Mark) -> dict[str, Any]:  # noqa: ANN401 - a row of `_cards`
    worth = valuation.of_row(card, kept.day, Convention(kept.convention))
    net = worth.net if worth else None
    return {"asset_id": card.id, "net": net, "asset_no_sort": card.asset_no_sort}


def _write(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(_upsert(connection.dialect.name), rows)


@cache
def _upsert(engine: str) -> Any:  # noqa: ANN401 - the engine's own INSERT
    insert, over = written(engine)
    return insert.on_conflict_do_update(**over)


@cache
def _mark() -> Select[Any]:
    return select(*(getattr(WorthDay, name) for name in Mark._fields))


@cache
def _cards_of() -> Select[Any]:
    return cards().where(Asset.id.in_(bindparam("ids", expanding=True)))


@event.listens_for(Session, "after_flush")
def _with_the_card(session: Session, _context: Any) -> None:  # noqa: ANN401 - the flush
    changed = {one.id for one in session.new if isinstance(one, Asset)}
    changed |= {one.id for one in session.dirty if isinstance(one, Asset) and _differs(one)}
    if changed:
        keep(session.connection(), changed)


def _differs(item: Asset) -> bool:
    return any(get_history(item, name, PASSIVE_NO_INITIALIZE).has_changes() for name in SAID_BY)


@event.listens_for(Session, "do_orm_execute")
def _beside_the_card(state: ORMExecuteState) -> None:
    """See statements that write many cards; which columns they write is not asked."""
    statement = state.statement
    if isinstance(statement, Insert | Update) and str(statement.table) == Asset.__tablename__:
        upset(state.session.connection())
