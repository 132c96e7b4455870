"""What happens to stock because time passed."""

from __future__ import annotations

from assets.stock.rules import notices
from kernel import clock
from kernel.work import work
from office.calendar import queries as calendar


def flag_short_stock() -> int:
    """Tell keepers what has fallen below its minimum; each item once until there is enough again.

    On a closed day nothing is sent; the next open day makes it good.

    Returns:
        how many items were told of.
    """
    if not calendar.is_open_day(clock.today()):
        return 0
    told = 0
    for store_id in notices.stores_short():
        with work():
            told += notices.tell(store_id)
    return told
