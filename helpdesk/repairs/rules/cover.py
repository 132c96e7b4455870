"""Whether somebody else has to pay: the seller's warranty, or the vendor's on an earlier repair.

R-R6: the warning comes before money is spent; whoever spends it all the same says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from assets.vendors.models import Vendor
from helpdesk.repairs.models import OutsideRepair
from helpdesk.repairs.states import Outside
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import show_date


@dataclass(frozen=True)
class Cover:
    """A warranty that holds today.

    Attributes:
        until: its last day.
        who: who gave it; may be empty.
        number: of the earlier repair outside; empty for the seller's own warranty.
    """

    until: date
    who: str
    number: str = ""

    @property
    def sentence(self) -> str:
        """The warning, in the language spoken now."""
        day = show_date(self.until, "short")
        if self.number:
            return _(
                "An earlier repair by %(who)s (%(number)s) is under warranty until %(day)s. "
                "Ask there before anything is paid.",
                who=self.who,
                number=self.number,
                day=day,
            )
        if self.who:
            return _(
                "This item is under warranty until %(day)s. Ask %(who)s before anything is paid.",
                day=day,
                who=self.who,
            )
        return _(
            "This item is under warranty until %(day)s. Ask the seller before anything is paid.",
            day=day,
        )


def cover_of(ticket: Ticket) -> Cover | None:
    """Return the warranty that holds on a ticket's item today; the one that lasts longest."""
    asset, today = ticket.asset, clock.today()
    if asset is None:
        return None
    found = []
    if asset.warranty_until is not None and asset.warranty_until >= today:
        found.append(Cover(asset.warranty_until, asset.vendor_name))
    row = db.session.execute(
        select(OutsideRepair.warranty_until, OutsideRepair.number, Vendor.name)
        .join(Ticket, Ticket.id == OutsideRepair.ticket_id)
        .join(Vendor, Vendor.id == OutsideRepair.vendor_id)
        .where(
            Ticket.asset_id == asset.id,
            OutsideRepair.state == Outside.BACK,
            OutsideRepair.warranty_until >= today,
        )
        .order_by(OutsideRepair.warranty_until.desc())
        .limit(1)
    ).first()
    if row is not None and row.warranty_until is not None:
        found.append(Cover(row.warranty_until, row.name, row.number))
    return max(found, key=lambda one: one.until) if found else None


def check(ticket: Ticket, why: str) -> str:
    """Return why money is spent on what somebody else has to repair; blank where nobody has to.

    Refuses to spend it without a reason (R-R6).
    """
    cover = cover_of(ticket)
    if cover is None:
        return ""
    if not why.strip():
        raise Refusal(
            cover.sentence + " " + _("If it is paid all the same, please write why."),
            field="cover_why",
        )
    return why.strip()[:300]
