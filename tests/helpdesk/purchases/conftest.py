"""What the tests of purchases share: people, a budget, a vendor, a class, a store."""

from __future__ import annotations

import pytest
from flask import Flask

from kernel.work import work
from tests.factories.purchases import Shop, make_shop


@pytest.fixture
def shop(app: Flask) -> Shop:
    """Return everything a purchase needs."""
    assert app.name
    with work():
        return make_shop()
