"""The doctor finds planted faults of requests and access rights, and nothing where all is well."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import text

from helpdesk.doctor import requests
from kernel.db import db
from kernel.work import work
from tests.factories.access_rights import make_right, make_systems
from tests.factories.requests import (
    Ground,
    ask_materials,
    make_ground,
    make_kind,
    make_material,
    make_request,
    make_store,
    sent,
    signed,
)

FAULTS = {
    "materials_handed_out": (
        (
            "UPDATE service_request SET state = 'rejected', ended_why = 'x', ended_at = sent_at "
            "WHERE kind = 'materials'"
        ),
    ),
    "requests_stuck": ("UPDATE service_request SET state = 'waiting' WHERE kind = 'work'",),
    "requests_unapproved": (
        "UPDATE service_request SET state = 'done' WHERE kind = 'work'",
        "UPDATE approval SET state = 'rejected'",
    ),
    "kinds_without_edition": ("DELETE FROM request_kind_edition",),
    "rights_over_time": (
        "UPDATE person SET left_on = '2026-11-01' WHERE id IN (SELECT person_id FROM access_right)",
    ),
    "systems_unowned": ("DELETE FROM system_person WHERE part = 'keeper'",),
}


@pytest.fixture
def ground(app: Flask) -> Ground:
    """Return a ground on which everything is in order."""
    with work():
        ground = make_ground()
    store = make_store(ground)
    item = make_material(ground, store)
    signed(sent(make_request(ground.asker)), ground.head, ground.director)
    one = signed(ask_materials(ground, store, **{f"i{item.id}": "2"}), ground.head, ground.director)
    with work():
        db.session.execute(
            text("UPDATE request_material_line SET issued = :q"), {"q": int(Decimal(1) * 100)}
        )
    assert one.number
    make_kind()
    make_right(make_systems(ground), ground.asker, date(2027, 9, 30))
    return ground


def found() -> dict[str, int]:
    db.session.rollback()
    return {check.name: len(list(check.find())) for check in requests.CHECKS}


def test_all_is_well_and_each_planted_fault_is_found(ground: Ground) -> None:
    assert not any(found().values())
    missed = []
    for name, fault in FAULTS.items():
        with work():
            for statement in fault:
                db.session.execute(text(statement))
        if not found()[name]:
            missed.append(name)
    assert not missed
