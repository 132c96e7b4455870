"""The doctor finds each fault planted in knowledge and figures, and nothing before."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text

from helpdesk.doctor.learned import CHECKS
from helpdesk.figures import jobs
from helpdesk.figures.advice_states import Result
from helpdesk.figures.rules import advising
from helpdesk.knowledge import rules
from helpdesk.knowledge.models import Article
from kernel.db import db
from kernel.work import work
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.knowledge import make_article
from tests.factories.office import viewer_for
from tests.factories.tickets import make_ticket

FAULTS = {
    "article_votes": "UPDATE article SET helped = helped + 1",
    "article_versions": "UPDATE article SET body_th = 'ไม่เคยเขียน'",
    "consultations": "UPDATE ticket SET kind = 'repair'",
    "figure_months": "UPDATE ticket_month SET came = came + 1 WHERE came > 0",
    "figures": "UPDATE ticket_figure SET ended_month = 202611 WHERE ended_month IS NULL",
}


def findings() -> dict[str, int]:
    return {check.name: len(list(check.find())) for check in CHECKS}


def test_each_planted_fault_is_found_and_a_sound_house_has_none(app: Flask, clock: Clock) -> None:
    cast = make_cast()
    article = make_article()
    make_ticket(unit=cast.school)
    with work():
        rules.vote(db.session.get_one(Article, article.id), "b:one", helped=True)
        noted = advising.Noted("printer", Result.SOLVED, 5)
        thep = viewer_for(cast.thep)
        advising.note("ถาม", "ตอบ", noted, unit_id=cast.school.id, asked_by="", by=thep)
    jobs.gather()
    assert set(findings().values()) == {0}
    assert set(FAULTS) == set(findings())
    for name, fault in FAULTS.items():
        with work():
            db.session.execute(text(fault))
        assert findings()[name] == 1, name


def test_the_nightly_walk_mends_a_figure_that_differs(app: Flask, clock: Clock) -> None:
    make_ticket(unit=make_cast().school)
    jobs.gather()
    with work():
        db.session.execute(text(FAULTS["figures"]))
        db.session.execute(text(FAULTS["figure_months"]))
    jobs.check_figures()
    assert (findings()["figures"], findings()["figure_months"]) == (0, 0)
