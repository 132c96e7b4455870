"""Checks of internal control: what is done was followed up, what is closed is whole."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, or_, select

from helpdesk.doctor.findings import Check, named
from helpdesk.risks.models import Risk, RiskComponent, RiskFollowUp, RiskTable
from helpdesk.risks.states import Progress, State
from kernel.i18n import lazy_gettext as _l


def done_without_follow_up() -> Iterator[str]:
    """Yield risks that are done although no follow-up says so."""
    said = exists().where(RiskFollowUp.risk_id == Risk.id, RiskFollowUp.progress == Progress.DONE)
    return named("risk", select(Risk.id).where(Risk.done_on.is_not(None), ~said).order_by(Risk.id))


def closed_unjudged() -> Iterator[str]:
    """Yield closed tables with a component that nobody judged, or without risks."""
    bare = exists().where(RiskComponent.table_id == RiskTable.id, RiskComponent.finding == "")
    risks = exists().where(Risk.table_id == RiskTable.id)
    query = select(RiskTable.id).where(RiskTable.state == State.CLOSED, or_(bare, ~risks))
    return named("risk_table", query.order_by(RiskTable.id))


CHECKS = (
    Check(
        "done_without_follow_up",
        _l("An improvement of internal control is done when its follow-up says so."),
        _l("Open the risk and write down its follow-up again."),
        done_without_follow_up,
    ),
    Check(
        "closed_unjudged",
        _l("A reported risk table has risks and all five components judged."),
        _l("Open the table again, judge the components and close it."),
        closed_unjudged,
    ),
)
