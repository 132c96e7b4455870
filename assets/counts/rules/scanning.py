"""Taking in scans: each exactly once, none dropped without a reason, the outcome decided here.

A scan never changes the register. It leaves a row that is never changed, and brings the one result
of its item up to date. A batch is worked in one order of ids, so that two phones that send the same
scans at the same time wait for each other and never lock each other out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from assets.counts import access
from assets.counts.models import Round, RoundRoom, Scan
from assets.counts.rules import resolving, results, reviewing
from assets.counts.rules.resolving import Finder, Thing
from assets.counts.states import ROUNDS, SEEN_CONDITIONS, Outcome, RoundAction, RoundState
from assets.register.states import Condition
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import rules as bookkeeping

CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
LONGEST_CODE, LONGEST_REMARK, LONGEST_DEVICE = 300, 500, 40
MOST_PIECES = 100_000
MOST_AT_ONCE = 100
CONTROLS = dict.fromkeys([*range(32), 127], " ")


@dataclass(frozen=True)
class Sent:
    """One scan as a page or a phone sends it; nothing in it is trusted.

    ``device_at`` is the phone's clock (aware), None where it said nothing readable.
    """

    client_id: str
    code: str
    round_room_id: int | None = None
    condition: str = ""
    quantity: int | None = None
    remark: str = ""
    device_at: datetime | None = None
    device: str = ""


@dataclass(frozen=True)
class Answer:
    """What became of one scan: kept with its outcome, or refused with the reason.

    ``again`` says that the scan had arrived before.
    """

    client_id: str
    outcome: Outcome | None = None
    scan_id: int | None = None
    refused: str = ""
    again: bool = False
    thing: Thing | None = None


def receive(one: Round, sent: Sequence[Sent], *, by: Viewer, offline: bool = False) -> list[Answer]:
    """Take in scans of a member of the committee, in the order of the answers.

    A scan that was taken in before is answered as it was then, however often it comes. One that
    makes no sense is refused by itself; the others are kept.

    Refuses all of them where the round takes no scans (not opened yet, or closed), and more than
    100 at once.
    """
    if len(sent) > MOST_AT_ONCE:
        raise Refusal(_("Up to %(most)s scans at once.", most=MOST_AT_ONCE))
    # The round cannot be closed while scans come in; other scans do not wait.
    state = access.state_locked(one, shared=True)
    ROUNDS.target(state, RoundAction.SCAN)
    rooms = _rooms(one, {scan.round_room_id for scan in sent} - {None})
    faults = {scan.client_id: _fault(scan, rooms) for scan in sent}
    good = sorted(
        {scan.client_id: scan for scan in sent if not faults[scan.client_id]}.values(),
        key=lambda scan: scan.client_id,
    )
    finder = resolving.finder(one, (_code(scan) for scan in good))
    fresh = {
        scan.client_id for scan in good if _keep(one, scan, finder, rooms, by, offline=offline)
    }
    kept = _kept(one, [scan.client_id for scan in good])
    changed = {row.asset_id for key, row in kept.items() if key in fresh and row.asset_id}
    results.settle(one, {asset_id for asset_id in changed if asset_id})
    if state == RoundState.REVIEWING and fresh:
        reviewing.refresh(one, {asset_id for asset_id in changed if asset_id})
        reviewing.refresh_unknown(one)
    _note_presence(one, good, rooms, by)
    return [_answer(scan, faults, kept, fresh, finder, by) for scan in sent]


def _rooms(one: Round, ids: set[int | None]) -> dict[int, RoundRoom]:
    found = db.session.scalars(
        select(RoundRoom).where(RoundRoom.round_id == one.id, RoundRoom.id.in_(ids))
    )
    return {room.id: room for room in found}


def _fault(scan: Sent, rooms: Mapping[int, RoundRoom]) -> str:
    """Return why a scan cannot be kept, "" where it can."""
    if not CLIENT_ID.fullmatch(scan.client_id):
        return _("The scan has no proper number of its own.")
    if not _code(scan):
        return _("Nothing was scanned.")
    if scan.round_room_id is not None and scan.round_room_id not in rooms:
        return _("This room is not part of the round.")
    if scan.condition and scan.condition not in {str(one) for one in SEEN_CONDITIONS}:
        return _("This is not a condition that can be seen.")
    if scan.quantity is not None and not 0 <= scan.quantity <= MOST_PIECES:
        return _("Between 0 and %(most)s.", most=f"{MOST_PIECES:,}")
    return ""


def _code(scan: Sent) -> str:
    # Control signs only: putting Thai marks in order would lose keystrokes of a scanner.
    return scan.code.translate(CONTROLS).strip()[:LONGEST_CODE]


def _keep(
    one: Round,
    scan: Sent,
    finder: Finder,
    rooms: Mapping[int, RoundRoom],
    by: Viewer,
    *,
    offline: bool,
) -> bool:
    """Add the scan unless it is there; tell whether it is new."""
    room = rooms.get(scan.round_room_id or 0)
    thing, several = finder.thing(_code(scan), scan.round_room_id)
    now = clock.now()
    return bookkeeping.insert_or_skip(
        Scan,
        round_id=one.id,
        client_id=scan.client_id,
        device=scan.device[:LONGEST_DEVICE],
        code=_code(scan),
        round_room_id=room.id if room else None,
        asset_id=thing.asset_id if thing else None,
        outcome=finder.outcome(thing, several, room),
        condition=Condition(scan.condition) if scan.condition else None,
        quantity=scan.quantity,
        remark=scan.remark.translate(CONTROLS).strip()[:LONGEST_REMARK],
        offline=offline,
        device_at=scan.device_at or now,
        server_at=now,
        person_id=by.id,
        person_name=by.name[:200],
    )


def _kept(one: Round, client_ids: Sequence[str]) -> dict[str, Scan]:
    found = db.session.scalars(
        select(Scan).where(Scan.round_id == one.id, Scan.client_id.in_(client_ids))
    )
    return {scan.client_id: scan for scan in found}


def _answer(
    scan: Sent,
    faults: Mapping[str, str],
    kept: Mapping[str, Scan],
    fresh: set[str],
    finder: Finder,
    by: Viewer,
) -> Answer:
    if faults[scan.client_id]:
        return Answer(scan.client_id, refused=faults[scan.client_id])
    row = kept.get(scan.client_id)
    if row is None or row.person_id != by.id:
        return Answer(
            scan.client_id,
            refused=_("This scan belongs to another round or to another person."),
        )
    thing, _several = finder.thing(row.code, row.round_room_id)
    again = scan.client_id not in fresh
    return Answer(scan.client_id, Outcome(row.outcome), row.id, again=again, thing=thing)


def _note_presence(
    one: Round, good: Sequence[Sent], rooms: Mapping[int, RoundRoom], by: Viewer
) -> None:
    here = [scan.round_room_id for scan in good if scan.round_room_id in rooms]
    member = access.member_of(by, one)
    if member is not None and good:
        member.seen_at = clock.now()
        member.room_id = here[-1] if here else member.room_id


def enter(one: Round, room: RoundRoom, *, by: Viewer) -> None:
    """Say that a member of the committee is in a room now, so that the others go elsewhere."""
    ROUNDS.target(RoundState(one.state), RoundAction.SCAN)
    member = access.member_of(by, one)
    if member is not None:
        member.room_id, member.seen_at = room.id, clock.now()


def finish(one: Round, room: RoundRoom, *, by: Viewer) -> None:
    """Say that a room has been walked; what was not found there may still turn up elsewhere."""
    ROUNDS.target(RoundState(one.state), RoundAction.SCAN)
    room.walked_at, room.walked_by = clock.now(), by.name[:200]
