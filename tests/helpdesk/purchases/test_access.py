"""Who opens which page of purchases: every role, and strangers of another school."""

from __future__ import annotations

from flask.testing import FlaskClient

from office.people.access import Role
from tests.factories.office import make_person, make_unit, sign_in
from tests.factories.purchases import Shop, approved, make_purchase, ordered, sent

SEES = (Role.STOREKEEPER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN)
BUYS = (Role.STOREKEEPER, Role.ADMIN)
MONEY = (Role.STOREKEEPER, Role.APPROVER, Role.AUDITOR, Role.ADMIN)


def test_each_role_opens_what_is_its_business_and_no_more(shop: Shop, client: FlaskClient) -> None:
    one = approved(shop)
    order = ordered(shop, one)
    wanted: dict[str, tuple[str, ...]] = {
        "/purchases": tuple(Role),
        "/purchases/new": tuple(Role),
        "/purchases/all": SEES,
        "/purchases/all.csv": SEES,
        f"/purchases/{one.id}": SEES,
        f"/purchases/{one.id}/paper.pdf": SEES,
        f"/purchases/{one.id}/edit": (),
        f"/purchases/{one.id}/order": BUYS,
        f"/purchases/orders/{order.id}/accept": BUYS,
        "/purchases/budgets": MONEY,
        "/purchases/budgets.csv": MONEY,
        "/purchases/budgets/new": BUYS,
        f"/purchases/budgets/{shop.budget.id}": BUYS,
    }
    wrong = []
    for role in Role:
        sign_in(client, make_person(*(() if role == Role.REQUESTER else (role,))))
        for address, may in wanted.items():
            opened = client.get(address).status_code == 200
            if opened != (role in may):
                wrong.append((role.value, address, opened))
    assert wrong == []


def test_strangers_of_another_school_see_nothing(shop: Shop, client: FlaskClient) -> None:
    one = sent(make_purchase(shop))
    draft = make_purchase(shop)
    other = make_unit()
    for person in (make_person(unit=other), make_person("coordinator", unit=other, over=other)):
        sign_in(client, person)
        assert client.get(f"/purchases/{one.id}").status_code == 404
        assert one.title not in client.get("/purchases/all").text
    sign_in(client, shop.ground.admin)
    assert client.get(f"/purchases/{draft.id}").status_code == 404
    answer = client.post(f"/purchases/{one.id}/recall", data={"version": str(one.version)})
    assert answer.status_code == 403
