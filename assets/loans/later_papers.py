"""The receipt of a return, the follow-up letter and the list of a unit, in Thai for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assets.loans.later_models import FollowUpLetter, LetterLine
from assets.loans.later_queries import duties_of_lines, signatures_of
from assets.loans.models import LoanLine
from assets.loans.states import OUTCOMES, LineState, Outcome
from kernel import clock
from kernel.files import store
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine
from office.people.models import Person
from office.places.models import Unit

FOLDER = Path(__file__).parent / "paper"


def receipt_of(lines: Sequence[LoanLine], *, office: str) -> bytes:
    """Print the receipt (ใบรับคืนพัสดุ) of what one borrower brought back in one act.

    Args:
        lines: of one borrower, returned at one moment.
        office: the name of the office, which is the agency unless a school lends.
    """
    first = lines[0]
    returned = first.returned_at or first.loan.out_at
    owed = bool(duties_of_lines([line.id for line in lines]))
    drawn = [
        one
        for one in signatures_of(first.loan_id)
        if one.occasion == "back" and one.act_at == returned
    ]
    signature = store().read(drawn[0].file_key) if drawn else None
    return receipt(lines, office=office, owed=owed, signature=signature)


def receipt(
    lines: Sequence[LoanLine], *, office: str, owed: bool, signature: bytes | None
) -> bytes:
    """Print the receipt of lines that are loaded.

    Args:
        lines: of one borrower, returned at one moment.
        office: the name of the office.
        owed: whether something is to be made good (clause 209).
        signature: drawn on the screen, as PNG.
    """
    first, loan = lines[0], lines[0].loan
    returned = first.returned_at or loan.out_at
    files = {"signature.png": signature} if signature else {}
    with speaking("th"):
        content = {
            "office": loan.lending_unit.name_th if loan.lending_unit.kind == "school" else office,
            "lender": loan.lending_unit.name_th,
            "on": _long(clock.local(returned).date()),
            "borrower": _person(loan.borrower),
            "unit": loan.borrower_unit.name_th,
            "officer": _person(first.taken_back_by),
            "owed": owed,
            "signed": signature is not None,
            "lines": [_back(number, line) for number, line in enumerate(lines, start=1)],
        }
    return engine.render(FOLDER / "return.typ", content, files=files)


def _back(number: int, line: LoanLine) -> dict[str, str]:
    said = str(OUTCOMES[Outcome(line.condition_in or Outcome.GOOD)].label)
    lost = line.state == LineState.LOST
    return {
        "number": thai_digits(str(number)),
        "name": line.asset.name,
        "asset_no": line.asset.asset_no or "",
        "loan": line.loan.number,
        "due_on": _short(line.due_on),
        "condition": f"{said} {line.note}".strip(),
        "accessories": "" if lost else line.accessories,
    }


def letter_paper(letter: FollowUpLetter, lines: Sequence[LetterLine], *, office: str) -> bytes:
    """Print the follow-up letter (หนังสือทวงถาม) of clause 211.

    Args:
        letter: what has no number yet gets dotted lines for it and for the date.
        lines: what it asks for.
        office: the name of the office, which is the agency unless a school lends.
    """
    lender = lines[0].line.loan.lending_unit
    content = {
        "number": thai_digits(letter.number),
        "dated": _long(letter.dated) if letter.dated else "",
        "office": lender.name_th if lender.kind == "school" else office,
        "lender": lender.name_th,
        "phone": lender.phone,
        "person": _person(letter.person),
        "count": thai_digits(str(len(lines))),
        "lines": [
            {
                "number": thai_digits(str(number)),
                "name": row.line.asset.name,
                "asset_no": row.line.asset.asset_no or "",
                "loan": row.line.loan.number,
                "out_on": _short(clock.local(row.line.loan.out_at).date()),
                "due_on": _short(row.due_on),
            }
            for number, row in enumerate(lines, start=1)
        ],
    }
    return engine.render(FOLDER / "follow-up.typ", content)


def out_list(unit: Unit, lines: Sequence[LoanLine], day: str, *, office: str) -> bytes:
    """Print what the people of a unit have borrowed and not brought back.

    Args:
        unit: the unit.
        lines: what is out.
        day: of the list, as it is printed.
        office: the name of the office.
    """
    today = clock.today()
    content = {
        "office": office,
        "unit": unit.name_th,
        "day": day,
        "count": thai_digits(str(len(lines))),
        "lines": [
            {
                "number": thai_digits(str(number)),
                "name": line.asset.name,
                "asset_no": line.asset.asset_no or "",
                "borrower": line.loan.borrower.name_th,
                "loan": line.loan.number,
                "due_on": _short(line.due_on),
                "late": thai_digits(str(line.days_late(today))) if line.days_late(today) else "",
            }
            for number, line in enumerate(lines, start=1)
        ],
    }
    return engine.render(FOLDER / "out-list.typ", content)


def _person(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {"name": "", "position": ""}
    return {"name": person.name_th, "position": person.position}


def _long(day: date) -> str:
    return format_date(day, language="th", style="long", digits="thai")


def _short(day: date) -> str:
    return format_date(day, language="th", style="short", digits="thai")
