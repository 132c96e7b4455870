"""From the request to the card in the hand and its end (DOMAIN 8.7, forms F07 and F08)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import asking, signing
from office.bookkeeping.models import OutgoingMessage
from office.cards import queries
from office.cards.models import UserCard
from office.cards.rules import designing, issuing, requesting
from office.cards.rules.designing import Look
from office.cards.states import Reason, State
from office.papers.models import IssuedPaper
from office.people.models import Person
from office.places.models import Unit
from tests.factories.office import make_person, viewer_for
from tests.office.at_once import in_threads
from tests.office.cards.conftest import Cards, draft


def test_f07_a_request_waits_for_the_head_of_the_unit(cards: Cards) -> None:
    card = cards.ask(cards.malee)
    assert (card.state, card.number, card.unit_id) == (State.REQUESTED, None, cards.cast.school.id)
    assert card.approval is not None
    assert card.approval.asker_id == cards.malee.id


def test_f07_an_approved_card_has_its_number_its_days_and_its_issuer(cards: Cards) -> None:
    card = cards.approve(cards.ask(cards.malee))
    assert card.number == f"บต.{cards.cast.school.code}-1/2570"
    assert (card.issued_on, card.valid_until) == (date(2026, 11, 23), date(2030, 11, 22))
    assert (card.issuer_name, card.issuer_position) == (
        "สมหญิง หัวหน้าตัวอย่าง",
        "ผู้อำนวยการโรงเรียน",
    )
    issued = db.session.scalars(select(IssuedPaper)).one()
    assert (issued.kind, issued.number) == ("card_request", card.number)


def test_f08_numbers_run_without_gaps_in_each_unit(cards: Cards) -> None:
    others = [make_person(unit=cards.cast.school) for _ in range(3)]
    asked = [cards.ask(person) for person in others]
    approval_id, by = asked[1].approval_id, viewer_for(cards.head)
    with work():
        signing.reject(db.session.get_one(Approval, approval_id), "รูปไม่ชัด", by=by)
    numbers = [cards.approve(card).number for card in (asked[0], asked[2])]
    assert numbers == [f"บต.{cards.cast.school.code}-{n}/2570" for n in (1, 2)]
    rejected = db.session.get_one(UserCard, asked[1].id)
    assert (rejected.state, rejected.ended_why) == (State.REJECTED, "รูปไม่ชัด")


def test_nobody_approves_the_own_card_even_when_another_asked(cards: Cards) -> None:
    wanted, head_id = draft(cards.head), cards.head.id
    with work():
        card = requesting.request(
            db.session.get_one(Person, head_id), wanted, by=viewer_for(cards.kanda)
        )
    approval_id, by = card.approval_id, viewer_for(cards.head)
    with pytest.raises(Refusal), work():
        signing.approve(db.session.get_one(Approval, approval_id), by=by)


def test_a_second_request_is_refused_while_one_is_on_its_way(cards: Cards) -> None:
    cards.ask(cards.malee)
    with pytest.raises(Refusal):
        cards.ask(cards.malee)


def test_a_first_card_is_refused_for_who_has_one(cards: Cards) -> None:
    cards.valid(cards.malee)
    with pytest.raises(Refusal) as told:
        cards.ask(cards.malee)
    assert told.value.field == "reason"


def test_a_card_for_somebody_who_has_left_is_refused(cards: Cards) -> None:
    gone = make_person(unit=cards.cast.school, left_on=date(2026, 1, 1))
    wanted = draft(gone)
    with pytest.raises(Refusal), work():
        requesting.request(db.session.get_one(Person, gone.id), wanted, by=viewer_for(cards.kanda))


def test_f08_the_new_card_takes_the_place_of_the_old_when_it_is_handed_over(cards: Cards) -> None:
    old = cards.valid(cards.malee)
    new = cards.printed(cards.malee, Reason.EXPIRED)
    assert db.session.get_one(UserCard, old.id).state == State.HANDED_OVER
    cards.act(issuing.hand_over, new)
    assert db.session.get_one(UserCard, old.id).state == State.REPLACED
    assert queries.valid_card(cards.malee.id).id == new.id  # type: ignore[union-attr]


def test_f08_asking_because_the_card_is_lost_stops_it_at_once(cards: Cards) -> None:
    old = cards.valid(cards.malee)
    cards.ask(cards.malee, Reason.LOST)
    assert db.session.get_one(UserCard, old.id).state == State.LOST


def test_a_card_that_is_not_printed_is_not_handed_over(cards: Cards) -> None:
    with pytest.raises(Refusal):
        cards.act(issuing.hand_over, cards.approve(cards.ask(cards.malee)))


def test_a_revoked_card_needs_a_reason_and_tells_its_holder(cards: Cards) -> None:
    card = cards.valid(cards.malee)
    with pytest.raises(Refusal):
        cards.act(issuing.revoke, card, " ")
    assert cards.act(issuing.revoke, card, "ย้ายโรงเรียน").state == State.REVOKED
    kinds = db.session.scalars(
        select(OutgoingMessage.kind).where(OutgoingMessage.person_id == cards.malee.id)
    ).all()
    assert "card_ended" in kinds


def test_a_request_taken_back_ends_with_its_approval(cards: Cards) -> None:
    card = cards.ask(cards.malee)
    card_id, by = card.id, viewer_for(cards.malee)
    with work():
        requesting.cancel(db.session.get_one(UserCard, card_id), "", by=by)
    assert db.session.get_one(UserCard, card_id).state == State.CANCELLED
    assert db.session.get_one(Approval, card.approval_id).state == "recalled"


def test_a_coordinator_may_take_a_request_back_too(cards: Cards) -> None:
    card_id, by = cards.ask(cards.malee).id, viewer_for(cards.kanda)
    with work():
        requesting.cancel(db.session.get_one(UserCard, card_id), "ขอผิดคน", by=by)
    found = db.session.get_one(UserCard, card_id)
    assert (found.state, found.ended_why) == (State.CANCELLED, "ขอผิดคน")


def test_an_approval_made_void_stops_the_card(cards: Cards) -> None:
    card = cards.valid(cards.malee)
    approval_id, by = card.approval_id, viewer_for(cards.cast.admin)
    with work():
        asking.void(db.session.get_one(Approval, approval_id), "อนุมัติผิดคน", by=by)
    found = db.session.get_one(UserCard, card.id)
    assert (found.state, found.ended_why) == (State.REVOKED, "อนุมัติผิดคน")


def test_a_request_that_was_sent_back_is_mended_and_signed_anew(cards: Cards) -> None:
    card = cards.ask(cards.malee)
    card_id, approval_id = card.id, card.approval_id
    by, head = viewer_for(cards.malee), viewer_for(cards.head)
    with work():
        signing.send_back(db.session.get_one(Approval, approval_id), "ตำแหน่งผิด", by=head)
    wanted = draft(cards.malee, position="ครูชำนาญการ")
    with work():
        requesting.mend(db.session.get_one(UserCard, card_id), wanted, "แก้แล้ว", by=by)
    card = cards.approve(db.session.get_one(UserCard, card_id))
    assert (card.state, card.position) == (State.APPROVED, "ครูชำนาญการ")


def test_a_request_that_was_not_sent_back_cannot_be_mended(cards: Cards) -> None:
    card_id, by = cards.ask(cards.malee).id, viewer_for(cards.malee)
    wanted = draft(cards.malee)
    with pytest.raises(Refusal), work():
        requesting.mend(db.session.get_one(UserCard, card_id), wanted, "แก้แล้ว", by=by)


def test_years_and_look_come_from_the_nearest_unit_above(cards: Cards) -> None:
    by, root = viewer_for(cards.cast.admin), cards.cast.office.id
    with work():
        designing.design(
            db.session.get_one(Unit, root), Look("#004d40", "#ffffff", "", "", 6), by=by
        )
    card = cards.approve(cards.ask(cards.malee))
    assert card.valid_until == date(2032, 11, 22)


@pytest.mark.parametrize(
    ("look", "field"),
    [
        (Look("#ffff00", "#ffffff", "", "", 4), "ink"),
        (Look("red", "#ffffff", "", "", 4), "band"),
        (Look("#000000", "#ffffff", "", "", 11), "valid_years"),
        (Look("#000000", "#ffffff", "", "", 4, back_down=101), "back_down"),
    ],
)
def test_a_look_that_cannot_be_is_refused_at_its_field(
    cards: Cards, look: Look, field: str
) -> None:
    by, unit_id = viewer_for(cards.cast.admin), cards.cast.school.id
    with pytest.raises(Refusal) as told, work():
        designing.design(db.session.get_one(Unit, unit_id), look, by=by)
    assert told.value.field == field


def test_of_two_requests_at_once_one_wins(cards: Cards) -> None:
    from flask import current_app

    person_id, wanted = cards.malee.id, draft(cards.malee)

    def ask(_number: int) -> str:
        by = viewer_for(db.session.get_one(Person, person_id))
        try:
            with work():
                requesting.request(db.session.get_one(Person, person_id), wanted, by=by)
        except Refusal:
            return "refused"
        return "asked"

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    assert sorted(in_threads(app, 4, ask)) == ["asked", "refused", "refused", "refused"]


def test_of_two_who_hand_over_at_once_one_wins(cards: Cards) -> None:
    from flask import current_app

    card_id, admin_id = cards.printed(cards.malee).id, cards.cast.admin.id

    def hand(_number: int) -> str:
        by = viewer_for(db.session.get_one(Person, admin_id))
        try:
            with work():
                issuing.locked_cards([card_id])
                issuing.hand_over(db.session.get_one(UserCard, card_id), by=by)
        except Refusal:
            return "refused"
        return "handed"

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    assert sorted(in_threads(app, 3, hand)) == ["handed", "refused", "refused"]
