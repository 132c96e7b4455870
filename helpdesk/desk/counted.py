"""Figures for programmes of rooms that stand beside them: requests carried out, purchases, rights.

Requests may not import programmes, nor may what asks for approval there know of processes; the desk
knows both.
"""

from __future__ import annotations

from sqlalchemy import Select, func, select

from helpdesk.access_rights.models import AccessRight
from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period, Source
from helpdesk.purchases.models import Purchase
from helpdesk.requests.models import ServiceRequest
from kernel.i18n import lazy_gettext as _l


def fill() -> None:
    """Make the figures known; call it when the application is built."""
    for key, label, query, processes in (
        ("requests", _l("Requests carried out"), _requests, {1, 2, 4, 5}),
        ("purchases", _l("Purchases approved"), _purchases, {1, 2, 3}),
        ("access_rights", _l("Access rights granted"), _rights, {4, 8}),
    ):
        sources.register(Source(key, label, query, frozenset(processes)))


def _requests(period: Period) -> Select[int]:
    return select(func.count(ServiceRequest.id)).where(
        ServiceRequest.finished_at >= period.begin,
        ServiceRequest.finished_at < period.end,
        period.within(ServiceRequest.unit_id),
    )


def _purchases(period: Period) -> Select[int]:
    return select(func.count(Purchase.id)).where(
        Purchase.approved_at >= period.begin,
        Purchase.approved_at < period.end,
        period.within(Purchase.unit_id),
    )


def _rights(period: Period) -> Select[int]:
    return select(func.count(AccessRight.id)).where(
        AccessRight.granted_at >= period.begin,
        AccessRight.granted_at < period.end,
        period.within(AccessRight.unit_id),
    )
