"""The doctor finds what is wrong with specifications, and nothing in a sound house."""

from __future__ import annotations

from sqlalchemy import update

from helpdesk.doctor import specifying as checks
from helpdesk.specifications.comparison_models import Comparison, Finding
from helpdesk.specifications.criteria_models import PriceCriterion
from helpdesk.specifications.models import Specification, SpecItem
from helpdesk.specifications.states import Result
from kernel.db import db
from kernel.work import work
from tests.factories.specifications import Group, approved, decided, make_edition, notebook


def test_planted_faults_are_found_and_a_sound_house_is_quiet(group: Group) -> None:
    make_edition()
    row = db.session.query(PriceCriterion).one()
    decided(group, approved(group, notebook(19_000, row.id)))
    faults = (
        (checks.specifications_unapproved, Specification, {"state": "waiting"}, 1),
        (checks.specifications_unapproved, Comparison, {"state": "waiting"}, 2),
        (checks.specifications_over_price, SpecItem, {"unit_price": 20_000}, 1),
        (checks.comparisons_failing, Finding, {"result": Result.NOT_COMPLY}, 1),
    )
    for check, _table, _fault, _many in faults:
        assert list(check()) == []
    wrong = []
    for check, table, fault, many in faults:
        with work():
            db.session.execute(update(table).values(**fault))
        if len(list(check())) != many:
            wrong.append((check.__name__, list(check())))
    assert wrong == []
