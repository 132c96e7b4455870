"""The papers of the room as PDF: the request (F07) on A4, and the cards (F08) in true millimetres.

A card is 85.6 by 54 mm, front and back: singly on pages of that size, or ten to an A4 sheet whose
second page mirrors the columns, so that a printer that turns the long edge puts each back behind
its front. Cards are Thai and English at once, whatever the reader speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kernel import clock, qr
from kernel.files import store
from kernel.i18n import speaking
from kernel.thai import format_date
from office.approvals.papers import Signature
from office.cards.models import CardDesign, UserCard
from office.cards.states import REASONS, STAFF_KINDS, Reason, StaffKind, State
from office.papers import engine
from office.papers.models import IssuedPaper
from office.papers.rules import check_mark

_FOLDER = Path(__file__).parent / "paper"
SINGLE, SHEET = "single", "sheet"
PER_SHEET = 10
# Returns the bytes of a kept picture by its key.
Pictures = Callable[[str], bytes]


@dataclass(frozen=True)
class Issuer:
    """Who stands behind a card: the office in both languages, its telephone, where codes lead."""

    office_th: str
    office_en: str
    phone: str
    base_url: str


def address(base_url: str, code: str) -> str:
    """Return the text of a card's QR; capitals, as those need the smallest symbol."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}".upper() + f"{parts.path.rstrip('/')}/Q/{code}"


def cards_pdf(
    cards: Sequence[UserCard],
    designs: Mapping[int, CardDesign],
    issuer: Issuer,
    *,
    layout: str = SHEET,
    read: Pictures | None = None,
) -> bytes:
    """Return cards, front and back.

    Args:
        cards: that have a number.
        designs: by the id of the unit.
        issuer: the office.
        layout: ``sheet`` for ten to an A4 page, ``single`` for pages of a card's size.
        read: where pictures come from; the store of the service unless told otherwise.
    """
    files: dict[str, bytes] = {}
    content = {
        "layout": layout,
        "cards": [
            _card(card, designs[card.unit_id], issuer, files, read or store().read)
            for card in cards
        ],
        "shift": _shift(designs[cards[0].unit_id]) if cards else [0, 0, 0, 0],
    }
    return engine.render(_FOLDER / "card.typ", content, files=files)


def _shift(design: CardDesign) -> list[float]:
    tenths = (design.front_right, design.front_down, design.back_right, design.back_down)
    return [one / 10 for one in tenths]


def _card(
    card: UserCard,
    design: CardDesign,
    issuer: Issuer,
    files: dict[str, bytes],
    read: Pictures,
) -> dict[str, Any]:
    files[f"photo-{card.id}.jpg"] = read(card.photo_key)
    files[f"qr-{card.id}.svg"] = qr.svg(address(issuer.base_url, card.code)).encode()
    emblem = ""
    if design.emblem_key:
        emblem = f"emblem-{design.unit_id}.jpg"
        if emblem not in files:
            files[emblem] = read(design.emblem_key)
    school = card.unit.kind == "school"
    return {
        "title_th": card.unit.name_th if school else issuer.office_th,
        "title_en": card.unit.name_en if school else issuer.office_en,
        "over": issuer.office_th if school else "",
        "unit_th": "" if school else card.unit.name_th,
        "name_th": card.name_th,
        "name_en": card.name_en,
        "position": card.position,
        "number": card.number or "",
        "issued_th": _day(card.issued_on, "th"),
        "until_th": _day(card.valid_until, "th"),
        "until_en": _day(card.valid_until, "en"),
        "photo": f"/files/photo-{card.id}.jpg",
        "qr": f"/files/qr-{card.id}.svg",
        "emblem": f"/files/{emblem}" if emblem else "",
        "band": design.band,
        "ink": design.ink,
        "rules": design.rules_text,
        "phone": card.unit.phone or issuer.phone,
        "found": card.unit.name_th if school else issuer.office_th,
        "issuer_name": card.issuer_name,
        "issuer_position": card.issuer_position,
    }


def _day(day: Any, language: Any) -> str:  # noqa: ANN401 - a date or None, a language
    return format_date(day, language=language, style="short") if day else ""


def request_pdf(
    card: UserCard,
    signatures: Sequence[Signature],
    issued: IssuedPaper | None,
    *,
    pictured: bool,
    issuer: Issuer,
    read: Pictures | None = None,
) -> bytes:
    """Return the request for a card (F07), with the signatures that were given.

    Args:
        card: the request.
        signatures: who approved it.
        issued: the paper with its check code, once it is approved.
        pictured: whether the reader may see the photo.
        issuer: the office.
        read: where the photo comes from; the store of the service unless told otherwise.
    """
    files = {"photo.jpg": (read or store().read)(card.photo_key)} if pictured else {}
    check = None
    if issued is not None:
        check, marks = check_mark(issued, issuer.base_url)
        files |= marks
    last = signatures[-1] if signatures else None
    with speaking("th"):
        content = {
            "office": issuer.office_th,
            "number": card.number or "",
            "date": _long(clock.local(card.asked_at).date()),
            "name_th": card.name_th,
            "name_en": card.name_en,
            "position": card.position,
            "unit": card.unit.name_th,
            "phone": card.person.phone,
            "staff_kinds": [
                [str(STAFF_KINDS[kind]), kind == card.staff_kind] for kind in StaffKind
            ],
            "reasons": [[str(REASONS[reason]), reason == card.reason] for reason in Reason],
            "pictured": pictured,
            "refused": card.state == State.REJECTED,
            "why": card.ended_why if card.state == State.REJECTED else "",
            "approver": _signer(last),
            "issuer": [card.issuer_name, card.issuer_position, _long(card.issued_on)],
            "until": _long(card.valid_until),
            "check": check,
        }
    return engine.render(_FOLDER / "request.typ", content, files=files)


def _signer(last: Signature | None) -> dict[str, str]:
    if last is None:
        return {"name": "", "position": "", "date": ""}
    position = " ".join(part for part in (last.position, last.capacity_th) if part)
    return {"name": last.name, "position": position, "date": _long(clock.local(last.at).date())}


def _long(day: Any) -> str:  # noqa: ANN401 - a date or None
    return format_date(day, language="th", style="long", digits="thai") if day else ""
