"""The page of every component: for those who build the service, not for those who use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from helpdesk.app import create_app
from kernel.db import db


@pytest.fixture
def served_as(app: Flask, settings: Settings) -> Callable[[str], FlaskClient]:
    """Serves the application as another environment over the test's database."""

    def serve(environment: str) -> FlaskClient:
        other = create_app(replace(settings, environment=environment, timetable=False))
        with other.app_context():
            db.engine.dispose()
        return other.test_client()

    return serve


def test_development_serves_every_component(served_as: Callable[[str], FlaskClient]) -> None:
    page = served_as("development").get("/styleguide")
    assert page.status_code == 200
    assert all(
        part in page.text for part in ("timeline", "scan-box", "steps", "table", "photo-input")
    )


@pytest.mark.parametrize("environment", ["production", "test"])
def test_no_other_environment_serves_the_style_guide(
    served_as: Callable[[str], FlaskClient], environment: str
) -> None:
    assert served_as(environment).get("/styleguide").status_code == 404
