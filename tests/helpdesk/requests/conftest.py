"""What the tests of requests share: a school with its head, and the office."""

from __future__ import annotations

import pytest
from flask import Flask

from kernel.work import work
from tests.factories.requests import Ground, make_ground


@pytest.fixture
def ground(app: Flask) -> Ground:
    """Return the people of a request."""
    with work():
        return make_ground()
