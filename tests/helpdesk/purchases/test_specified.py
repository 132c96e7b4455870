"""Purchases of what a specification describes, and two that want the last money of a budget."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpdesk.purchases import queries
from helpdesk.purchases.models import Budget, Purchase
from helpdesk.purchases.order_models import PurchaseOrder
from helpdesk.purchases.rules.drafting import LineDraft
from helpdesk.purchases.states import Into, State
from helpdesk.specifications.rules.payments import InstalmentDraft
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import moving, signing
from office.people.models import Person
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.purchases import (
    Shop,
    approved,
    make_budget,
    make_purchase,
    notebooks,
    reams,
    sent,
    signed,
)
from tests.factories.specifications import approved as specified
from tests.factories.specifications import decided, make_group, make_specification
from tests.office.at_once import in_threads


def test_r_x1_a_line_above_its_standard_price_needs_a_reason(shop: Shop) -> None:
    line = replace(notebooks(shop), standard_price=Decimal(3_000))
    with pytest.raises(Refusal) as refused:
        sent(make_purchase(shop, line))
    assert refused.value.field == "lines"
    db.session.rollback()
    sent(make_purchase(shop, replace(line, over_price_reason="รวมติดตั้ง")))
    sent(make_purchase(shop, replace(line, standard_price=Decimal("3333.33"))))


def test_a_specification_becomes_a_draft_and_the_chosen_offer_the_prices_of_the_order(
    shop: Shop, client: FlaskClient
) -> None:
    group = make_group()
    source = specified(group)
    comparison = decided(group, source)
    sign_in(client, shop.ground.asker)
    assert "/purchases/from-specification/" in client.get(f"/specifications/{source.id}").text
    answer = client.post(f"/purchases/from-specification/{source.id}")
    one = db.session.query(Purchase).one()
    assert answer.location == f"/purchases/{one.id}/edit"
    line = one.lines[0]
    assert (line.quantity, line.unit_price) == (10, 17_900)
    assert line.spec_item_id == source.items[0].id
    assert source.number in client.get(f"/purchases/{one.id}").text
    given = replace(notebooks(shop, 10, 18_000), spec_item_id=source.items[0].id)
    ready = approved(shop, given)
    sign_in(client, shop.ground.sri)
    page = client.get(f"/purchases/{ready.id}/order").text
    assert comparison.number in page
    assert 'value="17,900.00"' in page


def test_a_line_that_names_a_specification_takes_from_it_what_was_left_empty(shop: Shop) -> None:
    item = specified(make_group()).items[0]
    line = LineDraft("", Into.REGISTER, None, "", None, spec_item_id=item.id)
    made = make_purchase(shop, line).lines[0]
    assert (made.what, made.quantity, made.unit_price) == (item.name, 10, item.unit_price)
    mine = make_purchase(shop, replace(line, what="รุ่นใหม่", quantity=Decimal(3))).lines[0]
    assert (mine.what, mine.quantity, mine.unit_word) == ("รุ่นใหม่", 3, item.unit_word)


def test_instalments_of_an_order_make_its_whole_cost_and_stand_on_its_paper(
    shop: Shop, client: FlaskClient
) -> None:
    halves = (InstalmentDraft(Decimal(60), "เครื่อง", 30), InstalmentDraft(Decimal(40), "อบรม"))
    source = specified(make_group(), payments=halves)
    ready = approved(shop, replace(notebooks(shop, 7, 1_000), spec_item_id=source.items[0].id))
    sign_in(client, shop.ground.sri)
    here, line = f"/purchases/{ready.id}/order", ready.lines[0].id
    page = client.get(here).text
    assert ("เครื่อง" in page, 'value="60"' in page) == (True, True)
    typed = {
        "vendor_id": str(shop.vendor.id),
        "document": "สซ. 5/2570",
        "ordered_on": "1/11/2569",
        f"quantity_{line}": "7",
        f"price_{line}": "999.99",
    }
    first = {"instalments-0-percent": "33.33", "instalments-0-delivers": "เครื่อง"}
    rest = {"instalments-1-percent": "66.67", "instalments-1-delivers": "อบรม"}
    wrong = [
        number
        for number, rows in enumerate(
            (
                first,
                {**first, "instalments-0-amount": "10"},
                {**first, **rest, "instalments-1-delivers": ""},
                {**first, "instalments-1-amount": "4,666.61", "instalments-1-delivers": "อบรม"},
                {**first, **rest, "instalments-1-percent": "-66.67"},
            )
        )
        if client.post(here, data={**typed, **rows}).status_code != 422
    ]
    assert (wrong, db.session.query(PurchaseOrder).count()) == ([], 0)
    assert client.post(here, data={**typed, **first, **rest}).status_code == 302
    made = db.session.query(PurchaseOrder).one()
    amounts = [one.amount for one in made.instalments]
    assert amounts == [Decimal("2333.08"), Decimal("4666.85")]
    assert "2,333.08" in client.get(f"/purchases/{ready.id}").text
    paper = pypdfium2.PdfDocument(client.get(f"/purchases/orders/{made.id}/paper.pdf").data)
    text = paper[0].get_textpage().get_text_range()
    assert ("๔,๖๖๖.๘๕" in text, shop.vendor.name in text) == (True, True)
    sign_in(client, make_person())
    assert client.get(f"/purchases/orders/{made.id}/paper.pdf").status_code == 404


def test_a_specification_that_is_not_approved_cannot_be_named(
    shop: Shop, client: FlaskClient
) -> None:
    group = make_group()
    draft = make_specification(group)
    with pytest.raises(Refusal):
        make_purchase(shop, replace(notebooks(shop), spec_item_id=draft.items[0].id))
    db.session.rollback()
    sign_in(client, group.author)
    assert client.post(f"/purchases/from-specification/{draft.id}").status_code == 422
    sign_in(client, shop.ground.asker)
    assert client.post(f"/purchases/from-specification/{draft.id}").status_code == 404


def test_of_two_purchases_signed_at_one_moment_one_gets_the_last_money_of_a_budget(
    app: Flask, shop: Shop
) -> None:
    tight = make_budget(shop.ground, 3_000, project="งบก้อนสุดท้าย")
    both = [sent(make_purchase(shop, reams(shop, 20), budget_id=tight.id)).id for _one in range(2)]
    for one in both:
        signed(db.session.get_one(Purchase, one), *shop.signers[:-1])
    director = shop.signers[-1].id
    db.session.rollback()

    def sign(number: int) -> str:
        try:
            with work():
                purchase = db.session.get_one(Purchase, both[number])
                approval = db.session.get_one(Approval, purchase.approval_id)
                by = viewer_for(db.session.get_one(Person, director))
                signing.approve(approval, by=by, step_id=moving.open_step(approval).id)
        except Refusal as refusal:
            return str(refusal.field)
        return "approved"

    assert sorted(in_threads(app, 2, sign)) == ["approved", "budget_id"]
    db.session.rollback()
    states = sorted(db.session.get_one(Purchase, one).state for one in both)
    assert states == [State.APPROVED, State.WAITING]
    assert queries.money_of(db.session.get_one(Budget, tight.id)).left == Decimal(1_000)
