"""Keeping a signature that the borrower drew on the screen; without one the slip is signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from assets.loans import access
from assets.loans.later_models import LoanSignature
from assets.loans.models import Loan
from kernel import clock
from kernel.access import Viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping.rules import insert_or_skip

OUT, BACK = "out", "back"


def sign(
    loans: Iterable[Loan], occasion: str, act_at: datetime, file_key: str, *, by: Viewer
) -> None:
    """Keep the borrower's signature for one act at the counter.

    Args:
        loans: the loans that the act touched, all of one borrower.
        occasion: ``out`` at the hand-over, ``back`` at the return.
        act_at: the moment of the act, UTC.
        file_key: of the drawing in the file store.
        by: the officer before whom it was drawn.

    Refuses a second signature for the same act, and one for loans of several borrowers.
    """
    by.demand(access.LEND if occasion == OUT else access.TAKE_BACK)
    signed = list(loans)
    if len({loan.borrower_id for loan in signed}) != 1:
        raise Refusal(_("One signature is for the things of one person."))
    for loan in signed:
        kept = insert_or_skip(
            LoanSignature,
            loan_id=loan.id,
            occasion=occasion,
            act_at=act_at,
            file_key=file_key,
            at=clock.now(),
            by_id=by.id,
        )
        if not kept:
            raise Refusal(_("This has been signed already."))
        audit.record("signed", loan, by=by, after={"occasion": occasion, "drawing": file_key})
