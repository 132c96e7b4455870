"""Figures of incidents that programmes of process 4 may count."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, select, true

from helpdesk.incidents.models import Incident
from helpdesk.incidents.states import Risk, State
from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period, Source
from kernel.i18n import lazy_gettext as _l

DATA_SECURITY = frozenset({4})


def register() -> None:
    """Make the figures known; call it when the application is built."""
    for key, label, moment, term in (
        ("incidents", _l("Security incidents reported"), Incident.reported_at, true()),
        (
            "incidents_closed",
            _l("Security incidents closed with lessons"),
            Incident.ended_at,
            Incident.state == State.CLOSED,
        ),
        (
            "incidents_breaches",
            _l("Breaches of personal data"),
            Incident.reported_at,
            Incident.risk != Risk.NO_DATA,
        ),
    ):
        sources.register(Source(key, label, _Counted(moment, term), DATA_SECURITY))


class _Counted:
    """The query of a figure: incidents that fit, by one of their moments.

    Incidents belong to the whole office, so a programme of one unit counts them too.
    """

    def __init__(self, moment: object, term: ColumnElement[bool]) -> None:
        self.moment, self.term = moment, term

    def __call__(self, period: Period) -> Select[int]:
        """Return the query for a period."""
        moment: ColumnElement[object] = self.moment  # type: ignore[assignment]  # a mapped column
        return select(func.count(Incident.id)).where(
            self.term,
            Incident.state != State.DISMISSED,
            moment >= period.begin,
            moment < period.end,
        )
