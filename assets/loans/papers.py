"""What the slip of a loan says: from rows to the plain data that ``slip`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.loans import requests
from assets.loans.later_queries import signatures_of
from assets.loans.models import Loan, LoanLine
from assets.loans.slip import Signer, SlipData, SlipLine, Slot, slip
from assets.loans.states import OUTCOMES, LineState, Outcome, PlaceKind
from kernel import clock
from kernel.files import store
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.people.models import Person


def slip_of(loan: Loan, lines: Sequence[LoanLine], *, office: str) -> bytes:
    """Return the slip of a loan as PDF, in Thai whatever the reader speaks.

    Args:
        loan: with borrower, units and officer loaded.
        lines: those to print.
        office: the name of the office, which is the agency unless a school lends.
    """
    unit, borrower = loan.lending_unit, loan.borrower
    out_on = clock.local(loan.out_at).date()
    with speaking("th"):
        data = SlipData(
            number=loan.number,
            date=out_on,
            office=unit.name_th if unit.kind == "school" else office,
            borrower_name=borrower.name_th,
            borrower_position=borrower.position,
            borrower_unit=loan.borrower_unit.name_th,
            borrower_phone=borrower.phone,
            purpose=loan.purpose,
            place_kind=PlaceKind(loan.place_kind).value,
            due_date=loan.due_on,
            lines=[_line(line) for line in lines],
            lender=unit.name_th,
            note=loan.note,
            agency=_agency(lines),
            signers=_signers(loan, lines),
            drawings=_drawings(loan),
        )
        return slip(data)


def _agency(lines: Sequence[LoanLine]) -> str:
    """Return the other agency that borrows, with the number and day of its letter."""
    asked = next((one for one in requests.kept_by(lines) if one.agency_name), None)
    if asked is None:
        return ""
    letter = ""
    if asked.letter_no:
        day = format_date(asked.letter_on, language="th", digits="thai") if asked.letter_on else ""
        number = thai_digits(asked.letter_no)
        letter = _("by its letter %(number)s of %(day)s", number=number, day=day)
    return " ".join(part for part in (asked.agency_name, letter) if part)


def _line(line: LoanLine) -> SlipLine:
    remark = ", ".join(part for part in (line.accessories, line.asset.serial_no) if part)
    return SlipLine(
        name=line.asset.name,
        asset_no=line.asset.asset_no or "",
        quantity=line.asset.quantity,
        unit=line.asset.unit_word,
        note=remark,
        returned_on=_returned_on(line),
        condition=_condition(line),
    )


def _returned_on(line: LoanLine) -> date | None:
    if line.returned_at is None or line.state == LineState.LOST:
        return None
    return clock.local(line.returned_at).date()


def _condition(line: LoanLine) -> str:
    if line.condition_in is None:
        return ""
    said = str(OUTCOMES[Outcome(line.condition_in)].label)
    return f"{said} {line.note}".strip()


def _signers(loan: Loan, lines: Sequence[LoanLine]) -> dict[Slot, Signer]:
    """Name who is known; dates are left for the pen that signs."""
    signers: dict[Slot, Signer] = {
        "borrower": _signer(loan.borrower),
        "received": _signer(loan.borrower),
        "approver": Signer(name=loan.approved_by_text),
    }
    if loan.handed_by is not None:
        signers["officer"] = signers["handed_over"] = _signer(loan.handed_by)
    takers = {line.taken_back_by_id: line.taken_back_by for line in lines if line.taken_back_by}
    if len(takers) == 1:
        signers["taken_back"] = _signer(next(iter(takers.values())))
    return signers


def _drawings(loan: Loan) -> dict[Slot, bytes]:
    """Return what the borrower signed on the screen: the loan, and the last return."""
    drawings: dict[Slot, bytes] = {}
    for signature in signatures_of(loan.id):
        png = store().read(signature.file_key)
        if signature.occasion == "out":
            drawings["borrower"] = drawings["received"] = png
        else:
            drawings["returned"] = png
    return drawings


def _signer(person: Person) -> Signer:
    return Signer(name=person.name_th, position=person.position)
