"""The papers of cards, measured: true millimetres, QR that decodes, Thai that can be read out."""

from __future__ import annotations

import pytest

from kernel.db import db
from office.approvals.papers import signatures
from office.cards import papers, queries
from office.cards.models import CardDesign, UserCard
from office.papers.models import IssuedPaper
from tests.factories.office import make_person
from tests.office.cards.conftest import Cards
from tests.office.papers import paper_reading as reading

ISSUER = papers.Issuer(
    "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง",
    "Example Education Service Area Office",
    "0 2123 4567",
    "https://helpdesk.example.go.th",
)


def made(cards: list[UserCard], layout: str) -> bytes:
    designs = queries.designs_of([card.unit for card in cards])
    return papers.cards_pdf(cards, designs, ISSUER, layout=layout)


def test_f08_a_single_card_is_85_6_by_54_mm_front_and_back(cards: Cards) -> None:
    pdf = made([cards.approve(cards.ask(cards.malee))], "single")
    assert reading.sizes_mm(pdf) == [(85.6, 54.0), (85.6, 54.0)]


@pytest.mark.parametrize("dpi", [203, 300])
def test_f08_the_qr_decodes_as_printers_print_it(cards: Cards, dpi: int) -> None:
    card = cards.approve(cards.ask(cards.malee))
    front = reading.pages(made([card], "single"), dpi)[0]
    found = [text for text, _x, _y in reading.codes(front, dpi)]
    assert found == [f"HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/{card.code}"]


def test_f08_thai_and_english_can_be_read_out_of_the_card(cards: Cards) -> None:
    card = cards.approve(cards.ask(cards.malee))
    front, back = reading.texts(made([card], "single"))
    for said in (
        "มาลีตัวอย่าง", "MaleeExample", "ครู", "โรงเรียนบางตัวอย่างวิทยา", "22พ.ย.2573",
        reading.bare(card.number or ""),
    ):  # fmt: skip
        assert reading.bare(said) in front
    for said in ("02123 4567", "ผู้ออกบัตร", "สมหญิงหัวหน้าตัวอย่าง", "กรุณาส่งคืน"):
        assert reading.bare(said) in back


def test_f08_ten_cards_lie_on_a_sheet_and_the_eleventh_on_the_next(cards: Cards) -> None:
    ready = [cards.approve(cards.ask(make_person(unit=cards.cast.school))) for _ in range(11)]
    pdf = made(ready, "sheet")
    assert reading.sizes_mm(pdf) == [(210.0, 297.0)] * 4
    counts = [len(reading.codes(page)) for page in reading.pages(pdf)]
    assert counts == [10, 0, 1, 0]


def test_f08_the_back_lies_behind_its_front_on_the_long_edge(cards: Cards) -> None:
    pdf = made([cards.approve(cards.ask(cards.malee))], "sheet")
    front, back = reading.pages(pdf)
    left_edge, upper_edge = (210 - 2 * 85.6) / 2, (297 - 5 * 54) / 2
    ((_text, x, y),) = reading.codes(front)
    assert left_edge < x < left_edge + 85.6
    assert upper_edge < y < upper_edge + 54
    turned = reading.cut_mm(back, left_edge + 85.6, upper_edge, 85.6, 54)
    empty = reading.cut_mm(back, left_edge + 1, upper_edge + 1, 84, 52)
    assert reading.ink_mm(turned) is not None
    assert reading.ink_mm(empty) is None


def test_f08_the_printers_shift_moves_the_back_only(cards: Cards) -> None:
    card = cards.approve(cards.ask(cards.malee))
    db.session.add(
        CardDesign(
            unit_id=cards.cast.school.id, band="#004d40", ink="#ffffff", back_right=20, back_down=0
        )
    )
    plain = reading.pages(made_with(card, 0))
    moved = reading.pages(made_with(card, 20))
    assert reading.ink_mm(plain[0]) == reading.ink_mm(moved[0])
    before, after = reading.ink_mm(plain[1]), reading.ink_mm(moved[1])
    assert before is not None
    assert after is not None
    assert abs(after[0] - before[0] - 2.0) < 0.2


def made_with(card: UserCard, back_right: int) -> bytes:
    design = queries.plain_design()
    design.back_right = back_right
    return papers.cards_pdf([card], {card.unit_id: design}, ISSUER)


def test_a_long_name_stays_inside_the_card(cards: Cards) -> None:
    long = "นางสาวพิมพ์ประภัสสรศิริ วัฒนากุลเกษมศักดิ์โชติช่วงรุ่งเรืองไพศาลอนันต์ตัวอย่าง"
    card = cards.approve(
        cards.ask(cards.malee, name_th=long, name_en="A" * 120, position="ครูชำนาญการพิเศษ " * 8)
    )
    pdf = made([card], "single")
    assert len(reading.sizes_mm(pdf)) == 2
    found = reading.codes(reading.pages(pdf, 300)[0], 300)
    assert [text for text, _x, _y in found] == [f"HTTPS://HELPDESK.EXAMPLE.GO.TH/Q/{card.code}"]


def test_f07_the_request_is_one_a4_page_with_the_words_of_the_form(cards: Cards) -> None:
    card = cards.approve(cards.ask(cards.malee))
    assert card.approval is not None
    issued = db.session.query(IssuedPaper).one()
    pdf = papers.request_pdf(card, signatures(card.approval), issued, pictured=True, issuer=ISSUER)
    assert reading.sizes_mm(pdf) == [(209.97, 297.04)] or len(reading.sizes_mm(pdf)) == 1
    (text,) = reading.texts(pdf)
    for said in (
        "แบบคำขอมีบัตรประจำตัวในการใช้งาน", "มาลี ตัวอย่าง", "ทำบัตรครั้งแรก", "ข้าราชการครู",
        "สมหญิง หัวหน้าตัวอย่าง", "ผู้ออกบัตร", issued.shown_code,
    ):  # fmt: skip
        assert reading.bare(said) in text


def test_no_thirteen_digits_stand_on_a_card(cards: Cards) -> None:
    import re

    card = cards.approve(cards.ask(cards.malee))
    assert not re.search(r"\d{13}", "".join(reading.texts(made([card], "single"))))
