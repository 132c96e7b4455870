"""Letters: numbers without gaps, what is answered by what, who is told of the day."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import Busy, Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.letters import jobs
from office.letters.models import Letter
from office.letters.rules import handling, registering, reminding
from office.letters.states import LETTERS, Action, Book, State
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.letters import make_letter
from tests.factories.office import TESTER, make_person, viewer_for


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def again(letter: Letter) -> Letter:
    return db.session.get_one(Letter, letter.id)


def test_each_register_counts_by_itself_and_anew_each_calendar_year(
    cast: Cast, clock: Clock
) -> None:
    first, second = make_letter(cast.office), make_letter(cast.office)
    out, circular = make_letter(cast.office, Book.OUT), make_letter(cast.office, Book.CIRCULAR)
    other = make_letter(cast.school)
    clock.set(kernel_clock.at(date(2027, 1, 4), time(10)))
    later = make_letter(cast.office)
    made = (first, second, out, circular, other, later)
    assert [one.shown_number for one in made] == [
        "1/2569",
        "2/2569",
        "1/2569",
        "1/2569",
        "1/2569",
        "1/2570",
    ]


def test_the_number_on_a_letter_out_has_the_code_of_the_unit() -> None:
    numbers = [
        registering.number_on_letter("ศธ 04123", Book.OUT, 12, 2569),
        registering.number_on_letter("ศธ 04123", Book.CIRCULAR, 3, 2569),
        registering.number_on_letter("", Book.OUT, 12, 2569),
    ]
    assert numbers == ["ศธ 04123/12", "ศธ 04123/ว 3", "12/2569"]


def test_a_roll_back_gives_the_number_back(cast: Cast) -> None:
    with suppress(RuntimeError), work():
        make_letter(cast.office)
        raise RuntimeError
    assert make_letter(cast.office).number == 1


def test_two_who_register_at_once_get_different_numbers(app: Flask, cast: Cast) -> None:
    unit_id = cast.office.id
    make_letter(cast.office)
    start, numbers = threading.Barrier(2), []

    def register() -> None:
        with app.app_context():
            start.wait()
            try:
                with work():
                    numbers.append(registering.draw(unit_id, Book.IN, 2569))
            except Busy:
                numbers.append(-1)

    threads = [threading.Thread(target=register) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [2, 3]


def test_what_may_happen_to_a_letter(app: Flask) -> None:
    assert app.name
    allowed = {(state, action) for state in State for action in LETTERS.actions(state)}
    assert allowed == {
        (State.REGISTERED, Action.PASS),
        (State.PASSED, Action.PASS),
        (State.REGISTERED, Action.FINISH),
        (State.PASSED, Action.FINISH),
        (State.DONE, Action.REOPEN),
        (State.REGISTERED, Action.CANCEL),
        (State.PASSED, Action.CANCEL),
        (State.DONE, Action.CANCEL),
    }


def test_an_answer_finishes_the_letter_that_it_answers(cast: Cast) -> None:
    came = make_letter(cast.office)
    answer = make_letter(cast.office, Book.OUT, answers=came, code="ศธ 04123")
    found = again(came)
    assert (found.state, "ศธ 04123/1" in found.outcome) == (State.DONE, True)
    assert again(answer).answers_id == came.id


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answer_by": date(2026, 11, 1)}, "answer_by"),
        ({"again": False}, "again"),
        ({"code": "ศธ/1", "book": Book.OUT}, "code"),
    ],
)
def test_registering_refuses_what_is_wrong(
    cast: Cast, wrong: dict[str, object], field: str
) -> None:
    make_letter(cast.office)
    with pytest.raises(Refusal) as refused:
        make_letter(cast.office, **wrong)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_an_answer_goes_the_other_way(cast: Cast) -> None:
    with pytest.raises(Refusal):
        make_letter(cast.office, answers=make_letter(cast.office))


def test_a_letter_out_keeps_a_number_of_its_own(cast: Cast) -> None:
    first = make_letter(cast.office, Book.OUT, code="ศธ 04123")
    second = make_letter(cast.office, Book.OUT, code="ศธ 04123")
    with pytest.raises(Refusal) as refused, work():
        registering.edit(again(second), {"letter_no": first.letter_no}, by=TESTER)
    assert refused.value.field == "letter_no"


def test_passing_on_tells_the_person_once(cast: Cast) -> None:
    made = make_letter(cast.office)
    with work():
        person = db.session.get_one(Person, cast.malee.id)
        handling.pass_on(again(made), person, "โปรดดำเนินการ", by=viewer_for(cast.sri))
    message = db.session.scalars(select(OutgoingMessage)).one()
    assert (message.person_id, message.link) == (cast.malee.id, f"/letters/{made.id}")
    with pytest.raises(Refusal), work():
        handling.pass_on(
            again(made), db.session.get_one(Person, cast.malee.id), "", by=viewer_for(cast.sri)
        )


def test_nothing_is_passed_to_who_has_left(cast: Cast) -> None:
    gone = make_person(left_on=date(2026, 1, 1))
    made = make_letter(cast.office)
    with pytest.raises(Refusal), work():
        handling.pass_on(again(made), db.session.get_one(Person, gone.id), "", by=TESTER)


def test_a_cancelled_letter_keeps_its_line_and_cannot_be_changed(cast: Cast) -> None:
    made = make_letter(cast.office)
    with work():
        handling.cancel(again(made), "ลงซ้ำ", by=TESTER)
    assert make_letter(cast.office).number == 2
    with pytest.raises(Refusal), work():
        registering.edit(again(made), {"subject": "อื่น"}, by=TESTER)
    with pytest.raises(Refusal), work():
        handling.finish(again(made), "เสร็จ", by=TESTER)


@pytest.mark.parametrize(
    ("left", "step"), [(4, None), (3, "3"), (1, "3"), (0, "0"), (-1, "late"), (-40, "late")]
)
def test_a_step_is_reached_by_the_days_that_are_left(left: int, step: str | None) -> None:
    today = date(2026, 11, 23)
    assert reminding.step_of(today + timedelta(days=left), today) == step


def test_who_holds_the_letter_is_reminded_of_each_step_once(cast: Cast, clock: Clock) -> None:
    today = kernel_clock.today()
    made = make_letter(cast.office, answer_by=today + timedelta(days=2), by=viewer_for(cast.sri))
    jobs.remind_letters()
    with work():
        person = db.session.get_one(Person, cast.malee.id)
        handling.pass_on(again(made), person, "", by=viewer_for(cast.sri))
    clock.forward(days=3)
    jobs.remind_letters()
    jobs.remind_letters()
    told = db.session.execute(
        select(OutgoingMessage.person_id).where(OutgoingMessage.kind == "letter_due")
    ).scalars()
    assert list(told) == [cast.sri.id, cast.malee.id]
    with work():
        handling.finish(again(made), "ตอบแล้ว", by=TESTER)
    clock.forward(days=7)
    assert jobs.remind_letters() == 0
