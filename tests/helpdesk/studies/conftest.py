"""The ground of these tests: the cast, in office hours of November 2569."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast, make_cast
from tests.conftest import Clock


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    """Everybody."""
    assert app
    assert clock
    return make_cast()
