"""Every form of the manual, walked by hand: filled in on its page, signed, printed, confirmed.

Each story does what people do: opens the page, types, sends, signs as each approver, prints the
paper, and opens the address behind its QR. Of every paper each typed word, the Thai digits, the
days of the Buddhist era and the signers of the real approval are looked for. F09, F10, F12 and F15,
which are signed with the report of their process, are printed and read.
"""

from __future__ import annotations

import io

from helpdesk.repairs.models import OutsideRepair
from helpdesk.requests.models import ServiceRequest
from helpdesk.specifications.comparison_models import Offer
from helpdesk.surveys.models import Survey
from helpdesk.tickets.models import Ticket
from kernel.thai import thai_digits
from office.cards.models import UserCard
from office.people.access import Role
from tests.cast import make_cast
from tests.factories.access_rights import make_systems
from tests.factories.assets import make_asset, make_class
from tests.factories.office import make_person
from tests.factories.purchases import make_shop
from tests.factories.requests import make_ground, make_material, make_store
from tests.factories.specifications import TEXTS, make_group, make_vendor
from tests.factories.tickets import make_tag
from tests.helpdesk.gallery.walking import TODAY, newest, printed, signed_paper
from tests.office.cards.conftest import face_bytes
from tests.office.papers.paper_reading import codes, pages
from tests.visitor import Visitor, missing, read


def test_f01_of_materials_f04_and_f13(visitor: Visitor) -> None:
    ground = make_ground()
    store, systems = make_store(ground), make_systems(ground)
    item = make_material(ground, store)
    visitor.be(ground.asker)
    visitor.open("/requests/new/work")
    visitor.send("", "send", f_what="เดินสายแลนห้องประชุม ๔ จุด", f_works=["cabling", "network"],
                 f_place="ห้องประชุม 2", f_from="30/11/2569", f_contact="ครูมาลี",
                 f_phone="081 000 0000")  # fmt: skip
    says = ("ดน.๑/๒๕๗๐", TODAY, "เดินสายแลนห้องประชุม ๔ จุด", "เดินสายสัญญาณ", "ห้องประชุม 2",
            "ระบบเครือข่ายและอินเทอร์เน็ต", "๓๐ พฤศจิกายน ๒๕๖๙", "ครูมาลี", "๐๘๑ ๐๐๐ ๐๐๐๐")  # fmt: skip
    signed_paper(visitor, _paper(), ground.head, ground.director, says=says)
    visitor.open("/requests/new/materials")
    visitor.send("", "find", q="กระดาษ")
    visitor.send("", "send", f_purpose="สอบปลายภาค", f_needed="1/12/2569",
                 f_store=str(store.id), **{f"add_{item.id}": "4"})  # fmt: skip
    says = ("สอบปลายภาค", "๑ ธันวาคม ๒๕๖๙", "กระดาษ A4", "รีม", "๔", TODAY)
    signed_paper(visitor, _paper(), ground.head, ground.director, says=says)
    visitor.open("/requests/new/access")
    visitor.send("", "send", f_system=str(systems.system.id), f_wish="new", f_level="edit",
                 f_account="malee.e", f_why="ส่งงานของโรงเรียน", f_until="30/9/2570",
                 f_pledge="yes")  # fmt: skip
    says = ("อีเมลสำนักงาน", "malee.e", "ส่งงานของโรงเรียน", "๓๐ กันยายน ๒๕๗๐", TODAY)
    signed_paper(visitor, _paper(), ground.head, systems.owner, says=says)


def _paper() -> str:
    return f"/requests/{newest(ServiceRequest).id}/paper.pdf"


