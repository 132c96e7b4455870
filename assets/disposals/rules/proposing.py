"""Proposing things for disposal, and putting further ones into a case.

By hand each proposal is a case of its own. What the annual inspection, repairs and the borrower of
one loan make necessary is gathered in one case a unit until somebody goes on with it. From the
proposal on an item awaits disposal: nobody lends it (R-L3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from assets.disposals import access
from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.rules import cards, notices
from assets.disposals.states import CASES, Action, Cause, Origin, State
from assets.register.models import Asset
from assets.register.states import Condition, Lifecycle
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Unit

NUMBERS = "จน."
MOST_ITEMS = 500
LONGEST_REFERENCE = 200
CAUSE_OF = {
    Condition.WORN_OUT: Cause.WEAR,
    Condition.MISSING: Cause.LOST,
    Condition.NOT_NEEDED: Cause.NOT_NEEDED,
}


@dataclass(frozen=True)
class Ground:
    """Why things are proposed.

    Attributes:
        origin: who proposes: the inspection, a ticket, a loan, or a person by hand.
        reference: the number of the paper it rests on: the inspection's order, the ticket, the
            loan.
        reason: a sentence for the case, or about the item where the case gathers several.
        cause: the cause as it looks now; by the items' condition where it is left out.
    """

    origin: Origin
    reference: str = ""
    reason: str = ""
    cause: Cause | None = None


def propose(
    assets: Sequence[Asset], ground: Ground, *, by: Viewer, proposer: Person | None = None
) -> list[Disposal]:
    """Propose things for disposal; return their cases, one for each unit that owns some of them.

    The store is told of a case that another room begins; what joins it later is in it already.

    Args:
        assets: the things; what is in an open case or not in the register is left out where
            another room proposes.
        ground: why.
        by: who does it. By hand the right is asked; other rooms have asked their own.
        proposer: whose proposal it is, where somebody else decided on it.

    Refuses by hand: no item, an item that is in an open case, is on its way to another unit or not
    in the register any more, and more items than one case holds.
    """
    things = cards.locked(assets)
    by_hand = ground.origin == Origin.HAND
    if by_hand:
        for asset in things:
            by.demand(access.PREPARE, asset.owner_unit_id)
            cards.check_item(asset)
    else:
        things = [asset for asset in things if _is_free(asset)]
    if by_hand and not things:
        raise Refusal(_("Choose at least one item."), field="items")
    cases = []
    for unit_id in dict.fromkeys(asset.owner_unit_id for asset in things):
        theirs = [asset for asset in things if asset.owner_unit_id == unit_id]
        gathering = None if by_hand else _gathering(unit_id, ground)
        case = gathering or _begun(unit_id, ground, theirs, by, proposer)
        _list(case, theirs, ground, by, proposer)
        if gathering is None and not by_hand:
            notices.proposed(case, len(theirs), by=by)
        cases.append(case)
    return cases


def add(case: Disposal, assets: Sequence[Asset], *, by: Viewer) -> int:
    """Put further things of the same unit into a case that is still proposed; return how many.

    Refuses as ``propose`` does by hand, and things of another unit.
    """
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    CASES.target(State(case.state), Action.EDIT)
    things = cards.locked(assets)
    for asset in things:
        if asset.owner_unit_id != case.unit_id:
            raise Refusal(
                _("“%(name)s” is in the books of another unit.", name=asset.name), field="code"
            )
        cards.check_item(asset)
    _list(case, things, Ground(Origin.HAND), by, None)
    return len(things)


def _is_free(asset: Asset) -> bool:
    here = (Lifecycle.IN_SERVICE, Lifecycle.PENDING_DISPOSAL)
    return asset.lifecycle in here and not cards.number_of_case(asset)


def _gathering(unit_id: int, ground: Ground) -> Disposal | None:
    """Return the proposed case that gathers what an inspection or the tickets of a unit propose."""
    terms = [
        Disposal.unit_id == unit_id,
        Disposal.origin == ground.origin,
        Disposal.state == State.PROPOSED,
    ]
    if ground.origin != Origin.TICKET:
        terms += [Disposal.reference == _reference(ground), Disposal.cause == ground.cause]
    query = select(Disposal).where(*terms).order_by(Disposal.id.desc()).limit(1)
    case = db.session.scalar(query.with_for_update(of=Disposal))
    return case if case is not None and cards.count_listed(case) < MOST_ITEMS else None


def _begun(
    unit_id: int, ground: Ground, assets: Sequence[Asset], by: Viewer, proposer: Person | None
) -> Disposal:
    causes = {CAUSE_OF.get(Condition(asset.condition)) for asset in assets}
    case = Disposal(
        number=bookkeeping.next_number(NUMBERS),
        unit=db.session.get_one(Unit, unit_id),
        fiscal_year=thai.fiscal_year(clock.today()),
        state=State.PROPOSED,
        origin=ground.origin,
        reference=_reference(ground),
        reason=ground.reason.strip()[:400] if ground.origin != Origin.TICKET else "",
        cause=ground.cause or (causes.pop() if len(causes) == 1 else None),
        proposed_by_id=proposer.id if proposer else by.id,
        proposed_by_name=(proposer.name_th if proposer else by.name)[:200],
        proposed_at=clock.now(),
    )
    db.session.add(case)
    db.session.flush()  # the lines hold the case's id
    told = {"number": case.number, "origin": case.origin, "reference": case.reference}
    audit.record("proposed", case, by=by, after=told)
    return case


def _list(
    case: Disposal,
    assets: Sequence[Asset],
    ground: Ground,
    by: Viewer,
    proposer: Person | None,
) -> None:
    if cards.count_listed(case) + len(assets) > MOST_ITEMS:
        raise Refusal(_("One case holds %(most)s items at most.", most=MOST_ITEMS))
    for asset in assets:
        person = asset.custodian
        db.session.add(
            DisposalLine(
                disposal_id=case.id,
                asset_id=asset.id,
                reference=ground.reference.strip()[:80],
                said=ground.reason.strip()[:400],
                condition=asset.condition,
                custodian=(person.name_th if person else asset.custodian_text)[:200],
                proposed_by_id=proposer.id if proposer else by.id,
                proposed_by_name=(proposer.name_th if proposer else by.name)[:200],
                at=clock.now(),
            )
        )
        cards.await_disposal(asset, case, by=by)
    if ground.origin == Origin.TICKET and ground.reference not in case.reference:
        joined = f"{case.reference}, {ground.reference}".strip(", ")
        case.reference = joined if len(joined) <= LONGEST_REFERENCE else case.reference
    _flush()
    told = {"items": [asset.id for asset in assets], "number": case.number}
    audit.record("listed", case, by=by, after=told)


def _flush() -> None:
    try:
        db.session.flush()  # the index decides between two cases that want one item
    except IntegrityError as error:
        if violates(error, "uq_disposal_line_open", "disposal_line.asset_id"):
            raise Refusal(_("One of the items has just been put into another case.")) from error
        raise


def _reference(ground: Ground) -> str:
    return ground.reference.strip()[:LONGEST_REFERENCE]
