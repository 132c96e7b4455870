"""The repair history of an item: the page, the workbook, the way to it from the item's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from assets.register import access as register
from assets.register.models import Asset
from assets.register.slots import Act
from assets.values import access as values
from helpdesk.repairs import access, queries
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets.states import CAUSES, OUTCOMES, Cause, Outcome
from kernel import clock, downloads
from kernel.access import Viewer, permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.tables import Column, Kind


@blueprint.get("/items/<int:asset_id>/repairs")
@permit(access.SEE)
def history(asset_id: int) -> ResponseReturnValue:
    """Show every finished repair of an item, with what it took and cost."""
    asset, rows = _history(asset_id)
    units = (asset.owner_unit_id, asset.holding_unit_id)
    return render_template(
        "helpdesk/repairs/history.html",
        asset=asset,
        rows=rows,
        outcomes=OUTCOMES,
        causes=CAUSES,
        total=sum((row.repair_cost or Decimal(0) for row in rows), Decimal(0)),
        minutes=sum(row.minutes or 0 for row in rows),
        may_paper=viewer().may(values.PRINT_REPAIRS, *units),
    )


@blueprint.get("/items/<int:asset_id>/repair-history.<ending>")
@permit(access.SEE)
def history_file(asset_id: int, ending: str) -> ResponseReturnValue:
    """Hand out the repair history of an item as a workbook or as CSV."""
    asset, rows = _history(asset_id)
    name = f"{_('Repair history')} {asset.asset_no or asset_id}"
    return downloads.table(ending, _columns(), rows, name=name, plain_name=f"repairs-{asset_id}")


def acts(asset: Asset, viewer: Viewer) -> Sequence[Act]:
    """Return the way to the repair history, for those who see the tickets of the item's unit."""
    if not viewer.may(access.SEE, asset.owner_unit_id, asset.holding_unit_id):
        return ()
    href = url_for("repairs.history", asset_id=asset.id)
    return (Act(_("Repair history"), href, "clock-history"),)


def _history(asset_id: int) -> tuple[Asset, Sequence[Any]]:
    asset = register.asset_seen_by(viewer(), asset_id)
    if not viewer().may(access.SEE, asset.owner_unit_id, asset.holding_unit_id):
        raise NotFound(_("There is no such item."))
    return asset, queries.history(asset.id)


def _day(row: Any) -> date | None:  # noqa: ANN401 - a row of the history
    return clock.local(row.resolved_at).date() if row.resolved_at else None


def _columns() -> list[Column[Any]]:
    return [
        Column(_("Day"), _day, Kind.DAY),
        Column(_("Number"), lambda row: row.number),
        Column(_("Fault"), lambda row: row.subject, width=40),
        Column(_("What was done"), lambda row: row.action_taken, width=50),
        Column(
            _("Cause"), lambda row: str(CAUSES[Cause(row.cause)]) if row.cause else "", width=24
        ),
        Column(
            _("Outcome"),
            lambda row: str(OUTCOMES[Outcome(row.outcome)]) if row.outcome else "",
            width=30,
        ),
        Column(_("Technician"), lambda row: row.technician, width=28),
        Column(_("Minutes"), lambda row: row.minutes, Kind.WHOLE),
        Column(_("Vendor"), lambda row: row.vendor, width=28),
        Column(_("Warranty on this repair until"), lambda row: row.warranty_until, Kind.DAY),
        Column(_("Amount (baht)"), lambda row: row.repair_cost, Kind.MONEY),
    ]
