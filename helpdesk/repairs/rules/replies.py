"""Saved replies: words with places for the name, the number and the like, own and shared.

Only the places of ``PLACES`` are filled; there is nothing to be run in a reply.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from helpdesk.repairs.models import SavedReply
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import RUNNING
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import audit

PLACES = {
    "name": _l("the reporter's name"),
    "number": _l("the number of the ticket"),
    "item": _l("the item"),
    "place": _l("the room"),
    "expected": _l("the day it is expected to be done"),
    "technician": _l("your own name"),
}
PLACE = re.compile(r"\{([^{}]*)\}")
LONGEST = 4000


def save(name: str, body: str, *, shared: bool, by: Viewer) -> SavedReply:
    """Keep a reply, for oneself or for all.

    Refuses one without a name or words, and one with a place that nothing fills.
    """
    if by.id is None:
        raise NotAllowed(_("Only a person can keep replies."))
    made = SavedReply(owner_id=None if shared else by.id, name="", body="")
    _take(made, name, body)
    db.session.add(made)
    audit.record("saved", made, by=by, after={"name": made.name, "shared": shared})
    return made


def edit(reply: SavedReply, name: str, body: str, *, shared: bool, by: Viewer) -> None:
    """Change a reply that one may use; refuses as ``save`` does."""
    before = {"name": reply.name, "shared": reply.owner_id is None}
    _take(reply, name, body)
    reply.owner_id = None if shared else by.id
    after = {"name": reply.name, "shared": shared}
    audit.record("edited", reply, by=by, before=before, after=after)


def retire(reply: SavedReply, *, by: Viewer) -> None:
    """Offer a reply no more."""
    audit.record_changes("retired", reply, {"retired_at": clock.now()}, by=by)


def written(reply: SavedReply, ticket: Ticket, by: Viewer) -> str:
    """Return the reply as it reads on a ticket, its places filled in the reporter's language."""
    with speaking(ticket.language):
        values = values_of(ticket, by)
    return PLACE.sub(lambda found: values.get(found.group(1), found.group(0)), reply.body)


def values_of(ticket: Ticket, by: Viewer) -> Mapping[str, str]:
    """Return what the places hold on a ticket, in the language spoken now."""
    room = ticket.room.name if ticket.room else ticket.place_text
    due = ticket.next_due_at if ticket.state in RUNNING else None
    return {
        "name": ticket.reporter_name or _("dear colleague"),
        "number": ticket.number,
        "item": ticket.asset.name if ticket.asset else ticket.title,
        "place": room or ticket.unit.name,
        "expected": show_date(due, "long") if due else _("as soon as possible"),
        "technician": by.name,
    }


def _take(reply: SavedReply, name: str, body: str) -> None:
    if not name.strip():
        raise Refusal(_("Please fill this in."), field="name")
    if not body.strip():
        raise Refusal(_("Please write the reply."), field="body")
    unknown = [found for found in PLACE.findall(body) if found not in PLACES]
    if unknown:
        raise Refusal(
            _(
                "“{%(unknown)s}” stands for nothing. You can use: %(places)s",
                unknown=unknown[0][:40],
                places=", ".join(f"{{{place}}}" for place in PLACES),
            ),
            field="body",
        )
    reply.name, reply.body = name.strip()[:120], body.strip()[:LONGEST]
