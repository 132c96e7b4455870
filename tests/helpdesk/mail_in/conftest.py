"""The office with a mailbox, and the cast that writes to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from config import Settings
from kernel.db import db
from kernel.work import work
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.helpdesk.mail_in import imap_server
from tests.helpdesk.mail_in.imap_server import Server
from tests.helpdesk.mail_in.letters import DESK


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    """The cast; Malee has an e-mail address."""
    cast = make_cast()
    with work():
        db.session.get_one(Person, cast.malee.id).email = "malee@school.test"
    return cast


@pytest.fixture
def office(app: Flask, settings: Settings) -> Iterator[Settings]:
    """The settings of an office that answers mails, in force while the test runs."""
    made = replace(
        settings,
        mail_in_url="imap://nobody:nothing@127.0.0.1:9/",
        mail_in_address=DESK,
        mail_in_megabytes=1,
        base_url="http://office.test",
    )
    app.extensions["settings"] = made
    yield made
    app.extensions["settings"] = settings


@pytest.fixture(scope="session")
def _server() -> Iterator[Server]:
    with imap_server.running() as server:
        yield server


@pytest.fixture
def mailbox(app: Flask, office: Settings, _server: Server) -> Server:
    """A mailbox on a real server, emptied, which the settings name."""
    _server.empty()
    app.extensions["settings"] = replace(office, mail_in_url=_server.url)
    return _server
