"""Samples of the papers of lending, with fictitious people and things."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assets.loans import later_papers, request_paper, slip
from assets.loans.later_models import FollowUpLetter, LetterLine
from assets.loans.models import Loan, LoanLine
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.states import LineState, Outcome, PlaceKind, RequestState
from assets.register.models import Asset
from assets.register.states import Condition
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.papers.specimen import AT, BASE_URL, DAY, LATER, NEXT_DAY, OFFICE, STORE, TEACHER

PURPOSE = "ใช้ประกอบการอบรมครูเรื่องการสอนทางไกลผ่านดาวเทียม ณ ห้องประชุมใหญ่"
RETURNED = datetime(2026, 11, 30, 4, 15, tzinfo=UTC)


def _notebook() -> Asset:
    return specimen.row(
        Asset,
        name="เครื่องคอมพิวเตอร์โน้ตบุ๊ก",
        asset_no="7440-001-0001/65",
        accessories="สายไฟ, กระเป๋า",
        condition=Condition.GOOD,
    )


def _projector() -> Asset:
    return specimen.row(
        Asset,
        name="เครื่องฉายภาพโปรเจคเตอร์",
        asset_no="6730-001-0007/64",
        accessories="รีโมต, สาย HDMI",
        condition=Condition.GOOD,
    )


def _loan() -> Loan:
    return specimen.row(
        Loan,
        number="ย.1/2570",
        lending_unit=specimen.group(),
        borrower=specimen.person(),
        borrower_unit=specimen.school(),
        purpose=PURPOSE,
        official=True,
        place_kind=PlaceKind.OUTSIDE,
        due_on=LATER,
        out_at=AT,
    )


def _line(asset: Asset, **values: object) -> LoanLine:
    return specimen.row(
        LoanLine,
        loan=_loan(),
        asset=asset,
        due_on=LATER,
        first_due_on=LATER,
        out_at=AT,
        accessories=asset.accessories,
        **values,
    )


def _request(_variant: str) -> bytes:
    request = specimen.row(
        LoanRequest,
        number="ขย.1/2570",
        state=RequestState.APPROVED,
        asker=specimen.person(),
        asker_unit=specimen.school(),
        lending_unit=specimen.group(),
        from_on=NEXT_DAY,
        to_on=LATER,
        purpose=PURPOSE,
        official=True,
        place_kind=PlaceKind.OUTSIDE,
        place_text="หอประชุมโรงเรียนตัวอย่างวิทยา",
        asked_at=AT,
    )
    lines = [
        specimen.row(RequestLine, asset=_notebook()),
        specimen.row(RequestLine, asset=_projector()),
    ]
    issued = specimen.issued("แบบบันทึกขอยืมวัสดุอุปกรณ์", "ขย.1/2570")
    return request_paper.printed(request, lines, specimen.places(), issued, base_url=BASE_URL)


def _slip(_variant: str) -> bytes:
    signed = slip.Signer(TEACHER.name, TEACHER.position, DAY)
    officer = slip.Signer(STORE.name, STORE.position, DAY)
    return slip.slip(
        slip.SlipData(
            number="ย.๑/๒๕๗๐",
            date=DAY,
            office=OFFICE,
            borrower_name=TEACHER.name,
            borrower_position=TEACHER.position,
            borrower_unit="โรงเรียนตัวอย่างวิทยา",
            borrower_phone="๐ ๒๐๐๐ ๐๐๐๐",
            purpose=PURPOSE,
            place_kind="outside",
            place="หอประชุมโรงเรียนตัวอย่างวิทยา",
            due_date=LATER,
            lines=[
                slip.SlipLine(
                    "เครื่องคอมพิวเตอร์โน้ตบุ๊ก", "7440-001-0001/65", 1, "เครื่อง", "สายไฟ, กระเป๋า"
                ),
                slip.SlipLine(
                    "เครื่องฉายภาพโปรเจคเตอร์", "6730-001-0007/64", 1, "เครื่อง", "รีโมต, สาย HDMI"
                ),
            ],
            lender="กลุ่มส่งเสริมการศึกษาทางไกล เทคโนโลยีสารสนเทศและการสื่อสาร",
            addressed_to="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาตัวอย่าง",
            signers={"borrower": signed, "officer": officer, "received": signed},
        )
    )


def _receipt(_variant: str) -> bytes:
    lines = [
        _line(
            asset,
            state=LineState.RETURNED,
            returned_at=RETURNED,
            taken_back_by=specimen.person(STORE),
            condition_in=Outcome.GOOD,
        )
        for asset in (_notebook(), _projector())
    ]
    return later_papers.receipt(lines, office=OFFICE, owed=False, signature=None)


def _letter(_variant: str) -> bytes:
    letter = specimen.row(
        FollowUpLetter,
        person=specimen.person(),
        number="ศธ 04000/1",
        dated=date(2026, 12, 8),
        prepared_at=AT,
    )
    lines = [
        specimen.row(LetterLine, line=_line(asset, state=LineState.OUT), due_on=LATER)
        for asset in (_notebook(), _projector())
    ]
    return later_papers.letter_paper(letter, lines, office=OFFICE)


def _out(_variant: str) -> bytes:
    lines = [_line(asset, state=LineState.OUT) for asset in (_notebook(), _projector())]
    return later_papers.out_list(specimen.school(), lines, "๑๖ พฤศจิกายน ๒๕๖๙", office=OFFICE)


SAMPLES: specimen.Samples = {
    "F03": (_l("Request to borrow"), _request),
    "loan-slip": (_l("Loan slip"), _slip),
    "loan-return": (_l("Receipt of a return"), _receipt),
    "loan-letter": (_l("Follow-up letter"), _letter),
    "loan-out-list": (_l("List of what is out"), _out),
}
