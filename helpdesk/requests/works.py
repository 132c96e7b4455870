"""Asking the group to carry something out (form F04): one ticket for each kind of work asked for.

The technicians work on tickets as ever; the request follows them through the place that tickets
give to the rooms above, so it is carried out in the moment in which its last ticket is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from helpdesk.requests import answers
from helpdesk.requests.answers import Reading
from helpdesk.requests.approving import HANDLER, HEAD
from helpdesk.requests.fields import Field, Option
from helpdesk.requests.models import RequestTicket, ServiceRequest
from helpdesk.requests.rules import carrying_out, drafting, story
from helpdesk.requests.sorts import Sort
from helpdesk.requests.states import REQUESTS, Act, Action, FieldKind, State
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake, work
from helpdesk.tickets.states import TICKET, Category, Kind
from helpdesk.tickets.states import State as TicketState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.places.access import viewer_of

KEY = "work"
WORKS = (
    Option("install", "ติดตั้ง", "Installation"),
    Option("move", "ย้ายหรือจัดวางใหม่", "Moving or placing anew"),
    Option("cabling", "เดินสายสัญญาณ", "Cabling"),
    Option("network", "ระบบเครือข่ายและอินเทอร์เน็ต", "Network and internet"),
    Option("configure", "ตั้งค่าระบบหรืออุปกรณ์", "Configuration"),
    Option("meeting", "สนับสนุนการประชุม", "Meeting support"),
    Option("develop", "พัฒนาระบบหรือเว็บไซต์", "Development of a system or website"),
    Option("check", "ตรวจสอบและให้คำแนะนำ", "Checking and advice"),
    Option("other", "อื่น ๆ", "Something else"),
)
CATEGORY_OF = {
    "install": Category.COMPUTER,
    "move": Category.COMPUTER,
    "cabling": Category.NETWORK,
    "network": Category.NETWORK,
    "configure": Category.SYSTEM,
    "meeting": Category.CONFERENCE,
    "develop": Category.SYSTEM,
}
FIELDS = (
    Field(
        "what",
        FieldKind.LONG,
        "งานที่ขอให้ดำเนินการ",
        "What shall be carried out",
        required=True,
        hint_th="บอกสิ่งที่ต้องการ จำนวน และผลที่อยากได้",
        hint_en="What is wanted, how many, and what shall come out of it",
    ),
    Field("works", FieldKind.MANY, "ประเภทงาน", "Kind of work", required=True, options=WORKS),
    Field("place", FieldKind.TEXT, "สถานที่", "Place", required=True, most=120),
    Field("from", FieldKind.DATE, "ต้องการตั้งแต่วันที่", "Wanted from", required=True, past=False),
    Field("to", FieldKind.DATE, "ต้องการให้แล้วเสร็จภายในวันที่", "Wanted done by", past=False),
    Field("contact", FieldKind.TEXT, "ผู้ประสานงาน", "Contact on site", required=True),
    Field("phone", FieldKind.TEXT, "โทรศัพท์", "Phone", required=True, most=40),
    Field("files", FieldKind.FILE, "เอกสารหรือภาพประกอบ", "Documents or pictures"),
)
ENDED = (TicketState.RESOLVED, TicketState.CLOSED)


def sort() -> Sort:
    """Return the kind as this room registers it."""
    return Sort(
        key=KEY,
        name_th="ขอให้ดำเนินการ",
        name_en="Have something carried out",
        intro_th="ติดตั้ง เดินสาย ระบบเครือข่าย ตั้งค่า หรือสนับสนุนการประชุม",
        intro_en="Installation, cabling, network, configuration or support of a meeting",
        paper_th="แบบบันทึกขอให้ดำเนินการ",
        paper_en="Request to carry something out",
        form_no="F04",
        series="ดน.",
        icon="tools",
        fields=lambda: FIELDS,
        first_path=(HEAD, HANDLER),
        by_hand=False,
        check=check,
        approved=open_tickets,
        stopped=withdraw_tickets,
        complained=reopen_tickets,
        page_part="helpdesk/requests/_work.html",
        page_context=page_context,
    )


def check(_request: ServiceRequest, reading: Reading) -> None:
    """Find a last day before the first one."""
    first = answers.day_of(reading.answers.get("from"))
    last = answers.day_of(reading.answers.get("to"))
    if first and last and last < first:
        reading.wrong["to"] = _("The last day lies before the first one.")


def open_tickets(request: ServiceRequest, by: Viewer) -> None:
    """Open a ticket for each kind of work that was asked for, in the name of the asker."""
    numbers = []
    for value in request.answers["works"]["value"]:
        ticket = open_ticket(request, str(value), "", by=by)
        numbers.append(ticket.number)
    story.note(request, Act.OPENED, by=by, words=", ".join(numbers))


def open_ticket(request: ServiceRequest, work_kind: str, words: str, *, by: Viewer) -> Ticket:
    """Open one ticket of a request.

    Args:
        request: approved.
        work_kind: one of ``WORKS``.
        words: what this ticket is about beyond the request; may be blank.
        by: who opens it where the asker is not here any more.
    """
    option = next(one for one in WORKS if one.value == work_kind)
    said = request.answers
    days = " – ".join(answers.shown(said[key], "th") for key in ("from", "to") if key in said)
    lines = [
        words.strip() or answers.shown(said["what"], "th"),
        f"{request.number} · {days}",
        f"{answers.shown(said['contact'], 'th')} · {answers.shown(said['phone'], 'th')}",
    ]
    report = intake.Report(
        unit_id=request.unit_id,
        place_text=answers.shown(said["place"], "th"),
        kind=Kind.ADVICE if work_kind == "check" else Kind.REPAIR,
        category=CATEGORY_OF.get(work_kind, Category.OTHER),
        detail=f"{option.th}: " + "\n".join(lines),
        reporter_name=request.asker_name,
        source="form",
    )
    ticket = intake.report(report, by=viewer_of(request.asker_id) or by)
    db.session.flush()  # the link names the ticket
    db.session.add(RequestTicket(ticket_id=ticket.id, request_id=request.id, part=option.th))
    return ticket


def open_another(request: ServiceRequest, work_kind: str, words: str, *, by: Viewer) -> Ticket:
    """Open a further ticket for an approved request, as staff.

    Refuses a request that is not approved, and a ticket that says nothing.
    """
    if request.state != State.APPROVED:
        raise Refusal(_("Only an approved request is carried out."))
    if not words.strip():
        raise Refusal(_("Please write what this ticket is about."), field="words")
    if all(one.value != work_kind for one in WORKS):
        raise Refusal(_("Not a valid choice."), field="work")
    ticket = open_ticket(request, work_kind, words, by=by)
    story.note(request, Act.OPENED, by=by, words=f"{ticket.number} {words.strip()}")
    return ticket


def tickets_of(request_id: int) -> Sequence[RequestTicket]:
    """Return the tickets of a request, the first one first."""
    return db.session.scalars(
        select(RequestTicket)
        .options(joinedload(RequestTicket.ticket).joinedload(Ticket.assignee))
        .where(RequestTicket.request_id == request_id)
        .order_by(RequestTicket.ticket_id)
    ).all()


def withdraw_tickets(request: ServiceRequest, by: Viewer) -> None:
    """End the tickets of a request whose approval ends.

    Refuses where a technician works on one, or where one is done.
    """
    tickets_now = [one.ticket for one in tickets_of(request.id)]
    begun = [t for t in tickets_now if t.state not in (TicketState.NEW, TicketState.CANCELLED)]
    if begun:
        raise Refusal(
            _(
                "The technicians work on this already (%(numbers)s). Please ask them to finish or "
                "cancel it first.",
                numbers=", ".join(ticket.number for ticket in begun),
            )
        )
    for ticket in tickets_now:
        if ticket.state == TicketState.NEW:
            reason = _("The request %(number)s was taken back.", number=request.number)
            work.cancel(ticket, reason, by=by)


def reopen_tickets(request: ServiceRequest, words: str, by: Viewer) -> None:
    """Open the finished tickets again, as far as they may be; else staff open another one."""
    for one in tickets_of(request.id):
        ticket = one.ticket
        if ticket.state in ENDED and ticket.may_reopen_at(clock.now()):
            work.reopen(ticket, words, by=by, role="reporter")


def follow(ticket: Ticket, by: Viewer) -> None:
    """Let a request follow one of its tickets that has come into another state.

    It is carried out when its last ticket is; it is open again when one of them is opened again.
    """
    link = db.session.get(RequestTicket, ticket.id)
    request = drafting.locked(link.request_id) if link is not None else None
    if request is None:
        return
    links = tickets_of(request.id)
    running = [one for one in links if one.ticket.is_open]
    done = [one for one in links if one.ticket.state in ENDED]
    if request.state == State.APPROVED and done and not running:
        said = [f"{one.ticket.number} {one.ticket.action_taken}".strip() for one in done]
        carrying_out.finish(request, "\n".join(said), by=by)
    elif request.state == State.DONE and running:
        request.state = REQUESTS.target(State.DONE, Action.COMPLAIN)
        request.finished_at = None
        story.note(request, Act.COMPLAINED, by=by, words=running[0].ticket.number)


def page_context(request: ServiceRequest, viewer: Viewer) -> Mapping[str, Any]:
    """Return the tickets for the page, with links as far as the reader may open them."""
    links = tickets_of(request.id)
    own = viewer.id == request.asker_id

    def href(ticket: Ticket) -> str:
        if viewer.may(tickets.SEE, ticket.unit_id):
            return ticket.staff_path
        return ticket.tracking_path if own else ""

    return {
        "tickets": [
            {
                "number": one.ticket.number,
                "part": one.part,
                "face": TICKET.faces[one.ticket.state],
                "who": one.ticket.assignee.name if one.ticket.assignee else "",
                "href": href(one.ticket),
            }
            for one in links
        ],
        "works": WORKS,
        "running": any(one.ticket.is_open for one in links),
    }
