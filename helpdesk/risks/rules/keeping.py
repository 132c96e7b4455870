"""Begin the table of a year, copy it from the year before, judge the components, close it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from helpdesk.risks import queries
from helpdesk.risks.models import Risk, RiskComponent, RiskTable
from helpdesk.risks.rules.weighing import demand_open
from helpdesk.risks.states import COMPONENTS, TABLES, Action, State
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

YEARS_BACK = 5
SAME = ("uq_risk_table_unit_id_fiscal_year", "risk_table.unit_id, risk_table.fiscal_year")
COPIED = (
    "place",
    "objective",
    "danger",
    "control",
    "verdict",
    "assessment",
    "likelihood",
    "impact",
    "remaining",
    "source",
    "search_key",
)


def begin(unit_id: int, fiscal_year: int, *, by: Viewer) -> RiskTable:
    """Begin the table of a unit and a fiscal year with the five components.

    Refuses a year that is far away, and a second table of the same unit and year.
    """
    now = thai.fiscal_year(clock.today())
    if not now - YEARS_BACK <= fiscal_year <= now + 1:
        raise Refusal(_("Choose a fiscal year near this one."), field="fiscal_year")
    made = RiskTable(unit_id=unit_id, fiscal_year=fiscal_year)
    db.session.add(made)
    try:
        db.session.flush()  # its components name it; one table for a unit and year
    except IntegrityError as error:
        if violates(error, *SAME):
            raise Refusal(
                _("This unit has a table of this fiscal year already."), field="fiscal_year"
            ) from error
        raise
    for number in range(1, len(COMPONENTS) + 1):
        db.session.add(RiskComponent(table_id=made.id, number=number))
    audit.record("begun", made, by=by, after={"fiscal_year": fiscal_year})
    return made


def copy(table: RiskTable, *, by: Viewer) -> int:
    """Bring the risks of the year before into an empty table; return how many.

    They keep objective, control and weights (the newest follow-up's where there is one) and come
    without improvement: what to do is decided anew, so they begin as accepted.

    Refuses a table that has risks or is closed, and where there is no year before.
    """
    demand_open(table)
    earlier = queries.year_before(table)
    if earlier is None:
        raise Refusal(_("There is no table of a year before to copy."))
    if queries.risks_of(table):
        raise Refusal(_("This table has risks already."))
    newest = queries.newest_follow_ups(earlier)
    risks = queries.risks_of(earlier)
    for one in risks:
        told = {name: getattr(one, name) for name in COPIED}
        weighed = newest.get(one.id)
        if weighed is not None:
            told |= {"likelihood": weighed.likelihood, "impact": weighed.impact}
        db.session.add(Risk(table_id=table.id, treatment="accept", **told))
    table.copied_from_id = earlier.id
    audit.record("copied", table, by=by, after={"risks": len(risks)})
    return len(risks)


def judge(
    table: RiskTable, findings: Sequence[str], changes: Mapping[str, Any], *, by: Viewer
) -> None:
    """Write down what was found about the five components, the conclusion and who signs (PK.4).

    Args:
        table: the table.
        findings: one for each component, in their order.
        changes: ``conclusion``, ``signer``, ``signer_position``.
        by: who does it.

    Refuses a closed table.
    """
    demand_open(table)
    for component, words in zip(queries.components_of(table), findings, strict=True):
        audit.record_changes("judged", component, {"finding": words}, by=by)
    audit.record_changes("edited", table, dict(changes), by=by)


def close(table: RiskTable, *, by: Viewer) -> None:
    """Close a table for the report; nothing in it changes any more.

    Refuses one without risks or with a component that nobody has judged, and while a serious risk
    is only accepted.
    """
    target = TABLES.target(State(table.state), Action.CLOSE)
    risks = queries.risks_of(table)
    if not risks:
        raise Refusal(_("There is no risk in this table yet."))
    if any(not one.finding.strip() for one in queries.components_of(table)):
        raise Refusal(_("Please judge all five components first."))
    untreated = [one.place for one in risks if queries.is_serious(one) and not one.improvement]
    if untreated:
        numbers = ", ".join(str(place) for place in untreated)
        raise Refusal(_("These serious risks have no treatment yet: %(numbers)s", numbers=numbers))
    table.state, table.closed_at = target, clock.now()
    audit.record("closed", table, by=by, after={"state": target})


def reopen(table: RiskTable, *, by: Viewer) -> None:
    """Open a closed table again."""
    table.state = TABLES.target(State(table.state), Action.REOPEN)
    table.closed_at = None
    audit.record("reopened", table, by=by, after={"state": table.state})
