"""Putting a request together: a draft for each unit that lends, things on it, days and purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from assets.loans import access, lenders, pools
from assets.loans.pools import Pool
from assets.loans.request_models import LoanKit, LoanRequest, LoanSetup, RequestLine
from assets.loans.states import REQUESTS, PlaceKind, RequestAction, RequestState, SetUp
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from office.places.models import Unit

MOST_LINES, MOST_PIECES = 30, 200


@dataclass(frozen=True)
class Wish:
    """What is typed about a request as a whole; a draft may leave anything open."""

    from_on: date | None = None
    to_on: date | None = None
    purpose: str = ""
    official: bool = False
    place_kind: str = PlaceKind.INSIDE.value
    place_text: str = ""
    agency_name: str = ""
    agency_contact: str = ""
    agency_phone: str = ""
    letter_no: str = ""
    letter_on: date | None = None


@dataclass(frozen=True)
class Meeting:
    """A meeting for which something is set up; moments are aware."""

    kind: str
    title: str
    starts_at: datetime | None
    ends_at: datetime | None
    place_text: str = ""
    room_id: int | None = None
    minutes_before: int = 30
    platform: str = ""
    participants: int | None = None
    recorded: bool = False
    note: str = ""
    operator_id: int | None = None


def draft_of(unit_id: int, *, by: Viewer) -> LoanRequest:
    """Return the draft of a person to a unit, made where there is none.

    Refuses a unit that the person may not ask.
    """
    by.demand(access.ASK)
    if unit_id not in {unit.id for unit in lenders.open_to(by)}:
        raise NotFound(_("This unit does not lend to you."))
    found = db.session.scalar(
        select(LoanRequest).where(
            LoanRequest.asker_id == by.id,
            LoanRequest.lending_unit_id == unit_id,
            LoanRequest.state == RequestState.DRAFT,
        )
    )
    if found is None:
        found = LoanRequest(
            asker_id=by.id,
            asker_unit_id=by.unit_id,
            lending_unit_id=unit_id,
            created_at=clock.now(),
        )
        if _is_strange(unit_id, by):
            found.place_kind = PlaceKind.OUTSIDE
        db.session.add(found)
        db.session.flush()  # the lines name the request; of two drafts at once one is refused
    return found


def _is_strange(unit_id: int, by: Viewer) -> bool:
    """Tell whether the unit is of another agency than the person: its things go outside (R-L1)."""
    lending, own = db.session.get(Unit, unit_id), db.session.get(Unit, by.unit_id or 0)
    if lending is None or own is None:
        return False
    return lenders.agency_id_of(lending) != lenders.agency_id_of(own)


def put(pool: Pool, quantity: int, *, by: Viewer, asset_id: int | None = None) -> LoanRequest:
    """Put so many things of a pool, or one item of it, on the person's draft to that unit.

    What stands on it already is added to. Refuses what the unit does not lend, an item that is not
    of that pool, no pieces or too many, and too many lines.
    """
    request = draft_of(pool.unit_id, by=by)
    if not pools.exists_in(pool, asset_id):
        raise NotFound(_("This is not lent here."))
    odd = pool.asset_id or asset_id
    same = next(
        (
            line
            for line in request.lines
            if pools.pool_of_line(pool.unit_id, line) == pool and line.asset_id == odd
        ),
        None,
    )
    if same is not None:
        _set_quantity(same, 1 if odd else same.quantity + quantity)
    else:
        if len(request.lines) >= MOST_LINES:
            raise Refusal(_("One request holds %(most)s lines at most.", most=MOST_LINES))
        line = RequestLine(
            model_id=pool.model_id or None,
            class_id=pool.class_id or None,
            asset_id=odd or None,
            handed=0,
        )
        _set_quantity(line, 1 if odd else quantity)
        request.lines.append(line)
    return request


def _set_quantity(line: RequestLine, quantity: int) -> None:
    if not 1 <= quantity <= MOST_PIECES:
        raise Refusal(_("Please ask for 1 to %(most)s pieces.", most=MOST_PIECES), field="quantity")
    line.quantity = quantity


def put_kit(kit: LoanKit, *, by: Viewer) -> LoanRequest:
    """Put everything of a kit on the person's draft; what is not lent any more is left out.

    Refuses a retired kit, and one of which nothing is lent any more.
    """
    if kit.retired_on is not None:
        raise NotFound(_("There is no such kit."))
    request, found = draft_of(kit.unit_id, by=by), 0
    for line in kit.lines:
        pool = Pool(kit.unit_id, line.model_id or 0, line.class_id or 0)
        if pools.exists_in(pool):
            put(pool, line.quantity, by=by)
            found += 1
    if not found:
        raise Refusal(_("Nothing of this kit is lent any more."))
    return request


def write_down(
    request: LoanRequest,
    wish: Wish,
    quantities: Mapping[int, int],
    meeting: Meeting | None,
    *,
    by: Viewer,
) -> None:
    """Keep what was typed on a draft; only the asker may.

    Args:
        request: the draft.
        wish: everything but the lines; what is missing is refused when the request is sent.
        quantities: pieces by the id of the line; 0 takes the line off.
        meeting: what to set up, None for nothing.
        by: the asker.

    Refuses a request that is sent already, days the wrong way round, and a meeting without a
    title, a time or a place.
    """
    _own_draft(request, by)
    if wish.from_on and wish.to_on and wish.to_on <= wish.from_on:
        raise Refusal(_("The things come back after the day they are fetched."), field="to_on")
    if wish.place_kind not in set(PlaceKind):
        raise Refusal(_("Please choose where the items are used."), field="place_kind")
    for name in Wish.__dataclass_fields__:
        value = getattr(wish, name)
        setattr(request, name, value.strip() if isinstance(value, str) else value)
    for line in list(request.lines):
        wanted = quantities.get(line.id, line.quantity)
        if wanted == 0:
            request.lines.remove(line)
        elif line.asset_id is None:
            _set_quantity(line, wanted)
    _write_meeting(request, meeting)


def _write_meeting(request: LoanRequest, meeting: Meeting | None) -> None:
    if meeting is None:
        request.setup = None
        return
    if meeting.kind not in set(SetUp):
        raise Refusal(_("Please choose what to set up."), field="setup_kind")
    if not meeting.title.strip():
        raise Refusal(_("Please name the meeting."), field="setup_title")
    if meeting.starts_at is None or meeting.ends_at is None:
        raise Refusal(_("Please say when the meeting begins and ends."), field="setup_day")
    if meeting.ends_at <= meeting.starts_at or meeting.ends_at > meeting.starts_at + timedelta(1):
        raise Refusal(_("The meeting ends after it begins, on the same day."), field="setup_until")
    if meeting.room_id is None and not meeting.place_text.strip():
        raise Refusal(_("Please say where the meeting is."), field="setup_place")
    setup = request.setup or LoanSetup()
    for name in Meeting.__dataclass_fields__:
        value = getattr(meeting, name)
        setattr(setup, name, value.strip() if isinstance(value, str) else value)
    request.setup = setup


def drop(request: LoanRequest, line_id: int, *, by: Viewer) -> None:
    """Take a line off a draft; where it is gone already nothing happens."""
    _own_draft(request, by)
    for line in list(request.lines):
        if line.id == line_id:
            request.lines.remove(line)


def discard(request: LoanRequest, *, by: Viewer) -> None:
    """Throw a draft away. Refuses a request that was sent: that is cancelled instead."""
    _own_draft(request, by)
    db.session.delete(request)


def copy(request: LoanRequest, *, by: Viewer) -> LoanRequest:
    """Put the things of an earlier request of the own on a draft, with its purpose, without days.

    Refuses where nothing of it is lent any more.
    """
    if request.asker_id != by.id:
        raise NotFound(_("There is no such request."))
    unit_id = request.lending_unit_id
    target, found = draft_of(unit_id, by=by), 0
    for line in request.lines:
        pool = pools.pool_of_line(unit_id, line)
        if pools.exists_in(pool, line.asset_id):
            put(pool, line.quantity, by=by, asset_id=line.asset_id)
            found += 1
    if not found:
        raise Refusal(_("Nothing of this request is lent any more."))
    for name in ("purpose", "place_kind", "place_text", "agency_name", "agency_contact"):
        if not getattr(target, name) or name == "place_kind":
            setattr(target, name, getattr(request, name))
    return target


def _own_draft(request: LoanRequest, by: Viewer) -> None:
    if request.asker_id != by.id:
        raise NotFound(_("There is no such request."))
    REQUESTS.target(RequestState(request.state), RequestAction.WRITE)
