"""Where this room speaks in the rooms below it: kinds of approval, and figures of process 3."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period, Source
from helpdesk.specifications import approving
from helpdesk.specifications.comparison_models import Comparison
from helpdesk.specifications.models import Specification
from helpdesk.specifications.states import State
from kernel.i18n import lazy_gettext as _l

PROCESS = frozenset({3})


def fill() -> None:
    """Register both; call it when the application is built."""
    approving.register()
    for key, label, table in (
        ("specifications", _l("Specifications approved"), Specification),
        ("comparisons", _l("Comparisons of offers approved"), Comparison),
    ):
        sources.register(Source(key, label, _approved(table), PROCESS))


def _approved(table: Any) -> Any:  # noqa: ANN401 - a mapped class; what counts its rows
    def query(period: Period) -> Select[int]:
        return select(func.count(table.id)).where(
            table.state == State.APPROVED,
            table.approved_at >= period.begin,
            table.approved_at < period.end,
            period.within(table.unit_id),
        )

    return query