def test_f01_of_purchases_and_of_space_for_a_website(visitor: Visitor) -> None:
    shop = make_shop()
    visitor.be(shop.ground.asker)
    about = {
        "reason": "ของเดิมชำรุด", "price_source": "ราคาท้องตลาด", "budget_id": str(shop.budget.id),
        "due_on": "31/12/2569", "method": "specific_small", "method_reason": "วงเงินเล็กน้อย",
        "criterion": "เกณฑ์ราคา", "vat": "included", "member_1": str(shop.ground.director.id),
    }  # fmt: skip
    visitor.open("/purchases/new")
    visitor.send("", "send", kind="goods", title="โน้ตบุ๊ก ๓ เครื่อง", **about, **{
        "lines-0-what": "โน้ตบุ๊กจอ ๑๔ นิ้ว", "lines-0-goes_into": "register",
        "lines-0-class_id": str(shop.notebook.id), "lines-0-quantity": "๓",
        "lines-0-unit_word": "เครื่อง", "lines-0-unit_price": "3,000"})  # fmt: skip
    says = ("โน้ตบุ๊ก ๓ เครื่อง", "ของเดิมชำรุด", "ราคาท้องตลาด", "๓๑ ธันวาคม ๒๕๖๙", "๙,๐๐๐.๐๐",
            "เก้าพันบาทถ้วน", "วงเงินเล็กน้อย", "โน้ตบุ๊กจอ ๑๔ นิ้ว")  # fmt: skip
    signed_paper(visitor, f"{visitor.address}/paper.pdf", *shop.signers, says=says)
    visitor.open("/purchases/new")
    space = {"subdomain": "ตัวอย่างวิทยา", "quota": "๙ กิกะไบต์", "content": "ข่าวของโรงเรียน",
             "place": "ห้องเครื่องแม่ข่าย", "period": "๑ ปี", "responsible": "ครูตัวอย่าง"}  # fmt: skip
    asked = {f"service_{name}": said for name, said in space.items()}
    visitor.send("", "send", kind="web_space", title="พื้นที่เว็บไซต์โรงเรียน", **about, **asked, **{
        "lines-0-what": "พื้นที่เว็บไซต์", "lines-0-goes_into": "nothing", "lines-0-quantity": "๑",
        "lines-0-unit_word": "ปี", "lines-0-unit_price": "2,500"})  # fmt: skip
    shown = [space[name] for name in ("subdomain", "quota", "content", "period", "responsible")]
    says = ("พื้นที่เว็บไซต์โรงเรียน", "๒,๕๐๐.๐๐", *shown)
    signed_paper(visitor, f"{visitor.address}/paper.pdf", *shop.signers, says=says)


def test_f02_from_the_label_to_the_repair_that_its_head_approved(visitor: Visitor) -> None:
    cast, vendor = make_cast(), make_vendor("ร้านซ่อมตัวอย่าง")
    head = make_person(Role.APPROVER, unit=cast.school, over=cast.school)
    tag = make_tag(make_asset(cast.school))
    visitor.be(cast.malee)
    visitor.open(f"/q/{tag.code}")
    visitor.follow(f"/q/{tag.code}/report")
    visitor.send("", detail="เปิดไม่ติด มีกลิ่นไหม้")
    visitor.be(cast.thep)
    here = f"/tickets/{newest(Ticket).id}"
    for act in ("/take", "/start"):
        visitor.open(here)
        visitor.send(act)
    visitor.open(f"{here}/outside")
    visitor.send("", vendor=str(vendor.id), expected_on="30/11/2569", condition="ฝาแตก",
                 accessories="สายไฟ")  # fmt: skip
    out = f"{here}/outside/{newest(OutsideRepair).id}"
    visitor.open(f"{out}/quote")
    visitor.send("", amount="9,000", quote_no="ส.12/2569")
    visitor.send("/submit")
    says = ("เปิดไม่ติด มีกลิ่นไหม้", "ร้านซ่อมตัวอย่าง", "๓๐ พ.ย. ๒๕๖๙", "๙,๐๐๐.๐๐", cast.malee.name_th)
    signed_paper(visitor, f"{here}/report.pdf", head, says=says)
    printed(visitor, f"{out}/letter.pdf", "ฝาแตก", "สายไฟ", "ร้านซ่อมตัวอย่าง")


def test_f03_from_the_shelf_to_the_signed_request(visitor: Visitor) -> None:
    cast = make_cast()
    make_asset(class_id=make_class(name_th="เครื่องฉาย", name_en="Projector").id)
    visitor.be(cast.malee)
    visitor.open(f"/loans/things?unit={cast.office.id}")
    visitor.follow("/loans/things/")
    visitor.send("/put", quantity="1")
    visitor.send("", "send", from_on="24/11/2569", to_on="26/11/2569", purpose="อบรมครูวิทยาการคำนวณ",
                 place_kind="outside", place_text="หอประชุมอำเภอ", official="y")  # fmt: skip
    says = ("อบรมครูวิทยาการคำนวณ", "หอประชุมอำเภอ", "๒๔ พฤศจิกายน ๒๕๖๙", "๒๖ พฤศจิกายน ๒๕๖๙",
            "เครื่องฉาย", f"({cast.malee.name_th})ตำแหน่งวันที่๒๓ พ.ย. ๒๕๖๙")  # fmt: skip
    signed_paper(visitor, f"{visitor.address}/paper.pdf", cast.chai, says=says)


