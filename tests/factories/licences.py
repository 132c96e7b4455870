"""Licences for tests."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from assets.licences.models import Licence
from assets.licences.rules import keeping
from kernel import clock
from office.places.models import Unit
from tests.factories.office import TESTER, in_work

_count = itertools.count(1)


def make_licence(unit: Unit, *, days_left: int | None = 200, **overrides: Any) -> Licence:
    """Return a licence of a unit that ends in some days; None: it never ends."""
    today = clock.today()
    with in_work():
        fields = {
            "kind": "software",
            "name": f"โปรแกรมสำนักงานชุดที่ {next(_count)}",
            "unit_id": unit.id,
            "vendor_id": None,
            "caretaker_id": None,
            "contract_no": "",
            "account": "",
            "note": "",
            "seats": None,
            "cost": None,
            "starts_on": today - timedelta(days=400),
            "ends_on": None if days_left is None else today + timedelta(days=days_left),
            **overrides,
        }
        return keeping.add(fields, by=TESTER)
