"""What lies on the counter: scanned people and items wait here until they are handed over.

The basket belongs to the officer and lives in the database, so that a reload, a closed tab or a
power cut loses nothing. It decides by itself which way things go: the first item that is out turns
an empty basket to taking back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from assets.loans import queries
from assets.loans.models import BasketLine, LoanBasket
from assets.loans.queries import Standing
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.rules import due_dates, lending, obstacles
from assets.loans.rules.obstacles import Fit
from assets.loans.states import Outcome, PlaceKind
from assets.register.states import Obstacle
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping.rules import insert_or_skip
from office.people.models import Person

LEND, TAKE_BACK = "lend", "take_back"
DRAFT = ("purpose", "official", "place_kind", "approved_by_text", "due", "due_text", "note")
NOTE_LENGTH = 500


@dataclass(frozen=True)
class LineDraft:
    """What was ticked and chosen for one scanned item so far."""

    accessories: str = ""
    outcome: Outcome = Outcome.GOOD
    note: str = ""
    override_why: str = ""
    photo_key: str = ""
    thumbnail_key: str = ""


def parts(text: str) -> list[str]:
    """Return the accessories named in a text, one each: commas, semicolons and lines part them."""
    for sign in (";", "\n", "،"):
        text = text.replace(sign, ",")
    return [part.strip() for part in text.split(",") if part.strip()]


def open_basket(by: Viewer) -> LoanBasket:
    """Return the officer's basket, made where there is none."""
    insert_or_skip(LoanBasket, owner_id=by.id, updated_at=clock.now())
    basket = queries.basket_of(by)
    if basket is None:
        raise LookupError("the basket was cleared meanwhile")
    basket.updated_at = clock.now()
    return basket


def seat(person: Person, *, by: Viewer) -> LoanBasket:
    """Put a person before the desk as the borrower; a purpose not typed yet is taken from the last.

    Refuses what ``lending.check_borrower`` refuses.
    """
    basket = open_basket(by)
    if basket.mode == LEND:
        lending.check_borrower(person, by)
    if basket.borrower_id != person.id:
        basket.borrower_before_id, basket.borrower = basket.borrower_id, person
        basket.last_scan = "person"
    match(by=by)
    if not basket.purpose:
        basket.purpose = queries.last_purpose(person.id)
    say(basket, _("%(name)s borrows.", name=person.name), "ok")
    return basket


def match(due_on: date | None = None, *, by: Viewer) -> None:
    """Look again which promises the scanned items keep, and what speaks against each.

    Terms that were taken from a request which nothing on the counter keeps any more go with it.

    Args:
        due_on: the day they come back; the usual one of each item when left out.
        by: the officer.
    """
    basket = queries.basket_of(by)
    if basket is None or basket.mode != LEND:
        return
    lines = queries.basket_lines(by)
    standings = queries.standings([line.asset_id for line in lines], by)
    for line in lines:
        line.request_line_id = None
    for line in lines:
        standing = standings[line.asset_id]
        fit = _fit(basket, standing, due_on, by)
        line.against = fit.stop.sentence[:400] if fit.stop else ""
        line.request_line_id = fit.keeps.id if fit.keeps else None
    _let_terms_go(basket, lines)


def _fit(basket: LoanBasket, standing: Standing, due_on: date | None, by: Viewer) -> Fit:
    """Return how an item fits the borrower beside what lies on the counter already."""
    borrower = basket.borrower
    if borrower is None:
        return Fit(stop=obstacles.stop(standing))
    day = due_on or due_dates.proposals([standing.loan_days], by.unit_id)["default"]
    fit = obstacles.fit(standing, borrower, day)
    if fit.keeps is None:
        return fit
    taken = select(func.count(BasketLine.id)).where(
        BasketLine.owner_id == by.id, BasketLine.request_line_id == fit.keeps.id
    )
    if (db.session.scalar(taken) or 0) >= fit.keeps.left:
        said = obstacles.promised(standing.asset, clock.today(), day)
        return Fit(stop=obstacles.Stop(said, may_override=True) if said else None)
    _take_terms(basket, fit.keeps.request)
    return fit


def _take_terms(basket: LoanBasket, request: LoanRequest) -> None:
    """Let the terms of the request stand on the counter, where nothing was typed for this loan."""
    if basket.approved_by_text:
        return
    basket.purpose, basket.official = request.purpose, request.official
    basket.place_kind = request.place_kind
    basket.approved_by_text = _("by request %(number)s", number=request.number)
    if request.to_on is not None:
        basket.due_text = thai.format_date(request.to_on, language="th", style="numeric")
    basket.terms_request_id = request.id


def _let_terms_go(basket: LoanBasket, lines: Sequence[BasketLine]) -> None:
    """Clear the terms of a request that no item on the counter keeps any more."""
    if basket.terms_request_id is None:
        return
    keeping = select(RequestLine.id).where(
        RequestLine.request_id == basket.terms_request_id,
        RequestLine.id.in_([line.request_line_id for line in lines if line.request_line_id]),
    )
    if db.session.scalar(keeping.limit(1)) is not None:
        return
    basket.terms_request_id, basket.approved_by_text, basket.due_text = None, "", ""
    basket.purpose, basket.official, basket.place_kind = "", False, PlaceKind.INSIDE


