"""What the tests of this room stand on."""

from __future__ import annotations

import pytest
from flask import Flask

from assets.maintenance import jobs, slots
from kernel.db import db
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import in_work


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def _nobody_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """No room above makes jobs or repairs of visits."""
    for name in ("_order", "_repair", "_settle"):
        monkeypatch.setattr(slots, name, [])


@pytest.fixture
def laid_out(cast: Cast) -> Cast:
    """Two things at the school and one elsewhere, all with something on a visit."""
    with in_work():
        kind = class_of_things()
        for unit in (cast.school, cast.school, cast.other_school):
            make_asset(unit, class_id=kind.id)
        make_plan(kind, name_en="Care of computers")
    jobs.follow_plans()
    db.session.rollback()
    return cast
