"""The pages of criteria and brands, what lists ask the database, and tables pasted again."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from helpdesk.specifications.criteria_models import BrandWord, PriceCriterion
from helpdesk.specifications.models import Specification
from helpdesk.specifications.rules import pasting
from kernel.db import db
from tests.factories.office import make_person, sign_in
from tests.factories.specifications import (
    WHOLE,
    Group,
    approved,
    decided,
    make_comparison,
    make_edition,
    notebook,
    offered,
)


def newest(table: Any = Specification) -> Any:
    db.session.rollback()
    return db.session.query(table).order_by(table.id.desc()).first()


def test_criteria_and_brands_are_kept_by_who_may_and_read_by_all(
    group: Group, client: FlaskClient
) -> None:
    sign_in(client, group.admin)
    assert client.post("/specifications/criteria/samples").status_code == 302
    assert client.post("/specifications/criteria/samples").status_code == 422
    file = (io.BytesIO("ข้อ,รายการ,ราคา\n๑,เครื่องใหม่,18000\n".encode("utf-8-sig")), "c.csv")
    data: dict[str, Any] = {"name": "พ.ค. 2569", "valid_from": "1/5/2569", "whole": "y"}
    assert client.post("/specifications/criteria/new", data=dict(data)).status_code == 422
    answer = client.post("/specifications/criteria/new", data={**data, "file": file})
    assert answer.status_code == 302
    row = newest(PriceCriterion)
    assert row.name in client.get("/specifications/criteria").text
    assert "ต.1" not in client.get("/specifications/criteria").text
    fixed = {"item_no": "1", "name": "เครื่องใหม่", "price": "18,500", "version": str(row.version)}
    assert client.post(f"/specifications/criteria/{row.id}", data=fixed).status_code == 302
    assert newest(PriceCriterion).price == Decimal(18_500)
    assert client.post("/specifications/brands", data={"words": "Foo\nfoo\nบาร์"}).status_code == 302
    assert db.session.query(BrandWord).count() == 2
    sign_in(client, make_person())
    assert client.get("/specifications/criteria").status_code == 200
    assert client.get("/specifications/criteria.csv").status_code == 200
    for closed in ("criteria/new", f"criteria/{row.id}", "brands"):
        assert client.get(f"/specifications/{closed}").status_code == 403


def test_lists_and_pages_ask_the_database_no_more_for_more_rows(
    group: Group, client: FlaskClient
) -> None:
    edition = make_edition()
    one = approved(group, criterion_id_of(edition))
    comparison = decided(group, one)
    pages = ["/specifications", "/specifications/library", "/comparisons"]
    pages += ["/specifications/criteria", f"/specifications/{one.id}"]
    pages.append(f"/comparisons/{comparison.id}")
    sign_in(client, group.author)
    few = [queries_of(client, page) for page in pages]
    for number in range(3):
        approved(group, criterion_id_of(edition))
        offered(make_comparison(group, one), f"ร้านที่ {number}", 1, WHOLE)
    many = [queries_of(client, page) for page in pages]
    assert many == few
    assert max(few) <= 20


def criterion_id_of(edition: Any) -> Any:
    row = db.session.query(PriceCriterion).filter_by(edition_id=edition.id).first()
    assert row is not None
    return notebook(criterion=row.id)


def queries_of(client: FlaskClient, page: str) -> int:
    client.get(page)
    counted: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        counted.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(page).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def test_the_table_of_a_specification_can_be_pasted_into_another_one(
    group: Group, client: FlaskClient
) -> None:
    one = approved(group)
    sign_in(client, group.author)
    file = client.get(f"/specifications/{one.id}/table.xlsx").data
    found = pasting.of_file(file)
    said = [(each.name, each.operator, each.amount, each.mandatory) for each in found]
    assert said == [
        (each.name, each.operator, each.amount, each.mandatory) for each in one.requirements
    ]