def test_f05_and_f06(visitor: Visitor) -> None:
    group = make_group()
    signers = (group.chair, group.member, group.director)
    members = {"member_1": str(group.chair.id), "member_2": str(group.member.id)}
    visitor.be(group.author)
    visitor.open("/specifications/new")
    visitor.send("", "send", title="โน้ตบุ๊ก ๑๐ เครื่อง", **TEXTS, **members, method="lowest",
                 median_price="190,000", budget="๒๐๐,๐๐๐ บาท", **{
        "items-0-name": "เครื่องคอมพิวเตอร์โน้ตบุ๊ก", "items-0-quantity": "๑๐",
        "items-0-unit_word": "เครื่อง", "items-0-unit_price": "19,000",
        "requirements-0-name": "หน่วยความจำหลัก", "requirements-0-operator": "at_least",
        "requirements-0-amount": "8", "requirements-0-unit_word": "GB",
        "requirements-1-name": "มีกระเป๋า", "payments-0-percent": "100",
        "payments-0-delivers": "ส่งมอบเครื่อง", "payments-0-days": "๓๐"})  # fmt: skip
    here = visitor.address
    says = ("คณ.๑/๒๕๗๐", TODAY, "โน้ตบุ๊ก ๑๐ เครื่อง", *map(thai_digits, TEXTS.values()),
            "๑๙๐,๐๐๐.๐๐", "สองแสนบาทถ้วน", "หน่วยความจำหลัก ไม่น้อยกว่า ๘ GB", "มีกระเป๋า")  # fmt: skip
    signed_paper(visitor, f"{here}/paper.pdf", *signers, says=says)
    visitor.open(here)
    visitor.send("/comparisons")
    here = visitor.address
    for name, price in (("ร้านหนึ่งตัวอย่าง", "18,500"), ("ร้านสองตัวอย่าง", "18,900")):
        vendor = make_vendor(name)
        visitor.open(f"{here}/offers/new")
        visitor.send("", vendor_id=str(vendor.id), product="รุ่น X14", document="ส.7",
                     offered_on="20/11/2569", price_1=price, result_1="comply",
                     result_2="better", remark_2="มีสองใบ")  # fmt: skip
    visitor.open(f"{here}/conclude")
    visitor.send("", "send", chosen_id=str(newest(Offer).id - 1), recommendation="ราคาต่ำสุด",
                 **members)  # fmt: skip
    says = ("โน้ตบุ๊ก ๑๐ เครื่อง", "ร้านหนึ่งตัวอย่าง", "ร้านสองตัวอย่าง", "๑๘๕,๐๐๐.๐๐", "มีสองใบ",
            "รุ่น X14", "ราคาต่ำสุด", TODAY)  # fmt: skip
    signed_paper(visitor, f"{here}/paper.pdf", *signers, says=says)


def test_f07_and_f08_the_card_itself(visitor: Visitor) -> None:
    cast = make_cast()
    head = make_person(Role.APPROVER, unit=cast.school, over=cast.school)
    visitor.be(cast.malee)
    visitor.open("/cards/request")
    visitor.send("", reason="first", staff_kind="temporary", name_th="มาลี ตัวอย่าง",
                 name_en="Malee Example", position="ครูอัตราจ้าง", confirmed="y",
                 photo=(io.BytesIO(face_bytes()), "ฉัน.jpg"))  # fmt: skip
    card = newest(UserCard).id
    says = ("มาลี ตัวอย่าง", "Malee Example", "ครูอัตราจ้าง", TODAY)
    signed_paper(visitor, f"/cards/{card}/request.pdf", head, says=says)
    visitor.be(cast.admin)
    visitor.open("/cards/")
    visitor.send("/cards/print", cards=[str(card)])
    visitor.open(f"/cards/{card}")
    visitor.send("/hand-over")
    pdf = visitor.pdf(f"/cards/{card}/card.pdf")
    assert missing(read(pdf), "มาลี ตัวอย่าง", "Malee Example", "ครูอัตราจ้าง", "23 พ.ย. 2569") == []
    assert [text.rsplit("/", 1)[-1] for text, *_at in codes(pages(pdf, 300)[0])]


