"""Somebody at a browser, in office hours."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Clock
from tests.visitor import Visitor


@pytest.fixture
def visitor(app: Flask, clock: Clock, client: FlaskClient) -> Visitor:
    assert app
    assert clock
    return Visitor(client)
