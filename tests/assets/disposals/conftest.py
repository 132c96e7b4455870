"""What the tests of this room stand on."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast, make_cast
from tests.factories.disposals import (
    Team,
    make_team,
)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def team(cast: Cast) -> Team:
    return make_team(keeper=cast.sri, head=cast.chai)
