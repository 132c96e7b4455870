"""The papers of this room, in Thai: the specification (F05) and the comparison of offers (F06).

Places to sign are those of the working group and of the path: who signed stands there with name,
position and day, who has not signed yet has a line for the pen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from assets.stock.quantities import shown
from helpdesk.specifications import sentences, standings
from helpdesk.specifications.comparison_models import Comparison, Finding, Offer
from helpdesk.specifications.models import Requirement, Specification, SpecItem
from helpdesk.specifications.ranking import Place as Standing
from helpdesk.specifications.rules import payments
from helpdesk.specifications.rules.flow import Written
from helpdesk.specifications.states import METHODS, Method, Result, State
from kernel import baht, clock, thai
from kernel.i18n import speaking
from office.approvals import papers as signed
from office.approvals import queries as approvals
from office.approvals.states import Place, StepState
from office.papers import engine
from office.papers.models import IssuedPaper
from office.papers.rules import check_mark

_FOLDER = Path(__file__).parent / "paper"
# As many vendors as stand side by side on one sheet.
VENDORS_ABREAST = 4
METHODS_TH = {
    Method.LOWEST: "เกณฑ์ราคา โดยพิจารณาผู้เสนอราคาต่ำสุดที่ผ่านคุณลักษณะเฉพาะ",
    Method.PERFORMANCE: "เกณฑ์ราคาประกอบเกณฑ์อื่น",
}
CHAIR, MEMBER = ("ประธานกรรมการ", "Chair"), ("กรรมการ", "Member")
RESULTS_TH = {
    Result.COMPLY: "ตรงตามข้อกำหนด",
    Result.BETTER: "ดีกว่า",
    Result.NOT_COMPLY: "ไม่ตรง",
    Result.NOT_STATED: "ไม่ระบุ",
}

# What stands in the cells of a comparison, for the bilingual variant.
WORDS_EN = {
    "ตรงตามข้อกำหนด": "Complies",
    "ดีกว่า": "Better",
    "ไม่ตรง": "Does not comply",
    "ไม่ระบุ": "Not stated",
    "ผ่าน": "Passes",
    "ไม่ผ่าน": "Does not pass",
}


@dataclass(frozen=True)
class Letterhead:
    """The office, and where the codes of its papers lead."""

    office: str
    base_url: str


def _figures(text: str) -> str:
    """Return a text with Thai digits; words with Latin letters (DDR4, 802.11ac) stay.

    A word that is longer than a column may break inside.
    """
    return re.sub(r"\S+", lambda found: _word(found[0]), text)


def _word(word: str) -> str:
    said = word if re.search("[A-Za-z]", word) else thai.thai_digits(word)
    return re.sub(r"[^\u0e00-\u0e7f]{20}", lambda run: f"{run[0]}\u200b", said)


def _day(day: Any, style: thai.Style = "long") -> str:  # noqa: ANN401 - a day, a moment or None
    if day is None:
        return ""
    plain = clock.local(day).date() if hasattr(day, "hour") else day
    return thai.format_date(plain, language="th", style=style, digits="thai")


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else thai.thai_digits(f"{amount:,.2f}")


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else f"{_money(amount)} บาท ({baht.in_words(amount)})"


def _method(method: str, weight: int) -> str:
    said = METHODS_TH[Method(method)]
    if method == Method.LOWEST:
        return said
    return said + thai.thai_digits(f" (ราคาร้อยละ {weight} ประสิทธิภาพร้อยละ {100 - weight})")


def _method_en(method: str, weight: int) -> str:
    """Return the method in English, for the bilingual variant."""
    with speaking("en"):
        said = str(METHODS[Method(method)])
    if method == Method.LOWEST:
        return said
    return f"{said}: price {weight}%, performance {100 - weight}%"


def specification_pdf(
    one: Specification, issued: IssuedPaper | None, head: Letterhead
) -> bytes:  # fmt: skip
    """Return the specification with its twelve parts and the signatures that count."""
    check, pictures = check_mark(issued, head.base_url) if issued else (None, {})
    with speaking("th"):
        content = {
            **_specification(one),
            "office": head.office,
            "places": places(one),
            "check": check,
            "refused": one.ended_why if one.state == State.REJECTED else "",
        }
    return engine.render(_FOLDER / "specification.typ", content, files=pictures)


def _specification(one: Specification) -> dict[str, Any]:
    texts = ("background", "objective", "characteristics", "qualification", "delivery")
    more = ("price_source", "budget_source", "instalments", "penalty", "brand_reason")
    return {
        **{name: _figures(getattr(one, name)) for name in (*texts, *more, "title", "group_order")},
        "number": thai.thai_digits(one.number or ""),
        "edition": thai.thai_digits(str(one.edition)) if one.edition > 1 else "",
        "date": _day(one.sent_at),
        "method": _method(one.method, one.price_weight),
        "method_en": _method_en(one.method, one.price_weight),
        "median": _amount(one.median_price),
        "budget": _amount(one.budget),
        "items": [_item(item) for item in one.items],
        "payments": [
            [
                thai.thai_digits(str(row.position)),
                _figures(row.delivers),
                thai.thai_digits(f"{row.days} วัน") if row.days else "",
                thai.thai_digits(f"{row.percent:.2f}"),
                _money(payments.share(one.budget, row.percent)),
            ]
            for row in one.payments
        ],
    }


def _item(item: SpecItem) -> dict[str, Any]:
    return {
        "number": thai.thai_digits(str(item.position)),
        "name": _figures(item.name),
        "quantity": thai.thai_digits(shown(item.quantity)),
        "unit": item.unit_word,
        "price": _money(item.unit_price),
        "criterion": _figures(item.criterion_text),
        "allowed": _money(item.criterion_price),
        "reason": _figures(item.over_price_reason),
        "requirements": [
            [
                thai.thai_digits(f"{item.position}.{each.position}"),
                _figures(sentences.requirement(each)),
                each.mandatory,
            ]
            for each in item.requirements
        ],
    }


def places(one: Written) -> list[dict[str, Any]]:
    """Return the places to sign: the members, the author beside them, then the steps above."""
    given = signed.signatures(one.approval) if one.approval else []
    dates = {mark.name: _day(mark.at, "short") for mark in given}
    if one.sent_at is not None:
        dates.setdefault(one.author_name, _day(one.sent_at, "short"))
    members: list[Any] = list(one.members)
    names = [member.person.name_th for member in members]
    found = [
        _seat(
            CHAIR if number == 0 else MEMBER,
            member.person.name_th,
            member.person.position,
            dates.get(member.person.name_th, ""),
        )
        for number, member in enumerate(members)
    ]
    if one.author_name not in names:
        date = _day(one.sent_at, "short")
        found.append(_seat(("ผู้จัดทำ", "Prepared by"), one.author_name, one.author_position, date))
    found += [
        {**_seat((mark.step_th, mark.step_en), mark.name, mark.position, _day(mark.at, "short")),
         "note": mark.capacity_th or None}
        for mark in given
        if mark.name not in names
    ]  # fmt: skip
    return found + _unsigned(one)


def _unsigned(one: Written) -> list[dict[str, Any]]:
    """Return the steps above the committee that nobody has signed yet."""
    if one.approval is None:
        return [_seat(("ผู้อนุมัติ", "Approved by"), "", "", "")]
    return [
        _seat((step.plan.name_th, step.plan.name_en), "", "", "")
        for step in approvals.steps_of(one.approval)
        if step.state in (StepState.OPEN, StepState.PENDING) and step.plan.place != Place.GIVEN
    ]


def _seat(role: tuple[str, str], name: str, position: str, date: str) -> dict[str, Any]:
    return {
        "role": role[0],
        "gloss": role[1],
        "note": None,
        "name": name,
        "position": position,
        "date": date,
    }


def comparison_pdf(one: Comparison, issued: IssuedPaper | None, head: Letterhead) -> bytes:
    """Return the comparison of offers: vendors beside requirements, prices, places, signatures."""
    check, pictures = check_mark(issued, head.base_url) if issued else (None, {})
    with speaking("th"):
        content = {
            **_comparison(one),
            "office": head.office,
            "places": places(one),
            "check": check,
            "refused": one.ended_why if one.state == State.REJECTED else "",
        }
    return engine.render(_FOLDER / "comparison.typ", content, files=pictures)


def _comparison(one: Comparison) -> dict[str, Any]:
    standing = standings.of(one)
    offers = list(one.offers)
    chosen = one.chosen
    specification = one.specification
    return {
        "title": _figures(one.title),
        "number": thai.thai_digits(one.number or ""),
        "date": _day(one.sent_at),
        "specification": thai.thai_digits(specification.number or ""),
        "method": _method(one.method, one.price_weight),
        "method_en": _method_en(one.method, one.price_weight),
        "english": WORDS_EN,
        "sheets": [
            [_offer(offer, number, standing[offer.id], specification) for number, offer in part]
            for part in _abreast(offers)
        ],
        "items": [_item_row(item, offers) for item in specification.items],
        "scored": one.method == Method.PERFORMANCE,
        "abreast": VENDORS_ABREAST,
        "chosen": chosen.vendor.name if chosen else "",
        "price": _amount(standings.total(chosen, specification)) if chosen else "",
        "recommendation": _figures(one.recommendation),
    }


def _abreast(offers: Sequence[Offer]) -> list[list[tuple[int, Offer]]]:
    """Return the offers by sheets, each with its place in the row of all of them."""
    numbered = list(enumerate(offers))
    count = max(1, len(numbered))
    return [numbered[at : at + VENDORS_ABREAST] for at in range(0, count, VENDORS_ABREAST)]


def _offer(
    offer: Offer, number: int, place: Standing, specification: Specification
) -> dict[str, Any]:
    total = standings.total(offer, specification)
    verdict = {True: "ผ่าน", False: "ไม่ผ่าน", None: ""}[place.passes]
    return {
        "number": number,
        "vendor": offer.vendor.name,
        "product": _figures(offer.product),
        "document": offer.document,
        "total": _money(total),
        "verdict": verdict,
        "score": _money(offer.score),
        "points": _money(place.points),
        "rank": thai.thai_digits(str(place.rank)) if place.rank else "–",
    }


def _item_row(item: SpecItem, offers: Sequence[Offer]) -> dict[str, Any]:
    return {
        **_item(item),
        "prices": [
            _money(next((p.unit_price for p in offer.prices if p.item_id == item.id), None))
            for offer in offers
        ],
        "cells": [[_cell(each, offer) for offer in offers] for each in item.requirements],
    }


def _cell(requirement: Requirement, offer: Offer) -> list[str]:
    """Return result, page and remark of one cell; blanks where it was not judged."""
    found: Finding | None = next(
        (one for one in offer.findings if one.requirement_id == requirement.id), None
    )
    if found is None:
        return ["", "", ""]
    return [RESULTS_TH[Result(found.result)], _figures(found.page), _figures(found.remark)]
