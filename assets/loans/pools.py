"""Pools: the like things that one unit lends, and on which days how many of them are free.

A pool is what a request asks for: all lendable items that one unit has in the house of one model;
where items have no model, of one class; an item with neither is a pool of its own. So every
lendable item is in exactly one pool. ``Pools.read`` is the one place that knows what takes an item
(its own obstacle is told by ``assets.register.availability``):

- a loan, from now until the due date, a late one until further notice; then the turnaround;
- what was handed in elsewhere, a repair, maintenance, a transfer under way, a bad condition: until
  further notice, as nobody knows the day;
- what came back lately and rests;
- approved requests, for what is not handed over yet; then the turnaround.

What waits for disposal or is expected only is not in a pool at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from assets.catalogue.models import AssetClass
from assets.loans import free_days
from assets.loans.free_days import Block, Step
from assets.loans.models import LoanLine
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.states import NOT_BACK, LineState, RequestState
from assets.register.availability import UNUSABLE
from assets.register.models import Asset, Hold
from assets.register.states import HoldKind, Lifecycle
from kernel import clock
from kernel.db import db
from office.calendar import queries as calendar

NOTHING = 0
# Grouped by name: for PostgreSQL the same expression with values in it is another one.
KEY = ("pool_unit", "pool_model", "pool_class", "pool_item")
# No turnaround is longer, with the longest row of holidays in it.
LATELY = timedelta(days=60)


@dataclass(frozen=True, order=True)
class Pool:
    """What one unit has of one model, or of one class without model, or one odd item; 0: none."""

    unit_id: int
    model_id: int = NOTHING
    class_id: int = NOTHING
    asset_id: int = NOTHING

    @property
    def key(self) -> tuple[int, int, int, int]:
        """The pool as the database compares it."""
        return (self.unit_id, self.model_id, self.class_id, self.asset_id)


def key_of_items() -> tuple[ColumnElement[Any], ...]:
    """Return the parts of the key of an item's pool, over ``Asset``, named as ``KEY``."""
    model = func.coalesce(Asset.model_id, NOTHING)
    of_class = case((Asset.model_id.is_(None), func.coalesce(Asset.class_id, NOTHING)), else_=0)
    odd = and_(Asset.model_id.is_(None), Asset.class_id.is_(None))
    parts = (Asset.holding_unit_id, model, of_class, case((odd, Asset.id), else_=NOTHING))
    return tuple(part.label(name) for part, name in zip(parts, KEY, strict=True))


def key_of_lines() -> tuple[ColumnElement[Any], ...]:
    """Return the parts of the key of a line's pool, over ``RequestLine`` and its request."""
    odd = and_(RequestLine.model_id.is_(None), RequestLine.class_id.is_(None))
    return (
        LoanRequest.lending_unit_id.expression,
        func.coalesce(RequestLine.model_id, NOTHING),
        func.coalesce(RequestLine.class_id, NOTHING),
        case((odd, func.coalesce(RequestLine.asset_id, NOTHING)), else_=NOTHING),
    )


def pool_of(asset: Asset) -> Pool:
    """Return the pool that an item is in, or would be in if it were lendable."""
    if asset.model_id is not None:
        return Pool(asset.holding_unit_id, model_id=asset.model_id)
    if asset.class_id is not None:
        return Pool(asset.holding_unit_id, class_id=asset.class_id)
    return Pool(asset.holding_unit_id, asset_id=asset.id)


def pool_of_line(unit_id: int, line: RequestLine) -> Pool:
    """Return the pool that a line of a request to this unit takes from."""
    if line.model_id is not None or line.class_id is not None:
        return Pool(unit_id, line.model_id or NOTHING, line.class_id or NOTHING)
    return Pool(unit_id, asset_id=line.asset_id or NOTHING)


def lendable() -> ColumnElement[bool]:
    """Return the WHERE term of the items in a pool, over ``Asset`` outer-joined to its class."""
    return and_(
        Asset.lendable,
        Asset.lifecycle == Lifecycle.IN_SERVICE,
        func.coalesce(AssetClass.lendable, True),
    )


