"""The certificate as PDF: A4 landscape in Thai; its QR leads to the page that confirms it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpdesk.trainings.models import TrainingCertificate
from kernel import qr
from kernel.thai import format_date, thai_digits
from office.papers import engine

TEMPLATE = Path(__file__).parent / "paper" / "certificate.typ"


def certificate_pdf(found: TrainingCertificate, *, office: str, address: str) -> bytes:
    """Return a certificate as PDF.

    Args:
        found: the certificate.
        office: the name of the office in Thai.
        address: of the page that confirms it.
    """
    session = found.enrolment.session
    days = _day(session.first_day)
    if session.last_day != session.first_day:
        days = f"{days} ถึงวันที่ {_day(session.last_day)}"
    data: dict[str, Any] = {
        "office": office,
        "number": thai_digits(found.number),
        "name": found.name_th,
        "name_en": found.name_en,
        "course": thai_digits(session.course.title_th),
        "course_en": session.course.title_en,
        "hours": thai_digits(str(found.hours)),
        "days": days,
        "place": thai_digits(session.place),
        "issued": _day(found.issued_on),
        "code": "-".join(found.code[at : at + 4] for at in range(0, len(found.code), 4)),
    }
    return engine.render(TEMPLATE, data, files={"check.svg": qr.svg(address).encode()})


def _day(day: Any) -> str:  # noqa: ANN401 - a date
    return format_date(day, language="th", style="long", digits="thai")
