"""Put a risk into a table, weigh and change it, take it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from helpdesk.risks.models import Risk, RiskFollowUp, RiskTable
from helpdesk.risks.states import LEAST, MOST, SERIOUS, State, Treatment, level_of
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_RISKS = 200


def demand_open(table: RiskTable) -> None:
    """Refuse a table that is closed."""
    if table.state != State.OPEN:
        raise Refusal(_("This table is closed. Open it again first."))


def add(table: RiskTable, fields: Mapping[str, Any], *, by: Viewer) -> Risk:
    """Put a risk at the end of a table.

    Args:
        table: it has to be open.
        fields: columns of ``Risk``.
        by: who does it.

    Refuses weights outside 1 to 5, a serious risk that is only accepted, a treatment without
    words, person and day, and more than two hundred risks.
    """
    demand_open(table)
    _check(fields)
    places = select(func.max(Risk.place)).where(Risk.table_id == table.id)
    last = db.session.scalar(places) or 0
    if last >= MOST_RISKS:
        raise Refusal(_("Up to %(most)s risks in one table.", most=MOST_RISKS))
    made = Risk(table_id=table.id, place=last + 1, **fields)
    _derive(made)
    db.session.add(made)
    after = {"danger": made.danger, "likelihood": made.likelihood, "impact": made.impact}
    audit.record("added", made, by=by, after=after)
    return made


def edit(table: RiskTable, risk: Risk, changes: Mapping[str, Any], *, by: Viewer) -> None:
    """Change a risk. Refuses as ``add`` does."""
    demand_open(table)
    _check(changes)
    audit.record_changes("edited", risk, dict(changes), by=by)
    _derive(risk)


def drop(table: RiskTable, risk: Risk, *, by: Viewer) -> None:
    """Take a risk out; those behind it move up. Refuses one that was followed up."""
    demand_open(table)
    followed = select(RiskFollowUp.id).where(RiskFollowUp.risk_id == risk.id).limit(1)
    if db.session.scalar(followed) is not None:
        raise Refusal(_("This risk was followed up; it stays in the table."))
    audit.record("dropped", risk, by=by, before={"danger": risk.danger})
    db.session.delete(risk)
    db.session.flush()  # its place is free for the next one
    behind = select(Risk).where(Risk.table_id == table.id, Risk.place > risk.place)
    for one in db.session.scalars(behind.order_by(Risk.place)).all():
        one.place -= 1
        db.session.flush()  # one after the other: a place is taken once


def _check(fields: Mapping[str, Any]) -> None:
    for name in ("likelihood", "impact"):
        if not LEAST <= fields[name] <= MOST:
            raise Refusal(_("Weigh it from 1 to 5."), field=name)
    level = level_of(fields["likelihood"], fields["impact"])
    if fields["treatment"] == Treatment.ACCEPT:
        if level in SERIOUS:
            raise Refusal(_("A serious risk cannot only be accepted."), field="treatment")
        return
    for name in ("improvement", "due_on", "responsible_id"):
        if not fields[name]:
            field = "responsible" if name == "responsible_id" else name
            raise Refusal(
                _("A treatment needs its words, who answers for it and a day."), field=field
            )


def _derive(risk: Risk) -> None:
    parts = (risk.objective, risk.danger, risk.control, risk.improvement)
    risk.search_key = thai.search_key(" ".join(part for part in parts if part))