def keyed(*columns: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - columns of any kind
    """Return a SELECT of lendable items: the four parts of the pool's key, then the columns."""
    return (
        select(*key_of_items(), *columns)
        .select_from(Asset)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .where(lendable())
    )


def _only(key: tuple[ColumnElement[Any], ...], pools: Iterable[Pool]) -> ColumnElement[bool]:
    """Return the term of these pools; the plain columns let the database use its indexes."""
    by_shape: dict[tuple[int, str], list[int]] = defaultdict(list)
    for pool in pools:
        shape = "model" if pool.model_id else "class" if pool.class_id else "item"
        by_shape[pool.unit_id, shape].append(pool.model_id or pool.class_id or pool.asset_id)
    part = {"model": 1, "class": 2, "item": 3}
    return or_(
        *(
            and_(key[0] == unit_id, key[part[shape]].in_(ids))
            for (unit_id, shape), ids in sorted(by_shape.items())
        )
    )


@dataclass(frozen=True)
class Facts:
    """What is in a pool: how many, what takes them, and how long they rest after a loan."""

    total: int = 0
    turnaround: int = 0
    blocks: Sequence[Block] = ()


@dataclass(frozen=True)
class Promise:
    """So many things that an approved request will take, half-open days."""

    pool: Pool
    asset_id: int | None
    request_id: int
    line_id: int
    first: date
    end: date
    count: int

    @property
    def block(self) -> Block:
        """What it takes."""
        return Block(self.first, self.end, self.count)


@dataclass
class Pools:
    """What some pools hold and what takes it, as of one moment; two queries, however many."""

    today: date
    facts: Mapping[Pool, Facts] = field(default_factory=dict)
    promises: Mapping[Pool, Sequence[Promise]] = field(default_factory=dict)

    @classmethod
    def read(cls, pools: Iterable[Pool], *, without_items: Sequence[int] = ()) -> Pools:
        """Read pools; items of ``without_items`` are left out as if the unit did not have them."""
        wanted, today = set(pools), clock.today()
        if not wanted:
            return cls(today)
        return cls(today, _facts(wanted, today, without_items), _promises(wanted))

    @cached_property
    def _steps(self) -> dict[Pool, list[Step]]:
        return {}

    def steps(self, pool: Pool) -> list[Step]:
        """Return how many of a pool are free from which day on, beginning today."""
        if pool not in self._steps:
            facts = self.facts.get(pool, Facts())
            blocks = [*facts.blocks, *(one.block for one in self.promises.get(pool, ()))]
            open_days = calendar.calendar_for(pool.unit_id)
            self._steps[pool] = free_days.steps(
                facts.total, blocks, facts.turnaround, open_days, since=self.today
            )
        return self._steps[pool]

    def total(self, pool: Pool) -> int:
        """Return how many there are, whether free or not."""
        return self.facts.get(pool, Facts()).total

    def free(self, pool: Pool, first: date, end: date) -> int:
        """Return how many can be had from ``first`` to ``end``, the rest after that included.

        The rest counts, because whoever comes next finds them resting.
        """
        turnaround = self.facts.get(pool, Facts()).turnaround
        open_days = calendar.calendar_for(pool.unit_id)
        back = free_days.rest_end(end, turnaround, open_days)
        return free_days.least(self.steps(pool), max(first, self.today), back)


def _taken() -> ColumnElement[int]:
    """Return 1 where something other than a loan keeps an item until further notice."""
    held = exists().where(
        Hold.asset_id == Asset.id, Hold.kind != HoldKind.LOAN, Hold.ended_at.is_(None)
    )
    elsewhere = LoanLine.state == LineState.RETURNED_ELSEWHERE
    return case((or_(Asset.condition.in_(UNUSABLE), held, elsewhere), 1), else_=0).label("taken")


def _facts(pools: set[Pool], today: date, without: Sequence[int]) -> dict[Pool, Facts]:
    taken = _taken()
    query = (
        keyed(taken, LoanLine.due_on, func.count(), func.max(AssetClass.turnaround_days))
        .outerjoin(LoanLine, and_(LoanLine.asset_id == Asset.id, LoanLine.state.in_(NOT_BACK)))
        .where(_only(_plain_items(), pools))
    )
    if without:
        query = query.where(Asset.id.not_in(without))
    query = query.group_by(*KEY, "taken", LoanLine.due_on)
    totals: dict[Pool, int] = defaultdict(int)
    rests: dict[Pool, int] = defaultdict(int)
    blocks: dict[Pool, list[Block]] = defaultdict(list)
    for *key, kept, due_on, count, turnaround in db.session.execute(query):
        pool = Pool(*key)
        if pool not in pools:
            continue
        totals[pool] += count
        rests[pool] = max(rests[pool], turnaround or 0)
        if kept or (due_on is not None and due_on < today):
            blocks[pool].append(Block(today, None, count))
        elif due_on is not None:
            back = max(due_on, today + timedelta(days=1))
            blocks[pool].append(Block(today, back, count))
    for pool, back_on in _resting({pool for pool in totals if rests[pool]}, today, without):
        blocks[pool].append(Block(back_on - timedelta(days=1), back_on))
    return {pool: Facts(totals[pool], rests[pool], blocks[pool]) for pool in totals}


def _resting(pools: set[Pool], today: date, without: Sequence[int]) -> Iterable[tuple[Pool, date]]:
    """Yield the days on which items came back lately, for pools whose items rest after a loan."""
    if not pools:
        return
    lately = clock.at(today - LATELY, time())
    away = select(LoanLine.asset_id).where(LoanLine.state.in_(NOT_BACK))
    query = (
        keyed(func.max(LoanLine.returned_at))
        .join(LoanLine, LoanLine.asset_id == Asset.id)
        .where(
            _only(_plain_items(), pools),
            LoanLine.state == LineState.RETURNED,
            LoanLine.returned_at >= lately,
            Asset.id.not_in(away),
            Asset.id.not_in(without),
        )
        .group_by(*KEY, Asset.id)
    )
    for *key, back_at in db.session.execute(query):
        if Pool(*key) in pools:
            yield Pool(*key), clock.local(back_at).date()


def _plain_items() -> tuple[ColumnElement[Any], ...]:
    return (
        Asset.holding_unit_id.expression,
        Asset.model_id.expression,
        Asset.class_id.expression,
        Asset.id.expression,
    )


def _plain_lines() -> tuple[ColumnElement[Any], ...]:
    return (
        LoanRequest.lending_unit_id.expression,
        RequestLine.model_id.expression,
        RequestLine.class_id.expression,
        RequestLine.asset_id.expression,
    )


def _promises(pools: set[Pool]) -> dict[Pool, list[Promise]]:
    found: dict[Pool, list[Promise]] = defaultdict(list)
    query = promised().where(_only(_plain_lines(), pools))
    for promise in map(_promise, db.session.execute(query)):
        if promise.pool in pools:
            found[promise.pool].append(promise)
    return found


def promised() -> Select[*tuple[Any, ...]]:
    """Return the SELECT of what approved requests still wait for, the earliest first."""
    return (
        select(
            *key_of_lines(),
            RequestLine.asset_id,
            LoanRequest.id,
            RequestLine.id,
            LoanRequest.from_on,
            LoanRequest.to_on,
            RequestLine.quantity - RequestLine.handed,
        )
        .join(LoanRequest, LoanRequest.id == RequestLine.request_id)
        .where(
            LoanRequest.state == RequestState.APPROVED, RequestLine.quantity > RequestLine.handed
        )
        .order_by(LoanRequest.from_on, LoanRequest.id, RequestLine.id)
    )


def _promise(row: Any) -> Promise:  # noqa: ANN401 - a row of ``promised``
    unit_id, model_id, class_id, odd, *rest = row
    return Promise(Pool(unit_id, model_id, class_id, odd), *rest)


def promises_of_items(asset_ids: Sequence[int]) -> list[Promise]:
    """Return the promises of exactly these items, the earliest first."""
    if not asset_ids:
        return []
    query = promised().where(RequestLine.asset_id.in_(asset_ids))
    return [_promise(row) for row in db.session.execute(query)]


def exists_in(pool: Pool, asset_id: int | None = None) -> bool:
    """Tell whether a pool has something in it (this item, where one is given)."""
    query = keyed().where(_only(_plain_items(), [pool]))
    if pool.class_id:
        query = query.where(Asset.model_id.is_(None))
    if asset_id is not None:
        query = query.where(Asset.id == asset_id)
    return db.session.execute(query.limit(1)).first() is not None


def highest_prices(pools: Iterable[Pool]) -> dict[Pool, Decimal]:
    """Return the price of the dearest item of each pool, where the register knows one (baht)."""
    wanted = set(pools)
    query = keyed(func.max(Asset.price)).where(_only(_plain_items(), wanted))
    rows = db.session.execute(query.group_by(*KEY))
    return {Pool(*key): price for *key, price in rows if price is not None and Pool(*key) in wanted}


def is_item_free(asset_id: int, day: date) -> bool:
    """Tell whether one item will be back and usable on a day, whoever it is promised to."""
    taken = _taken()
    query = (
        keyed(taken, LoanLine.due_on, AssetClass.turnaround_days)
        .outerjoin(LoanLine, and_(LoanLine.asset_id == Asset.id, LoanLine.state.in_(NOT_BACK)))
        .where(Asset.id == asset_id)
    )
    row = db.session.execute(query).first()
    if row is None:
        return False
    unit_id, _model, _class, _odd, kept, due_on, turnaround = row
    today = clock.today()
    if kept or (due_on is not None and due_on < today):
        return False
    if due_on is None:
        return True
    open_days = calendar.calendar_for(unit_id)
    back = max(due_on, today + timedelta(days=1))
    return free_days.rest_end(back, turnaround or 0, open_days) <= day
