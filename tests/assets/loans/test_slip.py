import datetime as dt
from dataclasses import replace

import pytest

from assets.loans.slip import PlaceKind, Signer, SlipData, SlipLine, slip
from tests.office.papers import paper_reading as reading

NOTEBOOK = SlipLine("เครื่องคอมพิวเตอร์โน้ตบุ๊ก", "7440-001-0001/69", 1, "เครื่อง", "สายชาร์จ, เมาส์")
MICROPHONE = SlipLine("ไมโครโฟนไร้สาย", "5805-003-0007/2563", 12, "ชุด")
LOAN = SlipData(
    number="ย.12/2570",
    date=dt.date(2026, 11, 22),
    office="สพม. ตัวอย่าง",
    borrower_name="นางสาวสมหญิง ตั้งใจสอน",
    borrower_position="ครู",
    borrower_unit="โรงเรียนตัวอย่างวิทยาคม",
    borrower_phone="081 234 5678",
    purpose="จัดอบรมครู",
    place_kind="outside",
    due_date=dt.date(2026, 12, 3),
    lines=[NOTEBOOK, MICROPHONE],
    lender="กลุ่มส่งเสริมการศึกษาทางไกล",
)


def front(data: SlipData) -> str:
    return reading.texts(slip(data))[0]


def back(data: SlipData) -> str:
    return reading.texts(slip(data))[-1]


def test_a_usual_loan_takes_the_two_sides_of_one_a4_sheet() -> None:
    assert reading.sizes_mm(slip(LOAN)) == [(210.0, 297.0), (210.0, 297.0)]


def test_the_front_says_who_borrows_what_from_whom_and_why() -> None:
    text = front(LOAN)
    for part in (
        "ใบยืมพัสดุ",
        "ย.๑๒/๒๕๗๐",
        "สพม.ตัวอย่าง",
        "นางสาวสมหญิงตั้งใจสอน",
        "โรงเรียนตัวอย่างวิทยาคม",
        "๐๘๑๒๓๔๕๖๗๘",
        "จัดอบรมครู",
        "กลุ่มส่งเสริมการศึกษาทางไกล",
        "สายชาร์จ,เมาส์",
    ):
        assert part in text


def test_dates_and_quantities_have_thai_digits_and_asset_numbers_arabic_ones() -> None:
    text = front(LOAN)
    assert "๒๒พฤศจิกายน๒๕๖๙" in text
    assert "๓ธันวาคม๒๕๖๙" in text
    assert "๑๒ชุด" in text
    assert "7440-001-0001/69" in text
    assert "5805-003-0007/2563" in text


def test_the_borrower_undertakes_what_clause_209_asks() -> None:
    text = front(LOAN)
    assert "ข้อ๒๐๙" in text
    for part in ("ซ่อมแซม", "คุณภาพอย่างเดียวกัน", "ราคาที่เป็นอยู่ในขณะยืม"):
        assert part in text


def test_all_eight_places_to_sign_are_there() -> None:
    for role in (
        "ผู้ยืม",
        "หัวหน้าหน่วยงานผู้ยืม",
        "เจ้าหน้าที่พัสดุ",
        "ผู้อนุมัติ",
        "ผู้ส่งมอบ",
        "ผู้รับมอบ",
    ):
        assert role in front(LOAN)
    for role in ("ผู้ส่งคืน", "ผู้รับคืน"):
        assert role in back(LOAN)


@pytest.mark.parametrize(
    ("place_kind", "approver"),
    [
        ("inside", "หัวหน้าหน่วยงานซึ่งรับผิดชอบพัสดุ"),
        ("outside", "ผู้อนุมัติหัวหน้าหน่วยงานของรัฐ"),
        ("other_agency", "หัวหน้าหน่วยงานของรัฐผู้ให้ยืม"),
    ],
)
def test_the_place_of_use_decides_which_head_approves(place_kind: PlaceKind, approver: str) -> None:
    assert approver in front(replace(LOAN, place_kind=place_kind))


def test_the_place_of_use_is_ticked() -> None:
    pictures = {
        reading.pages(slip(replace(LOAN, place_kind=kind)))[0].crop((200, 480, 1680, 800)).tobytes()
        for kind in ("inside", "outside", "other_agency")
    }
    assert len(pictures) == 3


