"""Follow a risk up by quarters, and remind of improvements that are due."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from helpdesk.risks.models import Risk, RiskFollowUp, RiskTable
from helpdesk.risks.rules.weighing import demand_open
from helpdesk.risks.states import LEAST, MOST, Progress
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping

AHEAD = timedelta(days=7)
LATE = "late"


def follow(
    table: RiskTable,
    risk: Risk,
    quarter: int,
    progress: Progress,
    *,
    likelihood: int,
    impact: int,
    words: str,
    by: Viewer,
) -> RiskFollowUp:
    """Write down how far the improvement has come in a quarter; a second time replaces the first.

    Refuses a closed table, weights outside 1 to 5, and no words.
    """
    demand_open(table)
    if not (LEAST <= likelihood <= MOST and LEAST <= impact <= MOST):
        raise Refusal(_("Weigh it from 1 to 5."), field="likelihood")
    if not words.strip():
        raise Refusal(_("Please write what was done."), field="words")
    found = db.session.scalar(
        select(RiskFollowUp).where(RiskFollowUp.risk_id == risk.id, RiskFollowUp.quarter == quarter)
    )
    if found is None:
        found = RiskFollowUp(risk_id=risk.id, quarter=quarter)
        db.session.add(found)
    found.progress, found.words = progress, words.strip()
    found.likelihood, found.impact = likelihood, impact
    found.at, found.by_name = clock.now(), by.name
    risk.done_on = (risk.done_on or clock.today()) if progress == Progress.DONE else None
    after = {
        "quarter": quarter,
        "progress": progress,
        "likelihood": likelihood,
        "impact": impact,
    }
    audit.record("followed_up", risk, by=by, after=after)
    return found


def step_of(due_on: date, today: date) -> str | None:
    """Return the step that is reached on a day: ``7``, ``0``, ``late`` or none."""
    left = (due_on - today).days
    if left <= 0:
        return LATE if left else "0"
    return "7" if left <= AHEAD.days else None


def remind(risk_id: int, today: date) -> int:
    """Remind who answers for an improvement, each step once; return how many people."""
    risk = db.session.get_one(Risk, risk_id)
    step = step_of(risk.due_on, today) if risk.due_on else None
    person = risk.responsible
    if step is None or risk.done_on is not None or person is None or person.left_on is not None:
        return 0
    with speaking(person.language):
        what = risk.improvement.splitlines()[0][:180] if risk.improvement else risk.danger[:180]
        late = _("Internal control, late: %(what)s", what=what)
        due = _("Internal control, due: %(what)s", what=what)
        bookkeeping.send(
            kind="risk_due",
            subject=late if step == LATE else due,
            body=_("The improvement is due on %(day)s.", day=show_date(risk.due_on, "long")),
            language=person.language,
            person_id=person.id,
            link=f"/risks/{risk.table_id}/risks/{risk.id}",
            dedupe_key=f"risk:{risk.id}:{risk.due_on}:{step}:{person.id}",
        )
    return 1
