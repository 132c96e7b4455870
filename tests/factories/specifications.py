"""Specifications and comparisons for tests: who writes and signs them, criteria, offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assets.vendors import rules as vendors
from assets.vendors.models import Vendor
from helpdesk.specifications.comparison_models import Comparison, Offer
from helpdesk.specifications.criteria_models import CriteriaEdition
from helpdesk.specifications.models import Specification
from helpdesk.specifications.rules import comparing, criteria, drafting, flow
from helpdesk.specifications.rules.comparing import Cell, OfferDraft
from helpdesk.specifications.rules.criteria import EditionDraft, Row
from helpdesk.specifications.rules.drafting import Draft, ItemDraft, RequirementDraft
from helpdesk.specifications.rules.payments import InstalmentDraft
from helpdesk.specifications.rules.sorts import COMPARISON, SPECIFICATION
from helpdesk.specifications.states import Operator, Result
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

TEXTS = {
    "background": "ของเดิมใช้งานมาเกิน 7 ปี",
    "objective": "ใช้ในการเรียนการสอน",
    "qualification": "เป็นผู้มีอาชีพขายพัสดุนี้",
    "delivery": "ภายใน 30 วัน",
    "price_source": "เกณฑ์ราคากลาง ธ.ค. 2568",
    "budget_source": "งบดำเนินงาน",
    "penalty": "ร้อยละ 0.20 ต่อวัน",
}
RAM = RequirementDraft("หน่วยความจำหลัก (RAM)", Operator.AT_LEAST, "8", "GB")
WEIGHT = RequirementDraft("น้ำหนัก", Operator.AT_MOST, "2", "กิโลกรัม")
BAG = RequirementDraft("มีกระเป๋า", mandatory=False)


@dataclass
class Group:
    """Who writes a specification, and who signs it."""

    office: Unit
    school: Unit
    author: Person
    chair: Person
    member: Person
    director: Person
    keeper: Person
    admin: Person


def make_group() -> Group:
    """Make a working group of the office."""
    with in_work():
        office = make_office()
        return Group(
            office=office,
            school=make_unit(),
            author=make_person(Role.TECHNICIAN, position="นักวิชาการคอมพิวเตอร์"),
            chair=make_person(position="ประธาน"),
            member=make_person(position="กรรมการ"),
            director=make_person(Role.APPROVER, position="ผู้อำนวยการสำนักงาน"),
            keeper=make_person(Role.STOREKEEPER),
            admin=make_person(Role.ADMIN),
        )


def make_edition(
    name: str = "ธ.ค. 2568", day: date = date(2025, 12, 1), *, whole: bool = True, **prices: int
) -> CriteriaEdition:
    """Return an edition with a notebook as item 11, and others by ``_<item>=<baht>``."""
    rows = [Row(number.strip("_"), f"รายการ {number}", Decimal(p)) for number, p in prices.items()]
    rows = rows or [Row("11", "เครื่องคอมพิวเตอร์โน้ตบุ๊ก", Decimal(19_000), "เครื่อง", "7")]
    with in_work():
        return criteria.bring_in(EditionDraft(name, day, whole=whole), rows, by=TESTER)


def notebook(price: Any = 19_000, criterion: int | None = None, **more: Any) -> ItemDraft:
    """Return ten notebooks."""
    return ItemDraft("เครื่องคอมพิวเตอร์โน้ตบุ๊ก", Decimal(10), "เครื่อง", Decimal(price), criterion, **more)


def draft_of(group: Group, *items: ItemDraft, **overrides: Any) -> Draft:
    """Return what somebody types about a specification."""
    texts = {**TEXTS, **overrides.pop("texts", {})}
    values: dict[str, Any] = {
        "title": "โน้ตบุ๊ก 10 เครื่อง",
        "texts": texts,
        "items": items or (notebook(),),
        "requirements": (RAM, WEIGHT, BAG),
        "members": (group.chair.id, group.member.id),
        "median_price": Decimal(190_000),
        "budget": Decimal(200_000),
        "payments": (InstalmentDraft(Decimal(100), "ส่งมอบครบถ้วน", 30),),
        **overrides,
    }
    return Draft(**values)


def make_specification(group: Group, *items: ItemDraft, **overrides: Any) -> Specification:
    """Return a draft of the author."""
    with in_work():
        by = viewer_for(group.author)
        return drafting.begin(draft_of(group, *items, **overrides), by=by)


def keep(one: Specification, draft: Draft) -> Specification:
    """Keep a draft anew."""
    with in_work():
        found = db.session.get_one(Specification, one.id)
        drafting.keep(found, draft, by=viewer_for(found.author))
    return found


def sent(one: Specification) -> Specification:
    """Send a specification to be signed."""
    with in_work():
        found = db.session.get_one(Specification, one.id)
        flow.send(SPECIFICATION, found, by=viewer_for(found.author))
    return found


def signed(one: Any, *signers: Person) -> None:
    """Let people sign the open steps of a paper, one after the other."""
    for signer in signers:
        with in_work():
            found = db.session.get_one(type(one), one.id)
            approval = db.session.get_one(Approval, found.approval_id)
            step = moving.open_step(approval)
            signing.approve(approval, by=viewer_for(signer), step_id=step.id)


def approved(group: Group, *items: ItemDraft, **overrides: Any) -> Specification:
    """Return a specification that everybody signed."""
    one = sent(make_specification(group, *items, **overrides))
    signed(one, group.chair, group.member, group.director)
    return db.session.get_one(Specification, one.id)


def make_vendor(name: str) -> Vendor:
    """Return a vendor."""
    with in_work():
        return vendors.add({"name": name}, by=TESTER)


def make_comparison(group: Group, specification: Specification) -> Comparison:
    """Return a comparison that the author began."""
    with in_work():
        found = db.session.get_one(Specification, specification.id)
        made = comparing.begin(found, by=viewer_for(group.author))
        db.session.flush()
    return made


def offered(
    one: Comparison, vendor: str, price: Any, results: Sequence[Result | None], **more: Any
) -> Offer:
    """Write an offer down: one price for every item, results in the order of the requirements."""
    seller = make_vendor(vendor)
    with in_work():
        found = db.session.get_one(Comparison, one.id)
        wanted = found.specification.requirements
        remark = more.pop("remark", "")
        draft = OfferDraft(
            vendor=db.session.get_one(Vendor, seller.id),
            prices={item.id: Decimal(price) for item in found.specification.items},
            cells={
                each.id: Cell(result, remark) for each, result in zip(wanted, results, strict=False)
            },
            **more,
        )
        return comparing.write_offer(found, None, draft, by=viewer_for(found.author))


def concluded(one: Comparison, chosen: Offer | None, words: str = "ราคาต่ำสุด") -> Comparison:
    """Recommend an offer."""
    with in_work():
        found = db.session.get_one(Comparison, one.id)
        comparing.conclude(
            found,
            members=tuple(each.person_id for each in found.members),
            chosen_id=chosen.id if chosen else None,
            recommendation=words,
            by=viewer_for(found.author),
        )
    return found


def compared(one: Comparison) -> Comparison:
    """Send a comparison to be signed."""
    with in_work():
        found = db.session.get_one(Comparison, one.id)
        flow.send(COMPARISON, found, by=viewer_for(found.author))
    return found


WHOLE = (Result.COMPLY, Result.BETTER, Result.NOT_STATED)


def decided(group: Group, specification: Specification) -> Comparison:
    """Return an approved comparison of two offers, the cheaper one chosen."""
    one = make_comparison(group, specification)
    offered(one, "ร้านแพง", 18_500, WHOLE)
    cheap = offered(one, "ร้านถูก", 17_900, WHOLE)
    compared(concluded(one, cheap))
    signed(one, group.chair, group.member, group.director)
    return db.session.get_one(Comparison, one.id)