def put(asset_id: int, *, by: Viewer) -> LoanBasket:
    """Put a scanned item into the basket.

    An item that is out, or lost, turns an empty basket to taking back. An item that keeps a promise
    made to the borrower is noted for it. One that an officer may lend only with a reason stands on
    the list with what speaks against it. Refuses an item that is in the basket
    already, that cannot be lent, that is out while others wait to be handed over, that is not out
    while others are being taken back, and one more than a loan holds.
    """
    basket = open_basket(by)
    scanned = [line.asset_id for line in queries.basket_lines(by)]
    standing = queries.standings([asset_id], by).get(asset_id)
    if standing is None:
        raise Refusal(_("There is no such item."))
    if asset_id in scanned:
        raise Refusal(_("“%(name)s” is on the list already.", name=standing.asset.name))
    if len(scanned) >= lending.MOST_ITEMS:
        raise Refusal(_("One loan holds %(most)s items at most.", most=lending.MOST_ITEMS))
    if not scanned:
        basket.mode = TAKE_BACK if _is_out(standing) else LEND
    fit = _check_way(basket, standing, by)
    accessories = standing.line.accessories if standing.line else standing.asset.accessories
    insert_or_skip(
        BasketLine,
        owner_id=by.id,
        asset_id=asset_id,
        accessories="\n".join(parts(accessories))[:400],
        against=fit.stop.sentence[:400] if fit.stop else "",
        request_line_id=fit.keeps.id if fit.keeps else None,
    )
    basket.last_scan = "item"
    if fit.stop is not None:
        say(basket, fit.stop.sentence, "stop")
        return basket
    taken = _("“%(name)s” comes back.", name=standing.asset.name)
    lent = _("“%(name)s” is on the list.", name=standing.asset.name)
    say(basket, taken if basket.mode == TAKE_BACK else lent, "ok")
    return basket


def _is_out(standing: Standing) -> bool:
    return standing.in_scope and standing.line is not None


def _check_way(basket: LoanBasket, standing: Standing, by: Viewer) -> Fit:
    if basket.mode == TAKE_BACK:
        why = obstacles.reason(standing)
        if not standing.in_scope and why:
            raise Refusal(why)
        if standing.line is None:
            raise Refusal(
                _(
                    "“%(name)s” is not out on loan. Take back what is on the list first.",
                    name=standing.asset.name,
                )
            )
        return Fit()
    stop = obstacles.stop(standing)
    if stop is not None and not stop.may_override:
        why = stop.sentence
        if standing.obstacle == Obstacle.ON_LOAN:
            why += " " + _("Hand over or clear the list before you take it back.")
        raise Refusal(why)
    return _fit(basket, standing, None, by)


def remove(asset_id: int, *, by: Viewer) -> None:
    """Take one item off the list."""
    db.session.execute(
        delete(BasketLine).where(BasketLine.owner_id == by.id, BasketLine.asset_id == asset_id)
    )
    basket = queries.basket_of(by)
    if basket is not None:
        say(basket, _("Taken off the list."), "ok")
        _look_again(basket, by)


def undo(*, by: Viewer) -> None:
    """Undo the last scan: the person scanned last, else the item scanned last, else the person."""
    basket = queries.basket_of(by)
    if basket is None:
        return
    newest = db.session.scalar(
        select(BasketLine)
        .where(BasketLine.owner_id == by.id)
        .order_by(BasketLine.id.desc())
        .limit(1)
    )
    if basket.last_scan == "person" or newest is None:
        before = basket.borrower_before_id
        basket.borrower = db.session.get(Person, before) if before is not None else None
        basket.borrower_before_id = None
    else:
        db.session.delete(newest)
    basket.last_scan = "item"
    say(basket, _("The last scan is undone."), "ok")
    _look_again(basket, by)


def _look_again(basket: LoanBasket, by: Viewer) -> None:
    if not queries.basket_lines(by):
        basket.mode = LEND
    match(by=by)


def clear(*, by: Viewer) -> None:
    """Empty the counter for the next person."""
    db.session.execute(delete(BasketLine).where(BasketLine.owner_id == by.id))
    db.session.execute(delete(LoanBasket).where(LoanBasket.owner_id == by.id))


def say(basket: LoanBasket, sentence: str, tone: str) -> None:
    """Keep the answer to the last scan, to be shown beside the scan box."""
    basket.said, basket.said_tone = sentence, tone


def write_down(
    terms: Mapping[str, Any], lines: Mapping[int, LineDraft], *, by: Viewer
) -> LoanBasket | None:
    """Keep what was typed so far, right or wrong; None where there is no basket to keep it in.

    Args:
        terms: fields of the basket named in ``DRAFT``; others are left out.
        lines: by item, what was ticked and chosen.
        by: the officer.
    """
    basket = queries.basket_of(by)
    if basket is None:
        return None
    for name in DRAFT:
        if name in terms:
            column = LoanBasket.__table__.columns[name]
            value = terms[name]
            most = getattr(column.type, "length", None)
            setattr(basket, name, value[:most] if most and isinstance(value, str) else value)
    for line in queries.basket_lines(by):
        draft = lines.get(line.asset_id)
        if draft is not None:
            line.accessories = draft.accessories[:400]
            line.outcome = draft.outcome
            line.note = draft.note[:NOTE_LENGTH]
            line.override_why = draft.override_why[:300]
            if draft.photo_key:
                line.photo_key, line.thumbnail_key = draft.photo_key, draft.thumbnail_key
    return basket
