"""What the tests of this room stand on."""

from __future__ import annotations

import pytest
from flask import Flask

from kernel.access import Viewer
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import viewer_for


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)
