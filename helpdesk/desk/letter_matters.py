"""What a letter may belong to: loan requests, purchases, programmes, meetings.

It stands above those rooms and the register of letters, because neither may know the other.
"""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import Select, select

from assets.loans import access as loans
from assets.loans.request_models import LoanRequest
from helpdesk.minutes import access as meetings
from helpdesk.minutes.models import Meeting
from helpdesk.programmes import access as programmes
from helpdesk.programmes.models import Programme
from helpdesk.purchases import access as purchases
from helpdesk.purchases.models import Purchase
from kernel import search, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import lazy_gettext as _l
from office.letters import slots
from office.letters.slots import Matter, MatterKind

LOAN, PURCHASE, PROGRAMME, MEETING = "loan_request", "purchase", "programme", "meeting"


def fill() -> None:
    """Make the kinds known to the register of letters."""
    slots.fill(MatterKind(LOAN, _l("Loan request"), _find_loan, _show_loan))
    slots.fill(MatterKind(PURCHASE, _l("Purchase"), _find_purchase, _show_purchase))
    slots.fill(MatterKind(PROGRAMME, _l("Programme"), _find_programme, _show_programme))
    slots.fill(MatterKind(MEETING, _l("Meeting"), _find_meeting, _show_meeting))


def _number(typed: str) -> str:
    return thai.arabic_digits(thai.normalize(typed)).replace(" ", "")


def _only(query: Select[Any]) -> Any:  # noqa: ANN401 - a row of one of four tables
    """Return the one row that a query finds; None where there are several."""
    found = db.session.scalars(query.limit(2)).all()
    return found[0] if len(found) == 1 else None


def _loan(found: LoanRequest | None) -> Matter | None:
    if found is None:
        return None
    title = f"{found.number} {found.agency_name or found.purpose}"
    return Matter(LOAN, found.id, title, url_for("loans.show_request", request_id=found.id))


def _find_loan(typed: str, viewer: Viewer) -> Matter | None:
    seen = select(LoanRequest).where(loans.requests_visible(viewer))
    return _loan(_only(seen.where(LoanRequest.number == _number(typed))))


def _show_loan(row_id: int, viewer: Viewer) -> Matter | None:
    seen = select(LoanRequest).where(loans.requests_visible(viewer))
    return _loan(_only(seen.where(LoanRequest.id == row_id)))


def _purchase(found: Purchase | None) -> Matter | None:
    if found is None:
        return None
    address = url_for("purchases.show", purchase_id=found.id)
    return Matter(PURCHASE, found.id, f"{found.number or ''} {found.title}".strip(), address)


def _find_purchase(typed: str, viewer: Viewer) -> Matter | None:
    seen = select(Purchase).where(purchases.visible(viewer))
    return _purchase(_only(seen.where(Purchase.number == _number(typed))))


def _show_purchase(row_id: int, viewer: Viewer) -> Matter | None:
    seen = select(Purchase).where(purchases.visible(viewer))
    return _purchase(_only(seen.where(Purchase.id == row_id)))


def _programme(found: Programme | None) -> Matter | None:
    if found is None:
        return None
    address = url_for("programmes.programme", programme_id=found.id)
    return Matter(PROGRAMME, found.id, found.name, address)


def _find_programme(typed: str, viewer: Viewer) -> Matter | None:
    seen = select(Programme).where(programmes.visible(viewer))
    exact = _only(seen.where(Programme.name == thai.normalize(typed)))
    near = search.contains(Programme.search_key, typed)
    return _programme(exact or _only(seen.where(near)))


def _show_programme(row_id: int, viewer: Viewer) -> Matter | None:
    seen = select(Programme).where(programmes.visible(viewer))
    return _programme(_only(seen.where(Programme.id == row_id)))


def _meeting(found: Meeting | None) -> Matter | None:
    if found is None:
        return None
    address = url_for("meetings.meeting", meeting_id=found.id)
    return Matter(MEETING, found.id, f"{found.body} {found.number}", address)


def _find_meeting(typed: str, viewer: Viewer) -> Matter | None:
    near = search.contains(Meeting.search_key, typed)
    return _meeting(_only(select(Meeting).where(meetings.visible(viewer), near)))


def _show_meeting(row_id: int, viewer: Viewer) -> Matter | None:
    seen = select(Meeting).where(meetings.visible(viewer))
    return _meeting(_only(seen.where(Meeting.id == row_id)))
