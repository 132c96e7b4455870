"""The pages of disposals, for who may open them, in both languages, as forms are sent twice."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select, update

from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.states import Cause, Method, State
from assets.register.models import Asset
from assets.register.states import Lifecycle
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from office.people.models import Person
from tests.assets.disposals.steps import now
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.disposals import Team, lead_to, make_disposal, nobody_pays
from tests.factories.office import make_person, sign_in

KEY = "a key that is long enough"
READERS = {Role.STOREKEEPER, Role.APPROVER, Role.AUDITOR, Role.ADMIN}
PREPARERS = {Role.STOREKEEPER, Role.ADMIN}


def case_now() -> Disposal:
    db.session.rollback()
    return db.session.scalars(select(Disposal)).one()


def test_ticked_items_become_one_case_even_by_a_double_tap(client: FlaskClient, cast: Cast) -> None:
    first, second = make_asset(), make_asset()
    sign_in(client, cast.sri)
    address = f"/disposals/new?item={first.id}&item={second.id}"
    assert client.get(address).status_code == 200
    sent = {"reason": "เสื่อมสภาพ", "key": KEY}
    answers = [client.post(address, data=sent) for _tap in range(2)]
    assert answers[0].location == answers[1].location
    assert case_now().number.startswith("จน.1/")
    assert len(db.session.scalars(select(DisposalLine)).all()) == 2


@pytest.mark.parametrize(("answer", "listed"), [("along", 2), ("stay", 1)])
def test_the_parts_of_a_set_go_along_or_stay_as_was_answered(
    client: FlaskClient, cast: Cast, team: Team, answer: str, listed: int
) -> None:
    whole = make_asset(price=Decimal(9000))
    part = make_asset(name="จอภาพ", whole_id=whole.id)
    sign_in(client, cast.sri)
    address = f"/disposals/new?item={whole.id}"
    assert "จอภาพ" in client.get(address).text
    sent = {"reason": "เสื่อมสภาพ", "key": KEY}
    assert client.post(address, data=sent).status_code == 422
    client.post(address, data={**sent, "parts": answer})
    assert len(db.session.scalars(select(DisposalLine)).all()) == listed
    with work():
        lead_to(case_now(), State.STRUCK_OFF, team)
    left = db.session.get_one(Asset, part.id)
    stays = answer == "stay"
    assert (left.is_in_register, left.whole_id is None) == (stays, stays)


def test_an_item_of_an_open_case_is_refused_with_its_number(
    client: FlaskClient, cast: Cast, team: Team
) -> None:
    asset = make_asset()
    case = make_disposal(asset, team=team)
    sign_in(client, cast.sri)
    answer = client.post(f"/disposals/new?item={asset.id}", data={"reason": "x", "key": KEY})
    assert answer.status_code == 422
    assert case.number in answer.text


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_and_who_prepares(
    client: FlaskClient, cast: Cast, team: Team, role: Role
) -> None:
    asset = make_asset()
    case = make_disposal(asset, team=team)
    sign_in(client, cast.by_role()[role])
    page = client.get(f"/disposals/{case.id}")
    assert page.status_code == (200 if role in READERS else 404)
    assert client.get(f"/disposals/{case.id}/papers/list.pdf").status_code == page.status_code
    sent = {"reference": "r", "reason": "w", "version": "1", "key": KEY}
    answer = client.post(f"/disposals/{case.id}/go-on", data=sent)
    expected = 302 if role in PREPARERS else 403
    assert answer.status_code == expected
    assert (client.get(f"/disposals/new?item={asset.id}").status_code == 200) == (role in PREPARERS)


def test_a_coordinator_sees_the_own_school_only(
    client: FlaskClient, cast: Cast, team: Team
) -> None:
    own = make_disposal(make_asset(cast.school), team=team)
    other = make_disposal(make_asset(cast.other_school), team=team)
    sign_in(client, cast.kanda)
    page = client.get("/disposals").text
    assert own.number in page
    assert other.number not in page
    assert client.get(f"/disposals/{other.id}").status_code == 404


def test_a_member_opens_the_case_and_writes_the_findings(
    client: FlaskClient, cast: Cast, team: Team
) -> None:
    case = make_disposal(state=State.INVESTIGATING, team=team)
    sign_in(client, team.committee[0])
    assert client.get(f"/disposals/{case.id}").status_code == 200
    sent = {
        "findings": "ไฟกระชาก",
        "found_on": "23/11/2569",
        "version": str(case_now().version),
        "key": KEY,
    }
    assert client.post(f"/disposals/{case.id}/report", data=sent).status_code == 302
    assert (case_now().state, case_now().findings) == (State.PREPARING, "ไฟกระชาก")


@pytest.mark.parametrize("state", [one for one in State if one != State.CANCELLED])
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_tells_the_next_step_with_its_clause(
    client: FlaskClient, cast: Cast, team: Team, state: State, language: str
) -> None:
    case = make_disposal(state=state, team=team)
    with work():
        db.session.execute(update(Person).where(Person.id == cast.sri.id).values(language=language))
    sign_in(client, cast.sri)
    page = client.get(f"/disposals/{case.id}").text
    clause = "clause 21" if language == "en" else "ข้อ 21"
    assert (clause in page) == (state != State.CLOSED)


def test_the_whole_way_by_forms(client: FlaskClient, cast: Cast, team: Team) -> None:
    make_disposal(make_asset(price=Decimal(9000)), state=State.APPROVED, team=team)
    sign_in(client, cast.sri)
    day = "23/11/2569"
    steps = (
        ("order", {"order_no": "45/2570", "ordered_on": "1/11/2569"}),
        (
            "carry-out",
            {
                "carried_out_on": day,
                "result_doc": "7/2570",
                "counterparty": "ร้านสมมติ",
                "proceeds": "1,500",
            },
        ),
        ("strike-off", {}),
        ("notify", {"audit_on": day, "parent_on": day, "audit_letter": "ศธ 1/1"}),
        ("close", {}),
    )
    for number, (act, fields) in enumerate(steps):
        case = case_now()
        sent = {**fields, "version": str(case.version), "key": f"{KEY} {number}"}
        answers = [client.post(f"/disposals/{case.id}/{act}", data=sent) for _tap in range(2)]
        assert [one.status_code for one in answers] == [302, 302], act
    case = case_now()
    assert (case.state, case.proceeds) == (State.CLOSED, Decimal("1500.00"))
    assert db.session.scalars(select(Asset.lifecycle)).one() == Lifecycle.DISPOSED


def test_what_was_typed_is_kept_when_a_step_is_refused(
    client: FlaskClient, cast: Cast, team: Team
) -> None:
    case = make_disposal(state=State.ORDERED, team=team, method=Method.DESTROY)
    sign_in(client, cast.sri)
    sent = {"carried_out_on": "23/11/2569", "result_doc": "ทล 9/2570", "version": "0", "key": KEY}
    stale = client.post(f"/disposals/{case.id}/carry-out", data=sent)
    assert (stale.status_code, "ทล 9/2570" in stale.text) == (409, True)
    sent |= {"version": str(case_now().version), "key": KEY + "2"}
    refused = client.post(f"/disposals/{case.id}/carry-out", data=sent)
    assert (refused.status_code, "ทล 9/2570" in refused.text) == (422, True)


def test_the_list_asks_the_same_number_of_questions(
    client: FlaskClient, cast: Cast, team: Team
) -> None:
    make_disposal(team=team)
    sign_in(client, cast.sri)
    client.get("/disposals")
    with counted() as few:
        client.get("/disposals")
    for _one in range(4):
        make_disposal(make_asset(), make_asset(), state=State.ORDERED, team=team)
    with counted() as many:
        client.get("/disposals")
    assert len(many) == len(few) <= 8


def test_filters_narrow_the_list(client: FlaskClient, cast: Cast, team: Team) -> None:
    sold = make_disposal(state=State.ORDERED, team=team)
    done = make_disposal(state=State.CLOSED, team=team, method=Method.DESTROY)
    sign_in(client, cast.sri)
    shown = {
        "/disposals": {sold.number},
        "/disposals?state=all": {sold.number, done.number},
        "/disposals?state=closed": {done.number},
        "/disposals?state=all&method=destroy": {done.number},
        "/disposals?late=1": set(),
        "/disposals?state=nonsense&unit=x&year=²": {sold.number},
    }
    for address, numbers in shown.items():
        page = client.get(address).text
        assert {one for one in (sold.number, done.number) if f">{one}<" in page} == numbers


def test_the_workbook_holds_what_the_list_shows(
    client: FlaskClient, cast: Cast, team: Team
) -> None:
    case = make_disposal(make_asset(price=Decimal("9000.50"), quantity=2), team=team)
    sign_in(client, cast.sri)
    book = load_workbook(io.BytesIO(client.get("/disposals/list.xlsx?state=all").data))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][0] == case.number
    assert 18001 in rows[1]


def test_the_item_page_leads_to_the_case(client: FlaskClient, cast: Cast, team: Team) -> None:
    asset = make_asset()
    sign_in(client, cast.sri)
    assert f"/disposals/new?item={asset.id}" in client.get(f"/items/{asset.id}").text
    case = make_disposal(asset, team=team)
    assert f"/disposals/{case.id}" in client.get(f"/items/{asset.id}").text


def test_a_guest_signs_in_first(client: FlaskClient, cast: Cast) -> None:
    assert make_person() is not None
    for path in ("/disposals", "/disposals/1", "/disposals/new", "/disposals/list.xlsx"):
        assert client.get(path).status_code == 302


def test_what_was_written_off_as_lost_is_found_again_on_the_page_of_its_case(
    cast: Cast, client: FlaskClient, team: Team
) -> None:
    lost = make_asset(condition="missing", price=Decimal(9000))
    case = make_disposal(
        lost,
        team=team,
        state=State.STRUCK_OFF,
        method=Method.WRITE_OFF,
        recipient="",
        findings=nobody_pays(),
        cause=Cause.LOST,
    )
    sign_in(client, team.keeper)
    here = f"/disposals/{case.id}"
    line_id = db.session.scalars(select(DisposalLine.id)).one()
    page = client.get(here)
    assert page.status_code == 200
    assert f'action="{here}/found/{line_id}"' in page.text
    data = {"reason": "อยู่ในตู้", "condition": "good", "version": str(now(case).version)}
    assert client.post(f"{here}/found/{line_id}", data=data).location == here
    assert now(lost).lifecycle == "in_service"


@pytest.mark.parametrize(
    ("method", "needed"), [(Method.DESTROY, "witnesses"), (Method.EXCHANGE, "counterparty")]
)
def test_what_a_method_cannot_do_without_is_not_called_optional(
    client: FlaskClient, cast: Cast, team: Team, method: Method, needed: str
) -> None:
    case = make_disposal(make_asset(), state=State.ORDERED, team=team, method=method)
    sign_in(client, cast.sri)
    page = client.get(f"/disposals/{case.id}").text
    box = re.search(rf'<(?:input|textarea)[^>]*name="{needed}"[^>]*>', page)
    assert box is not None
    assert " required" in box[0]
