"""Seats, the waiting list, attendance, certificates and hours."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from helpdesk.surveys.models import SurveyInvitation
from helpdesk.surveys.rules import drafting, opening
from helpdesk.trainings import jobs, queries
from helpdesk.trainings.models import TrainingCertificate, TrainingEnrolment, TrainingSession
from helpdesk.trainings.rules import arranging, enrolling, holding
from helpdesk.trainings.states import PLACES, Action, State
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.bookkeeping.models import OutgoingMessage
from office.people.models import Person
from tests.factories.office import TESTER, in_work, make_person, viewer_for
from tests.helpdesk.trainings.conftest import Trainings


def told(kind: str) -> list[int | None]:
    """Whom messages of a kind went to."""
    query = select(OutgoingMessage.person_id).where(OutgoingMessage.kind == kind)
    return list(db.session.scalars(query.order_by(OutgoingMessage.id)))


def test_who_comes_after_the_last_seat_waits_and_moves_up_in_order(trainings: Trainings) -> None:
    session = trainings.session()
    places = [trainings.enrol(session) for _one in range(4)]
    assert [one.state for one in places] == ["enrolled", "enrolled", "queued", "queued"]
    with in_work():
        enrolling.withdraw(places[0], by=TESTER)
    assert [one.state for one in places] == ["withdrawn", "enrolled", "enrolled", "queued"]
    assert told("training_seated")[-1] == places[2].person_id


def test_who_comes_back_stands_at_the_end_of_the_waiting_list(trainings: Trainings) -> None:
    session = trainings.session(seats=1)
    trainings.enrol(session)
    first, second = trainings.enrol(session), trainings.enrol(session)
    with in_work():
        enrolling.withdraw(first, by=TESTER)
    trainings.enrol(session, first.person)
    assert second.queue < first.queue


def test_of_two_who_take_the_last_seat_at_once_one_waits(app: Flask, trainings: Trainings) -> None:
    session_id = trainings.session(seats=1).id
    people = [make_person().id for _one in range(2)]
    db.session.rollback()
    start = threading.Barrier(2)

    def take(person_id: int) -> None:
        with app.app_context():
            start.wait()
            with work():
                person = db.session.get_one(Person, person_id)
                enrolling.enrol(session_id, person, by=TESTER)

    threads = [threading.Thread(target=take, args=(one,)) for one in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    states = db.session.scalars(select(TrainingEnrolment.state)).all()
    assert sorted(states) == ["enrolled", "queued"]


def test_nobody_enrols_twice_or_after_the_beginning(trainings: Trainings) -> None:
    session = trainings.session()
    place = trainings.enrol(session)
    with pytest.raises(Refusal):
        trainings.enrol(session, place.person)
    trainings.clock.forward(days=2)
    with pytest.raises(Refusal):
        trainings.enrol(session)


def test_the_head_approves_before_the_seat_is_given(trainings: Trainings) -> None:
    session = trainings.session(approved=True)
    given, refused = (trainings.enrol(session) for _one in range(2))
    assert given.state == "asked"
    with in_work():
        signing.approve(
            db.session.get_one(Approval, given.approval_id), by=viewer_for(trainings.cast.chai)
        )
        signing.reject(
            db.session.get_one(Approval, refused.approval_id),
            "งานเร่งด่วน",
            by=viewer_for(trainings.cast.chai),
        )
    assert (given.state, refused.state) == ("enrolled", "refused")


def test_a_place_that_is_given_back_ends_its_approval(trainings: Trainings) -> None:
    place = trainings.enrol(trainings.session(approved=True))
    with in_work():
        enrolling.withdraw(place, by=TESTER)
    assert place.state == "withdrawn"
    assert db.session.get_one(Approval, place.approval_id).state == "voided"


def test_cards_note_attendance_once_and_only_of_who_has_a_seat(trainings: Trainings) -> None:
    session = trainings.session(seats=1)
    place, queued = trainings.enrol(session), trainings.enrol(session)
    with pytest.raises(Refusal), in_work():
        holding.note(place, session.first_day, by=TESTER)
    trainings.clock.forward(days=1)
    with in_work():
        noted = [holding.note(place, session.first_day, by=TESTER) for _one in range(2)]
    assert noted == [True, False]
    with pytest.raises(Refusal), in_work():
        holding.note(queued, session.first_day, by=TESTER)
    with pytest.raises(Refusal), in_work():
        holding.scan(session, "no card at all", by=TESTER)


def test_four_of_five_days_give_a_certificate_and_its_hours(trainings: Trainings) -> None:
    session = trainings.session(days=5)
    enough, short = trainings.enrol(session), trainings.enrol(session)
    with in_work():
        survey = drafting.make({"audience": "after_training"}, by=TESTER, template="training")
        opening.open_survey(survey, by=TESTER)
    with pytest.raises(Refusal), in_work():
        holding.finish(session, by=TESTER)
    trainings.clock.forward(days=5)
    with in_work():
        for place, count in ((enough, 4), (short, 3)):
            for day in session.days[:count]:
                holding.note(place, day, by=TESTER)
        assert holding.finish(session, by=TESTER) == 1
    found = db.session.scalars(select(TrainingCertificate)).one()
    assert (found.enrolment_id, found.number, found.hours) == (enough.id, "วฒ.1/2570", 6)
    assert [(one.name, one.hours) for one in queries.hours(2570)] == [(enough.person.name_th, 6)]
    assert queries.hours(2569) == []
    asked = db.session.scalars(select(SurveyInvitation.person_id)).all()
    assert asked == [enough.person_id]


def test_a_cancelled_training_tells_everybody_and_takes_nobody(trainings: Trainings) -> None:
    session = trainings.session(seats=1)
    places = [trainings.enrol(session) for _one in range(2)]
    with pytest.raises(Refusal), in_work():
        arranging.cancel(session, " ", by=TESTER)
    with in_work():
        arranging.cancel(session, "วิทยากรป่วย", by=TESTER)
    assert sorted(map(str, told("training_cancelled"))) == sorted(str(p.person_id) for p in places)
    with pytest.raises(Refusal):
        trainings.enrol(session)


def edited(session: TrainingSession, **changes: Any) -> bool:
    """Edit a session; return whether people were told."""
    names = ("first_day", "last_day", "times", "place", "trainer", "seats")
    fields = {name: getattr(session, name) for name in names}
    with in_work():
        return arranging.edit(session, {**fields, **changes}, by=TESTER)


def test_more_seats_go_to_the_waiting_list_and_fewer_than_are_taken_are_refused(
    trainings: Trainings,
) -> None:
    session = trainings.session(seats=1)
    places = [trainings.enrol(session) for _one in range(3)]
    assert not edited(session, seats=2)
    assert [one.state for one in places] == ["enrolled", "enrolled", "queued"]
    with pytest.raises(Refusal):
        edited(session, seats=1)


def test_who_holds_a_place_is_told_of_another_day_and_reminded_anew(trainings: Trainings) -> None:
    session = trainings.session(seats=1)
    places = [trainings.enrol(session) for _one in range(2)]
    jobs.remind_of_trainings()
    later = session.first_day + timedelta(days=7)
    assert edited(session, first_day=later, last_day=later)
    assert set(told("training_changed")) == {one.person_id for one in places}
    assert session.reminded_on is None


def test_a_training_that_has_begun_keeps_its_first_day_and_the_days_people_came(
    trainings: Trainings,
) -> None:
    session = trainings.session(days=3)
    place = trainings.enrol(session)
    trainings.clock.forward(days=3)
    with in_work():
        holding.note(place, session.last_day, by=TESTER)
    for wrong in (
        {"first_day": session.first_day + timedelta(days=1)},
        {"last_day": session.last_day - timedelta(days=1)},
    ):
        with pytest.raises(Refusal):
            edited(session, **wrong)
    assert not edited(session, trainer="ครูคนใหม่")


def test_who_is_taken_off_the_list_is_told_and_who_goes_alone_is_not(trainings: Trainings) -> None:
    session = trainings.session()
    taken, gone = (trainings.enrol(session) for _one in range(2))
    with in_work():
        enrolling.withdraw(taken, by=TESTER)
        enrolling.withdraw(gone, by=viewer_for(gone.person))
    assert told("training_taken_off") == [taken.person_id]


def test_attendance_that_was_noted_by_mistake_is_taken_back(trainings: Trainings) -> None:
    session = trainings.session()
    place = trainings.enrol(session)
    trainings.clock.forward(days=1)
    with in_work():
        holding.note(place, session.first_day, by=TESTER)
    again = []
    for _one in range(2):
        with in_work():
            again.append(holding.take_back(place, session.first_day, by=TESTER))
    assert again == [True, False]
    with in_work():
        assert holding.finish(session, by=TESTER) == 0
    with pytest.raises(Refusal), in_work():
        holding.take_back(place, session.first_day, by=TESTER)


def test_people_with_a_seat_are_reminded_once(trainings: Trainings) -> None:
    session = trainings.session(seats=1)
    place = trainings.enrol(session)
    trainings.enrol(session)
    assert (jobs.remind_of_trainings(), jobs.remind_of_trainings()) == (1, 0)
    assert told("training_reminder") == [place.person_id]


def test_every_pair_of_state_and_act_that_is_not_in_the_table_is_refused() -> None:
    possible = set(PLACES.transitions)
    wrong = []
    for state in State:
        for action in Action:
            try:
                PLACES.target(state, action)
                refused = False
            except Refusal:
                refused = True
            if refused == ((state, action) in possible):
                wrong.append((state, action))
    assert wrong == []
