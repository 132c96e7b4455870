"""What happens to purchases because time passed: what is accepted and not paid is told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from helpdesk.purchases import payment_queries
from helpdesk.purchases.payment_queries import Unpaid
from helpdesk.purchases.rules import paying, story
from kernel import clock
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.calendar import queries as calendar

# What was accepted longer ago was told long since, or lies before payments were written down.
LOOKED_BACK = timedelta(days=60)


def flag_unpaid() -> int:
    """Tell the supply officers of each instalment that should have been paid, once.

    On a closed day nothing is sent; the next open day makes it good.

    Returns:
        how many instalments were told of; called again, nothing more happens.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        return 0
    told = 0
    for one in _untold(payment_queries.unpaid(today - LOOKED_BACK)):
        last = paying.pay_by(one.since)
        if last < today:
            with work():
                story.tell_unpaid(one.row, one.amount, one.since, last)
            told += 1
    return told


def _untold(found: Sequence[Unpaid]) -> list[Unpaid]:
    keys = {story.unpaid_key(one.row): one for one in found}
    known = db.session.scalars(
        select(OutgoingMessage.dedupe_key).where(
            OutgoingMessage.kind == story.UNPAID, OutgoingMessage.link.in_(_links(found))
        )
    )
    said = {key.partition("/")[0] for key in known if key}
    return [one for key, one in keys.items() if key not in said]


def _links(found: Sequence[Unpaid]) -> set[str]:
    return {story.page_of(one.row.order.purchase) for one in found}
