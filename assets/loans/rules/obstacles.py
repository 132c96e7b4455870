"""Why an item cannot be lent, in one sentence for the officer at the desk (R-L3).

What the regulation or the facts forbid stands: an item that is out, broken, in repair, waiting for
disposal or gone is not lent, whatever anybody says. What only the house has decided, an officer may
override with a reason that is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from assets.catalogue.states import Borrowers
from assets.loans import promises
from assets.loans.queries import Standing
from assets.loans.request_models import RequestLine
from assets.register.models import Asset
from assets.register.states import Condition, Lifecycle, Obstacle
from kernel import clock
from kernel.i18n import gettext as _
from kernel.pages import show_date
from office.people.models import Person

HOUSE_RULES = (Obstacle.BEING_COUNTED, Obstacle.IN_MAINTENANCE)


@dataclass(frozen=True)
class Stop:
    """What speaks against lending, and whether a person may decide otherwise with a reason."""

    sentence: str
    may_override: bool = False


def reason(standing: Standing) -> str | None:
    """Return why an item cannot be lent now; None where it can."""
    found = stop(standing)
    return found.sentence if found else None


def stop(standing: Standing) -> Stop | None:
    """Return what speaks against lending an item to anybody; None where nothing does.

    The strongest reason is named; the borrower's name is for officers only, who are the only ones
    to open the desk.
    """
    if not standing.in_scope:
        return Stop(_("This item belongs to another school and cannot be lent here."))
    if standing.obstacle is not None:
        sentence = _obstacle(standing, standing.obstacle)
        return Stop(sentence, may_override=standing.obstacle in HOUSE_RULES)
    if not standing.lendable:
        return Stop(
            _("“%(name)s” is not for lending.", name=standing.asset.name), may_override=True
        )
    return None


@dataclass(frozen=True)
class Fit:
    """How an item fits a borrower: the promise it keeps, and what speaks against it."""

    keeps: RequestLine | None = None
    stop: Stop | None = None


def fit(standing: Standing, borrower: Person, due_on: date) -> Fit:
    """Return how an item fits a borrower until a day.

    It keeps the oldest promise made to the borrower that it serves. Against it speak what speaks
    against lending it to anybody, a class that is kept for the own unit, and a promise to somebody
    else that could not be kept any more.
    """
    asset, found = standing.asset, stop(standing)
    if found is not None:
        return Fit(stop=found)
    today = clock.today()
    keeps = promises.oldest_matching(borrower, asset, today)
    sentence = kept_for_own_unit(asset, borrower)
    if sentence:
        return Fit(keeps, Stop(sentence, may_override=True))
    said = promised(asset, today, due_on, besides=keeps)
    return Fit(keeps, Stop(said, may_override=True) if said else None)


def kept_for_own_unit(asset: Asset, borrower: Person) -> str | None:
    """Return the sentence that a class is kept for the unit of its item; None: it is not."""
    of_class = asset.asset_class
    kept = of_class is not None and of_class.borrowers == Borrowers.OWN_UNIT
    if not kept or borrower.unit_id == asset.holding_unit_id:
        return None
    return _("“%(name)s” is lent only to people of the unit that has it.", name=asset.name)


def promised(
    asset: Asset, first: date, due_on: date, *, besides: RequestLine | None = None
) -> str | None:
    """Return the sentence that an item is promised to somebody else before a day; None: it is not.

    Args:
        asset: the item.
        first: the day from which it would be away.
        due_on: the day on which it would come back.
        besides: the promise that handing it over keeps.
    """
    end = max(due_on, first + timedelta(days=1))
    found = promises.promised_to(asset, first, end, besides=besides)
    if found is None:
        return None
    return _(
        "“%(name)s” is promised to %(who)s from %(day)s (%(number)s).",
        name=asset.name,
        who=found.who,
        day=show_date(found.first, "short"),
        number=found.number,
    )


def _obstacle(standing: Standing, obstacle: Obstacle) -> str:
    name = standing.asset.name
    if obstacle == Obstacle.ON_LOAN and standing.line and standing.borrower:
        return _(
            "“%(name)s” is on loan to %(borrower)s until %(day)s.",
            name=name,
            borrower=standing.borrower.name,
            day=show_date(standing.line.due_on, "short"),
        )
    if obstacle == Obstacle.IN_REPAIR:
        return _("“%(name)s” is in repair (%(number)s).", name=name, number=standing.repair)
    missing = standing.asset.condition == Condition.MISSING
    if standing.asset.lifecycle == Lifecycle.LOST or (missing and standing.line):
        return _("“%(name)s” is written down as lost.", name=name)
    if standing.asset.lifecycle == Lifecycle.PENDING_DISPOSAL:
        return _("“%(name)s” waits for disposal and cannot be lent.", name=name)
    sentences = {
        Obstacle.ON_LOAN: _("“%(name)s” is on loan.", name=name),
        Obstacle.GONE: _("“%(name)s” has been struck from the register.", name=name),
        Obstacle.DRAFT: _("“%(name)s” has not been received yet.", name=name),
        Obstacle.IN_MAINTENANCE: _("“%(name)s” is in maintenance.", name=name),
        Obstacle.IN_TRANSIT: _("“%(name)s” is on its way to another unit.", name=name),
        Obstacle.BEING_COUNTED: _("“%(name)s” is being counted.", name=name),
        Obstacle.NOT_USABLE: _("“%(name)s” is damaged or worn out and cannot be lent.", name=name),
    }
    return sentences[obstacle]
