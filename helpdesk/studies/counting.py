"""What studies and developments tell programmes: the figures of processes 8 and 9."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, func, select

from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period, Source
from helpdesk.studies.models import Development, Study, StudyRecord
from kernel.i18n import lazy_gettext as _l


def register() -> None:
    """Make the figures known; call it when the application is built."""
    for key, label, query, process in (
        ("study_records", _l("Study records finished (F12)"), _records, 8),
        ("study_reports", _l("Study reports acknowledged (F14)"),
         _ended(Study, Study.acknowledged_on), 8),
        ("developments", _l("ICT developments finished (F15)"),
         _ended(Development, Development.finished_on), 9),
        ("development_reports", _l("ICT development reports acknowledged (F16)"),
         _ended(Development, Development.acknowledged_on), 9),
    ):  # fmt: skip
        sources.register(Source(key, label, query, frozenset({process})))


def _records(period: Period) -> Select[int]:
    return (
        select(func.count(StudyRecord.id))
        .join(Study, Study.id == StudyRecord.study_id)
        .where(
            StudyRecord.finished_on.between(period.first, period.last),
            period.within(Study.unit_id),
        )
    )


def _ended(model: Any, day: Any) -> Callable[[Period], Select[int]]:  # noqa: ANN401 - a model, its column
    def query(period: Period) -> Select[int]:
        return select(func.count(model.id)).where(
            day.between(period.first, period.last), period.within(model.unit_id)
        )

    return query
