"""What loans tell of: a thing that its borrower lost, and one that came back after all.

Who lost it owes it (clause 209); the thing itself leaves the register by a case like any other:
fact-finding, approval, strike-off (clauses 214 and 217). Until then it awaits its disposal.
"""

from __future__ import annotations

from assets.disposals.rules import proposing, removing
from assets.disposals.rules.proposing import Ground
from assets.disposals.states import Cause, Origin
from assets.register.models import Asset
from assets.register.states import Condition, Lifecycle
from kernel.access import Viewer


def lost(asset: Asset, number: str, why: str, *, by: Viewer) -> None:
    """Propose a thing for disposal that a borrower lost; those of one loan make one case.

    Args:
        asset: the thing, missing by its condition already.
        number: of the loan, the paper that the case rests on.
        why: what the borrower said; may be blank.
        by: the officer at the counter; the room of loans has asked the right.
    """
    ground = Ground(Origin.LOAN, number, why.strip() or number, Cause.LOST)
    proposing.propose([asset], ground, by=by)


def found(asset: Asset, number: str, why: str, *, by: Viewer) -> None:
    """Take a thing back that a borrower had lost: out of its open case, or into service again.

    Refuses one whose disposal is carried out and not struck off yet. ``number`` is that of the
    loan; what is in no case and still in service stays as it is.
    """
    if asset.lifecycle != Lifecycle.IN_SERVICE:
        removing.take_back(asset, Condition.GOOD, why or number, by=by)
