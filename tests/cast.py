"""The fixed cast of people that tests speak of by name; all of them are made up.

Malee teaches at a school and asks; Thep repairs; Sri keeps the store and lends; Chai approves;
Kanda coordinates for her school; Anong inspects; Orn audits; Admin runs the service.
"""

from __future__ import annotations

from dataclasses import dataclass

from office.people.access import Role
from office.people.models import Person
from office.places.models import Unit
from tests.factories.office import in_work, make_office, person_of, settle, take_in, unit_of


@dataclass(frozen=True)
class Cast:
    """Everybody, with two schools to belong to."""

    office: Unit
    school: Unit
    other_school: Unit
    malee: Person
    thep: Person
    sri: Person
    chai: Person
    kanda: Person
    anong: Person
    orn: Person
    admin: Person

    def by_role(self) -> dict[str, Person]:
        """Return one person for each role."""
        return {
            Role.REQUESTER: self.malee,
            Role.TECHNICIAN: self.thep,
            Role.STOREKEEPER: self.sri,
            Role.APPROVER: self.chai,
            Role.COORDINATOR: self.kanda,
            Role.INSPECTOR: self.anong,
            Role.AUDITOR: self.orn,
            Role.ADMIN: self.admin,
        }


def make_cast() -> Cast:
    """Make the office, two schools and one person for each role."""
    with in_work():
        office = make_office()
        school = unit_of(office, name_th="โรงเรียนบางตัวอย่างวิทยา", name_en="Bang Tuayang School")
        other_school = unit_of(office, name_th="โรงเรียนอื่นตัวอย่าง", name_en="Other School")
        settle(school, other_school)
        cast = Cast(
            office=office,
            school=school,
            other_school=other_school,
            malee=person_of(school, name_th="มาลี ตัวอย่าง", name_en="Malee Example"),
            thep=person_of(office, name_th="เทพ ตัวอย่าง", name_en="Thep Example"),
            sri=person_of(office, name_th="ศรี ตัวอย่าง", name_en="Sri Example"),
            chai=person_of(office, name_th="ชัย ตัวอย่าง", name_en="Chai Example"),
            kanda=person_of(school, name_th="กานดา ตัวอย่าง", name_en="Kanda Example"),
            anong=person_of(office, name_th="อนงค์ ตัวอย่าง", name_en="Anong Example"),
            orn=person_of(office, name_th="อร ตัวอย่าง", name_en="Orn Example"),
            admin=person_of(office, name_th="ผู้ดูแล ตัวอย่าง", name_en="Admin Example"),
        )
        everybody = cast.by_role()
        coordinator = everybody.pop(Role.COORDINATOR)
        # Together: each round to the database costs more than a person does.
        take_in({person: granted(role) for role, person in everybody.items()})
        take_in({coordinator: granted(Role.COORDINATOR)}, over=school)
        return cast


def granted(role: str) -> tuple[str, ...]:
    """Return what is written down for a role; everybody asks without a word of it."""
    return () if role == Role.REQUESTER else (role,)
