"""What the room draws on a ticket's page, and what it costs in queries."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from assets.loans.models import Loan
from assets.register.models import Asset
from assets.register.states import Lifecycle
from helpdesk.repairs.rules import links, replacing, replies, times
from helpdesk.repairs.states import Outside
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import talk
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Cause, Outcome, State
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.loans import make_loan
from tests.factories.office import make_person, sign_in
from tests.factories.tickets import RESULT, make_ticket
from tests.factories.work import make_checklist, send_out

MOST_QUERIES = 12


def here(ticket: Ticket) -> Ticket:
    return db.session.get_one(Ticket, ticket.id)


def test_the_pages_of_a_busy_ticket_ask_few_queries(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    make_checklist()
    ticket, _made = send_out(make_asset(cast.school), thep, state=Outside.QUOTED)
    with work():
        for number in range(5):
            links.make_part(here(ticket), f"งานย่อย {number}", waits=True, by=thep)
            talk.comment(here(ticket), f"ข้อความ {number}", public=True, by=thep)
        times.start(here(ticket), by=thep)
    sign_in(client, cast.thep)
    for path in (f"/tickets/{ticket.id}", f"/tickets/{ticket.id}/work"):
        client.get(path)
        with counted() as seen:
            assert client.get(path).status_code == 200
        assert len(seen) <= MOST_QUERIES, (path, seen)


def test_an_item_beyond_repair_waits_for_disposal_and_its_ticket_says_so(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    result = rules.Result(Outcome.BEYOND_REPAIR, Cause.HARDWARE, "บอร์ดไหม้")
    with work():
        rules.resolve(here(ticket), result, by=thep)
    sign_in(client, cast.thep)
    assert "รอจำหน่าย" in client.get(f"/tickets/{ticket.id}").text


def test_what_was_taken_out_of_disposal_is_proposed_again_in_one_tap(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    asset = make_asset(cast.school)
    ticket = make_ticket(asset, state=State.RESOLVED, technician=thep)
    with work():
        here(ticket).outcome = Outcome.BEYOND_REPAIR
    sign_in(client, cast.thep)
    path = f"/tickets/{ticket.id}/propose-disposal"
    assert path in client.get(f"/tickets/{ticket.id}").text
    assert client.post(path, data={"key": "propose-key-012345"}).status_code == 302
    db.session.rollback()
    assert db.session.get_one(Asset, asset.id).lifecycle == Lifecycle.PENDING_DISPOSAL


def test_the_loan_that_stands_in_is_asked_back_at_the_end(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    loan = make_loan(make_asset(cast.school, name="เครื่องสำรอง"))
    sign_in(client, cast.thep)
    bare = loan.number.partition(".")[2]
    typed = {"loan": bare, "key": "loan-key-0123456789"}
    assert client.post(f"/tickets/{ticket.id}/replacement", data=typed).status_code == 302
    assert "เครื่องสำรอง" in client.get(f"/tickets/{ticket.id}/work").text
    with work():
        rules.resolve(here(ticket), RESULT, by=thep)
        rules.close(here(ticket), by=thep)
    kinds = select(OutgoingMessage.body).where(OutgoingMessage.kind == "ticket_replacement_back")
    (body,) = db.session.scalars(kinds).all()
    assert "เครื่องสำรอง" in body


def test_a_loan_of_another_school_is_not_linked(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.ACCEPTED, technician=thep)
    loan = make_loan(make_asset(cast.other_school), borrower=make_person(unit=cast.other_school))
    sign_in(client, make_person(Role.TECHNICIAN, unit=cast.school, over=cast.school))
    typed = {"loan": loan.number, "key": "loan-key-0123456789"}
    assert client.post(f"/tickets/{ticket.id}/replacement", data=typed).status_code == 422
    with work():
        replacing.replace(here(ticket), db.session.get_one(Loan, loan.id), by=thep)


def test_a_saved_reply_reads_with_the_words_of_the_ticket(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    typed = {"name": "รับเรื่อง", "body": "เรียน {name} เรื่อง {number} ที่ {place}", "shared": "y"}
    assert client.post("/saved-replies/new", data=typed).status_code == 302
    ticket = make_ticket(unit=cast.school, reporter_name="ครูสมมติ")
    page = client.get(f"/tickets/{ticket.id}/replies").text
    assert f"เรียน ครูสมมติ เรื่อง {ticket.number} ที่ {cast.school.name_th}" in page


def test_a_reply_with_a_place_that_nothing_fills_is_refused(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    for body in ("{nmae}", "{name.__class__}", "{}"):
        answer = client.post("/saved-replies/new", data={"name": "x", "body": body})
        assert answer.status_code == 422


def test_own_replies_are_not_for_others(cast: Cast, thep: Viewer, client: FlaskClient) -> None:
    with work():
        mine = replies.save("ของเทพ", "คำตอบลับ", shared=False, by=thep)
    sign_in(client, make_person(Role.TECHNICIAN))
    assert "คำตอบลับ" not in client.get("/saved-replies").text
    assert client.get(f"/saved-replies/{mine.id}").status_code == 404


def test_a_role_may_do_exactly_its_acts(cast: Cast, thep: Viewer, client: FlaskClient) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    at = f"/tickets/{ticket.id}"
    staff = {Role.TECHNICIAN, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN}
    may = {
        f"{at}/work": staff,
        f"{at}/report.pdf": staff,
        f"{at}/time": {Role.TECHNICIAN},
        f"{at}/costs": {Role.TECHNICIAN},
        f"{at}/parts-used": {Role.TECHNICIAN},
        f"{at}/outside": {Role.TECHNICIAN},
        f"{at}/merge": {Role.TECHNICIAN},
        f"{at}/sign": {Role.TECHNICIAN, Role.COORDINATOR},
        f"{at}/replies": {Role.TECHNICIAN, Role.COORDINATOR},
        "/checklists": {Role.TECHNICIAN, Role.ADMIN},
        "/vendors/new": {Role.TECHNICIAN, Role.STOREKEEPER, Role.ADMIN},
    }
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        for path, roles in may.items():
            opened = client.get(path).status_code == 200
            if opened != (role in roles):
                wrong.append((role, path, opened))
    assert wrong == []
