"""Promising things: never more than there are, under one lock; keeping the promise; letting go.

``check`` refuses what cannot be promised. ``assets.loans.promises`` answers the counter;
``bind`` notes at the counter that a promise is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from assets.loans import pools
from assets.loans.free_days import rest_end
from assets.loans.models import LoanLine
from assets.loans.pools import Pools
from assets.loans.request_models import LoanRequest, LoanSetup, RequestLine
from assets.loans.states import NOT_BACK, REQUESTS, RequestAction, RequestState
from assets.register.models import Asset
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import show_date
from office.bookkeeping import audit
from office.calendar import queries as calendar
from office.places.models import Unit

LONGEST_SETTING_UP = timedelta(hours=8)
TAKES_ROOM = (RequestState.APPROVED, RequestState.FETCHED)


def take_turns(unit_ids: Iterable[int]) -> None:
    """Wait until nobody else promises or hands over things of these units, until the work ends."""
    wanted = select(Unit.id).where(Unit.id.in_(set(unit_ids))).order_by(Unit.id)
    db.session.execute(wanted.with_for_update(key_share=True)).all()


def check(request: LoanRequest) -> None:
    """Refuse a request whose things are not all free on all of its days.

    Call it under ``take_turns`` before promising. Refuses as well where one item is asked for that
    is promised to somebody else or not back by then, and a set-up whose room or operator is taken
    (R-V1).
    """
    if request.from_on is None or request.to_on is None:
        raise Refusal(_("Please say from when to when."), field="from_on")
    wanted: Counter[pools.Pool] = Counter()
    for line in request.lines:
        wanted[pools.pool_of_line(request.lending_unit_id, line)] += line.quantity
    found = Pools.read(wanted)
    for line in request.lines:
        pool = pools.pool_of_line(request.lending_unit_id, line)
        free = max(found.free(pool, request.from_on, request.to_on), 0)
        if free < wanted[pool]:
            raise Refusal(
                _(
                    "“%(name)s”: %(free)s free from %(first)s to %(end)s, %(wanted)s wanted.",
                    name=line.name,
                    free=free,
                    wanted=wanted[pool],
                    first=show_date(request.from_on, "short"),
                    end=show_date(request.to_on, "short"),
                )
            )
    for line in request.lines:
        if line.asset is not None:
            _check_item(request, line.asset)
    if request.setup is not None:
        check_setup(request.setup)


def _check_item(request: LoanRequest, asset: Asset) -> None:
    """Refuse one item that is promised, or not back, on a day it is wanted."""
    first, end = request.from_on, request.to_on
    if first is None or end is None:
        return
    turnaround = asset.asset_class.turnaround_days if asset.asset_class else 0
    open_days = calendar.calendar_for(request.lending_unit_id)
    back = rest_end(end, turnaround, open_days)
    for promise in pools.promises_of_items([asset.id]):
        free_again = rest_end(promise.end, turnaround, open_days)
        if promise.request_id != request.id and promise.first < back and first < free_again:
            raise Refusal(
                _(
                    "“%(name)s” is promised to somebody else from %(first)s to %(end)s.",
                    name=asset.name,
                    first=show_date(promise.first, "short"),
                    end=show_date(promise.end, "short"),
                )
            )
    if not pools.is_item_free(asset.id, first):
        raise Refusal(_("“%(name)s” is not available on that day.", name=asset.name))


def check_setup(setup: LoanSetup) -> None:
    """Refuse a set-up whose room or operator is taken by another one then (R-V1).

    The time of setting up before the meeting counts.
    """
    begins = starts_setting_up(setup)
    others = db.session.scalars(
        select(LoanSetup)
        .join(LoanRequest, LoanRequest.id == LoanSetup.request_id)
        .where(
            LoanSetup.id != setup.id,
            LoanRequest.state.in_(TAKES_ROOM),
            LoanSetup.ends_at > begins,
            LoanSetup.starts_at < setup.ends_at + LONGEST_SETTING_UP,
        )
        .order_by(LoanSetup.starts_at)
    )
    for other in others:
        if starts_setting_up(other) >= setup.ends_at:
            continue
        when = show_date(other.starts_at, "short"), f"{clock.local(other.starts_at):%H:%M}"
        if same_place(setup, other):
            raise Refusal(
                _(
                    "%(place)s is taken by another meeting on %(day)s at %(time)s.",
                    place=setup.place,
                    day=when[0],
                    time=when[1],
                ),
                field="setup_place",
            )
        if setup.operator_id is not None and setup.operator_id == other.operator_id:
            raise Refusal(
                _(
                    "The operator sets up another meeting on %(day)s at %(time)s.",
                    day=when[0],
                    time=when[1],
                ),
                field="operator_id",
            )


def starts_setting_up(setup: LoanSetup) -> datetime:
    """Return when the room is needed: before the meeting, for setting up."""
    return setup.starts_at - timedelta(minutes=setup.minutes_before)


def same_place(one: LoanSetup, other: LoanSetup) -> bool:
    """Tell whether two set-ups need the same room, or the same place in words."""
    if one.room_id is not None or other.room_id is not None:
        return one.room_id == other.room_id
    return thai.search_key(one.place_text) == thai.search_key(other.place_text)


def bind(line: RequestLine, asset: Asset, *, by: Viewer) -> None:
    """Note that an item that was just handed over keeps a promise.

    Call it after ``lending.lend`` in the same unit of work. When the last piece is handed over the
    request is fetched.

    Refuses a line whose request is not approved any more, one whose pieces are all handed over,
    another kind of thing than was promised, and an item that is not out.
    """
    # Locked: two desks that hand over for one request take turns.
    request = db.session.get_one(
        LoanRequest, line.request_id, with_for_update=True, populate_existing=True
    )
    db.session.refresh(line)
    if line.handed >= line.quantity:
        raise Refusal(_("Everything that was asked for has been handed over already."))
    fits = pools.pool_of(asset) == pools.pool_of_line(request.lending_unit_id, line)
    if not fits or line.asset_id not in (None, asset.id):
        raise Refusal(
            _(
                "“%(name)s” is not what request %(number)s asks for.",
                name=asset.name,
                number=request.number,
            )
        )
    out = db.session.scalar(
        select(LoanLine).where(LoanLine.asset_id == asset.id, LoanLine.state.in_(NOT_BACK))
    )
    if out is None or out.request_line_id is not None:
        raise Refusal(_("“%(name)s” has not been handed over.", name=asset.name))
    done = all(one.left == (1 if one.id == line.id else 0) for one in request.lines)
    target = REQUESTS.target(RequestState(request.state), RequestAction.FETCH)
    out.request_line_id = line.id
    line.handed += 1
    if done:
        request.state, request.ended_at = target, clock.now()
        audit.record("fetched", request, by=by, after={"number": request.number})


def handed_any(request: LoanRequest) -> bool:
    """Tell whether something of a request has been handed over."""
    return any(line.handed for line in request.lines)
