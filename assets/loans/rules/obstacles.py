"""Why an item cannot be lent, in one sentence for the officer at the desk (R-L3)."""

from __future__ import annotations

from assets.loans.queries import Standing
from assets.register.states import Lifecycle, Obstacle
from kernel.i18n import gettext as _
from kernel.pages import show_date


def reason(standing: Standing) -> str | None:
    """Return why an item cannot be lent now; None where it can.

    The strongest reason is named; the borrower's name is for officers only, who are the only ones
    to open the desk.
    """
    if not standing.in_scope:
        return _("This item belongs to another school and cannot be lent here.")
    name = standing.asset.name
    if standing.obstacle is not None:
        return _obstacle(standing, standing.obstacle)
    if not standing.lendable:
        return _("“%(name)s” is not for lending.", name=name)
    return None


def _obstacle(standing: Standing, obstacle: Obstacle) -> str:
    name = standing.asset.name
    if obstacle == Obstacle.ON_LOAN and standing.line and standing.borrower:
        return _(
            "“%(name)s” is on loan to %(borrower)s until %(day)s.",
            name=name,
            borrower=standing.borrower.name,
            day=show_date(standing.line.due_on, "short"),
        )
    if obstacle == Obstacle.IN_REPAIR:
        return _("“%(name)s” is in repair (%(number)s).", name=name, number=standing.repair)
    if obstacle == Obstacle.GONE and standing.asset.lifecycle == Lifecycle.LOST:
        return _("“%(name)s” is written down as lost.", name=name)
    if standing.asset.lifecycle == Lifecycle.PENDING_DISPOSAL:
        return _("“%(name)s” waits for disposal and cannot be lent.", name=name)
    sentences = {
        Obstacle.ON_LOAN: _("“%(name)s” is on loan.", name=name),
        Obstacle.GONE: _("“%(name)s” has been struck from the register.", name=name),
        Obstacle.DRAFT: _("“%(name)s” has not been received yet.", name=name),
        Obstacle.IN_MAINTENANCE: _("“%(name)s” is in maintenance.", name=name),
        Obstacle.IN_TRANSIT: _("“%(name)s” is on its way to another unit.", name=name),
        Obstacle.BEING_COUNTED: _("“%(name)s” is being counted.", name=name),
        Obstacle.NOT_USABLE: _("“%(name)s” is damaged or worn out and cannot be lent.", name=name),
    }
    return sentences[obstacle]