def test_f09_f10_and_f11(visitor: Visitor) -> None:
    cast = make_cast()
    visitor.be(cast.thep)
    visitor.open("/figures/summary")
    visitor.send("", problems="อะไหล่มาช้า", suggestions="สำรองอะไหล่ ๓ ชุด")
    printed(visitor, "/figures/summary.pdf", "อะไหล่มาช้า", "สำรองอะไหล่ ๓ ชุด", "๒๕๗๐")
    visitor.open("/surveys/new")
    visitor.send("", template="f10", audience="everyone", anonymous="y", band="usual")
    here = visitor.address
    printed(visitor, f"{here}/form.pdf", "แบบติดตาม ประเมินผลระบบเครือข่ายคอมพิวเตอร์")
    visitor.send("/open")
    survey = newest(Survey)
    told = {
        f"q{one.id}": {"scale": "4", "text": "ขอช่างเพิ่ม"}.get(one.sort) for one in survey.questions
    }
    guest = visitor.another()
    for _times in range(3):
        guest.open(f"/answer/{survey.code}")
        guest.send("", **{name: said for name, said in told.items() if said})
    visitor.open(here)
    visitor.send("/close")
    visitor.open(f"{here}/results")
    visitor.send("/report")
    report = visitor.address
    visitor.send("", summary="พึงพอใจมากในทุกด้าน")
    visitor.open(report)
    visitor.send("/send")
    says = ("พึงพอใจมากในทุกด้าน", "๔.๐๐", "ขอช่างเพิ่ม")
    signed_paper(visitor, f"{report}/paper.pdf", cast.chai, cast.chai, says=says)


def test_f12_and_f14(visitor: Visitor) -> None:
    cast = make_cast()
    visitor.be(cast.thep)
    visitor.open("/studies/new")
    visitor.send("", title="ศึกษาระบบสารบรรณ", system_name="สมุดทะเบียน", owner=cast.thep.name_th)
    here = visitor.address
    words = {"current_state": "ใช้สมุด ๒ เล่ม", "problem": "ค้นช้า", "data_flows": "โรงเรียนถึงสำนักงาน",
             "stakeholders": "ธุรการ", "findings": "วันละ ๔๐ ฉบับ", "gap": "ไม่มีระบบ",
             "proposal": "ใช้ระบบกลาง"}  # fmt: skip
    visitor.open(f"{here}/records/new")
    visitor.send("", topic="งานรับหนังสือ", system_name="สมุดทะเบียน", studied_on="20/10/2569",
                 recorder=cast.thep.name_th, **words)  # fmt: skip
    record = visitor.address
    visitor.send("/finish")
    says = ("งานรับหนังสือ", "สมุดทะเบียน", "๒๐ ตุลาคม ๒๕๖๙", cast.thep.name_th, *words.values())
    printed(visitor, f"{record}/paper.pdf", *says)
    visitor.open(f"{here}/report")
    visitor.send("", conclusion="ควรใช้ระบบ", recommendation="จัดหาภายในปี")
    visitor.open(f"{here}/report")
    visitor.send("/send")
    says = ("ศึกษาระบบสารบรรณ", "ควรใช้ระบบ", "จัดหาภายในปี", *words.values())
    signed_paper(visitor, f"{here}/report.pdf", cast.chai, says=says)


def test_f15_and_f16(visitor: Visitor) -> None:
    cast = make_cast()
    visitor.be(cast.thep)
    visitor.open("/developments/new")
    visitor.send("", title="ระบบแจ้งซ่อม", sort="new", whose="office", owner=cast.thep.name_th,
                 starts_on="1/10/2569", ends_on="๓๑/๓/๒๕๗๐", budget="12,500", problem="รอนาน",
                 goal="รับเรื่องเร็วขึ้น", method="พัฒนาเอง", **{
        "indicators-0-name": "เวลารอ", "indicators-0-unit_word": "นาที",
        "indicators-0-better": "less", "indicators-0-before": "240",
        "indicators-0-target": "60.5"})  # fmt: skip
    here = visitor.address
    says = ("ระบบแจ้งซ่อม", "๑ ตุลาคม ๒๕๖๙", "๓๑ มีนาคม ๒๕๗๐", "๑๒,๕๐๐.๐๐", "รอนาน", "พัฒนาเอง",
            "รับเรื่องเร็วขึ้น", "เวลารอ", "๒๔๐", "๖๐.๕")  # fmt: skip
    printed(visitor, f"{here}/paper.pdf", *says)
    for act in ("/begin", "/finish"):
        visitor.open(here)
        visitor.send(act)
    visitor.open(f"{here}/report")
    visitor.send("", result="เร็วขึ้นห้าเท่า", users="ครูทุกคน", user_count="120", benefit="สะดวก",
                 satisfaction_mean="4.5", satisfaction_n="30",
                 **{"after-0-after": "45"})  # fmt: skip
    visitor.open(f"{here}/report")
    visitor.send("/send")
    says = ("ระบบแจ้งซ่อม", "เร็วขึ้นห้าเท่า", "ครูทุกคน", "๑๒๐", "สะดวก", "๔.๕๐", "๔๕", "บรรลุ")
    signed_paper(visitor, f"{here}/report.pdf", cast.chai, says=says)
