"""A handover: proposed, answered by the recipient alone, recalled; the old person until then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from assets.register.models import Asset, Movement
from assets.register.rules import moving
from assets.register.states import Lifecycle, MoveCause
from assets.transfers import jobs
from assets.transfers.models import Handover, HandoverLine
from assets.transfers.rules import handing
from assets.transfers.states import HandoverState
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, make_person, viewer_for
from tests.factories.transfers import make_handover
from tests.office.at_once import in_threads

Verb = Callable[..., int]


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def lines(handover: Handover) -> list[int]:
    found = db.session.scalars(
        select(HandoverLine.id).where(HandoverLine.handover_id == handover.id)
    )
    return list(found)


def acted(verb: Verb, handover: Handover, by: Person | Viewer, **more: str) -> int:
    ids = lines(handover)
    viewer = by if isinstance(by, Viewer) else viewer_for(by)
    with work():
        return verb(db.session.get_one(Handover, handover.id), ids, by=viewer, **more)


def custodian_of(asset: Asset) -> int | None:
    return db.session.scalars(select(Asset.custodian_id).where(Asset.id == asset.id)).one()


def test_until_the_answer_the_old_person_answers_for_it(cast: Cast) -> None:
    asset = make_asset(custodian_id=cast.thep.id)
    make_handover(asset, to=cast.malee)
    assert custodian_of(asset) == cast.thep.id
    said = db.session.scalars(
        select(OutgoingMessage).where(OutgoingMessage.person_id == cast.malee.id)
    ).one()
    assert said.kind == "handover_proposed"
    assert asset.name in said.body


def test_accepting_puts_the_item_into_the_name(cast: Cast) -> None:
    asset = make_asset(custodian_id=cast.thep.id)
    handover = make_handover(asset, to=cast.malee, by=cast.sri)
    assert acted(handing.accept, handover, cast.malee) == 1
    assert custodian_of(asset) == cast.malee.id
    one = db.session.scalars(select(Movement)).one()
    assert (one.cause, one.reference) == ("handover", handover.number)
    told = select(OutgoingMessage.kind).where(OutgoingMessage.person_id == cast.sri.id)
    assert db.session.scalars(told).all() == ["handover_answered"]


def test_declining_needs_a_reason_and_changes_nothing(cast: Cast) -> None:
    asset = make_asset(custodian_id=cast.thep.id)
    handover = make_handover(asset, to=cast.malee, by=cast.sri)
    with pytest.raises(Refusal) as refused:
        acted(handing.decline, handover, cast.malee, reason=" ")
    assert refused.value.field == "reason"
    acted(handing.decline, handover, cast.malee, reason="ไม่เคยเห็น")
    assert custodian_of(asset) == cast.thep.id
    line = db.session.scalars(select(HandoverLine)).one()
    assert (line.state, line.answer) == (HandoverState.DECLINED, "ไม่เคยเห็น")


@pytest.mark.parametrize("verb", [handing.accept, handing.decline])
def test_nobody_answers_for_somebody_else(cast: Cast, verb: Verb) -> None:
    handover = make_handover(to=cast.malee)
    more = {"reason": "-"} if verb is handing.decline else {}
    for other in (cast.kanda, cast.sri, cast.admin, cast.orn):
        with pytest.raises(NotAllowed):
            acted(verb, handover, other, **more)


def test_the_storekeeper_writes_down_a_signed_paper_but_not_the_own_one(cast: Cast) -> None:
    handover = make_handover(asset := make_asset(), to=cast.malee)
    acted(handing.sign, handover, cast.sri, note="เซ็นแล้ว")
    assert custodian_of(asset) == cast.malee.id
    own = make_handover(to=cast.sri)
    with pytest.raises(Refusal):
        acted(handing.sign, own, cast.sri, note="")


@pytest.mark.parametrize("role", ["requester", "technician", "approver", "coordinator", "auditor"])
def test_recalling_and_proposing_is_for_the_store(cast: Cast, role: str) -> None:
    handover = make_handover(to=cast.malee)
    who = cast.by_role()[role]
    with pytest.raises(NotAllowed):
        acted(handing.recall, handover, who, reason="")
    with pytest.raises(NotAllowed):
        make_handover(to=cast.malee, by=who)


@pytest.mark.parametrize("verb", [handing.accept, handing.decline, handing.sign, handing.recall])
@pytest.mark.parametrize("first", [handing.accept, handing.decline, handing.recall])
def test_an_answer_is_the_last_word(cast: Cast, first: Verb, verb: Verb) -> None:
    handover = make_handover(to=cast.malee, by=cast.sri)
    who = {handing.accept: cast.malee, handing.decline: cast.malee}
    words = {
        handing.decline: {"reason": "-"},
        handing.recall: {"reason": ""},
        handing.sign: {"note": ""},
    }
    acted(first, handover, who.get(first, cast.sri), **words.get(first, {}))
    with pytest.raises(Refusal):
        acted(verb, handover, who.get(verb, cast.sri), **words.get(verb, {}))


def test_an_item_waits_in_one_handover_at_a_time(cast: Cast) -> None:
    asset = make_asset()
    make_handover(asset, to=cast.malee)
    with pytest.raises(Refusal):
        make_handover(asset, to=cast.kanda)


def test_what_is_in_the_name_already_is_not_proposed(cast: Cast) -> None:
    with pytest.raises(Refusal):
        make_handover(make_asset(custodian_id=cast.malee.id), to=cast.malee)


def test_what_is_struck_off_is_not_proposed(cast: Cast) -> None:
    with pytest.raises(Refusal):
        make_handover(make_asset(lifecycle=Lifecycle.DISPOSED), to=cast.malee)


def test_what_left_the_register_since_is_not_taken_over(cast: Cast) -> None:
    asset = make_asset()
    handover = make_handover(asset, to=cast.malee)
    with work():
        db.session.get_one(Asset, asset.id).lifecycle = Lifecycle.DISPOSED
    with pytest.raises(Refusal):
        acted(handing.accept, handover, cast.malee)
    assert custodian_of(asset) is None
    assert acted(handing.decline, handover, cast.malee, reason="จำหน่ายแล้ว") == 1


def test_a_person_in_charge_who_changed_since_stops_the_acceptance(cast: Cast) -> None:
    asset = make_asset(custodian_id=cast.thep.id)
    handover = make_handover(asset, to=cast.malee)
    with work():
        row = db.session.get_one(Asset, asset.id)
        person = db.session.get_one(Person, cast.kanda.id)
        moving.move(row, custodian=person, why=MoveCause.CARD, by=TESTER)
    with pytest.raises(Refusal):
        acted(handing.accept, handover, cast.malee)
    assert custodian_of(asset) == cast.kanda.id


def test_a_reminder_comes_once_after_seven_days(cast: Cast, clock: Clock) -> None:
    make_handover(to=cast.malee)
    clock.forward(days=6)
    assert jobs.remind_handovers() == 0
    clock.forward(days=1)
    assert jobs.remind_handovers() == 1
    clock.forward(days=7)
    assert jobs.remind_handovers() == 0
    kinds = db.session.scalars(
        select(OutgoingMessage.kind).where(OutgoingMessage.person_id == cast.malee.id)
    ).all()
    assert sorted(kinds) == ["handover_proposed", "handover_waiting"]


def test_what_was_answered_is_not_reminded_of(cast: Cast, clock: Clock) -> None:
    handover = make_handover(to=cast.malee)
    acted(handing.accept, handover, cast.malee)
    clock.forward(days=14)
    assert jobs.remind_handovers() == 0


def test_of_accepting_and_recalling_at_once_one_wins(app: Flask, cast: Cast) -> None:
    malee, sri = viewer_for(cast.malee), viewer_for(cast.sri)
    pairs = []
    for _pair in range(4):
        asset = make_asset()
        handover = make_handover(asset, to=cast.malee, by=cast.sri)
        pairs.append((handover.id, lines(handover), asset.id))
    outcomes: list[tuple[int, str]] = []

    def act(number: int) -> None:
        handover_id, ids, _asset_id = pairs[number // 2]
        try:
            with work():
                one = db.session.get_one(Handover, handover_id)
                if number % 2:
                    handing.accept(one, ids, by=malee)
                else:
                    handing.recall(one, ids, reason="", by=sri)
            outcomes.append((handover_id, "accept" if number % 2 else "recall"))
        except Refusal:
            db.session.rollback()

    in_threads(app, 2 * len(pairs), act)
    db.session.rollback()
    assert sorted(one for one, _verb in outcomes) == sorted(one for one, *_rest in pairs)
    won = dict(outcomes)
    for handover_id, _ids, asset_id in pairs:
        custodian = db.session.get_one(Asset, asset_id).custodian_id
        assert (custodian == cast.malee.id) == (won[handover_id] == "accept")


def test_of_two_who_propose_one_item_at_once_one_wins(app: Flask, cast: Cast) -> None:
    sri, asset_id = viewer_for(cast.sri), make_asset().id
    people = [make_person().id for _one in range(4)]

    def act(number: int) -> None:
        try:
            with work():
                to = db.session.get_one(Person, people[number])
                handing.propose([db.session.get_one(Asset, asset_id)], to, reason="", by=sri)
        except Refusal:
            db.session.rollback()

    in_threads(app, len(people), act)
    db.session.rollback()
    assert len(db.session.scalars(select(HandoverLine)).all()) == 1
