"""What loans tell on an item's page: who had it when, and the ways to lend it or take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import url_for
from sqlalchemy import ColumnElement, exists

from assets.loans import access, queries
from assets.loans.models import LoanLine
from assets.loans.states import LineState
from assets.register.models import Asset
from assets.register.slots import Act, Entry
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.pages import show_date


def present() -> ColumnElement[bool]:
    """Return SQL about ``Asset``: it is or was lent."""
    return exists().where(LoanLine.asset_id == Asset.id)


def timeline(asset: Asset, viewer: Viewer) -> Iterable[Entry]:
    """Return the loans of an item; who borrowed it is for those who may see loans."""
    may = viewer.may(access.SEE, asset.owner_unit_id, asset.holding_unit_id)
    for line in queries.loans_of_asset(asset.id):
        out = line.state == LineState.OUT
        until = _("Due back %(day)s", day=show_date(line.due_on, "short"))
        back = _("Back %(day)s", day=show_date(line.returned_at, "short"))
        yield Entry(
            at=line.loan.out_at,
            text=_("Lent, loan %(number)s", number=line.loan.number),
            who=line.loan.borrower.name if may else "",
            body=until if out else back if line.returned_at else "",
            icon="box-arrow-up-right",
            tone="info" if out else "neutral",
            href=url_for("loans.loan", loan_id=line.loan.id) if may else None,
        )


def acts(asset: Asset, viewer: Viewer) -> Sequence[Act]:
    """Return the way to the desk for those who lend; it decides itself what can be done."""
    if not viewer.may(access.LEND, asset.owner_unit_id, asset.holding_unit_id):
        return ()
    code = asset.asset_no or asset.serial_no
    if not code or not asset.is_in_register:
        return ()
    href = url_for("lending.desk", scan=code)
    return (Act(_("Lend or take back"), href, "box-arrow-up-right", primary=True),)
