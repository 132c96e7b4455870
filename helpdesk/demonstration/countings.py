"""The annual inspections of one school: last year's is closed, this year's is half walked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from sqlalchemy import select

from assets.counts import access, dates
from assets.counts.models import Expected, Proposal, Round, RoundRoom, RoundUnit
from assets.counts.rules import closing, deciding, opening, planning, reviewing, scanning
from assets.counts.rules.planning import Appointment
from assets.counts.rules.scanning import Sent
from assets.counts.states import Duty
from assets.register.models import Asset
from assets.register.states import Lifecycle
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import SCHOOL, Cast
from kernel import clock, thai
from kernel.db import db

CHAIR, MEMBERS = "inspector", ("nok",)
STORE, HEAD = "storekeeper", "approver"
SEEN = {"": 88, "damaged": 6, "worn_out": 4, "not_needed": 2}
NOT_FOUND, ELSEWHERE = 0.03, 0.02


def close_last_year(cast: Cast, chance: Random) -> None:
    """Play the whole round of the year before: planned, walked, reviewed, closed."""
    one = _open(cast, chance)
    if one is None:
        return
    _walk(cast, one, chance, share=1.0)
    reviewing.end_counting(one, by=cast.viewer(STORE))
    ids = list(db.session.scalars(select(Proposal.id).where(Proposal.round_id == one.id)))
    why = script.phrase("count_dismissed", chance)
    for start in range(0, len(ids), deciding.MOST_AT_ONCE):
        part = ids[start : start + deciding.MOST_AT_ONCE]
        chosen = access.proposals_among(part, one)
        deciding.dismiss(one, chosen, why, by=cast.viewer(STORE))
    today = clock.today()
    closing.note_papers(
        one, reported_on=today, auditor_copy_on=today, parent_copy_on=today, by=cast.viewer(STORE)
    )
    closing.close(one, by=cast.viewer(STORE))


def walk_this_year(cast: Cast, chance: Random) -> None:
    """Open this year's round and let the committee walk half of the rooms."""
    one = _open(cast, chance)
    if one is not None:
        _walk(cast, one, chance, share=0.5)


def _open(cast: Cast, chance: Random) -> Round | None:
    """Return an open round of the year that ended last; None where nothing can be counted."""
    year = thai.fiscal_year(clock.today()) - 1
    unit_id, store = cast.units[SCHOOL], cast.viewer(STORE)
    order = Appointment(
        unit_id=unit_id,
        unit_ids=(unit_id,),
        fiscal_year=year,
        order_no=f"{chance.randint(40, 90)}/{year}",
        ordered_on=date(year - thai.BUDDHIST_OFFSET, 9, 15),
        appointer_name=script.phrase("count_appointer", chance),
        appointer_position=script.phrase("count_position", chance),
    )
    if not _can_be_counted(year, unit_id):
        return None
    one = planning.plan(order, by=store)
    planning.appoint(one, cast.person(CHAIR), Duty.CHAIR, by=store)
    for name in MEMBERS:
        planning.appoint(one, cast.person(name), Duty.MEMBER, by=store)
    db.session.flush()  # the opening reads the committee
    opening.open_round(one, by=store)
    return one


def _can_be_counted(year: int, unit_id: int) -> bool:
    """Tell whether the school has things of that year, and no round of it yet."""
    had = select(RoundUnit.id).where(RoundUnit.unit_id == unit_id, RoundUnit.fiscal_year == year)
    there = select(Asset.id).where(
        Asset.owner_unit_id == unit_id,
        Asset.lifecycle == Lifecycle.IN_SERVICE,
        Asset.acquired_on <= date(year - thai.BUDDHIST_OFFSET, 9, 30),
    )
    begun = dates.days_of(year, unit_id).starts_on <= clock.today()
    return (
        begun
        and db.session.scalar(had.limit(1)) is None
        and db.session.scalar(there.limit(1)) is not None
    )


def _walk(cast: Cast, one: Round, chance: Random, *, share: float) -> None:
    """Scan the rooms of a round, a share of them, as the committee finds them."""
    rooms = db.session.scalars(
        select(RoundRoom)
        .where(RoundRoom.round_id == one.id, RoundRoom.expected_total > 0)
        .order_by(RoundRoom.id)
    ).all()
    walked = rooms[: max(1, round(len(rooms) * share))]
    for number, room in enumerate(walked):
        by = cast.viewer((CHAIR, *MEMBERS)[number % (1 + len(MEMBERS))])
        sent = _scans(one, room, walked, chance)
        for start in range(0, len(sent), scanning.MOST_AT_ONCE):
            scanning.receive(one, sent[start : start + scanning.MOST_AT_ONCE], by=by)
        if share == 1.0 or number < len(walked) - 1:
            scanning.finish(one, room, by=by)


def _scans(one: Round, room: RoundRoom, rooms: Sequence[RoundRoom], chance: Random) -> list[Sent]:
    lines = db.session.scalars(
        select(Expected).where(Expected.round_id == one.id, Expected.round_room_id == room.id)
    )
    sent = []
    for line in lines:
        code = line.asset_no or line.serial_no
        if not code or chance.random() < NOT_FOUND:
            continue
        place = chance.choice(rooms) if chance.random() < ELSEWHERE else room
        sent.append(
            Sent(
                client_id=f"demo-{one.id}-{line.id}".ljust(10, "x"),
                code=code,
                round_room_id=place.id,
                condition=script.drawn(SEEN, chance),
                quantity=line.quantity if line.quantity > 1 else None,
            )
        )
    return sent
