"""One report on many items: a ticket for each under one that holds them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake
from helpdesk.tickets.rules.intake import Report
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.places.models import Room

MOST = 200


def report_each(items: Sequence[Asset], fields: Report, *, by: Viewer) -> Ticket:
    """Make one ticket for each item and one over them, numbered in a row.

    The whole waits for its parts; all of it happens or none.

    Args:
        items: the chosen ones, two to 200, all of one unit.
        fields: what is wrong with each of them, and in which room.
        by: who reports.

    Refuses none or too many items, and an item that is not in use any more.
    """
    _check(items)
    whole = intake.report(
        replace(fields, asset=None, source="bulk", detail=_heading(items, fields)), by=by
    )
    whole.waits_for_parts = True
    db.session.flush()  # the parts name the whole
    for item in items:
        intake.report(
            replace(fields, asset=item, parent_id=whole.id, token="", source="bulk"), by=by
        )
    return whole


def report_together(items: Sequence[Asset], fields: Report, *, by: Viewer) -> Ticket:
    """Make one ticket about all the items of a room, which it names.

    Refuses none or too many items.
    """
    _check(items)
    lines = [_heading(items, fields), *(f"- {_named(item)}" for item in items)]
    return intake.report(replace(fields, asset=None, source="bulk", detail="\n".join(lines)), by=by)


def _check(items: Sequence[Asset]) -> None:
    if not items:
        raise Refusal(_("Please choose the items first."), field="items")
    if len(items) > MOST:
        raise Refusal(
            _("At most %(most)s items can be reported at once.", most=MOST), field="items"
        )
    if len({item.holding_unit_id for item in items}) > 1:
        raise Refusal(_("All items must be of one school or group."), field="items")


def _heading(items: Sequence[Asset], fields: Report) -> str:
    with speaking("th"):
        count = _("%(number)s items", number=len(items))
    where = fields.room.name if fields.room else fields.place_text
    return f"{fields.detail} ({' · '.join(part for part in (where, count) if part)})"


def _named(item: Asset) -> str:
    return f"{item.name} {item.asset_no or ''}".strip()


def room_of(items: Sequence[Asset]) -> Room | None:
    """Return the room that all items stand in; None where they stand in several or in none."""
    rooms = {item.room_id for item in items}
    return items[0].room if len(rooms) == 1 and items else None
