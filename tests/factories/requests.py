"""Requests for tests: a school with a head, a store with paper, drafts and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assets.stock.asked import Line, Paper
from assets.stock.models import StockItem, Store
from assets.stock.rules import receiving
from helpdesk.requests.fields import Field, Option
from helpdesk.requests.models import RequestKind, ServiceRequest
from helpdesk.requests.rules import drafting, kinds
from helpdesk.requests.rules.kinds import KindDraft
from helpdesk.requests.states import FieldKind, Route
from kernel import thai
from kernel.db import db
from office.approvals.models import Approval
from office.approvals.rules import moving, signing
from office.people.access import Role
from office.people.models import Person
from office.places.models import Unit
from tests.factories.office import (
    TESTER,
    in_work,
    make_office,
    make_person,
    make_unit,
    viewer_for,
)

WORK = {
    "what": "เดินสายแลนห้องประชุม ๔ จุด",
    "works": "cabling\nnetwork",
    "place": "ห้องประชุม 2",
    "from": "30/11/2569",
    "contact": "ครูมาลี",
    "phone": "081 000 0000",
}


@dataclass
class Ground:
    """A school with its teacher and head, and the office with who carries requests out."""

    office: Unit
    school: Unit
    asker: Person
    head: Person
    director: Person
    thep: Person
    sri: Person
    admin: Person


def make_ground() -> Ground:
    """Make the people of a request."""
    with in_work():
        office, school = make_office(), make_unit()
        return Ground(
            office=office,
            school=school,
            asker=make_person(unit=school, position="ครู", phone="081 000 0000"),
            head=make_person(Role.APPROVER, unit=school, over=school, position="ผู้อำนวยการโรงเรียน"),
            director=make_person(Role.APPROVER, position="ผู้อำนวยการสำนักงาน"),
            thep=make_person(Role.TECHNICIAN),
            sri=make_person(Role.STOREKEEPER),
            admin=make_person(Role.ADMIN),
        )


def make_request(asker: Person, kind: str = "work", **typed: str) -> ServiceRequest:
    """Return a draft of a kind."""
    with in_work():
        by = viewer_for(asker)
        return drafting.begin(kind, {**(WORK if kind == "work" else {}), **typed}, by=by)


def sent(request: ServiceRequest) -> ServiceRequest:
    """Send a draft."""
    with in_work():
        found = db.session.get_one(ServiceRequest, request.id)
        drafting.send(found, by=viewer_for(found.asker))
    return found


def signed(request: ServiceRequest, *signers: Person) -> ServiceRequest:
    """Let people sign the open steps, one after the other, each in a unit of work of their own."""
    for signer in signers:
        with in_work():
            found = db.session.get_one(ServiceRequest, request.id)
            approval = db.session.get_one(Approval, found.approval_id)
            step = moving.open_step(approval)
            signing.approve(approval, by=viewer_for(signer), step_id=step.id)
    return db.session.get_one(ServiceRequest, request.id)


def make_store(ground: Ground) -> Store:
    """Return an open store of the office that Sri keeps and the director orders from."""
    with in_work():
        store = Store(
            unit_id=ground.office.id,
            code="ST1",
            name_th="คลังวัสดุกลาง",
            name_en="Main store",
            keeper_id=ground.sri.id,
            orderer_id=ground.director.id,
        )
        db.session.add(store)
        db.session.flush()
    return store


def make_material(
    ground: Ground, store: Store, quantity: int = 10, name: str = "กระดาษ A4", code: str = "P-01"
) -> StockItem:
    """Return a material of which the store has some."""
    with in_work():
        item = StockItem(
            code=code,
            code_key=thai.code_key(code),
            name_th=name,
            name_sort=thai.sort_key(name),
            unit_th="รีม",
            search_key=thai.search_key(f"{code} {name}"),
        )
        db.session.add(item)
        db.session.flush()
        if quantity:
            receiving.receive(
                store,
                [Line(item, Decimal(quantity), value=Decimal(100) * quantity)],
                Paper("ใบส่งของ 1"),
                by=viewer_for(ground.sri),
            )
    return item


def ask_materials(ground: Ground, store: Store, **quantities: str) -> ServiceRequest:
    """Return a sent request for materials: ``i7="4"`` asks for four of item 7."""
    with in_work():
        by = viewer_for(ground.asker)
        typed = {"purpose": "งานสอบปลายภาค", "store": str(store.id)}
        typed |= {f"add_{key.removeprefix('i')}": said for key, said in quantities.items()}
        request = drafting.begin("materials", typed, by=by)
        drafting.keep(request, typed, by=by)
    return sent(request)


def kind_draft(**overrides: Any) -> KindDraft:
    """Return what an administrator writes about a simple kind."""
    fields = (
        Field("q1", FieldKind.TEXT, "หัวข้อ", "Topic", required=True),
        Field("q2", FieldKind.NUMBER, "จำนวนผู้เข้าร่วม", "People"),
        Field("q3", FieldKind.DATE, "วันที่", "Day", required=True),
        Field(
            "q4",
            FieldKind.CHOICE,
            "รูปแบบ",
            "Form",
            options=(Option("c1", "ออนไลน์", "Online"), Option("c2", "ในห้อง", "In a room")),
        ),
        Field("q5", FieldKind.FILE, "เอกสาร", "Documents"),
    )
    values: dict[str, Any] = {
        "name_th": "ขอวิทยากรอบรม",
        "name_en": "Ask for a trainer",
        "intro_th": "",
        "intro_en": "",
        "series": "วก.",
        "route": Route.HEAD,
        "paper_text": "",
        "fields": fields,
        **overrides,
    }
    return KindDraft(**values)


def make_kind(**overrides: Any) -> RequestKind:
    """Return an open simple kind."""
    with in_work():
        kind = kinds.found(kind_draft(**overrides), by=TESTER)
        kinds.open_kind(kind, by=TESTER)
    return kind
