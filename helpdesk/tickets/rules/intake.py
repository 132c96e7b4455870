"""Taking in reports: a new ticket, or one more voice on a fault that is open already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assets.catalogue.models import Symptom
from assets.register.models import Asset
from assets.register.rules import items
from assets.register.states import Condition
from helpdesk.tickets.models import (
    Ticket,
    TicketEntry,
    TicketFollower,
    TicketPhoto,
    new_token,
)
from helpdesk.tickets.rules import deadlines, notices
from helpdesk.tickets.states import CATEGORIES, Category, Kind, Priority, State
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language, speaking
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.places.models import Room

NUMBER = "\N{THAI CHARACTER SO SO}."  # the first letter of the Thai word for repair
LONGEST_SUBJECT = 120
SOURCES = ("scan", "form", "return", "phone", "maintenance")
BY_ICON = {
    "laptop": Category.COMPUTER,
    "display": Category.COMPUTER,
    "cpu": Category.COMPUTER,
    "tablet": Category.COMPUTER,
    "printer": Category.PRINTER,
    "router": Category.NETWORK,
    "wifi": Category.NETWORK,
    "telephone": Category.PHONE,
    "projector": Category.AUDIOVISUAL,
    "tv": Category.AUDIOVISUAL,
    "camera": Category.AUDIOVISUAL,
    "broadcast": Category.DLTV,
    "webcam": Category.CONFERENCE,
}


@dataclass(frozen=True)
class KeptPhoto:
    """A cleaned photo in the file store: the keys of the picture and of the small one."""

    key: str
    thumbnail_key: str


@dataclass
class Report:
    """What somebody reports.

    Attributes:
        asset: the item, None for what has no label.
        unit_id: where it is; the item's holding unit where left out.
        symptoms: chosen chips.
        detail: free text.
        reporter_name, reporter_contact: of a guest; a signed-in person is known.
        token: of the tracking link, so that the door may know the link before the ticket stands.
        source: where it came in; ``return`` is the lending desk's own word on a damaged item.
    """

    asset: Asset | None = None
    unit_id: int | None = None
    room: Room | None = None
    place_text: str = ""
    kind: Kind = Kind.REPAIR
    category: Category | None = None
    symptoms: Sequence[Symptom] = ()
    detail: str = ""
    reporter_name: str = ""
    reporter_contact: str = ""
    priority: Priority = Priority.NORMAL
    source: str = "scan"
    token: str = ""


def report(fields: Report, *, by: Viewer, photos: Sequence[KeptPhoto] = ()) -> Ticket:
    """Make a ticket out of a report, in the present unit of work.

    A report of the lending desk (``source='return'``) marks the item as damaged at once: staff
    held it in their hands. A guest's report changes nothing on the item until a technician
    accepts it, so that strangers cannot block lending.

    Args:
        fields: what is reported.
        by: who reports; a guest has no id.
        photos: cleaned photos, in the file store already.

    Refuses a report that says nothing, one from nowhere, and one on an item struck off.
    """
    asset = fields.asset
    unit_id = asset.holding_unit_id if asset else fields.unit_id
    _check(fields, unit_id, photos)
    now = clock.now()
    ticket = Ticket(
        number=bookkeeping.next_number(NUMBER),
        token=fields.token or new_token(),
        kind=fields.kind,
        category=fields.category or category_of(asset),
        asset_id=asset.id if asset else None,
        unit_id=unit_id,
        room_id=asset.room_id if asset else (fields.room.id if fields.room else None),
        place_text=fields.place_text,
        symptoms=[symptom.id for symptom in fields.symptoms],
        subject=_subject(fields, "th"),
        subject_en=_subject(fields, "en") if fields.symptoms or not fields.detail else "",
        detail=fields.detail,
        source=fields.source,
        priority=fields.priority,
        state=State.NEW,
        state_since=now,
        reporter_id=by.id,
        reporter_name=(by.name if by.id else fields.reporter_name)[:120],
        reporter_contact=fields.reporter_contact,
        language=by.language if by.id else language(),
        opened_at=now,
    )
    ticket.next_due_at = deadlines.due_of_new(ticket)
    ticket.search_key = search_key_of(ticket, asset, fields.room or (asset.room if asset else None))
    db.session.add(ticket)
    if photos:
        db.session.flush()  # the photos point at the ticket's id
        keep_photos(ticket, photos)
    audit.record(
        "reported", ticket, by=by, after={"number": ticket.number, "source": fields.source}
    )
    if fields.source == "return" and asset is not None:
        items.judge(asset, Condition.DAMAGED, by=by, why=ticket.number)
    return ticket


def join(
    ticket: Ticket, fields: Report, *, by: Viewer, photos: Sequence[KeptPhoto] = ()
) -> TicketEntry:
    """Add a further report to a ticket that is open already; nobody gets a second ticket.

    The one who joins hears how it ends, where a contact or a sign-in allows it.

    Refuses a ticket that was finished meanwhile, and a report that says nothing.
    """
    if not ticket.is_open:
        raise Refusal(
            _("The fault that was open has been finished meanwhile. Please report it as a new one.")
        )
    _check(fields, ticket.unit_id, photos)
    name = by.name if by.id else fields.reporter_name
    said = " · ".join(symptom.text_th for symptom in fields.symptoms)
    entry = TicketEntry(
        ticket_id=ticket.id,
        at=clock.now(),
        act="joined",
        actor_id=by.id,
        actor_name=name[:200],
        actor_role="reporter",
        body="\n".join(part for part in (said, fields.detail) if part),
        # The first reporter's private page shows no words of a stranger.
        public=False,
    )
    db.session.add(entry)
    db.session.flush()  # the photos point at the entry's id
    keep_photos(ticket, photos, entry=entry)
    db.session.add(
        TicketFollower(
            ticket_id=ticket.id,
            person_id=by.id,
            name=name[:120],
            contact=fields.reporter_contact,
            language=by.language if by.id else language(),
            at=clock.now(),
        )
    )
    audit.record("joined", ticket, by=by, after={"entry": entry.id})
    notices.tell_assignee(ticket, entry.body, by=by)
    return entry


def keep_photos(
    ticket: Ticket, photos: Sequence[KeptPhoto], *, entry: TicketEntry | None = None
) -> None:
    """Add photos to a ticket, or to one entry of it; they are as private as the entry."""
    db.session.add_all(
        TicketPhoto(
            ticket_id=ticket.id,
            entry_id=entry.id if entry else None,
            public=entry.public if entry else True,
            key=photo.key,
            thumbnail_key=photo.thumbnail_key,
            at=clock.now(),
        )
        for photo in photos
    )


def category_of(asset: Asset | None) -> Category:
    """Return what a fault of an item is about, by the icon of its class."""
    icon = asset.asset_class.icon if asset and asset.asset_class else ""
    return BY_ICON.get(icon, Category.OTHER)


def search_key_of(ticket: Ticket, asset: Asset | None, room: Room | None) -> str:
    """Return the words people look for a ticket by; personal contacts are not among them."""
    parts = [
        ticket.number,
        ticket.subject,
        ticket.subject_en,
        ticket.detail,
        ticket.reporter_name,
        ticket.place_text,
        room.name if room else "",
    ]
    if asset is not None:
        parts += [asset.asset_no or "", asset.name, asset.serial_no]
    return thai.search_key(" ".join(part for part in parts if part))[:8000]


def _check(fields: Report, unit_id: int | None, photos: Sequence[KeptPhoto]) -> None:
    if not (fields.symptoms or fields.detail or photos):
        raise Refusal(
            _("Please choose what is wrong, write a few words, or add a photo."), field="detail"
        )
    if unit_id is None:
        raise Refusal(_("Please choose the school or group."), field="unit")
    if fields.asset is not None and not fields.asset.is_in_register:
        raise Refusal(_("This item is not in use any more, so no fault can be reported on it."))


def _subject(fields: Report, code: str) -> str:
    """Return the heading of a ticket: the chips, else the first line, else what it is about."""
    chips = " · ".join(s.text_en if code == "en" else s.text_th for s in fields.symptoms)
    if chips:
        return chips[:300]
    line = fields.detail.strip().split("\n", 1)[0]
    if len(line) > LONGEST_SUBJECT:
        line = line[: LONGEST_SUBJECT - 1].rstrip() + "…"
    if line:
        return line
    with speaking(code):
        if fields.asset is not None:
            return _("Fault shown on a photo")
        return str(CATEGORIES[fields.category or Category.OTHER])
