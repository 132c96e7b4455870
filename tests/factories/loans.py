"""Loans for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from assets.loans.models import Loan
from assets.loans.rules import lending
from assets.loans.rules.lending import Piece, Terms
from assets.register.models import Asset
from kernel import clock
from office.calendar import queries as calendar
from office.people.access import Role
from office.people.models import Person
from tests.factories.assets import make_asset
from tests.factories.office import in_work, make_person, viewer_for


def terms(**overrides: Any) -> Terms:
    """Return terms that the regulation allows: official, inside, due on the next open day."""
    due_on: date = calendar.next_open_day(clock.today() + timedelta(days=1))
    return Terms(
        **{
            "purpose": "สอนวิชาวิทยาการคำนวณ",
            "place_kind": "inside",
            "official": True,
            "due_on": due_on,
            **overrides,
        }
    )


def make_loan(
    *assets: Asset, borrower: Person | None = None, officer: Person | None = None, **overrides: Any
) -> Loan:
    """Return a new loan of these items (of one new item where none is given).

    Args:
        assets: what is lent.
        borrower: who borrows; a new person when left out.
        officer: who hands over; a new storekeeper of the whole office when left out.
        overrides: of the terms.
    """
    with in_work():
        things = assets or (make_asset(),)
        who = borrower or make_person()
        by = viewer_for(officer or make_person(Role.STOREKEEPER))
        pieces = [Piece(asset.id) for asset in things]
        return lending.lend(who, pieces, terms(**overrides), by=by)
