"""Handing things over: one loan with a number, its lines, and a hold on each item.

An item keeps the oldest promise made to its borrower, else it goes to somebody who walked in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assets.loans import access, pools, queries
from assets.loans.later_models import LoanOverride
from assets.loans.models import Loan, LoanLine
from assets.loans.queries import Standing
from assets.loans.rules import blocks, due_dates, obstacles, reserving
from assets.loans.rules.obstacles import Stop
from assets.loans.states import LineState, PlaceKind
from assets.register.models import Asset
from assets.register.rules import holds
from assets.register.states import HoldKind
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

NUMBERS = "ย."
MOST_ITEMS = 50


@dataclass(frozen=True)
class Terms:
    """What was agreed: for what, where, until when, and who approved (clause 208, R-L1)."""

    purpose: str
    place_kind: str
    official: bool
    due_on: date | None
    approved_by_text: str = ""
    note: str = ""


@dataclass(frozen=True)
class Piece:
    """One item to hand over, with the accessories that go with it.

    ``override_why`` is why it is lent although something speaks against it; the law is not
    overridden by it.
    """

    asset_id: int
    accessories: str = ""
    override_why: str = ""


def lend(borrower: Person, pieces: Sequence[Piece], terms: Terms, *, by: Viewer) -> Loan:
    """Hand items over to a person.

    Returns:
        the loan, with its number; every line is out and every item held by it.

    Refuses what ``check_borrower`` and ``check_terms`` refuse, an empty or overlong list, an item
    out of the officer's scope, and one that cannot be lent (R-L3), also when another desk lent it
    a moment ago: then nothing at all is lent.
    """
    by.demand(access.LEND)
    # Who is just leaving is waited for.
    db.session.refresh(borrower, with_for_update={"read": True})
    check_borrower(borrower, by)
    blocks.check(borrower)
    check_terms(terms, borrower)
    if not pieces:
        raise Refusal(_("Scan at least one item first."), field="code")
    if len(pieces) > MOST_ITEMS:
        raise Refusal(_("One loan holds %(most)s items at most.", most=MOST_ITEMS), field="code")
    due_on = due_dates.check(terms.due_on, by.unit_id)
    # The number comes first: whoever waits for it sees what the desk before has lent.
    number = bookkeeping.next_number(NUMBERS)
    standings = _standings(pieces, by)
    assets = [one.asset for one in standings.values()]
    loan = _header(number, borrower, terms, due_on, assets, by)
    for piece in {piece.asset_id: piece for piece in pieces}.values():
        _hand_over(loan, standings[piece.asset_id], piece, borrower, by)
    audit.record(
        "lent",
        loan,
        by=by,
        after={
            "number": number,
            "borrower": borrower.name_th,
            "due_on": due_on,
            "items": [asset.asset_no or asset.name for asset in assets],
        },
    )
    return loan


def _standings(pieces: Sequence[Piece], by: Viewer) -> dict[int, Standing]:
    found = queries.standings([piece.asset_id for piece in pieces], by)
    if any(piece.asset_id not in found for piece in pieces):
        raise NotFound(_("There is no such item."))
    # From here on nobody promises what is being handed over.
    reserving.take_turns({pools.pool_of(one.asset).unit_id for one in found.values()})
    return found


def _hand_over(
    loan: Loan, standing: Standing, piece: Piece, borrower: Person, by: Viewer
) -> LoanLine:
    """Let one item go out, keeping the promise it was made for.

    Refuses what speaks against it, unless a person with the right to override gave a reason and it
    is no matter of law or fact.
    """
    asset, fit = standing.asset, obstacles.fit(standing, borrower, loan.due_on)
    if fit.stop is not None and not _overridden(fit.stop, piece, asset, by):
        raise Refusal(fit.stop.sentence, field="code")
    holds.hold(asset, HoldKind.LOAN, loan.number)
    line = _line(loan, asset, piece.accessories)
    db.session.add(line)
    db.session.flush()  # the promise and the override name the line by its id
    if fit.keeps is not None:
        reserving.bind(fit.keeps, asset, by=by)
    if fit.stop is not None:
        _write_override(line, fit.stop, piece, by)
    return line


def _overridden(stop: Stop, piece: Piece, asset: Asset, by: Viewer) -> bool:
    may = by.may(access.OVERRIDE, asset.owner_unit_id, asset.holding_unit_id)
    return bool(may and stop.may_override and piece.override_why.strip())


def _write_override(line: LoanLine, stop: Stop, piece: Piece, by: Viewer) -> None:
    override = LoanOverride(
        line_id=line.id,
        against=stop.sentence[:400],
        why=piece.override_why.strip()[:300],
        at=clock.now(),
        by_id=by.id,
    )
    db.session.add(override)
    after = {"against": override.against, "why": override.why}
    audit.record("overridden", line, by=by, after=after)


def check_borrower(borrower: Person, by: Viewer) -> None:
    """Refuse a person who has left, and an officer who hands over to themselves (R-L6)."""
    if borrower.left_on is not None:
        raise Refusal(_("%(name)s has left and cannot borrow.", name=borrower.name), field="code")
    if borrower.id == by.id:
        raise Refusal(
            _("You cannot hand over to yourself; ask another officer to do it."), field="code"
        )


def check_terms(terms: Terms, borrower: Person) -> None:
    """Refuse terms that the regulation does not allow.

    Refuses a loan without purpose, without the promise of official use (clause 207, R-L2), without
    a known place of use, without an approver where things leave the premises (R-L1), and one that
    the borrower approved (R-L6).
    """
    if not terms.purpose.strip():
        raise Refusal(_("Please say what the items are for."), field="purpose")
    if not terms.official:
        raise Refusal(
            _("Things are lent for official use only (clause 207). Please confirm it."),
            field="official",
        )
    if terms.place_kind not in set(PlaceKind):
        raise Refusal(_("Please choose where the items are used."), field="place_kind")
    if terms.place_kind != PlaceKind.INSIDE and not terms.approved_by_text.strip():
        raise Refusal(
            _("Please say who approved that the items leave the premises (clause 208)."),
            field="approved_by_text",
        )
    approver = thai.search_key(terms.approved_by_text)
    if thai.search_key(borrower.name_th) in approver:
        raise Refusal(
            _("The borrower cannot approve a loan of their own."), field="approved_by_text"
        )


def _header(
    number: str, borrower: Person, terms: Terms, due_on: date, assets: list[Asset], by: Viewer
) -> Loan:
    holding = {asset.holding_unit_id for asset in assets}
    own = by.unit_id if by.unit_id is not None else assets[0].owner_unit_id
    loan = Loan(
        number=number,
        lending_unit_id=holding.pop() if len(holding) == 1 else own,
        borrower_id=borrower.id,
        borrower_unit_id=borrower.unit_id,
        purpose=terms.purpose.strip(),
        official=terms.official,
        place_kind=PlaceKind(terms.place_kind),
        approved_by_text=terms.approved_by_text.strip(),
        due_on=due_on,
        out_at=clock.now(),
        handed_by_id=by.id,
        note=terms.note.strip(),
    )
    db.session.add(loan)
    return loan


def _line(loan: Loan, asset: Asset, accessories: str) -> LoanLine:
    return LoanLine(
        loan=loan,
        asset_id=asset.id,
        state=LineState.OUT,
        due_on=loan.due_on,
        first_due_on=loan.due_on,
        out_at=loan.out_at,
        condition_out=asset.condition,
        accessories=accessories,
    )
