"""Taking in reports: a new ticket, or one more voice on a fault that is open already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assets.catalogue.models import Symptom
from assets.register.models import Asset
from assets.register.rules import items
from assets.register.states import Condition
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.categories.answers import Answer
from helpdesk.tickets.categories.rules import keep_answers
from helpdesk.tickets.models import Ticket, TicketEntry, TicketPhoto, new_token
from helpdesk.tickets.rules import deadlines
from helpdesk.tickets.states import Category, Kind, Priority, State
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language, speaking
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Room

NUMBER = "\N{THAI CHARACTER SO SO}."  # the first letter of the Thai word for repair
LONGEST_SUBJECT = 120
SOURCES = ("scan", "form", "return", "phone", "maintenance", "mail", "bulk")
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
        answers: to the questions of the category.
        reporter: on whose behalf staff report; the office's phone rang.
        parent_id: the ticket that this one is a part of.
        begins_at: when planned work is to begin, from which on its clock runs.
    """

    asset: Asset | None = None
    unit_id: int | None = None
    room: Room | None = None
    place_text: str = ""
    kind: Kind = Kind.REPAIR
    category: str | None = None
    symptoms: Sequence[Symptom] = ()
    detail: str = ""
    reporter_name: str = ""
    reporter_contact: str = ""
    priority: Priority = Priority.NORMAL
    source: str = "scan"
    token: str = ""
    answers: Sequence[Answer] = ()
    reporter: Person | None = None
    parent_id: int | None = None
    language: str = ""
    begins_at: datetime | None = None


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
    check(fields, photos)
    if unit_id is None:
        raise Refusal(_("Please choose the school or group."), field="unit")
    ticket = _written(fields, unit_id, by)
    deadlines.begin(ticket)
    ticket.search_key = search_key_of(
        ticket, asset, fields.room or (asset.room if asset else None), fields.answers
    )
    db.session.add(ticket)
    if photos or fields.answers or fields.source == "phone":
        db.session.flush()  # photos, answers and the note point at the ticket's id
        keep_photos(ticket, photos)
        keep_answers(ticket.id, fields.answers)
    if fields.source == "phone":
        _note_who_wrote(ticket, by)
    audit.record(
        "reported", ticket, by=by, after={"number": ticket.number, "source": fields.source}
    )
    if fields.source == "return" and asset is not None:
        items.judge(asset, Condition.DAMAGED, by=by, why=ticket.number)
    return ticket


def _written(fields: Report, unit_id: int, by: Viewer) -> Ticket:
    """Return the row of a report; a person of the office is named, a guest as typed."""
    asset, now, reporter = fields.asset, clock.now(), fields.reporter
    for_guest = fields.source == "phone" and reporter is None
    reporter_id = reporter.id if reporter else (None if for_guest else by.id)
    named = reporter.name_th if reporter else by.name
    return Ticket(
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
        reporter_id=reporter_id,
        reporter_name=(named if reporter_id else fields.reporter_name)[:120],
        reporter_contact=_contact(fields.reporter_contact),
        parent_id=fields.parent_id,
        language=fields.language or (reporter.language if reporter else _language_of(by)),
        opened_at=now,
        begins_at=fields.begins_at,
    )


def _contact(typed: str) -> str:
    """Return a contact as it is kept: an e-mail address in small letters, to be found again."""
    bare = typed.strip()
    return bare.lower() if "@" in bare and " " not in bare else bare


def _language_of(by: Viewer) -> str:
    return by.language if by.id else language()


def _note_who_wrote(ticket: Ticket, by: Viewer) -> None:
    """Let the office see that somebody else wrote the report down."""
    with speaking("th"):
        words = _("Taken down on the phone by %(name)s.", name=by.name)
    db.session.add(
        TicketEntry(
            ticket_id=ticket.id,
            at=clock.now(),
            act="noted",
            actor_id=by.id,
            actor_name=by.name[:200],
            actor_role="technician",
            body=words,
            public=False,
        )
    )


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


def search_key_of(
    ticket: Ticket, asset: Asset | None, room: Room | None, answers: Sequence[Answer] = ()
) -> str:
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
    for answer in answers:
        parts += [answer.value_th, answer.value_en]
    return thai.search_key(" ".join(part for part in parts if part))[:8000]


def check(fields: Report, photos: Sequence[KeptPhoto]) -> None:
    """Refuse a report that says nothing, and one on an item struck off.

    Raises:
        Refusal: the sentence says which.
    """
    if not (fields.symptoms or fields.detail or photos or fields.answers):
        raise Refusal(
            _("Please choose what is wrong, write a few words, or add a photo."), field="detail"
        )
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
        return categories.name_of(fields.category or Category.OTHER)