def test_who_signed_is_printed_with_position_and_date() -> None:
    signed = replace(
        LOAN,
        signers={"approver": Signer("นายวิชัย ใจงาม", "ผู้อำนวยการ", dt.date(2026, 11, 23))},
    )
    text = front(signed)
    assert "(นายวิชัยใจงาม)" in text
    assert "๒๓พฤศจิกายน๒๕๖๙" in text
    assert "๒๓พฤศจิกายน๒๕๖๙" not in front(LOAN)


def test_the_back_says_when_and_how_each_thing_came_back() -> None:
    returned = replace(NOTEBOOK, returned_on=dt.date(2026, 12, 3), condition="ชำรุด: จอแตก")
    text = back(replace(LOAN, lines=[returned, MICROPHONE]))
    assert "ใบรับคืนพัสดุ" in text
    assert "๓ธ.ค.๒๕๖๙" in text
    assert "จอแตก" in text
    assert "๗วัน" in text
    assert "ข้อ๒๑๑" in text


def test_what_is_still_out_has_an_empty_line_on_the_back() -> None:
    assert "๓ธ.ค.๒๕๖๙" not in back(LOAN)
    assert "5805-003-0007/2563" in back(LOAN)


def test_code_of_the_typesetter_is_printed_as_text() -> None:
    nasty = '<b>#panic("x")</b> *b* $x$ @a'
    text = front(replace(LOAN, purpose=nasty, borrower_name=nasty, lines=[SlipLine(nasty, nasty)]))
    assert text.count(reading.bare(nasty)) == 4


def test_a_long_loan_repeats_the_head_of_its_table() -> None:
    texts = reading.texts(slip(replace(LOAN, lines=[NOTEBOOK] * 40)))
    with_lines = [page for page in texts if "7440-001-0001/69" in page]
    assert len(with_lines) >= 4
    assert all("หมายเลขครุภัณฑ์" in page for page in with_lines)
    assert f"หน้า๑จาก{'๐๑๒๓๔๕๖๗๘๙'[len(texts)]}" in texts[0]


@pytest.mark.parametrize("count", range(4, 16))
def test_what_is_signed_stands_on_the_page_of_the_signatures(count: int) -> None:
    lines = [replace(NOTEBOOK, note=""), replace(MICROPHONE, note="")] * count
    texts = reading.texts(slip(replace(LOAN, lines=lines[:count])))
    (undertaking,) = [page for page in texts if "ใช้การไม่ได้" in page]
    assert "ผู้รับมอบ" in undertaking


def test_nothing_is_printed_outside_the_margins_whatever_the_texts() -> None:
    endless = "ABCDEFGHIJ0123456789" * 6
    gibberish = "กขคงจฉชซ" * 20
    data = replace(
        LOAN,
        office=gibberish,
        borrower_name=endless,
        borrower_unit=gibberish,
        purpose=endless,
        lender=endless,
        lines=[
            SlipLine(endless, endless, 1, "", endless, dt.date(2026, 12, 3), gibberish),
            SlipLine(gibberish, gibberish, 1, "", gibberish, None, endless),
        ],
    )
    for picture in reading.pages(slip(data)):
        ink = reading.ink_mm(picture)
        assert ink is not None
        assert ink[0] >= 24
        assert ink[1] >= 10
        assert ink[2] <= 210 - 17
        assert ink[3] <= 297 - 5


def test_a_loan_without_purpose_is_refused() -> None:
    with pytest.raises(ValueError, match="purpose"):
        slip(replace(LOAN, purpose="  "))


def test_a_loan_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one line"):
        slip(replace(LOAN, lines=[]))


def test_a_quantity_of_none_is_refused() -> None:
    with pytest.raises(ValueError, match="quantity"):
        slip(replace(LOAN, lines=[replace(NOTEBOOK, quantity=0)]))


def test_a_return_before_the_loan_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before the loan begins"):
        slip(replace(LOAN, due_date=dt.date(2026, 11, 21)))
    with pytest.raises(ValueError, match="before the loan begins"):
        slip(replace(LOAN, from_date=dt.date(2026, 12, 4)))
