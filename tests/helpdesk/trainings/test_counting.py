"""What programmes count of trainings: held ones, people, hours, for the office and for a school."""

from __future__ import annotations

from datetime import date

from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period
from helpdesk.trainings.rules import holding
from tests.factories.office import TESTER, in_work, make_person
from tests.helpdesk.trainings.conftest import Trainings

KEYS = ("trainings", "people_trained", "training_hours")


def counted(period: Period) -> tuple[int, ...]:
    """Return the three figures of a period."""
    found = sources.counted(KEYS, period)
    return tuple(found[key] for key in KEYS)


def test_a_programme_counts_trainings_people_and_hours_of_its_days_and_school(
    trainings: Trainings,
) -> None:
    cast, session = trainings.cast, trainings.session()
    places = [trainings.enrol(session, one) for one in (cast.malee, make_person())]
    trainings.session()
    trainings.clock.forward(days=1)
    with in_work():
        for place in places:
            holding.note(place, session.first_day, by=TESTER)
        holding.finish(session, by=TESTER)
    year = date(2026, 10, 1), date(2027, 9, 30)
    assert counted(Period(*year)) == (1, 2, 12)
    assert counted(Period(*year, frozenset({cast.school.id}))) == (1, 1, 6)
    assert counted(Period(*year, frozenset({cast.other_school.id}))) == (0, 0, 0)
    assert counted(Period(date(2025, 10, 1), date(2026, 9, 30))) == (0, 0, 0)


def test_the_figures_of_trainings_belong_to_staff_development(trainings: Trainings) -> None:
    assert trainings
    assert {one.key for one in sources.of_process(5)} >= {*KEYS, "loans", "requests"}
    assert "trainings" not in {one.key for one in sources.of_process(3)}
