"""The orders of the register: found page by page as the file has them, blanks last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from assets.register import columns, list_pages, list_queries
from assets.register.columns import NEWEST, ListColumn
from assets.register.filters import Filters
from assets.register.models import Asset
from assets.register.rules import holds, search_keys
from assets.register.states import Condition, HoldKind, Lifecycle
from helpdesk.doctor import keys as doctor_keys
from kernel.access import Viewer
from kernel.db import db
from kernel.pages import Mark, page_mark, page_number
from kernel.work import work
from tests.cast import make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import make_room, sign_in, viewer_for


def test_the_pages_of_every_order_make_up_the_file(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    rooms = [make_room(unit, name=name) for unit in (cast.school, cast.office) for name in "กข"]
    for number in range(8):
        room = rooms[number] if number < len(rooms) else None
        made = make_asset(
            (cast.school, cast.other_school, cast.office)[number % 3],
            name=f"{7 - number}",
            asset_no=f"{number * 3 % 8}",
            room_id=room.id if room else None,
            class_id=make_class().id if number % 3 == 1 else None,
            custodian_id=cast.malee.id if number % 4 == 1 else None,
            vendor_name=f"ร้าน {number % 2}" if number % 3 else "",
            price=Decimal(number % 3) if number % 4 else None,
            warranty_until=date(2027, 1, 1 + number % 2) if number % 3 else None,
            fund_type="donation" if number > 4 else "",
            condition=Condition.DAMAGED if number == 3 else Condition.GOOD,
            lifecycle=Lifecycle.DISPOSED if number == 0 else Lifecycle.IN_SERVICE,
            quantity=1 + number % 2,
        )
        if number % 4 == 2:
            holds.hold(made, HoldKind.REPAIR if number > 4 else HoldKind.LOAN, f"{number}")
    monkeypatch.setattr(list_queries, "PAGE", 3)
    monkeypatch.setattr(list_queries, "MARKED_FROM", 1)
    shown, wrong = columns.chosen(()), []
    everything = [*columns.COLUMNS, NEWEST]
    lists = [
        (Filters(), viewer_for(cast.sri), 1000, 3, everything),
        (Filters(), viewer_for(cast.sri), 4, 3, ["place", "class", "available"]),
        (Filters(fund="donation"), viewer_for(cast.sri), 1000, 3, ["room", "available", "vendor"]),
        (Filters(fund="donation"), viewer_for(cast.sri), 1000, 1, ["room", "place", "net"]),
        (Filters(), viewer_for(cast.kanda), 1000, 3, ["place", "warranty", "net"]),
    ]
    for filters, me, walked, least, keys in lists:
        monkeypatch.setattr(list_pages, "WALKED_ITEMS", walked)
        monkeypatch.setattr(list_pages, "LEAST_GROUPS", least)
        for order in (f"{sign}{key}" for key in keys for sign in ("", "-")):
            ordered = replace(filters, sort=order)
            whole = [row.id for row in list_queries.exported(ordered, shown, me)]
            for way, found in _read_page_by_page(ordered, shown, me).items():
                if found != whole:
                    wrong.append((order, way, filters, me.name, walked))
    assert wrong == []
    me = viewer_for(cast.sri)
    for order in ("vendor", "-vendor"):
        last = list(list_queries.exported(Filters(sort=order), shown, me))[-3:]
        assert {row.name for row in last} == {"7", "4", "1"}


def _read_page_by_page(
    filters: Filters, shown: Sequence[ListColumn], me: Viewer
) -> dict[str, list[int]]:
    """Read a list by numbers, then on from the last row of each page, then back from the first."""

    def ids(page: int, mark: Mark | None = None) -> list[int]:
        found = list_queries.items(filters, shown, me, page=page, mark=mark)
        return [row.id for row in found][:3]

    counted = [ids(1), ids(2), ids(3), ids(4)]
    on, back = [counted[0]], [counted[2]]
    for page in (2, 3, 4):
        on.append(ids(page, Mark(on[-1][-1])) if on[-1] else [])
    back.insert(0, ids(2, Mark(back[0][0], is_behind=True)) if back[0] else counted[1])
    ways = {"by number": counted, "on": on, "back": [counted[0], *back, counted[3]]}
    return {way: [one for page in pages for one in page] for way, pages in ways.items()}


def test_an_order_of_words_follows_the_card_and_the_name_of_the_person(
    app: Flask,
) -> None:
    cast = make_cast()
    first, second, third = (make_asset(cast.school, name=name, brand=name) for name in "กขค")

    def listed(sort: str) -> str:
        found = list_queries.items(Filters(sort=sort), columns.chosen(()), viewer_for(cast.sri))
        return "".join(row.name for row in found)

    with work():
        first.brand, first.note = "ฮ", "ก"
        first.custodian_id, second.custodian_text = cast.malee.id, "ฉลอง"
        third.custodian = cast.sri
        cast.malee.name_th, cast.sri.name_th = "กมล", "ขวัญ"
    assert [listed(key) for key in ("brand", "note", "custodian")] == ["ขคก", "กขค", "กคข"]
    with work():
        cast.malee.name_th = "ฮานา"
        third.custodian, third.custodian_text = None, "ก"
        for one in (first, second, third):
            search_keys.derive(one)
    assert listed("custodian") == "คขก"
    assert list(doctor_keys.item_keys()) == []
    with work():
        db.session.execute(update(Asset).values(model_sort="x"))
    assert len(list(doctor_keys.item_keys())) == len("กขค")


def test_the_steps_below_the_list_lead_through_deep_pages_and_back(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    for number in range(11):
        make_asset(name=f"ชิ้นที่ {number:02}")
    sign_in(client, cast.sri)
    monkeypatch.setattr(list_queries, "PAGE", 2)
    monkeypatch.setattr(list_queries, "MARKED_FROM", 2)

    def seen(address: str) -> tuple[list[str], dict[str, str]]:
        page = client.get(address).text
        steps = re.findall(r'rel="(prev|next)" href="([^"]+)"', page)
        named = dict.fromkeys(re.findall(r"ชิ้นที่ (\d\d)", page))
        return list(named), {way: unescape(to) for way, to in steps}

    on, steps = seen("/items?cols=name&sort=-name")
    while "next" in steps:
        shown, steps = seen(steps["next"])
        on += shown
    assert on == [f"{number:02}" for number in reversed(range(11))]
    back: list[str] = []
    while "prev" in steps:
        shown, steps = seen(steps["prev"])
        back = shown + back
    assert back == on[:-1]
    third, steps = seen("/items?cols=name&sort=-name&page=3after999999999")
    assert third == on[4:6]
    assert ["before" in steps["prev"], "after" in steps["next"]] == [True, True]


@pytest.mark.parametrize(
    ("asked", "number", "mark"),
    [
        ("21after4711", 21, Mark(4711)),
        ("21before4711", 21, Mark(4711, is_behind=True)),
        ("21", 21, None),
        ("21after", 1, None),
        ("after4711", 1, None),
        ("๒๑after1", 1, None),
        ("9999999", 1, None),
        ("0", 1, None),
    ],
)
def test_an_address_names_a_page_and_the_row_beside_it(
    app: Flask, asked: str, number: int, mark: Mark | None
) -> None:
    with app.test_request_context("/items", query_string={"page": asked}):
        assert (page_number(), page_mark()) == (number, mark)
