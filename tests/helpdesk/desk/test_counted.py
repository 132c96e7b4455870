"""What programmes count of the rooms beside them."""

from __future__ import annotations

from datetime import date

from flask import Flask

from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period


def test_every_figure_can_be_counted_for_the_office_and_for_a_school(app: Flask) -> None:
    assert app
    keys = [one.key for one in sources.registered()]
    assert {"requests", "purchases", "access_rights", "articles", "cards", "visits"} <= set(keys)
    for units in (None, frozenset({1})):
        found = sources.counted(keys, Period(date(2026, 10, 1), date(2027, 9, 30), units))
        assert found == dict.fromkeys(keys, 0)
