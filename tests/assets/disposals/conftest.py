"""What the tests of this room stand on."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.disposals import (
    Team,
    make_team,
)


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    assert clock.now
    return make_cast()


@pytest.fixture
def team(cast: Cast) -> Team:
    return make_team(keeper=cast.sri, head=cast.chai)
