"""Comparing offers (F06): begin, write offers down, judge every requirement, choose (R-F6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from assets.vendors.models import Vendor
from helpdesk.specifications import standings
from helpdesk.specifications.comparison_models import (
    Comparison,
    ComparisonMember,
    Finding,
    Offer,
    OfferPrice,
)
from helpdesk.specifications.models import Specification
from helpdesk.specifications.states import Method, Result, State
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.approvals.states import State as ApprovalState
from office.bookkeeping import audit
from office.people.models import Person

MOST_OFFERS, MOST_DRAFTS = 12, 30
MOST_PRICE = Decimal("99999999999.99")
BEST_SCORE = Decimal(100)


@dataclass(frozen=True)
class Cell:
    """What is found of one requirement; without a result the cell is empty."""

    result: Result | None
    remark: str = ""
    page: str = ""


@dataclass(frozen=True)
class OfferDraft:
    """An offer as typed; prices (baht for one) by item, cells by requirement, both by their id."""

    vendor: Vendor
    product: str = ""
    document: str = ""
    offered_on: date | None = None
    score: Decimal | None = None
    prices: Mapping[int, Decimal | None] = field(default_factory=dict)
    cells: Mapping[int, Cell] = field(default_factory=dict)


def locked(comparison_id: int) -> Comparison | None:
    """Return a comparison that nobody else moves until the unit of work ends."""
    return db.session.scalar(
        select(Comparison)
        .where(Comparison.id == comparison_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def begin(specification: Specification, *, by: Viewer) -> Comparison:
    """Begin to compare offers with a specification; its working group becomes the committee.

    Refuses a specification that is not approved, and more than 30 drafts of one person.
    """
    if specification.state != State.APPROVED:
        raise Refusal(_("Offers are compared with an approved specification only."))
    drafts = select(func.count(Comparison.id)).where(
        Comparison.author_id == by.id, Comparison.state == State.DRAFT
    )
    if (db.session.scalar(drafts) or 0) >= MOST_DRAFTS:
        raise Refusal(_("You have %(most)s drafts. Please send or cancel some.", most=MOST_DRAFTS))
    person = db.session.get_one(Person, by.id)
    made = Comparison(
        specification_id=specification.id,
        title=specification.title,
        author_id=person.id,
        author_name=person.name_th,
        author_position=person.position,
        unit_id=person.unit_id,
        method=specification.method,
        price_weight=specification.price_weight,
        made_at=clock.now(),
    )
    made.specification, made.author = specification, person
    made.members = [
        ComparisonMember(person_id=one.person_id, position=one.position)
        for one in specification.members
    ]
    made.search_key = search_key_of(made)
    db.session.add(made)
    audit.record("begun", made, by=by, after={"title": made.title})
    return made


def demand_editable(comparison: Comparison) -> None:
    """Refuse to edit what was sent, telling the way out."""
    if is_editable(comparison):
        return
    if comparison.state == State.WAITING:
        raise Refusal(_("This waits for approval. Its author takes it back first, to change it."))
    raise Refusal(_("This comparison is decided; it cannot be changed now."))


def is_editable(comparison: Comparison) -> bool:
    """Tell whether offers and recommendation may be changed now."""
    return comparison.state == State.DRAFT or is_sent_back(comparison)


def is_sent_back(comparison: Comparison) -> bool:
    """Tell whether somebody sent it back with a question that is not answered."""
    approval = comparison.approval
    return (
        comparison.state == State.WAITING
        and approval is not None
        and approval.state == ApprovalState.SENT_BACK
    )


def conclude(
    comparison: Comparison,
    *,
    members: tuple[int, ...],
    chosen_id: int | None,
    recommendation: str,
    by: Viewer,
) -> None:
    """Keep who compares, which offer the committee recommends, and why.

    Refuses an offer of another comparison.
    """
    demand_editable(comparison)
    offers = {one.id: one for one in comparison.offers}
    if chosen_id is not None and chosen_id not in offers:
        raise Refusal(_("There is no such offer."), field="chosen_id")
    comparison.recommendation = recommendation.strip()
    comparison.members.clear()
    for one in comparison.offers:
        one.chosen = False
    db.session.flush()  # the places of the old members, and of the chosen offer, are free
    if chosen_id is not None:
        offers[chosen_id].chosen = True
    comparison.members.extend(
        ComparisonMember(person_id=person_id, position=position)
        for position, person_id in enumerate(dict.fromkeys(members), start=1)
    )
    comparison.search_key = search_key_of(comparison)
    audit.record("kept", comparison, by=by)


def write_offer(
    comparison: Comparison, offer: Offer | None, draft: OfferDraft, *, by: Viewer
) -> Offer:
    """Write an offer down, or anew, with its prices and what was found so far.

    Refuses a price or score out of measure, a retired vendor, more than 12 offers, and items or
    requirements of another specification.
    """
    demand_editable(comparison)
    if offer is None:
        if len(comparison.offers) >= MOST_OFFERS:
            raise Refusal(_("A comparison has %(most)s offers at most.", most=MOST_OFFERS))
        last = max((one.position for one in comparison.offers), default=0)
        offer = Offer(position=last + 1, vendor_id=draft.vendor.id)
        comparison.offers.append(offer)
    if draft.vendor.retired_on is not None and offer.vendor_id != draft.vendor.id:
        raise Refusal(_("“%(name)s” is retired.", name=draft.vendor.name), field="vendor_id")
    if draft.score is not None and not 0 <= draft.score <= BEST_SCORE:
        raise Refusal(_("Performance has 0 to 100 points."), field="score")
    offer.vendor = draft.vendor
    offer.product, offer.document = draft.product.strip()[:300], draft.document.strip()[:120]
    offer.offered_on, offer.score = draft.offered_on, draft.score
    _prices(comparison, offer, draft)
    _findings(comparison, offer, draft)
    db.session.flush()  # a new offer has its id now, for the trail and the page
    comparison.search_key = search_key_of(comparison)
    audit.record("offered", comparison, by=by, after={"vendor": draft.vendor.name})
    return offer


def _prices(comparison: Comparison, offer: Offer, draft: OfferDraft) -> None:
    known = {item.id for item in comparison.specification.items}
    rows = {one.item_id: one for one in offer.prices}
    for item_id, price in draft.prices.items():
        if item_id not in known:
            raise Refusal(_("There is no such item in the specification."))
        if price is not None and not 0 <= price <= MOST_PRICE:
            raise Refusal(
                _("A price is at most %(most)s baht. Please check it.", most=f"{MOST_PRICE:,}"),
                field=f"price_{item_id}",
            )
        if price is None and item_id in rows:
            offer.prices.remove(rows[item_id])
        elif price is not None and item_id in rows:
            rows[item_id].unit_price = price
        elif price is not None:
            offer.prices.append(OfferPrice(item_id=item_id, unit_price=price))


def _findings(comparison: Comparison, offer: Offer, draft: OfferDraft) -> None:
    known = {one.id for one in comparison.specification.requirements}
    rows = {one.requirement_id: one for one in offer.findings}
    for requirement_id, cell in draft.cells.items():
        if requirement_id not in known:
            raise Refusal(_("There is no such requirement in the specification."))
        row = rows.get(requirement_id)
        if cell.result is None:
            if cell.remark.strip() or cell.page.strip():
                raise Refusal(
                    _("Please choose what was found, beside the remark."),
                    field=f"result_{requirement_id}",
                )
            if row is not None:
                offer.findings.remove(row)
            continue
        if row is None:
            row = Finding(requirement_id=requirement_id)
            offer.findings.append(row)
        row.result = cell.result
        row.remark, row.page = cell.remark.strip()[:500], cell.page.strip()[:40]


def drop_offer(comparison: Comparison, offer: Offer, *, by: Viewer) -> None:
    """Take an offer out of a comparison that is being written."""
    demand_editable(comparison)
    comparison.offers.remove(offer)
    comparison.search_key = search_key_of(comparison)
    audit.record("dropped", comparison, by=by, before={"vendor": offer.vendor.name})


def complete(comparison: Comparison) -> None:
    """Refuse a comparison that is not ready to be signed (R-F6), telling the first thing to mend.

    Every cell must be judged, every item have its price; of what is not stated but must be met,
    a remark tells what the vendor said. The recommended offer must pass; where one passes, one
    must be recommended.
    """
    if not comparison.offers:
        raise Refusal(_("Please write at least one offer down."))
    for offer in comparison.offers:
        _judged(comparison, offer)
    _recommended(comparison)
    if not comparison.members:
        raise Refusal(_("Please choose the committee, its chair first."), field="member_1")
    if {one.person_id for one in comparison.members} == {comparison.author_id}:
        raise Refusal(
            _("Nobody signs a paper of their own: add somebody else to the committee."),
            field="member_2",
        )


def _judged(comparison: Comparison, offer: Offer) -> None:
    results = {one.requirement_id: one for one in offer.findings}
    specification = comparison.specification
    empty = [one.number for one in specification.requirements if one.id not in results]
    priced = {one.item_id for one in offer.prices}
    unpriced = [str(item.position) for item in specification.items if item.id not in priced]
    untold = [
        one.number
        for one in specification.requirements
        if one.mandatory
        and one.id in results
        and results[one.id].result == Result.NOT_STATED
        and not results[one.id].remark
    ]
    fault = ""
    if empty:
        fault = _("%(many)s cells are empty, the first is %(first)s.",
                  many=len(empty), first=empty[0])  # fmt: skip
    elif unpriced:
        fault = _("the price of item %(item)s is missing.", item=unpriced[0])
    elif untold:
        fault = _("%(number)s must be met and is not stated: write in its remark what the vendor "
                  "says.", number=untold[0])  # fmt: skip
    elif comparison.method == Method.PERFORMANCE and offer.score is None:
        fault = _("its performance has no points yet.")
    if fault:
        raise Refusal(_("Offer of “%(vendor)s”: %(fault)s", vendor=offer.vendor.name, fault=fault))


def _recommended(comparison: Comparison) -> None:
    places = standings.of(comparison)
    passing = [key for key, place in places.items() if place.passes]
    chosen = comparison.chosen
    if passing and chosen is None:
        raise Refusal(_("Please choose the offer that the committee recommends."),
                      field="chosen_id")  # fmt: skip
    if chosen is not None and chosen.id not in passing:
        raise Refusal(
            _("The offer of “%(vendor)s” does not pass; it cannot be recommended.",
              vendor=chosen.vendor.name),
            field="chosen_id",
        )  # fmt: skip
    if not comparison.recommendation:
        raise Refusal(_("Please write what the committee recommends, and why."),
                      field="recommendation")  # fmt: skip


def search_key_of(comparison: Comparison) -> str:
    """Return the words people look for a comparison by."""
    vendors = " ".join(one.vendor.name for one in comparison.offers if one.vendor)
    of = comparison.specification.number or ""
    said = f"{comparison.number or ''} {of} {comparison.title} {comparison.author_name} {vendors}"
    return thai.search_key(said)[:8000]


def content_of(comparison: Comparison) -> dict[str, Any]:
    """Return everything that is signed, in plain values."""
    specification = comparison.specification
    numbers = {one.id: one.number for one in specification.requirements}
    items = {item.id: item.position for item in specification.items}
    places = standings.of(comparison)
    return {
        "number": comparison.number,
        "title": comparison.title,
        "author_name": comparison.author_name,
        "specification": [specification.number, specification.edition],
        "method": comparison.method,
        "price_weight": comparison.price_weight,
        "recommendation": comparison.recommendation,
        "members": [[one.person.name_th, one.person.position] for one in comparison.members],
        "offers": [
            {
                "vendor": one.vendor.name,
                "product": one.product,
                "document": one.document,
                "offered_on": one.offered_on,
                "score": one.score,
                "chosen": one.chosen,
                "total": standings.total(one, specification),
                "rank": places[one.id].rank,
                "prices": sorted([items[each.item_id], each.unit_price] for each in one.prices),
                "cells": sorted(
                    [numbers[each.requirement_id], each.result, each.remark, each.page]
                    for each in one.findings
                ),
            }
            for one in comparison.offers
        ],
    }
