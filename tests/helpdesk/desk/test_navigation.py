"""The rail shows where a person stands: one line at a time."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.cast import make_cast
from tests.factories.office import sign_in


@pytest.mark.parametrize("path", ["/", "/reports", "/tickets", "/loans/mine", "/loans", "/items"])
def test_one_place_at_most_is_marked_as_the_present_one(client: FlaskClient, path: str) -> None:
    sign_in(client, make_cast().admin)
    rail = client.get(path).text.split('<nav class="rail"')[1].split("</nav>")[0]
    marked = re.findall(r'href="([^"]*)"[^>]*aria-current', rail)
    assert marked == [path]
