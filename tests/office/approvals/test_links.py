"""Deciding by the link of a message: once, by its person, never by opening it."""

from __future__ import annotations

from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.db import db
from office.approvals.models import Approval, ApprovalAct
from office.approvals.rules import signing
from office.approvals.states import Act, State
from office.bookkeeping.models import OutgoingMessage
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.office import sign_in
from tests.office.approvals.conftest import People
from tests.office.approvals.wishes import Wishes, act, ask


def link_to(person: Person) -> str:
    """Return the newest link that a person was sent."""
    query = select(OutgoingMessage.link).where(
        OutgoingMessage.kind == "approval_waiting", OutgoingMessage.person_id == person.id
    )
    return db.session.scalars(query.order_by(OutgoingMessage.id.desc()).limit(1)).one()


def signatures(approval: Approval) -> int:
    acts = select(ApprovalAct).where(
        ApprovalAct.approval_id == approval.id, ApprovalAct.act == Act.APPROVED
    )
    return len(db.session.scalars(acts).all())


def test_opening_the_link_shows_and_signs_nothing(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    page = client.get(link_to(people.head))
    assert page.status_code == 200
    assert "เครื่องพิมพ์" in page.text
    assert signatures(approval) == 0


def test_the_form_behind_the_link_signs_for_its_person(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    client.post(link_to(people.head), data={"decision": "approve"})
    (signed,) = db.session.scalars(select(ApprovalAct).where(ApprovalAct.act == Act.APPROVED)).all()
    assert (signed.person_id, signed.by_link) == (people.head.id, True)
    assert signed.approval_id == approval.id


def test_a_link_decides_once(client: FlaskClient, people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    link = link_to(people.head)
    client.post(link, data={"decision": "approve"})
    assert client.post(link, data={"decision": "approve"}).status_code == 422
    assert signatures(approval) == 1


def test_a_link_is_spent_by_a_click_on_the_page(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    link = link_to(people.head)
    act(signing.approve, approval, by=people.head)
    again = client.post(link, data={"decision": "reject", "words": "ไม่"})
    assert again.status_code == 422
    assert signatures(approval) == 1


def test_a_link_grows_too_old(
    client: FlaskClient, people: People, room: Wishes, clock: Clock
) -> None:
    approval = ask(people.malee)
    link = link_to(people.head)
    clock.forward(hours=169)
    assert client.post(link, data={"decision": "approve"}).status_code == 422
    assert signatures(approval) == 0


def test_above_the_limit_the_link_asks_to_sign_in(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee, amount=Decimal("10000.01"))
    link = link_to(people.head)
    assert "/sign-in" in client.get(link).location
    assert "/sign-in" in client.post(link, data={"decision": "approve"}).location
    assert signatures(approval) == 0


def test_somebody_else_who_is_signed_in_cannot_use_it(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    link = link_to(people.head)
    sign_in(client, people.malee)
    assert client.post(link, data={"decision": "approve"}).status_code == 403
    assert signatures(approval) == 0


def test_a_refused_decision_leaves_the_link_good(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    link = link_to(people.head)
    assert client.post(link, data={"decision": "reject", "words": " "}).status_code == 422
    client.post(link, data={"decision": "reject", "words": "ไม่มีงบ"})
    state = db.session.scalars(select(Approval.state).where(Approval.id == approval.id)).one()
    assert state == State.REJECTED


def test_the_link_of_who_left_is_dead(client: FlaskClient, people: People, room: Wishes) -> None:
    ask(people.malee)
    link = link_to(people.head)
    from kernel import clock
    from kernel.work import work

    with work():
        db.session.get_one(Person, people.head.id).left_on = clock.today()
    assert client.get(link).status_code == 404


def test_our_own_pages_never_show_the_secret(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    ask(people.malee)
    secret = link_to(people.head)
    sign_in(client, people.head)
    assert secret not in client.get("/inbox").text
