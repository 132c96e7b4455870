"""The pages of asking for loans: the shelf, the list, a request, kits, handing in."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.states import RequestState
from kernel.db import db
from kernel.pages import show_date
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import draft, make_approved, make_request, open_day, refuse
from tests.factories.office import in_work, sign_in


@pytest.fixture
def cast(client: FlaskClient, clock: Clock) -> Cast:
    return make_cast()


def typed(**overrides: object) -> dict[str, object]:
    """What the page of a draft sends."""
    return {
        "from_on": show_date(open_day(1), "numeric"),
        "to_on": show_date(open_day(4), "numeric"),
        "purpose": "อบรมครู",
        "official": "y",
        "place_kind": "inside",
        "then": "send",
        **overrides,
    }


def version(request: LoanRequest) -> int:
    db.session.rollback()
    return db.session.get_one(LoanRequest, request.id).version


def put(client: FlaskClient, unit_id: int, kind: str, number: int, **fields: object) -> str:
    data = {"quantity": 1, **fields}
    answer = client.post(f"/loans/things/{unit_id}/{kind}/{number}/put", data=data)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_shelf_shows_what_is_free(client: FlaskClient, cast: Cast, language: str) -> None:
    kind = make_class(name_th="เครื่องฉาย", name_en="Projector")
    for _each in range(3):
        make_asset(class_id=kind.id)
    with in_work():
        cast.malee.language = language
    sign_in(client, cast.malee)
    page = client.get("/loans/things").text
    assert ("เครื่องฉาย" if language == "th" else "Projector") in page
    assert ("ว่าง 3 จาก 3" if language == "th" else "3 of 3 free") in page


def test_the_shelf_shows_the_own_school_and_the_office_only(
    client: FlaskClient, cast: Cast
) -> None:
    for unit in (cast.office, cast.school, cast.other_school):
        make_asset(unit, class_id=make_class(name_th=f"ของ {unit.code}").id)
    sign_in(client, cast.malee)
    seen = (
        client.get("/loans/things").text + client.get(f"/loans/things?unit={cast.office.id}").text
    )
    assert f"ของ {cast.school.code}" in seen
    assert f"ของ {cast.office.code}" in seen
    assert f"ของ {cast.other_school.code}" not in seen
    other = client.get(f"/loans/things?unit={cast.other_school.id}").text
    assert f"ของ {cast.other_school.code}" not in other


def test_a_thing_of_another_school_is_not_found(client: FlaskClient, cast: Cast) -> None:
    kind = make_class()
    make_asset(cast.other_school, class_id=kind.id)
    sign_in(client, cast.malee)
    here = f"/loans/things/{cast.other_school.id}/class/{kind.id}"
    assert client.get(here).status_code == 404
    assert client.post(f"{here}/put", data={"quantity": 1}).status_code == 404


def test_the_calendar_says_how_many_are_free_on_each_day(client: FlaskClient, cast: Cast) -> None:
    kind = make_class()
    assets = [make_asset(class_id=kind.id) for _each in range(2)]
    make_approved(cast.thep, assets[0], from_on=open_day(1), to_on=open_day(3))
    sign_in(client, cast.malee)
    page = client.get(f"/loans/things/{cast.office.id}/class/{kind.id}").text
    assert page.count('class="month-free">1<') == 2
    assert 'class="month-free">2<' in page


def test_a_thing_becomes_a_line_and_is_sent(client: FlaskClient, cast: Cast) -> None:
    kind = make_class()
    for _each in range(2):
        make_asset(class_id=kind.id)
    sign_in(client, cast.thep)
    here = put(client, cast.office.id, "class", kind.id)
    put(client, cast.office.id, "class", kind.id)
    request = db.session.scalars(select(LoanRequest)).one()
    answer = client.post(here, data=typed(version=request.version))
    assert answer.status_code == 302, answer.text
    db.session.rollback()
    sent = db.session.scalars(select(LoanRequest)).one()
    assert sent.state == RequestState.REQUESTED
    assert sent.number is not None
    assert [line.quantity for line in sent.lines] == [2]
    assert client.get(answer.location).status_code == 200


def test_a_double_tap_puts_a_thing_on_the_list_once(client: FlaskClient, cast: Cast) -> None:
    kind = make_class()
    make_asset(class_id=kind.id)
    sign_in(client, cast.thep)
    for _tap in range(2):
        put(client, cast.office.id, "class", kind.id, key="k" * 20)
    assert db.session.scalar(select(RequestLine.quantity)) == 1


def test_a_refused_sending_keeps_what_was_typed(client: FlaskClient, cast: Cast) -> None:
    one = draft(cast.thep, make_asset(class_id=make_class().id))
    sign_in(client, cast.thep)
    here = f"/loans/requests/{one.id}/edit"
    answer = client.post(here, data=typed(version=version(one), official="", purpose="ทดสอบ"))
    assert answer.status_code == 422
    assert "ทดสอบ" in answer.text
    db.session.rollback()
    kept = db.session.get_one(LoanRequest, one.id)
    assert (kept.state, kept.purpose) == (RequestState.DRAFT, "ทดสอบ")
    again = client.post(here, data=typed(version=kept.version))
    assert again.status_code == 302


@pytest.mark.parametrize("pieces", ["-1", "x", "99999999999999999999", "0"])
def test_bad_pieces_are_refused_readably(client: FlaskClient, cast: Cast, pieces: str) -> None:
    one = draft(cast.thep, make_asset(class_id=make_class().id))
    sign_in(client, cast.thep)
    fields = typed(version=version(one), **{f"quantity-{one.lines[0].id}": pieces})
    answer = client.post(f"/loans/requests/{one.id}/edit", data=fields)
    assert answer.status_code == 422
    assert db.session.get_one(LoanRequest, one.id).state == RequestState.DRAFT


def test_a_meeting_to_set_up_becomes_a_ticket_at_the_approval(
    client: FlaskClient, cast: Cast
) -> None:
    from helpdesk.tickets.models import Ticket
    from tests.factories.loan_requests import sign

    one = draft(cast.thep, make_asset(class_id=make_class().id))
    sign_in(client, cast.thep)
    meeting = {
        "setup_kind": "video",
        "setup_title": "ประชุมผู้บริหาร",
        "setup_from": "09.00",
        "setup_until": "12.00",
        "setup_place": "ห้องประชุม 1",
        "setup_minutes": "30",
    }
    answer = client.post(
        f"/loans/requests/{one.id}/edit", data=typed(version=version(one), **meeting)
    )
    assert answer.status_code == 302, answer.text
    assert db.session.scalar(select(func.count()).select_from(Ticket)) == 0
    sign(db.session.get_one(LoanRequest, one.id))
    ticket = db.session.scalars(select(Ticket)).one()
    assert (ticket.category, ticket.reporter_id) == ("conference", cast.thep.id)
    assert "ประชุมผู้บริหาร" in ticket.detail
    assert db.session.get_one(LoanRequest, one.id).setup.ticket_number == ticket.number  # type: ignore[union-attr]


def test_strangers_do_not_see_a_request(client: FlaskClient, cast: Cast) -> None:
    one = make_request(cast.thep, make_asset())
    sign_in(client, cast.malee)
    for way in ("", "/edit", "/paper.pdf"):
        assert client.get(f"/loans/requests/{one.id}{way}").status_code == 404
    for verb in ("cancel", "copy", "discard"):
        assert client.post(f"/loans/requests/{one.id}/{verb}").status_code == 404


def test_who_is_asked_sees_the_request(client: FlaskClient, cast: Cast) -> None:
    one = make_request(cast.thep, make_asset())
    sign_in(client, cast.chai)
    assert client.get(f"/loans/requests/{one.id}").status_code == 200
    card = client.get("/approvals").text
    assert one.number is not None
    assert one.number in card
    assert "อบรมครูวิทยาการคำนวณ" in client.get(f"/approvals/{one.approval_id}").text


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("state", ["requested", "approved", "rejected"])
def test_a_request_shows_where_it_stands(
    client: FlaskClient, cast: Cast, state: str, language: str
) -> None:
    with in_work():
        cast.thep.language = language
    one = make_request(cast.thep, make_asset())
    if state == "rejected":
        refuse(one)
    elif state == "approved":
        from tests.factories.loan_requests import sign

        sign(one)
    sign_in(client, cast.thep)
    page = client.get(f"/loans/requests/{one.id}")
    assert page.status_code == 200
    words = {
        "requested": ("รอ", "Waiting for"),
        "approved": ("อนุมัติแล้ว", "Approved"),
        "rejected": ("ใช้ในราชการอื่น", "ใช้ในราชการอื่น"),
    }
    assert words[state][language == "en"] in page.text


def test_a_waiting_request_shows_the_clash(client: FlaskClient, cast: Cast) -> None:
    asset = make_asset(class_id=make_class().id)
    one = make_request(cast.thep, asset)
    make_approved(cast.orn, asset)
    sign_in(client, cast.sri)
    assert "badge-warn" in client.get(f"/loans/requests/{one.id}").text


def test_copy_makes_a_new_list_of_the_same_things(client: FlaskClient, cast: Cast) -> None:
    one = make_request(cast.thep, make_asset(class_id=make_class().id))
    sign_in(client, cast.thep)
    answer = client.post(f"/loans/requests/{one.id}/copy")
    assert answer.status_code == 302
    copied = db.session.scalars(
        select(LoanRequest).where(LoanRequest.state == RequestState.DRAFT)
    ).one()
    assert (copied.purpose, copied.from_on, len(copied.lines)) == (one.purpose, None, 1)


def test_the_paper_is_a_pdf_with_a_code_once_it_is_approved(
    client: FlaskClient, cast: Cast
) -> None:
    one = make_approved(cast.thep, make_asset())
    sign_in(client, cast.thep)
    answer = client.get(f"/loans/requests/{one.id}/paper.pdf")
    assert answer.data.startswith(b"%PDF")
    from office.papers.queries import valid_paper

    issued = valid_paper("loan_request", one.number or "")
    assert issued is not None
    assert [signer["name"] for signer in issued.signers] == [cast.chai.name_th]
