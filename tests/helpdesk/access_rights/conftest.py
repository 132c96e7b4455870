"""What the tests of access rights share: a school, the office, and a system of it."""

from __future__ import annotations

import pytest
from flask import Flask

from kernel.work import work
from tests.factories.access_rights import Systems, make_systems
from tests.factories.requests import make_ground


@pytest.fixture
def place(app: Flask) -> Systems:
    """Return a system with its people."""
    with work():
        return make_systems(make_ground())
