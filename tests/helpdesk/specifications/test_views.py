"""The pages of specifications and comparisons: typed, pasted, sent, compared, printed."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pypdfium2
from flask.testing import FlaskClient
from openpyxl import load_workbook

from helpdesk.specifications.comparison_models import Comparison
from helpdesk.specifications.models import Specification
from helpdesk.specifications.states import State
from kernel.db import db
from office.people.access import Role
from tests.factories.office import make_person, sign_in
from tests.factories.specifications import (
    TEXTS,
    Group,
    approved,
    decided,
    make_comparison,
    make_specification,
    make_vendor,
    sent,
)


def typed(group: Group, **changes: str) -> dict[str, str]:
    return {
        "title": "โน้ตบุ๊ก ๑๐ เครื่อง",
        **TEXTS,
        "method": "lowest",
        "median_price": "190,000",
        "budget": "๒๐๐,๐๐๐ บาท",
        "member_1": str(group.chair.id),
        "member_2": str(group.member.id),
        "items-0-name": "เครื่องคอมพิวเตอร์โน้ตบุ๊ก",
        "items-0-quantity": "๑๐",
        "items-0-unit_word": "เครื่อง",
        "items-0-unit_price": "19,000",
        "items-0-criterion_id": "0",
        "requirements-0-item": "๑",
        "requirements-0-name": "หน่วยความจำหลัก",
        "requirements-0-operator": "at_least",
        "requirements-0-amount": "8",
        "requirements-0-unit_word": "GB",
        "requirements-0-mandatory": "y",
        "requirements-1-item": "1",
        "requirements-1-name": "มีกระเป๋า",
        "requirements-1-operator": "plain",
        "payments-0-percent": "๖๐",
        "payments-0-delivers": "ส่งมอบเครื่อง",
        "payments-0-days": "๓๐",
        "payments-1-percent": "40.00",
        "payments-1-delivers": "อบรมการใช้งาน",
        "act": "send",
        **changes,
    }


def newest(table: Any = Specification) -> Any:
    db.session.rollback()
    return db.session.query(table).order_by(table.id.desc()).first()


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def test_a_specification_is_typed_sent_and_shown_in_both_languages(
    group: Group, client: FlaskClient
) -> None:
    sign_in(client, group.author)
    assert client.get("/specifications/new").status_code == 200
    answer = client.post("/specifications/new", data=typed(group))
    one = newest()
    assert answer.location == f"/specifications/{one.id}"
    assert (one.state, one.budget, one.number) == (State.WAITING, Decimal(200_000), "คณ.1/2570")
    assert [each.mandatory for each in one.requirements] == [True, False]
    page = client.get(answer.location).text
    assert "หน่วยความจำหลัก ไม่น้อยกว่า 8 GB" in page
    assert group.chair.name_th in page
    assert ("120,000.00" in page, "80,000.00" in page) == (True, True)
    sign_in(client, make_person(Role.ADMIN, language="en"))
    assert "หน่วยความจำหลัก at least 8 GB" in client.get(answer.location).text
    assert one.title in client.get("/specifications?q=โน้ตบุ๊ก&state=waiting").text
    assert one.title not in client.get("/specifications?state=approved").text


def test_what_is_wrong_is_told_and_what_was_typed_stays(group: Group, client: FlaskClient) -> None:
    sign_in(client, group.author)
    wrong = []
    for name, value in {
        "items-0-quantity": "-2",
        "items-0-unit_price": "123456789012345",
        "background": "",
        "median_price": "เยอะ",
        "payments-1-percent": "39.99",
        "payments-0-days": "เดือน",
        "requirements-0-item": "7",
        "brand_reason": "x" * 501,
        "title": "",
    }.items():
        answer = client.post("/specifications/new", data=typed(group, **{name: value}))
        raw = "{&#39;" in answer.text or ": {}" in answer.text
        if raw or answer.status_code != 422 or "หน่วยความจำหลัก" not in answer.text:
            wrong.append((name, answer.status_code))
    assert wrong == []
    assert newest() is None


def test_pasted_cells_and_a_file_come_into_the_table_and_nothing_is_kept_yet(
    group: Group, client: FlaskClient
) -> None:
    sign_in(client, group.author)
    pasted = "ข้อ\tคุณลักษณะ\tเงื่อนไข\tค่า\tหน่วย\n1\tขนาดจอ\tไม่น้อยกว่า\t14\tนิ้ว\n"
    data = typed(group, act="paste", pasted=pasted)
    page = client.post("/specifications/new", data=data)
    assert (page.status_code, 'value="ขนาดจอ"' in page.text) == (200, True)
    assert 'value="หน่วยความจำหลัก"' in page.text
    file = (io.BytesIO("คุณลักษณะ,ค่า\nพอร์ต USB,3 ช่อง\n".encode("cp874")), "req.csv")
    page = client.post("/specifications/new", data={**typed(group, act="paste"), "file": file})
    assert 'value="พอร์ต USB"' in page.text
    broken = (io.BytesIO(b"%PDF-1.7 nonsense"), "req.xlsx")
    page = client.post("/specifications/new", data={**typed(group, act="paste"), "file": broken})
    assert (page.status_code, "หน่วยความจำหลัก" in page.text) == (422, True)
    assert newest() is None


def test_a_draft_is_changed_by_its_group_sent_by_its_author_and_never_from_a_stale_page(
    group: Group, client: FlaskClient
) -> None:
    one = make_specification(group)
    address = f"/specifications/{one.id}/edit"
    sign_in(client, group.member)
    assert "RAM" in client.get(address).text
    data = typed(group, act="keep", version=str(one.version))
    assert client.post(address, data=data).status_code == 302
    assert client.post(address, data=data).status_code == 409
    assert newest().title == "โน้ตบุ๊ก ๑๐ เครื่อง"
    data = typed(group, act="send", version=str(newest().version))
    assert client.post(address, data=data).status_code == 403
    assert newest().state == State.DRAFT
    sign_in(client, make_person(Role.TECHNICIAN))
    assert client.get(address).status_code == 404
    assert client.get(f"/specifications/{one.id}").status_code == 404


def test_a_template_and_an_approved_specification_are_started_from(
    group: Group, client: FlaskClient
) -> None:
    source = approved(group)
    sign_in(client, make_person(Role.COORDINATOR))
    page = client.get("/specifications/library").text
    assert source.title in page
    answer = client.post("/specifications/library/switch")
    assert answer.location == f"/specifications/{newest().id}/edit"
    assert "24" in client.get(answer.location).text
    assert client.post("/specifications/library/spaceship").status_code == 404
    answer = client.post(f"/specifications/{source.id}/copy")
    assert newest().title == source.title
    sign_in(client, make_person())
    assert client.post("/specifications/library/switch").status_code == 403


def test_an_approved_one_is_renewed_and_the_versions_stand_side_by_side(
    group: Group, client: FlaskClient
) -> None:
    one = approved(group)
    lead = f"/approvals/{one.approval_id}"
    sign_in(client, make_person())
    assert lead not in client.get(f"/specifications/{one.id}").text
    sign_in(client, group.author)
    assert lead in client.get(f"/specifications/{one.id}").text
    assert client.get(f"/specifications/{one.id}/edit").status_code == 422
    answer = client.post(f"/specifications/{one.id}/renew")
    fresh = newest()
    assert answer.location == f"/specifications/{fresh.id}/edit"
    client.post(answer.location, data=typed(group, act="keep", version=str(fresh.version)))
    page = client.get(f"/specifications/{fresh.id}/differences").text
    assert "โน้ตบุ๊ก 10 เครื่อง" in page
    assert "โน้ตบุ๊ก ๑๐ เครื่อง" in page
    assert client.get(f"/specifications/{one.id}/differences").status_code == 404


def test_the_buttons_of_the_author_work_and_refuse_without_a_reason(
    group: Group, client: FlaskClient
) -> None:
    one = sent(make_specification(group))
    sign_in(client, group.author)
    here = f"/specifications/{one.id}"
    cancel = client.post(f"{here}/cancel", data={"version": str(newest().version), "words": " "})
    assert cancel.status_code == 422
    assert client.post(f"{here}/recall", data={"version": str(newest().version)}).location == here
    assert newest().state == State.DRAFT
    data = {"version": str(newest().version), "words": "ไม่ซื้อแล้ว"}
    assert client.post(f"{here}/cancel", data=data).location == here
    assert newest().state == State.CANCELLED


def test_offers_are_written_judged_recommended_sent_and_voided(
    group: Group, client: FlaskClient
) -> None:
    one, vendor = approved(group), make_vendor("ร้านทดสอบ")
    sign_in(client, group.author)
    there = client.post(f"/specifications/{one.id}/comparisons").location
    compare = newest(Comparison)
    assert there == f"/comparisons/{compare.id}"
    assert client.get(there).status_code == 200
    ids = [each.id for each in newest().requirements]
    offer = {
        "vendor_id": str(vendor.id),
        "product": "รุ่นตัวอย่าง 14",
        f"price_{newest().items[0].id}": "18,000",
        **{f"result_{each}": "comply" for each in ids},
        f"page_{ids[0]}": "๓",
    }
    assert client.get(f"{there}/offers/new").status_code == 200
    partial = {**offer, f"result_{ids[2]}": "", f"remark_{ids[2]}": "ถามแล้ว"}
    assert client.post(f"{there}/offers/new", data=partial).status_code == 422
    assert client.post(f"{there}/offers/new", data=offer).location == there
    made = newest(Comparison).offers[0]
    assert "รุ่นตัวอย่าง 14" in client.get(f"/comparisons/offers/{made.id}").text
    stale = {**offer, "version": "99"}
    assert client.post(f"/comparisons/offers/{made.id}", data=stale).status_code == 409
    end = {"member_1": str(group.chair.id), "chosen_id": str(made.id), "act": "send"}
    end |= {"recommendation": "ราคาต่ำสุด", "version": str(newest(Comparison).version)}
    assert "180,000.00" in client.get(f"{there}/conclude").text
    assert client.post(f"{there}/conclude", data={**end, "chosen_id": "0"}).status_code == 422
    assert client.post(f"{there}/conclude", data=end).location == there
    assert newest(Comparison).state == State.WAITING
    data = {"version": str(newest(Comparison).version)}
    assert client.post(f"{there}/recall", data=data).location == there
    assert "180,000.00" in client.get(there).text


def test_a_comparison_is_for_its_committee_and_staff_only(
    group: Group, client: FlaskClient
) -> None:
    one = decided(group, approved(group))
    draft = make_comparison(group, one.specification)
    wanted = {group.author: (200, 200), group.member: (200, 200), group.keeper: (200, 404)}
    wanted |= {group.admin: (200, 404), make_person(): (404, 404)}
    wanted |= {make_person(Role.COORDINATOR, unit=group.school, over=group.school): (404, 404)}
    for person, codes in wanted.items():
        sign_in(client, person)
        found = [client.get(f"/comparisons/{each}").status_code for each in (one.id, draft.id)]
        assert tuple(found) == codes
        listed = one.number in client.get("/comparisons").text
        assert listed == (codes[0] == 200)


def test_both_papers_are_printed_with_signatures_and_written_for_excel(
    group: Group, client: FlaskClient
) -> None:
    one = decided(group, approved(group))
    sign_in(client, group.author)
    first = client.get(f"/specifications/{one.specification_id}/paper.pdf")
    text = text_of(first.data)
    assert "ไม่น้อยกว่า ๘ GB" in text
    assert "๑๙๐,๐๐๐.๐๐ บาท" in text
    assert ("ส่งมอบครบถ้วน" in text, "๓๐ วัน" in text) == (True, True)
    bilingual = text_of(client.get(f"/comparisons/{one.id}/paper.pdf?paper=en").data)
    assert "Opinion of the committee" in bilingual
    assert group.director.name_th in text
    other = text_of(client.get(f"/comparisons/{one.id}/paper.pdf").data)
    assert "ร้านถูก" in other
    assert "๑๗๙,๐๐๐.๐๐" in other
    book = load_workbook(
        io.BytesIO(client.get(f"/specifications/{one.specification_id}/table.xlsx").data)
    )
    cells = [[str(cell.value) for cell in row] for row in book.worksheets[0].iter_rows()]
    assert any("หน่วยความจำหลัก (RAM)" in row and "8" in row for row in cells)
    book = load_workbook(io.BytesIO(client.get(f"/comparisons/{one.id}/table.xlsx").data))
    assert any("ร้านถูก" in str(cell.value) for cell in next(book.worksheets[0].iter_rows()))
    assert client.get(f"/comparisons/{one.id}/table.doc").status_code == 404
