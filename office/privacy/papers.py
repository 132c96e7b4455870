"""The records of processing as PDF: A4 landscape, one row for each activity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine
from office.privacy.records import Record
from office.privacy.states import BASES, PARTS

TEMPLATE = Path(__file__).parent / "paper" / "records.typ"


def records_pdf(
    records: Sequence[Record], *, office: str, day: date, language: str = "th"
) -> bytes:
    """Return the records as PDF, in Thai with Thai digits, or all in English.

    Args:
        records: in their order.
        office: its name in the language of the paper.
        day: on which they stand so.
        language: ``th`` or ``en``.
    """
    digits = thai_digits if language == "th" else str
    with speaking(language):
        heads = [str(label) for label in PARTS.values()]
        data = {
            "language": language,
            "office": office,
            "title": _title(language),
            "day": format_date(
                day,
                language=language,
                style="long",
                digits="thai" if language == "th" else "arabic",
            ),
            "heads": ["ที่" if language == "th" else "No.", heads[0], _base(language), *heads[1:]],
            "rows": [
                [
                    digits(str(number)),
                    digits(one.said("name")),
                    digits(str(BASES[one.base])),
                    *(digits(one.said(part)) for part in list(PARTS)[1:]),
                ]
                for number, one in enumerate(records, start=1)
            ],
        }
    return engine.render(TEMPLATE, data)


def _title(language: str) -> str:
    if language == "th":
        return "บันทึกรายการกิจกรรมการประมวลผลข้อมูลส่วนบุคคล (มาตรา ๓๙)"
    return "Records of processing of personal data (section 39)"


def _base(language: str) -> str:
    return "ฐานกฎหมาย" if language == "th" else "Legal base"
