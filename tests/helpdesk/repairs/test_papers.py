"""The repair notice (F02), the letter to a vendor, the history of an item, read back out of PDF."""

from __future__ import annotations

import base64
import io
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from sqlalchemy import select

from assets.register.models import Asset
from helpdesk.repairs.models import Signature
from helpdesk.repairs.rules import costs, outside
from helpdesk.repairs.states import CostKind, Outside
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Cause, Outcome, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.thai import thai_digits
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.office import make_person, sign_in
from tests.factories.tickets import make_ticket
from tests.factories.work import send_out
from tests.office.papers.paper_reading import bare, texts

BLOCKS = (
    "แบบแจ้งซ่อมวัสดุอุปกรณ์",
    "ผู้แจ้งซ่อม",
    "ความเห็นผู้ตรวจสอบ/ช่าง",
    "จัดซ่อมแล้วพร้อมใช้",
    "ขอจัดซื้ออะไหล่ทดแทน",
    "ขออนุมัติส่งซ่อม",
    "ไม่ควรซ่อมไม่คุ้มค่า",
    "มอบงานพัสดุดำเนินการซ่อม",
    "ช่างมาตรวจเช็ค",
    "รับเครื่องไปซ่อม",
    "ไม่อนุมัติเนื่องจาก",
    "ใช้งานได้ปกติ",
    "ยังใช้ไม่ได้เนื่องจาก",
)


def drawn() -> str:
    """Return a signature as the screen sends it."""
    image = Image.new("RGBA", (300, 90), (255, 255, 255, 0))
    ImageDraw.Draw(image).line([(10, 60), (120, 20), (280, 70)], fill=(0, 0, 0, 255), width=4)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def printed(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    return "".join(texts(answer.data))


def here(ticket: Ticket) -> Ticket:
    return db.session.get_one(Ticket, ticket.id)


def repaired(cast: Cast, thep: Viewer) -> Ticket:
    """Return a ticket that was repaired by a vendor, with a cost, resolved."""
    asset = make_asset(cast.school, name="เครื่องพิมพ์ที่ปรึกษา น้ำ ญู ฐุ", brand="ตัวอย่าง", model="P-100")
    with work():
        ticket, made = send_out(db.session.get_one(Asset, asset.id), thep, state=Outside.AGREED)
        back = outside.Return(works=True, note="เปลี่ยนชุดดึงกระดาษ", paid=Decimal(900))
        outside.take_back(made, back, by=thep)
        spent = costs.Spent(CostKind.PART, "ลูกยางดึงกระดาษ", Decimal("120.50"), clock.today(), "ร.7")
        costs.spend(ticket, spent, by=thep)
        result = rules.Result(Outcome.FIXED, Cause.HARDWARE, "ส่งซ่อมและเปลี่ยนลูกยาง")
        rules.resolve(ticket, result, by=thep)
    return ticket


def test_an_empty_notice_has_the_six_blocks_of_the_form(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    ticket = make_ticket(unit=cast.school, by=Viewer(), detail="เปิดไม่ติด")
    said = printed(client, f"/tickets/{ticket.id}/report.pdf")
    missing = [words for words in (*BLOCKS, "เปิดไม่ติด") if bare(words) not in said]
    assert missing == []


def test_the_notice_tells_what_was_done(cast: Cast, thep: Viewer, client: FlaskClient) -> None:
    ticket = repaired(cast, thep)
    sign_in(client, cast.thep)
    said = printed(client, f"/tickets/{ticket.id}/report.pdf")
    wanted = (
        *BLOCKS,
        thai_digits(here(ticket).number),
        "เครื่องพิมพ์ที่ปรึกษา น้ำ ญู ฐุ",
        "ส่งซ่อมและเปลี่ยนลูกยาง",
        "ลูกยางดึงกระดาษ",
        "๑,๐๒๐.๕๐",
        "ร้านซ่อมตัวอย่าง",
        "เปลี่ยนชุดดึงกระดาษ",
        cast.thep.name_th,
    )
    assert [words for words in wanted if bare(words) not in said] == []


def test_the_letter_says_what_goes_out_and_how(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket, made = send_out(make_asset(cast.school, serial_no="SN-77"), thep)
    sign_in(client, cast.thep)
    said = printed(client, f"/tickets/{ticket.id}/outside/{made.id}/letter.pdf")
    wanted = ("ใบส่งซ่อม", thai_digits(made.number), "มีรอยขีดข่วน", "สายไฟ", "SN-77", "กำหนดรับคืน")
    assert [words for words in wanted if bare(words) not in said] == []


def test_r_r1_the_history_of_the_item_has_one_line_for_the_repair(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = repaired(cast, thep)
    item = f"/items/{here(ticket).asset_id}"
    # Who repairs prints it too, and reads no book value for it.
    sign_in(client, cast.thep)
    assert f'href="{item}/repairs.pdf' in client.get(f"{item}/repairs").text
    assert client.get(f"{item}/card").status_code == 403
    said = printed(client, f"{item}/repairs.pdf")
    assert said.count(bare(thai_digits(here(ticket).number))) == 1
    assert "๑,๐๒๐.๕๐" in said


def test_a_drawn_signature_closes_the_ticket_and_stands_on_the_notice(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.RESOLVED, technician=thep)
    sign_in(client, cast.thep)
    typed = {"name": "ครูผู้รับบริการ", "drawing": drawn(), "key": "sign-key-0123456789"}
    assert client.post(f"/tickets/{ticket.id}/sign", data=typed).status_code == 302
    assert here(ticket).state == State.CLOSED
    assert bare("ครูผู้รับบริการ") in printed(client, f"/tickets/{ticket.id}/report.pdf")
    assert client.get(f"/tickets/{ticket.id}/signature.png").mimetype == "image/png"


def test_nothing_is_signed_before_it_is_resolved(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.IN_PROGRESS, technician=thep)
    sign_in(client, cast.thep)
    typed = {"name": "ครู", "drawing": drawn(), "key": "sign-key-0123456789"}
    assert client.post(f"/tickets/{ticket.id}/sign", data=typed).status_code == 422
    assert db.session.scalars(select(Signature)).all() == []


@pytest.mark.parametrize("words", ["", "data:image/png;base64,AAAA", "x" * 50])
def test_a_broken_drawing_is_refused(
    cast: Cast, thep: Viewer, client: FlaskClient, words: str
) -> None:
    ticket = make_ticket(make_asset(cast.school), state=State.RESOLVED, technician=thep)
    sign_in(client, cast.thep)
    typed = {"name": "ครู", "drawing": words, "key": "sign-key-0123456789"}
    assert client.post(f"/tickets/{ticket.id}/sign", data=typed).status_code == 422
    assert here(ticket).state == State.RESOLVED


def test_the_history_stands_on_a_page_and_in_a_workbook(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    ticket = repaired(cast, thep)
    sign_in(client, cast.thep)
    at = f"/items/{here(ticket).asset_id}"
    page = client.get(f"{at}/repairs").text
    assert here(ticket).number in page
    assert "1,020.50" in page
    assert f"{at}/repairs" in client.get(at).text
    sheet = client.get(f"{at}/repair-history.csv").get_data(as_text=True)
    assert "ส่งซ่อมและเปลี่ยนลูกยาง" in sheet
    assert client.get(f"{at}/repair-history.xlsx").data[:2] == b"PK"
    sign_in(client, make_person(Role.TECHNICIAN, unit=cast.other_school, over=cast.other_school))
    assert client.get(f"{at}/repairs").status_code == 404
