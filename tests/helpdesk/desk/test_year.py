"""The year at a glance: who may see it, what it counts, and that it keeps its numbers a minute."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from helpdesk.desk import six, year
from helpdesk.desk.year_facts import areas_of
from helpdesk.figures import jobs
from helpdesk.figures.periods import Period, this_year
from helpdesk.programmes.models import Programme
from helpdesk.programmes.rules import stepping
from helpdesk.programmes.states import State
from helpdesk.surveys.rules import answering, drafting, opening
from helpdesk.surveys.states import FEWEST
from kernel import clock as now
from kernel.db import db
from kernel.forms import new_key
from kernel.i18n import speaking
from kernel.kept import forget_all
from office.people.access import Role
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.loans import make_loan
from tests.factories.office import TESTER, in_work, make_person, sign_in, viewer_for
from tests.factories.programmes import approved, make_programme, plan_line
from tests.factories.purchases import make_shop
from tests.factories.tickets import make_ticket

MOST_QUESTIONS = 24
MOST_ON_HOME = 22  # once a minute, with the six figures of two years
SEE = (Role.APPROVER, Role.AUDITOR, Role.ADMIN)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def _facts(numbers: year.Numbers, who: Person) -> dict[str, object]:
    viewer = viewer_for(who)
    with speaking("en"):
        areas = areas_of(numbers, this_year(), viewer)
        return {fact.label: fact.value for area in areas for fact in area.facts}


def test_the_year_is_for_those_who_answer_for_it(client: FlaskClient, cast: Cast) -> None:
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        for path in ("/year", "/year/figures.xlsx", "/year/months.csv"):
            status = client.get(path).status_code
            if status != (200 if role in SEE else 403):
                wrong.append((role, path, status))
    assert wrong == []


def test_it_counts_repairs_loans_and_items(client: FlaskClient, cast: Cast, clock: Clock) -> None:
    make_ticket(unit=cast.school)
    make_ticket(unit=cast.school)
    make_loan(make_asset(cast.school), make_asset(cast.school))
    make_asset(cast.school, condition="damaged")
    jobs.gather()
    numbers = year.numbers_of(viewer_for(cast.chai), this_year())
    facts = _facts(numbers, cast.chai)
    assert (facts["Came in"], facts["Still open"]) == (2, 2)
    assert (facts["Items lent in the year"], facts["Out now"], facts["Overdue now"]) == (2, 2, 0)
    assert (facts["Items of the office"], facts["Damaged"]) == (3, 1)


def test_it_counts_programmes_and_late_steps(app: Flask, cast: Cast, clock: Clock) -> None:
    make_programme(cast.thep)
    planned = make_programme(cast.thep, 5)
    plan_line(planned, cast.thep, "อบรมครู", date(2026, 12, 1))
    running = approved(planned, cast.thep, cast.chai)
    with in_work():
        step = stepping.step_of(db.session.get_one(Programme, running.id), 4)
        said = stepping.Done(now.today(), None, "", None, "")
        stepping.write(step.programme, step, said, by=viewer_for(cast.thep))
    clock.forward(days=1)
    numbers = year.numbers_of(viewer_for(cast.chai), this_year())
    facts = _facts(numbers, cast.chai)
    assert (facts["Programmes of the year"], facts["Under way"]) == (2, 1)
    assert (facts["Steps past their day"], facts["Reported and closed"]) == (1, 0)
    assert numbers.processes.total(State.RUNNING, process=5) == 1


def test_it_sums_the_budgets_of_the_year(app: Flask) -> None:
    make_shop(100_000)
    reader = make_person(Role.APPROVER)
    facts = _facts(year.numbers_of(viewer_for(reader), this_year()), reader)
    assert (facts["Budgets of the year (baht)"], facts["Left (baht)"]) == (100_000, 100_000)
    assert (facts["Spent (baht)"], facts["Share spent"]) == (0, 0)


def test_a_survey_that_few_have_answered_tells_no_level(app: Flask, cast: Cast) -> None:
    few, many = (_survey(count) for count in (2, 3))
    assert few != many
    facts = _facts(year.numbers_of(viewer_for(cast.chai), this_year()), cast.chai)
    assert facts["Answers to surveys"] == 5
    assert facts["Mean of the surveys"] == Decimal("3.00")


def _survey(answers: int) -> int:
    """Return a survey with so many answers: fives where they are few, threes else."""
    with in_work():
        survey = drafting.make({}, by=TESTER, template="satisfaction")
        opening.open_survey(survey, by=TESTER)
    first = next(one for one in survey.questions if one.sort == "scale")
    level = 5 if answers < FEWEST else 3
    for _one in range(answers):
        with in_work():
            answering.answer(survey, {first.id: level}, key=new_key(), token="")
    return survey.id


def test_a_year_before_has_nothing_of_this_one(app: Flask, cast: Cast) -> None:
    make_ticket(unit=cast.school)
    make_loan(make_asset(cast.school))
    jobs.gather()
    facts = _facts(year.numbers_of(viewer_for(cast.chai), Period(this_year().year - 1)), cast.chai)
    assert (facts["Came in"], facts["Items lent in the year"]) == (0, 0)


def test_the_head_of_one_school_sees_only_its_numbers(app: Flask, cast: Cast) -> None:
    make_ticket(unit=cast.other_school)
    make_loan(make_asset(cast.other_school))
    make_asset(cast.school)
    jobs.gather()
    head = make_person(Role.APPROVER, unit=cast.school, over=cast.school)
    facts = _facts(year.numbers_of(viewer_for(head), this_year()), head)
    assert (facts["Came in"], facts["Past the deadline now"]) == (0, 0)
    assert (facts["Out now"], facts["Items lent in the year"]) == (0, 0)
    assert facts["Items of the office"] == 1


def test_a_link_is_given_only_where_it_may_be_followed(client: FlaskClient, cast: Cast) -> None:
    for person in (cast.chai, cast.orn, cast.admin):
        viewer = viewer_for(person)
        areas = areas_of(year.numbers_of(viewer, this_year()), this_year(), viewer)
        found = [area.target for area in areas] + [f.target for a in areas for f in a.facts]
        targets = [one for one in found if one is not None]
        assert len(targets) > 5
        sign_in(client, person)
        with client.application.test_request_context():
            paths = [url_for(one.endpoint, **one.values) for one in targets]
        assert [path for path in paths if client.get(path).status_code != 200] == []


def test_a_minute_long_nothing_is_counted_again(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.chai)
    client.get("/year")
    with counted() as asked:
        assert client.get("/year").status_code == 200
    assert len(asked) <= 4, asked


def test_it_asks_the_same_however_much_there_is(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.chai)
    lengths = []
    for _round in range(2):
        make_ticket(unit=cast.school)
        make_loan(make_asset(cast.school))
        jobs.gather()
        with client.application.app_context():
            forget_all()
        with counted() as asked:
            client.get("/year")
        lengths.append(len(asked))
    assert lengths[0] == lengths[1] <= MOST_QUESTIONS, lengths


def test_its_workbook_holds_numbers_and_thai_words(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    make_ticket(unit=cast.school)
    clock.forward(minutes=1)
    jobs.gather()
    sign_in(client, cast.chai)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/year/figures.xlsx").data))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("งาน", "รายการตัวเลข", "จำนวน")
    assert ("การซ่อมและการให้คำปรึกษา", 1) in [(row[0], row[2]) for row in rows]


def test_the_page_is_whole_in_both_languages(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.chai)
    page = client.get("/year?year=2569").text
    assert "ภาพรวมทั้งปี" in page
    assert page.count('<svg class="chart chart-columns"') == 2
    with in_work():
        cast.chai.language = "en"
    page = client.get("/year?year=2569").text
    assert "Fiscal year 2026" in page
    assert "September 2026" in page


def test_the_first_page_tells_the_year_in_six_figures_with_those_of_last_year(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    make_ticket(unit=cast.school)
    clock.forward(days=365)
    for _each in range(2):
        make_ticket(unit=cast.school)
    make_loan(make_asset(cast.school))
    jobs.gather()
    shown = {}
    for person in (cast.chai, cast.thep):
        sign_in(client, person)
        with counted() as asked:
            page = client.get("/").text
        shown[person.id] = (page.count("ปีก่อน"), len(asked))
    assert shown[cast.chai.id][0] == 6
    assert shown[cast.thep.id][0] == 0
    assert shown[cast.chai.id][1] <= MOST_ON_HOME
    with speaking("en"):
        tiles = {one.label: (one.value, one.was) for one in six.six_for(viewer_for(cast.chai))}
    assert tiles["Repairs and advice that came in"] == ("2", "1")
    assert tiles["Items lent"] == ("1", "0")


def test_behind_each_figure_stand_as_many_lines(client: FlaskClient, cast: Cast) -> None:
    make_loan(make_asset(cast.office), make_asset(cast.office))
    make_asset(cast.office, condition="damaged")
    make_asset(cast.school, condition="worn_out")
    make_asset(cast.school, condition="worn_out", lifecycle="pending_disposal")
    plan_line(make_programme(cast.thep), cast.thep, "ออกตรวจ", date(2026, 11, 1), Decimal(1))
    make_ticket(unit=cast.school)
    sign_in(client, cast.chai)
    period, viewer = this_year(), viewer_for(cast.chai)
    wrong, followed = [], 0
    for area in areas_of(year.numbers_of(viewer, period), period, viewer):
        for fact in area.facts:
            if fact.target is None or fact.unit:
                continue
            with client.application.test_request_context():
                address = url_for(fact.target.endpoint, **fact.target.values)
            body = client.get(address).text.split("<main")[1].partition("<tbody")[2]
            lines, followed = body.partition("</tbody>")[0].count("<tr"), followed + 1
            if lines != fact.value:
                wrong.append((area.title, fact.label, fact.value, address, lines))
    assert (wrong, followed >= 10) == ([], True)
    assert client.get("/year/lent.csv?year=2570").text.count("\n") == 3
