"""The rail shows where a person stands: one line at a time."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.cast import make_cast
from tests.factories.office import sign_in

ADMIN = {path: path for path in ("/", "/reports", "/tickets", "/loans/mine", "/loans", "/items")}
THEP = {"/advice/new": "/advice", "/saved-replies/new": "/saved-replies", "/figures": "/figures"}


def test_one_place_at_most_is_marked_as_the_present_one(client: FlaskClient) -> None:
    cast, marked = make_cast(), {}
    for person, paths in ((cast.admin, ADMIN), (cast.thep, THEP)):
        sign_in(client, person)
        for path in paths:
            rail = client.get(path).text.split('<nav class="rail"')[1].split("</nav>")[0]
            marked[path] = re.findall(r'href="([^"]*)"[^>]*aria-current', rail)
    assert marked == {path: [place] for path, place in (ADMIN | THEP).items()}


def lines(page: str, bar: str) -> list[str]:
    shown = page.split(f'<nav class="{bar}"')[1].split("</nav>", maxsplit=1)[0]
    return re.findall(r'<a[^>]* href="([^"]*)"', shown)


@pytest.mark.parametrize("role", ["admin", "sri", "thep", "malee"])
def test_the_bar_of_a_phone_has_four_or_five_places_and_home_first(
    client: FlaskClient, role: str
) -> None:
    sign_in(client, getattr(make_cast(), role))
    bar = lines(client.get("/").text, "bottom-bar")
    assert len(bar) in (4, 5)
    assert bar[0] == "/"


def test_no_place_and_no_heading_stands_twice_in_the_rail(client: FlaskClient) -> None:
    sign_in(client, make_cast().admin)
    page = client.get("/").text
    rail = lines(page, "rail")
    headings = re.findall(r'class="rail-group">([^<]*)<', page)
    assert len(rail) == len(set(rail))
    assert len(headings) == len(set(headings)) > 1


def test_every_place_leads_to_a_page(client: FlaskClient) -> None:
    sign_in(client, make_cast().admin)
    for address in lines(client.get("/").text, "rail"):
        assert client.get(address).status_code == 200, address
