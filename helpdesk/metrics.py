"""Figures for Prometheus, read from the database at each scrape: the same from every process.

The page is closed until a token is set; whoever scrapes sends it as ``Authorization: Bearer``.
No figure names a person, an item or a school.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import func, select

from assets.loans.models import LoanLine
from config import Settings
from helpdesk.tickets.models import Ticket
from helpdesk.timetable import queries, scheduler, table, watch
from kernel import clock
from kernel.access import public
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.bookkeeping import runs
from office.notifications.models import Delivery

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """Answer a scrape; without the right token there is no such page."""
    settings: Settings = current_app.extensions["settings"]
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    wanted = settings.metrics_token
    if not wanted or not hmac.compare_digest(said.encode(), wanted.encode()):
        raise NotFound(_("There is no such page."))
    registry = CollectorRegistry()
    registry.register(_Figures())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Figures:
    """What is told; six queries."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give every figure with its name."""
        yield from self._jobs()
        yield self._by_state("deliveries", "Messages on their way, by state", Delivery.state)
        yield self._by_state("tickets", "Tickets, by state", Ticket.state)
        yield self._by_state("loan_lines", "Lines of loans, by state", LoanLine.state)

    def _jobs(self) -> Iterator[GaugeMetricFamily]:
        started = _gauge("job_last_start_seconds", "When the last run of a job began", "job")
        took = _gauge("job_duration_seconds", "How long the last run of a job took", "job")
        rows = _gauge("job_rows", "How many rows the last run of a job touched", "job")
        trouble = _gauge("job_trouble", "1 where a job is late or failing", "job")
        latest = runs.latest([job.name for job in table.jobs()])
        wrong = {one.job.name for one in watch.troubles()}
        for job in table.jobs():
            trouble.add_metric([job.name], float(job.name in wrong))
            run = latest.get(job.name)
            if run is not None:
                started.add_metric([job.name], run.started_at.timestamp())
                took.add_metric([job.name], queries.seconds_of(run) or 0.0)
                rows.add_metric([job.name], run.rows)
        held = queries.holder_now(scheduler.LEASE) is not None
        yield from (started, took, rows, trouble)
        yield GaugeMetricFamily(
            "helpdesk_timetable_held", "1 while a process runs the timetable", float(held)
        )
        yield GaugeMetricFamily(
            "helpdesk_clock_seconds", "The clock of the service", clock.now().timestamp()
        )

    def _by_state(self, name: str, about: str, column: object) -> GaugeMetricFamily:
        family = _gauge(name, about, "state")
        counted = select(column, func.count()).group_by(column)  # type: ignore[call-overload]
        for state, number in db.session.execute(counted):
            family.add_metric([str(state)], number)
        return family


def _gauge(name: str, about: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"helpdesk_{name}", about, labels=[label])
