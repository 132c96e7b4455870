"""What the tests of this room stand on."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import Cast, make_cast
from tests.factories.stock import Shop, make_store


@pytest.fixture
def shop(app: Flask) -> Shop:
    return make_store()


@pytest.fixture
def manned(cast: Cast) -> Shop:
    """A store that Sri keeps and Chai orders from."""
    return make_store(keeper=cast.sri, orderer=cast.chai)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()
