"""What is told of a survey, and what is not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from helpdesk.surveys import jobs, results
from helpdesk.surveys.models import Survey, SurveyInvitation, SurveyQuestion, SurveyService
from helpdesk.surveys.rules import answering, drafting, opening
from kernel.db import db
from kernel.errors import Refusal
from office.bookkeeping.models import OutgoingMessage
from tests.conftest import Clock
from tests.factories.office import TESTER, in_work, make_person
from tests.helpdesk.surveys.conftest import Surveys


def test_r_e2_blank_answers_are_not_counted_and_items_are_ranked_in_their_aspect(
    surveys: Surveys,
) -> None:
    survey = surveys.opened()
    surveys.fill(survey, [5, 3])
    surveys.fill(survey, [4, 5])
    surveys.fill(survey, [None, 4])
    first, second = results.of(survey).aspects[0].lines
    assert (first.score.n, first.mean, first.deviation, first.rank) == (2, "4.50", "0.71", 1)
    assert (second.score.n, second.mean, second.deviation, second.rank) == (3, "4.00", "1.00", 2)
    total = results.of(survey).aspects[0].total
    assert (total.score.n, total.mean) == (5, "4.20")


def test_r_e2_one_answer_shows_a_dash_for_its_deviation(surveys: Surveys) -> None:
    survey = surveys.opened(anonymous=False)
    surveys.fill(survey, [5])
    assert results.of(survey).aspects[0].lines[0].deviation == "-"


def test_r_e3_fewer_than_three_anonymous_answers_tell_nothing(surveys: Surveys) -> None:
    survey = surveys.opened()
    for _one in range(2):
        surveys.fill(survey, [5])
    assert results.of(survey).hidden
    surveys.fill(survey, [5])
    assert not results.of(survey).hidden


def test_r_e3_a_small_group_is_hidden_with_the_one_that_would_give_it_away(
    surveys: Surveys,
) -> None:
    survey = surveys.opened()
    for choice, count in ((0, 5), (1, 3), (2, 2)):
        for _one in range(count):
            surveys.fill(survey, [4], choice=choice)
    shown = [one.line is not None for one in results.groups(survey, survey.questions[0])]
    assert shown == [True, False, False, True]
    counts = [count for _label, count in results.of(survey).tallies[0].rows]
    assert counts == [5, None, None, 0]


def test_r_e3_raw_answers_lose_what_together_names_one_person() -> None:
    choice, unit, number = 1, 2, 3
    survey = Survey(
        questions=[
            SurveyQuestion(id=choice, sort="choice"),
            SurveyQuestion(id=unit, sort="unit"),
            SurveyQuestion(id=number, sort="number"),
        ]
    )
    common = [{choice: 0, unit: 7, number: 5} for _one in range(4)]
    few: list[dict[int, Any]] = [{choice: 0, unit: 8}, {choice: 1, unit: 7}, {choice: 1, unit: 8}]
    results.blur(survey, [*common, *few])
    assert common == [{choice: 0, unit: 7, number: 5}] * 4
    assert few == [{choice: results.FEW, unit: results.FEW}] * 3
    one: dict[int, Any] = {choice: 1, unit: 8, number: 9}
    results.blur(survey, [*common, one])
    assert all(set(row.values()) == {results.FEW} for row in (*common, one))


def test_r_e3_groups_of_a_survey_with_names_are_shown(surveys: Surveys) -> None:
    survey = surveys.opened(anonymous=False)
    surveys.fill(survey, [2])
    line = results.groups(survey, survey.questions[0])[0].line
    assert line is not None
    assert line.mean == "2.00"


def test_a_copy_is_compared_with_the_survey_it_was_made_from(surveys: Surveys) -> None:
    earlier = surveys.opened()
    for level in (3, 3, 4):
        surveys.fill(earlier, [level])
    with in_work():
        survey = drafting.copy(earlier, by=TESTER)
        opening.open_survey(survey, by=TESTER)
    for _one in range(3):
        surveys.fill(survey, [4])
    line = results.of(survey).aspects[0].lines[0]
    assert (line.before, line.change) == (Decimal("3.33"), "+0.67")


def test_a_sample_is_drawn_again_from_its_seed(surveys: Surveys) -> None:
    people = list(range(1, 40))
    assert opening.draw(people, 7, "seed") == opening.draw(people[::-1], 7, "seed")
    assert opening.draw(people, 7, "seed") != opening.draw(people, 7, "other")
    survey = surveys.opened(audience="sample", sample_size=4)
    asked = db.session.scalars(select(SurveyInvitation.person_id)).all()
    everybody = opening.population(survey)
    assert sorted(asked) == opening.draw(everybody, 4, survey.seed)
    assert (survey.population, survey.invited) == (len(everybody), 4)


def test_chosen_units_are_asked_with_what_lies_under_them(surveys: Surveys) -> None:
    gone = make_person(unit=surveys.cast.school, left_on=surveys.cast.malee.left_on)
    survey = surveys.opened(audience="units", units=[surveys.cast.school.id])
    asked = set(db.session.scalars(select(SurveyInvitation.person_id)))
    assert asked == {surveys.cast.malee.id, surveys.cast.kanda.id, gone.id}
    assert survey.invited == len(asked)


def test_people_are_reminded_once_and_only_those_who_have_not_answered(
    surveys: Surveys, clock: Clock
) -> None:
    last = clock.now.date() + timedelta(days=3)
    survey = surveys.opened(audience="units", units=[surveys.cast.school.id], closes_on=last)
    surveys.fill(survey, [5])
    assert (jobs.watch_surveys(), jobs.watch_surveys()) == (1, 0)
    told = db.session.scalars(
        select(OutgoingMessage.person_id).where(OutgoingMessage.kind == "survey_reminder")
    ).all()
    assert len(told) == 1
    with pytest.raises(Refusal), in_work():
        opening.remind(survey, by=TESTER)


def test_a_survey_closes_after_its_last_day_and_takes_no_answer_then(
    surveys: Surveys, clock: Clock
) -> None:
    survey = surveys.opened(closes_on=clock.now.date())
    assert answering.takes_answers(survey)
    clock.forward(days=1)
    with pytest.raises(Refusal):
        surveys.fill(survey, [5])
    assert jobs.watch_surveys() == 1
    assert survey.state == "closed"


def test_a_service_is_asked_about_once(surveys: Surveys) -> None:
    survey = surveys.opened(audience="after_ticket")
    people = [surveys.cast.malee.id]
    with in_work():
        counts = [opening.invite_after(survey, "ticket", 7, people) for _one in range(2)]
    assert counts == [1, 0]
    assert len(db.session.scalars(select(SurveyService.subject_id)).all()) == 1


def test_answers_that_a_question_does_not_offer_are_refused(surveys: Surveys) -> None:
    survey = surveys.opened("f10")
    sorts = {one.sort: one.id for one in survey.questions}
    wrong = []
    for sort, value in (("scale", "6"), ("choice", "9"), ("number", "-1"), ("unit", "999999")):
        try:
            with in_work():
                answering.answer(survey, {sorts[sort]: value}, key="k" * 20)
            wrong.append(sort)
        except Refusal:
            continue
    assert wrong == []
    with pytest.raises(Refusal), in_work():
        answering.answer(survey, {}, key="k" * 20)


def test_a_form_that_is_sent_twice_is_kept_once(surveys: Surveys) -> None:
    survey = surveys.opened()
    first = survey.questions[0].id
    with in_work():
        kept = [answering.answer(survey, {first: "1"}, key="k" * 20) for _one in range(2)]
    assert kept == [True, False]
