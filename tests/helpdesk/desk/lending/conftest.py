"""The officer at the desk."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from office.people.access import Role
from office.people.models import Person
from tests.factories.office import make_person, sign_in


@pytest.fixture
def sri(app: Flask, client: FlaskClient) -> Person:
    return sign_in(client, make_person(Role.STOREKEEPER, name_th="ศรี ตัวอย่าง"))
