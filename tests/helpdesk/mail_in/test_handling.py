"""What is made of a mail that is kept."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from config import Settings
from helpdesk.mail_in import rounds
from helpdesk.mail_in.models import IncomingMail, MailFile
from helpdesk.mail_in.states import State
from helpdesk.tickets.models import Ticket, TicketEntry, TicketFollower, TicketPhoto
from helpdesk.tickets.rules import intake, joining
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import State as TicketState
from kernel.access import Viewer
from kernel.db import db
from kernel.files import store
from kernel.reply_codes import code_of
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.notifications import composing
from office.notifications.models import BadAddress
from office.notifications.queries import recipient_of
from tests.cast import Cast
from tests.factories.office import viewer_for
from tests.factories.pictures import picture
from tests.factories.tickets import make_ticket
from tests.helpdesk.mail_in.letters import bounce, letter, with_files


def came(raw: bytes) -> IncomingMail:
    """Keep a mail and read it; return what became of it."""
    rounds.keep_raw(raw, size=len(raw), whole=True)
    rounds.read_kept()
    return newest()


def newest() -> IncomingMail:
    db.session.rollback()
    found = db.session.scalar(select(IncomingMail).order_by(IncomingMail.id.desc()).limit(1))
    assert found is not None
    return found


def tickets() -> list[Ticket]:
    return list(db.session.scalars(select(Ticket).order_by(Ticket.id)))


def sent() -> list[OutgoingMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.id)))


def code(office: Settings, reference: str) -> str:
    return f"desk+{code_of(reference, office.secret_key)}@office.test"


def test_a_mail_of_a_known_person_becomes_a_ticket_and_is_acknowledged(
    cast: Cast, office: Settings
) -> None:
    row = came(letter())
    [ticket] = tickets()
    assert (row.state, row.ticket_id) == (State.TICKET, ticket.id)
    assert (ticket.reporter_id, ticket.unit_id, ticket.source) == (
        cast.malee.id,
        cast.school.id,
        "mail",
    )
    assert ticket.subject == "คอมพิวเตอร์เปิดไม่ติด"
    assert "เครื่องที่ห้อง 231" in ticket.detail
    [told] = sent()
    assert (told.kind, told.person_id, told.link) == (
        "ticket_reported",
        cast.malee.id,
        ticket.tracking_path,
    )


def test_the_same_mail_is_never_made_into_two(cast: Cast, office: Settings) -> None:
    same = letter(message_id="<one@school.test>")
    assert rounds.keep_raw(same, size=1, whole=True)
    assert not rounds.keep_raw(same + b" ", size=1, whole=True)
    nameless = same.replace(b"Message-ID: <one@school.test>\r\n", b"")
    assert rounds.keep_raw(nameless, size=1, whole=True)
    assert not rounds.keep_raw(nameless, size=1, whole=True)
    assert rounds.read_kept() == 2
    assert rounds.read_kept() == 0
    assert len(tickets()) == 2


def test_an_answer_to_our_mail_stands_on_the_ticket(cast: Cast, office: Settings) -> None:
    came(letter())
    [ticket] = tickets()
    with work():
        rules.take(db.session.get_one(Ticket, ticket.id), by=viewer_for(cast.thep))
    told = next(one for one in sent() if one.kind == "ticket_accepted")
    mail = composing.write(told, recipient_of(told), office)
    assert "reply" in mail.get_body(("plain",)).get_content() or "ตอบกลับ" in str(  # type: ignore[union-attr]
        mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    )
    by_address = letter(to=str(mail["Reply-To"]), subject="Re: x", text="รหัสคือ 99")
    by_reference = letter(In_Reply_To=str(mail["Message-ID"]), text="อีกครั้ง")
    by_number = letter(subject=f"ตอบ: {ticket.number} เสร็จหรือยัง", text="ถามค่ะ")
    for raw in (by_address, by_reference, by_number):
        assert came(raw).state == State.REPLY
    said = db.session.scalars(
        select(TicketEntry.body).where(TicketEntry.act == "answered").order_by(TicketEntry.id)
    ).all()
    assert said == ["รหัสคือ 99", "อีกครั้ง", "ถามค่ะ"]
    assert len(tickets()) == 1


def test_a_code_of_another_secret_opens_nothing(cast: Cast, office: Settings) -> None:
    ticket = make_ticket(unit=cast.school)
    forged = f"desk+{code_of(f't{ticket.id}', 'another secret')}@office.test"
    assert came(letter("stranger@evil.test", to=forged)).state == State.UNKNOWN
    # The long s is a letter when case is ignored, and nothing that signs can be compared with.
    odd = letter("stranger@evil.test", subject=f"t{ticket.id}-" + "\u017f" * 16)
    assert came(odd).state == State.UNKNOWN
    number = letter("stranger@evil.test", subject=f"Re: {ticket.number}")
    assert came(number).state == State.UNKNOWN
    assert db.session.scalar(select(func.count(TicketEntry.id))) == 0


def test_a_holder_of_the_code_is_named_with_the_own_address(cast: Cast, office: Settings) -> None:
    ticket = make_ticket(unit=cast.school)
    came(letter("colleague@school.test", to=code(office, f"t{ticket.id}"), text="มาแทนครับ"))
    [entry] = db.session.scalars(select(TicketEntry)).all()
    assert entry.body == "จาก colleague@school.test:\nมาแทนครับ"


def test_an_answer_that_comes_too_late_is_kept_and_opens_nothing(
    cast: Cast, office: Settings
) -> None:
    thep = viewer_for(cast.thep)
    ticket = make_ticket(
        unit=cast.school, by=viewer_for(cast.malee), state=TicketState.CLOSED, technician=thep
    )
    row = came(letter(to=code(office, f"t{ticket.id}"), text="ขอบคุณมากค่ะ"))
    assert (row.state, tickets()[0].state) == (State.REPLY, TicketState.CLOSED)
    assert [one.body for one in db.session.scalars(select(TicketEntry))][-1] == "ขอบคุณมากค่ะ"
    assert [one.kind for one in sent() if one.person_id == cast.thep.id] == ["ticket_news"]


def test_one_who_joined_answers_by_mail_for_the_office_alone(cast: Cast, office: Settings) -> None:
    ticket = make_ticket(unit=cast.school)
    with work():
        follower = joining.join(
            db.session.get_one(Ticket, ticket.id),
            intake.Report(detail="ฉันด้วย", reporter_contact="other@school.test"),
            by=Viewer(),
        )
        reference = f"f{follower.id}"
    came(letter("other@school.test", to=code(office, reference), text="ยังเป็นอยู่"))
    entry = db.session.scalars(select(TicketEntry).order_by(TicketEntry.id.desc())).first()
    assert entry is not None
    assert (entry.body, entry.public) == ("ยังเป็นอยู่", False)


def test_a_guest_who_reported_before_is_known_by_the_address(cast: Cast, office: Settings) -> None:
    make_ticket(unit=cast.school, reporter_contact="Guest@Home.test", reporter_name="ครูผู้เยี่ยม")
    row = came(letter("guest@home.test"))
    ticket = tickets()[-1]
    assert row.state == State.TICKET
    assert (ticket.unit_id, ticket.reporter_name) == (cast.school.id, "ครูผู้เยี่ยม")


def test_an_unknown_sender_waits_and_is_told_once_a_day(cast: Cast, office: Settings) -> None:
    for _number in range(3):
        assert came(letter("who@else.test")).state == State.UNKNOWN
    assert tickets() == []
    assert [(one.kind, one.address) for one in sent()] == [("mail_unknown_sender", "who@else.test")]


def test_machines_are_kept_and_never_answered(cast: Cast, office: Settings) -> None:
    machines = {
        State.AUTOMATIC: letter("away@else.test", Auto_Submitted="auto-replied"),
        State.BOUNCE: bounce(1),
        State.LOOP: letter("desk@office.test"),
    }
    found = {state: came(raw).state for state, raw in machines.items()}
    assert found == {state: state for state in machines}
    assert (tickets(), sent()) == ([], [])


def test_a_storm_of_a_thousand_bounces_is_kept_and_answered_by_nothing(
    cast: Cast, office: Settings
) -> None:
    ticket = make_ticket(unit=cast.school, by=viewer_for(cast.malee))
    inside = f"Reply-To: {code(office, f't{ticket.id}')}"
    storm = [bounce(number, "" if number % 100 else inside) for number in range(1000)]
    for raw in storm:
        rounds.keep_raw(raw, size=len(raw), whole=True)
    rounds.keep_raw(letter(), size=1, whole=True)
    assert [rounds.read_kept() for _round in range(4)] == [500, 500, 1, 0]
    states = db.session.execute(select(IncomingMail.state, func.count()).group_by("state")).all()
    assert dict(tuple(row) for row in states) == {State.BOUNCE: 1000, State.TICKET: 1}
    keys = db.session.scalars(select(IncomingMail.raw_key).order_by(IncomingMail.id)).all()
    assert [store().read(key) for key in keys[:1000]] == storm
    # Ten were of our own mail to the reporter; the only one who is told anything wrote the letter.
    assert db.session.scalar(select(func.count(TicketEntry.id))) == 10
    assert [(one.kind, one.person_id) for one in sent()] == [("ticket_reported", cast.malee.id)]


def test_a_bounce_of_our_mail_is_noted_on_its_ticket(cast: Cast, office: Settings) -> None:
    ticket = make_ticket(unit=cast.school)
    inside = f"Reply-To: {code(office, f't{ticket.id}')}"
    came(bounce(7, inside))
    [entry] = db.session.scalars(select(TicketEntry)).all()
    assert (entry.ticket_id, entry.act, entry.public) == (ticket.id, "noted", False)
    assert db.session.scalars(select(BadAddress.address)).all() == ["teacher@example.test"]


def test_too_many_mails_of_one_sender_wait_for_a_person(cast: Cast, office: Settings) -> None:
    most = office.mail_in_per_sender
    for number in range(most + 2):
        raw = letter(subject=f"เรื่องที่ {number}")
        rounds.keep_raw(raw, size=len(raw), whole=True)
    rounds.read_kept()
    assert len(tickets()) == most
    assert newest().state == State.TOO_MANY


def test_files_are_judged_by_content(cast: Cast, office: Settings) -> None:
    row = came(
        with_files(
            ("photo.jpg", picture("JPEG"), "application/octet-stream"),
            ("บันทึก.txt", "ข้อความ".encode("cp874"), "text/plain"),
            ("winmail.dat", b"\x78\x9f\x3e\x22rest", "application/ms-tnef"),
            ("page.pdf", b"<html><script>x</script></html>", "application/pdf"),
            ("program.exe", b"MZ\x00\x01", "application/octet-stream"),
        )
    )
    assert row.state == State.TICKET
    assert db.session.scalar(select(func.count(TicketPhoto.id))) == 1
    kept = {one.name: one for one in db.session.scalars(select(MailFile))}
    assert store().read(kept["บันทึก.txt"].file_key).decode() == "ข้อความ"
    assert kept["winmail.dat"].file_key.endswith(".bin")
    assert "Outlook" in kept["winmail.dat"].remark
    for refused in ("page.pdf", "program.exe"):
        assert kept[refused].file_key == ""
        assert kept[refused].remark


def test_a_mail_too_large_is_refused_politely_once(cast: Cast, office: Settings) -> None:
    head = letter().split(b"\r\n\r\n")[0] + b"\r\n\r\n"
    rounds.keep_raw(head, size=30_000_000, whole=False)
    rounds.read_kept()
    assert newest().state == State.TOO_LARGE
    [told] = sent()
    assert (told.kind, told.address) == ("mail_too_large", "malee@school.test")
    assert re.search(r"\b1 MB", told.body)


def test_a_mail_that_breaks_the_reading_waits_for_a_person_and_stops_no_other(
    cast: Cast, office: Settings
) -> None:
    rounds.keep_raw(letter(), size=1, whole=True)
    store().remove(newest().raw_key)
    rounds.keep_raw(letter(subject="ที่สอง"), size=1, whole=True)
    assert rounds.read_kept() == 2
    states = list(db.session.scalars(select(IncomingMail.state).order_by(IncomingMail.id)))
    assert states == [State.BROKEN, State.TICKET]


@pytest.mark.parametrize("raw", [b"", b"\x00\xff" * 50, b"From: \r\n\r\n", b"Subject: x\r\n\r\ny"])
def test_what_is_no_mail_is_kept_and_waits(cast: Cast, office: Settings, raw: bytes) -> None:
    assert came(raw).state == State.BROKEN
    assert sent() == []


def test_a_code_of_a_ticket_that_is_no_more_makes_a_new_one(cast: Cast, office: Settings) -> None:
    assert came(letter(to=code(office, "t999999"))).state == State.TICKET
    assert db.session.scalar(select(func.count(TicketFollower.id))) == 0
