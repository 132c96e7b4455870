"""Saved views: kept, begun with, shared by right, and never in the way."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from kernel.db import db
from office.bookkeeping.models import AuditEntry
from office.people.models import Person
from office.saved_views.models import ListChoice, SavedView
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import sign_in


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def save(client: FlaskClient, name: str = "ชำรุด", **more: str) -> SavedView:
    data = {"name_th": name, "query": "condition=damaged&sort=-price&page=3", **more}
    assert client.post("/views/register/save", data=data).status_code == 302
    return db.session.scalars(select(SavedView).order_by(SavedView.id.desc())).all()[0]


def share(client: FlaskClient, view: SavedView, reach: str) -> int:
    data = {"name_th": view.name_th, "name_en": "", "reach": reach, "version": str(view.version)}
    return client.post(f"/views/{view.id}/edit", data=data).status_code


def finds(client: FlaskClient, person: Person, name: str) -> bool:
    sign_in(client, person)
    return name in client.get("/views/register").text


def test_a_view_keeps_filters_and_order_but_not_the_page(cast: Cast, client: FlaskClient) -> None:
    view = save(client)
    assert view.query == "condition=damaged&sort=-price"
    assert "ชำรุด" in client.get("/items").text


def test_a_list_begins_with_the_view_that_was_chosen(cast: Cast, client: FlaskClient) -> None:
    view = save(client, begin="y")
    answer = client.get("/items")
    assert answer.location == f"/items?condition=damaged&sort=-price&view={view.id}"
    assert client.get("/items?view=all").status_code == 200
    client.post("/views/register/begin", data={"view": ""})
    assert client.get("/items").status_code == 200


def test_only_its_owner_finds_a_view_at_first(cast: Cast, client: FlaskClient) -> None:
    save(client, "มุมมองลับ")
    assert finds(client, cast.sri, "มุมมองลับ")
    assert not finds(client, cast.admin, "มุมมองลับ")


def test_a_view_of_the_office_is_found_by_everybody(cast: Cast, client: FlaskClient) -> None:
    assert share(client, save(client, "ทั้งเขต"), "office") == 302
    assert finds(client, cast.kanda, "ทั้งเขต")


def test_a_coordinator_shares_with_the_own_school_alone(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.kanda)
    view = save(client, "ของโรงเรียน")
    assert share(client, view, "office") == 422
    assert share(client, view, "unit") == 302
    assert not finds(client, cast.thep, "ของโรงเรียน")


def test_who_has_no_right_shares_nothing(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.thep)
    view = save(client)
    assert share(client, view, "unit") == 422
    assert share(client, view, "office") == 422


def test_a_stale_rename_is_refused(cast: Cast, client: FlaskClient) -> None:
    view = save(client)
    old = {"name_th": "ใหม่", "reach": "own", "version": str(view.version - 1)}
    assert client.post(f"/views/{view.id}/edit", data=old).status_code == 409


def test_a_deleted_view_is_begun_with_no_more(cast: Cast, client: FlaskClient) -> None:
    view = save(client, begin="y")
    assert client.post(f"/views/{view.id}/delete").status_code == 302
    assert client.get("/items").status_code == 200
    assert db.session.scalar(select(func.count()).select_from(SavedView)) == 0
    acts = db.session.scalars(
        select(AuditEntry.act).where(AuditEntry.subject_kind == "saved_view")
    ).all()
    assert acts == ["saved", "deleted"]


def test_somebody_else_s_view_is_not_changed(cast: Cast, client: FlaskClient) -> None:
    view = save(client, "ทั้งเขต")
    share(client, view, "office")
    sign_in(client, cast.thep)
    assert client.post(f"/views/{view.id}/delete").status_code == 403


def test_a_view_of_what_is_gone_shows_an_empty_list(cast: Cast, client: FlaskClient) -> None:
    make_asset()
    client.post(
        "/views/register/save", data={"name_th": "เก่า", "query": "unit=9999&room=9999&class=9"}
    )
    page = client.get("/items?unit=9999&room=9999&class=9")
    assert page.status_code == 200
    assert "ไม่มีแล้ว" in page.text


def test_chosen_columns_are_kept_in_the_order_of_their_numbers(
    cast: Cast, client: FlaskClient
) -> None:
    make_asset(brand="Acer")
    data = {"column": ["number", "brand", "price"], "place-price": "๑", "place-brand": "2"}
    answer = client.post("/views/register/columns", data={**data, "query": "q=Acer&cols=x"})
    assert answer.location == "/items?q=Acer&cols=price,brand,number"
    assert db.session.scalars(select(ListChoice.columns)).one() == "price,brand,number"
    head = client.get("/items").text.split("<thead>")[1].split("</thead>")[0]
    assert head.index("sort=price") < head.index("sort=brand")
    client.post("/views/register/columns", data={"usual": "y"})
    assert db.session.scalars(select(ListChoice.columns)).one() == ""


def test_a_list_that_does_not_exist_has_no_views(cast: Cast, client: FlaskClient) -> None:
    assert client.get("/views/nothing").status_code == 404


def test_who_may_not_open_a_list_keeps_no_views_of_it(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.malee)
    assert client.get("/views/register").status_code == 403
