"""Who opens which page of requests: every role, the asker, who signs, and strangers."""

from __future__ import annotations

from flask.testing import FlaskClient

from office.people.access import Role
from tests.factories.office import make_person, make_unit, sign_in
from tests.factories.requests import Ground, make_kind, make_request, sent

PRIVATE = ("/requests/{id}", "/requests/{id}/paper.pdf")
STAFF = (Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN)
CARRY = (Role.TECHNICIAN, Role.STOREKEEPER, Role.ADMIN)


def test_each_role_opens_what_is_its_business_and_no_more(
    ground: Ground, client: FlaskClient
) -> None:
    one = sent(make_request(ground.asker))
    kind = make_kind()
    wanted: dict[str, tuple[str, ...]] = {
        "/requests": tuple(Role),
        "/requests/new": tuple(Role),
        "/requests/all": STAFF,
        "/requests/all.csv": STAFF,
        "/requests/to-do": CARRY,
        f"/requests/{one.id}": STAFF,
        f"/requests/{one.id}/paper.pdf": STAFF,
        f"/requests/{one.id}/edit": (),
        "/requests/kinds": (Role.ADMIN,),
        "/requests/kinds/new": (Role.ADMIN,),
        f"/requests/kinds/{kind.id}": (Role.ADMIN,),
        f"/requests/kinds/{kind.id}/preview": (Role.ADMIN,),
        "/requests/kinds/settings/work": (Role.ADMIN,),
    }
    wrong = []
    for role in Role:
        roles = () if role == Role.REQUESTER else (role,)
        sign_in(client, make_person(*roles))
        for address, may in wanted.items():
            opened = client.get(address).status_code == 200
            if opened != (role in may):
                wrong.append((role.value, address, opened))
    assert not wrong


def test_strangers_of_another_school_see_nothing(ground: Ground, client: FlaskClient) -> None:
    one = sent(make_request(ground.asker))
    school = make_unit()
    for person in (make_person(unit=school), make_person("coordinator", unit=school, over=school)):
        sign_in(client, person)
        for address in PRIVATE:
            assert client.get(address.format(id=one.id)).status_code == 404
        assert one.title not in client.get("/requests/all").text


def test_a_draft_is_seen_by_its_asker_only(ground: Ground, client: FlaskClient) -> None:
    draft = make_request(ground.asker)
    sign_in(client, ground.admin)
    assert client.get(f"/requests/{draft.id}").status_code == 404
    assert draft.title not in client.get("/requests/all").text
    sign_in(client, ground.asker)
    assert client.get(f"/requests/{draft.id}/edit").status_code == 200


def test_only_the_asker_acts_for_the_asker(ground: Ground, client: FlaskClient) -> None:
    one = sent(make_request(ground.asker))
    for person in (ground.thep, ground.head, ground.admin):
        sign_in(client, person)
        for act in ("recall", "change", "confirm", "complain", "copy"):
            answer = client.post(f"/requests/{one.id}/{act}", data={"version": str(one.version)})
            assert answer.status_code in (403, 422), (person.id, act)
        edited = client.post(f"/requests/{one.id}/edit", data={"act": "keep"})
        assert edited.status_code == 403
