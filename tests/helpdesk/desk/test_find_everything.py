"""The one search box looks into every room that who searches may see, and groups its hits."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assets.loans.request_models import LoanRequest
from helpdesk.requests.models import ServiceRequest
from kernel.db import db
from kernel.thai import thai_digits
from office.papers import rules as papers
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.factories import loan_requests
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.knowledge import make_article
from tests.factories.loans import make_loan
from tests.factories.office import TESTER, in_work, make_person, sign_in
from tests.factories.programmes import make_programme
from tests.factories.purchases import make_purchase, make_shop, sent
from tests.factories.requests import make_request
from tests.factories.stock import make_stock_item
from tests.factories.studies import make_development, make_study
from tests.factories.tickets import make_ticket

WORD = "หมึกวิเศษ"
MOST_QUERIES = 8


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def _find(client: FlaskClient, typed: str) -> str:
    answer = client.get("/find", query_string={"q": typed})
    assert answer.status_code == 200
    return answer.text


def test_what_is_found_stands_in_groups(client: FlaskClient, cast: Cast) -> None:
    make_asset(cast.school, name=f"เครื่องพิมพ์ {WORD}")
    make_ticket(unit=cast.school, detail=f"{WORD} หมด")
    make_stock_item(name_th=f"{WORD} สีดำ")
    make_article(title_th=f"เปลี่ยน {WORD}")
    make_loan(make_asset(cast.school), borrower=make_person(name_th=f"คน {WORD}"))
    sign_in(client, cast.admin)
    page = _find(client, WORD)
    places = [
        page.find(f'id="found-{kind}"')
        for kind in ("item", "ticket", "loan", "stock", "article", "person")
    ]
    assert -1 not in places
    assert places == sorted(places)


def test_a_number_goes_straight_to_what_carries_it(client: FlaskClient, cast: Cast) -> None:
    item = make_stock_item(code="MT-0042")
    request = make_request(cast.malee)
    wish = loan_requests.make_request(cast.malee, make_asset(cast.school))
    with in_work():
        db.session.get_one(LoanRequest, wish.id).number = "ขย.7/2570"
        db.session.get_one(ServiceRequest, request.id).number = "คข.12/2570"
    sign_in(client, cast.admin)
    wrong = []
    for typed, page in (
        ("mt-๐๐๔๒", f"/stock/items/{item.id}"),
        ("ขย. ๗/๒๕๗๐", f"/loans/requests/{wish.id}"),
    ):
        location = client.get("/find", query_string={"q": typed}).location
        if location != page:
            wrong.append((typed, location))
    assert wrong == []
    sign_in(client, cast.malee)
    own = client.get("/find", query_string={"q": thai_digits("คข.12/2570")})
    assert own.location == f"/requests/{request.id}"


def test_a_teacher_finds_own_requests_and_public_articles_only(
    client: FlaskClient, cast: Cast
) -> None:
    stranger = make_person(unit=cast.other_school)
    foreign = make_request(stranger)
    with in_work():
        db.session.get_one(ServiceRequest, foreign.id).number = "คข.13/2570"
    make_stock_item(name_th=f"{WORD} ในคลัง")
    make_article(title_th=f"{WORD} สำหรับทุกคน")
    make_article(title_th=f"{WORD} ภายใน", audience="internal")
    make_article(title_th=f"{WORD} ฉบับร่าง", published=False)
    make_loan(make_asset(), borrower=make_person(name_th=f"คน {WORD}"), purpose="งานลับมาก")
    sign_in(client, cast.malee)
    page = _find(client, WORD)
    assert "สำหรับทุกคน" in page
    for hidden in ("ในคลัง", "ภายใน", "ฉบับร่าง", "งานลับมาก"):
        assert f"{hidden}</a>" not in page, hidden
    assert f"/requests/{foreign.id}" not in _find(client, "คข.13/2570")


def test_loans_of_another_school_are_not_found_by_the_name_of_who_borrowed(
    client: FlaskClient, cast: Cast
) -> None:
    make_loan(
        make_asset(cast.other_school), borrower=make_person(name_th=f"คน {WORD}"), purpose="งานลับ"
    )
    sign_in(client, make_person(Role.STOREKEEPER, unit=cast.school, over=cast.school))
    assert "งานลับ" not in _find(client, WORD)


def test_the_search_asks_the_same_however_much_there_is(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    lengths = []
    for _round in range(2):
        for _each in range(3):
            make_asset(cast.school, name=WORD)
            make_ticket(unit=cast.school, detail=WORD)
            make_stock_item(name_th=WORD)
        with counted() as asked:
            _find(client, WORD)
        lengths.append(len(asked))
    assert lengths[0] == lengths[1] <= MOST_QUERIES, lengths


def test_a_programme_and_a_paper_are_found_by_those_who_may_see_them(
    client: FlaskClient, cast: Cast
) -> None:
    programme = make_programme(cast.thep)
    with in_work():
        paper = papers.issue(
            "loan_slip",
            "ย.1/2570",
            title_th="ใบยืมพัสดุ",
            title_en="Loan slip",
            content_hash="0" * 64,
            by=TESTER,
        )
    words, here = "บำรุงรักษาเครื่อง", f"/programmes/{programme.id}"
    sign_in(client, cast.admin)
    assert here in _find(client, words)
    dashed = "-".join((paper.code[:4], paper.code[4:]))
    location = client.get("/find", query_string={"q": dashed}).location
    assert location == f"/papers/check/{paper.code}"
    sign_in(client, cast.malee)
    assert here not in _find(client, words)


def test_a_purchase_is_found_by_who_asks_and_by_the_store_once_it_is_sent(
    client: FlaskClient, app: Flask
) -> None:
    assert app
    shop = make_shop()
    purchase = make_purchase(shop, title=f"ซื้อ {WORD}")
    here, found = f"/purchases/{purchase.id}", []
    for person in (shop.ground.asker, shop.ground.sri, make_person()):
        sign_in(client, person)
        found.append(here in _find(client, WORD))
    sent(purchase)
    sign_in(client, shop.ground.sri)
    found.append(here in _find(client, WORD))
    assert found == [True, False, False, True]


def test_nothing_found_says_what_to_try(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    assert "ไม่พบ" in _find(client, "zzzzqq")
    with in_work():
        cast.admin.language = "en"
    assert "Nothing was found." in _find(client, "zzzzqq")


def test_studies_and_work_with_ict_are_found_by_words_and_number_within_the_rights(
    client: FlaskClient, cast: Cast
) -> None:
    study = make_study(cast.thep, title=f"ศึกษา {WORD}")
    work = make_development(cast.thep, title=f"พัฒนา {WORD}")
    seen = {}
    for person in (cast.thep, cast.chai, cast.malee):
        sign_in(client, person)
        page = _find(client, WORD)
        exact = client.get("/find", query_string={"q": work.number})
        seen[person.id] = (f"/studies/{study.id}" in page, exact.location)
    there = f"/developments/{work.id}"
    assert seen[cast.thep.id] == seen[cast.chai.id] == (True, there)
    assert seen[cast.malee.id] == (False, None)
