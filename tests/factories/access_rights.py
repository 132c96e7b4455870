"""Systems and rights for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from helpdesk.access_rights.models import AccessRight, InformationSystem, SystemRequest
from helpdesk.access_rights.rules import granting, systems
from helpdesk.access_rights.rules.systems import SystemDraft
from helpdesk.requests.models import ServiceRequest
from kernel.db import db
from office.people.models import Person
from tests.factories.office import TESTER, in_work, make_person, viewer_for
from tests.factories.requests import Ground, make_request, sent, signed


@dataclass
class Systems:
    """A system with its owner and two keepers, and the people who ask."""

    ground: Ground
    system: InformationSystem
    owner: Person
    keeper: Person
    second: Person


def make_systems(ground: Ground, **overrides: Any) -> Systems:
    """Return a system of the office."""
    with in_work():
        owner, keeper, second = make_person(), make_person(), make_person()
        draft = SystemDraft(
            **{
                "code": "MAIL",
                "name_th": "อีเมลสำนักงาน",
                "name_en": "Office mail",
                "purpose": "",
                "unit_id": ground.office.id,
                "review_months": 12,
                "longest_months": 24,
                "owners": [owner],
                "keepers": [keeper, second],
                **overrides,
            }
        )
        system = systems.enter(draft, by=TESTER)
    return Systems(ground, system, owner, keeper, second)


def access_request(place: Systems, asker: Person | None = None, **typed: str) -> ServiceRequest:
    """Return a draft that asks for access until the end of September 2570."""
    values = {
        "system": str(place.system.id),
        "wish": "new",
        "level": "edit",
        "account": "malee.e",
        "why": "ส่งงานของโรงเรียน",
        "until": "30/9/2570",
        "pledge": "yes",
        **typed,
    }
    return make_request(asker or place.ground.asker, "access", **values)


def approved_access(place: Systems, **typed: str) -> ServiceRequest:
    """Return a request that the head of the school and the owner of the system have signed."""
    return signed(sent(access_request(place, **typed)), place.ground.head, place.owner)


def granted(place: Systems, request: ServiceRequest | None = None, **typed: str) -> AccessRight:
    """Return a right that a keeper has granted."""
    wanted = request or approved_access(place, **typed)
    with in_work():
        found = db.session.get_one(ServiceRequest, wanted.id)
        link = db.session.get_one(SystemRequest, wanted.id)
        right = granting.grant(found, link.system, "malee.e", "", by=viewer_for(place.keeper))
    assert right is not None
    return right


def make_right(place: Systems, person: Person, until: date) -> AccessRight:
    """Return a right of a person until a day, without its signatures."""
    with in_work():
        request = access_request(place, person)
        right = AccessRight(
            system_id=place.system.id,
            person_id=person.id,
            unit_id=person.unit_id,
            level="view",
            account=f"a{person.id}",
            request_id=request.id,
            granted_by_id=place.keeper.id,
            granted_at=request.made_at,
            starts_on=request.made_at.date(),
            ends_on=until,
        )
        db.session.add(right)
        db.session.flush()
    return right
