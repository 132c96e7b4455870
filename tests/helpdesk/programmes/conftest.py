"""The ground of these tests: the cast, and a programme that can be proposed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from helpdesk.programmes.models import Programme
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.programmes import make_programme, plan_line


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    """Everybody."""
    assert clock.now
    return make_cast()


@pytest.fixture
def programme(cast: Cast) -> Programme:
    """A draft of process 2 that Thep owns, with one activity."""
    made = make_programme(cast.thep)
    plan_line(made, cast.thep, "ออกบำรุงรักษาเครื่องที่โรงเรียน", date(2026, 11, 1), Decimal(5000))
    return made
