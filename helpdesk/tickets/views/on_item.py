"""What tickets tell on an item's page: its faults in the timeline, and the way to report one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import url_for
from sqlalchemy import ColumnElement, exists

from assets.register.models import Asset
from assets.register.slots import Act, Entry, Kind, Repair
from helpdesk.tickets import access, queries
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import OUTCOMES, TICKET, Outcome
from kernel import clock
from kernel.access import Viewer
from kernel.i18n import gettext as _

MOST = 100


def present() -> ColumnElement[bool]:
    """Return SQL about ``Asset``: a fault of it was reported."""
    return exists().where(Ticket.asset_id == Asset.id)


def timeline(asset: Asset, viewer: Viewer) -> Iterable[Entry]:
    """Return the last faults of an item: its repair history (R-R1)."""
    may = viewer.may(access.SEE, asset.owner_unit_id, asset.holding_unit_id)
    for ticket in queries.faults_of(asset.id, MOST):
        face = TICKET.faces[ticket.state]
        ended = str(OUTCOMES[Outcome(ticket.outcome)]) if ticket.outcome else str(face.label)
        yield Entry(
            at=ticket.opened_at,
            text=_("Fault: %(subject)s", subject=ticket.title),
            kind=Kind.REPAIR,
            cost=ticket.repair_cost,
            body="\n".join(part for part in (ended, ticket.action_taken if may else "") if part),
            icon=face.icon,
            tone=face.tone if ticket.is_open else "neutral",
            href=url_for("tickets.show", ticket_id=ticket.id) if may else None,
        )


def repairs(asset_ids: Sequence[int]) -> dict[int, list[Repair]]:
    """Return the finished repairs of items: one line for each repair that was closed (R-R1)."""
    found: dict[int, list[Repair]] = {}
    for row in queries.repairs_of(asset_ids):
        done = Repair(
            on=clock.local(row.resolved_at).date(),
            number=row.number,
            work=row.action_taken or row.subject,
            cost=row.repair_cost,
            note=str(OUTCOMES[Outcome(row.outcome)]) if row.outcome else "",
        )
        found.setdefault(row.asset_id, []).append(done)
    return found


def ticked_acts(viewer: Viewer) -> Sequence[Act]:
    """Return the way to report the same fault on the ticked items of the register."""
    if not viewer.may(access.REPORT_MANY):
        return ()
    return (Act(_("Report a fault on these"), url_for("tickets.report_ticked"), "tools"),)


def acts(asset: Asset, viewer: Viewer) -> Sequence[Act]:
    """Return the way to report a fault of an item that is in use."""
    if viewer.is_guest or not asset.is_in_register:
        return ()
    href = url_for("tickets.report_item", asset_id=asset.id)
    return (Act(_("Report a fault"), href, "tools", near=True),)
