"""What the tests of approvals share: the cast with heads of units, and the room of wishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from office.people.access import Role
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import make_person
from tests.office.approvals import wishes


@dataclass(frozen=True)
class People:
    """Malee asks from a school; its head and its deputy; the director; another asker's friend."""

    cast: Cast
    malee: Person
    head: Person
    director: Person
    deputy: Person
    sri: Person
    admin: Person


@pytest.fixture
def people(app: Flask, clock: Clock) -> People:
    """Everybody who takes part."""
    cast = make_cast()
    head = make_person(
        Role.APPROVER,
        unit=cast.school,
        over=cast.school,
        name_th="สมหญิง หัวหน้าตัวอย่าง",
        position="ผู้อำนวยการโรงเรียน",
    )
    deputy = make_person(
        unit=cast.school, name_th="สมชาย รองตัวอย่าง", position="รองผู้อำนวยการ", username="deputy"
    )
    return People(cast, cast.malee, head, cast.chai, deputy, cast.sri, cast.admin)


@pytest.fixture
def room(people: People) -> Iterator[wishes.Wishes]:
    """The room of wishes: the head of the unit signs, then the director."""
    with wishes.registered() as made:
        yield made
