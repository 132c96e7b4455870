"""The request to borrow (form F03) as PDF: what is asked, the undertaking, who signed, its code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.rules.approving import PAPER
from assets.loans.states import SET_UPS, PlaceKind, RequestState, SetUp
from kernel import clock
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.thai import format_date, format_datetime, thai_digits
from office.approvals import papers as approvals
from office.papers import engine
from office.papers import queries as papers
from office.papers.models import IssuedPaper
from office.papers.rules import check_mark

TEMPLATE = Path(__file__).parent / "paper" / "request.typ"


def paper_of(request: LoanRequest, lines: Sequence[RequestLine], *, base_url: str) -> bytes:
    """Return the form of a request as PDF, in Thai whatever the reader speaks.

    All places to sign are there; those signed on screen carry name, position and day (R-L6). An
    approved request carries the code by which anybody can check it.

    Args:
        request: with asker, units, approval and set-up loaded; a draft prints too, unnumbered.
        lines: what it asks for.
        base_url: of the service, for the address that checks the code.
    """
    issued = papers.valid_paper(PAPER, request.number) if request.number else None
    given = approvals.places(request.approval) if request.approval is not None else []
    return printed(request, lines, given, issued, base_url=base_url)


def printed(
    request: LoanRequest,
    lines: Sequence[RequestLine],
    given: Sequence[dict[str, str | None]],
    issued: IssuedPaper | None,
    *,
    base_url: str,
) -> bytes:
    """Print the form from what is loaded.

    Args:
        request: with asker, units and set-up.
        lines: what it asks for.
        given: the signatures that count, as ``office.approvals.papers.places`` gives them.
        issued: its paper with the check code, once it is approved.
        base_url: of the service.
    """
    check, files = check_mark(issued, base_url) if issued is not None else (None, {})
    with speaking("th"):
        data: dict[str, Any] = {
            "number": request.number or "",
            "date": _day(clock.local(request.asked_at).date() if request.asked_at else None),
            "lender": request.lending_unit.name_th,
            "borrower": request.agency_contact or request.asker.name_th,
            "position": "" if request.agency_contact else request.asker.position,
            "unit": request.agency_name or request.asker_unit.name_th,
            "phone": request.agency_phone or request.asker.phone,
            "asker": request.asker.name_th,
            "agency": bool(request.agency_name),
            "letter": _letter(request),
            "purpose": " ".join(request.purpose.split()),
            "place_kind": PlaceKind(request.place_kind).value,
            "place": request.place_text,
            "from": _day(request.from_on),
            "to": _day(request.to_on),
            "lines": [_line(number, line) for number, line in enumerate(lines, start=1)],
            "setup": _setup(request),
            "signatures": _signatures(request, given),
            "borrower_place": {
                "name": request.agency_contact or request.asker.name_th,
                "position": "" if request.agency_contact else request.asker.position,
                # Who asks has signed by asking; another agency signs with the pen.
                "date": "" if request.agency_contact else _asked_on(request),
            },
            "check": check,
        }
    return engine.render(TEMPLATE, data, files=files)


def _asked_on(request: LoanRequest) -> str:
    if request.asked_at is None:
        return ""
    day = clock.local(request.asked_at).date()
    return format_date(day, language="th", style="short", digits="thai")


def _letter(request: LoanRequest) -> str:
    if not request.letter_no:
        return ""
    return _(
        "letter %(number)s of %(day)s",
        number=thai_digits(request.letter_no),
        day=_day(request.letter_on),
    )


def _line(number: int, line: RequestLine) -> dict[str, str]:
    asset = line.asset
    return {
        "number": thai_digits(str(number)),
        "name": asset.name if asset else line.name,
        "asset_no": (asset.asset_no or "") if asset else "",
        "quantity": thai_digits(str(line.quantity)),
        "note": asset.accessories if asset else "",
    }


def _setup(request: LoanRequest) -> str:
    setup = request.setup
    if setup is None:
        return ""
    when = thai_digits(format_datetime(setup.starts_at, language="th"))
    return f"{SET_UPS[SetUp(setup.kind)]}: {setup.title} · {when} · {setup.place}"


def _signatures(
    request: LoanRequest, given: Sequence[dict[str, str | None]]
) -> list[dict[str, str | None]]:
    """Return who signed; where nobody has yet, one empty place for the approver."""
    if given and request.state != RequestState.REJECTED:
        return list(given)
    return [
        {
            "role": _("Approved by"),
            "gloss": "Approver",
            "note": None,
            "name": "",
            "position": "",
            "date": "",
        }
    ]


def _day(day: date | None) -> str:
    return "" if day is None else format_date(day, language="th", style="long", digits="thai")
