"""What the tests of specifications share: a working group and who signs."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories.specifications import Group, make_group


@pytest.fixture
def group(app: Flask) -> Group:
    """Return who writes and signs a specification."""
    assert app.name
    return make_group()
