"""The demonstration office that these tests look at, filled once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from kernel import clock
from kernel.db import db
from tests.helpdesk.demonstration.filling import NOW, Office, fill


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return fill(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="session")
def _application(office: Office) -> Flask:
    from helpdesk.app import create_app

    return create_app(office.settings)


@pytest.fixture
def served(_application: Flask) -> Iterator[Flask]:
    with _application.app_context(), clock.frozen(NOW):
        yield _application
        db.session.remove()
        db.engine.dispose()
