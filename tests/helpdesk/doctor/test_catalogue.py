# ruff: noqa: S608 - faults are planted in SQL, made of the tests' own words
"""The doctor finds faults planted in the catalogue, in sets and in standings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from assets.catalogue.models import ExtraField
from assets.catalogue.states import FieldKind
from assets.register.rules import search_keys
from kernel.db import db
from tests.factories.assets import make_asset, make_class
from tests.factories.office import in_work, make_office, make_unit
from tests.helpdesk.doctor.planting import found, found_by, plant, take_back

SOUND = ("class_tree", "sets", "standings")


@pytest.fixture(autouse=True)
def _nothing_stays(app: Flask) -> Iterator[None]:
    yield
    take_back()


def test_what_the_rules_made_is_sound() -> None:
    make_asset(class_id=make_class(parent_id=make_class().id).id)
    assert found_by(*SOUND) == {}


def test_class_tree_names_classes_that_stand_under_each_other() -> None:
    wide = make_class()
    narrow = make_class(parent_id=wide.id)
    plant(f"UPDATE asset_class SET parent_id = {narrow.id} WHERE id = {wide.id}")
    assert found("class_tree") == [f"asset_class {wide.id}", f"asset_class {narrow.id}"]


def test_sets_names_a_part_of_a_part_and_a_part_of_other_books() -> None:
    office = make_office()
    whole, middle, part, strange = (make_asset(office).id for _each in range(4))
    school = make_unit()
    plant(
        f"UPDATE asset SET whole_id = {whole} WHERE id IN ({middle}, {strange})",
        f"UPDATE asset SET whole_id = {middle} WHERE id = {part}",
        f"UPDATE asset SET owner_unit_id = {school.id} WHERE id = {strange}",
    )
    assert found("sets") == [f"asset {part}", f"asset {strange}"]


def test_standings_names_an_item_that_price_and_day_put_elsewhere() -> None:
    item = make_asset()
    plant(
        "UPDATE asset SET price = 999999, acquired_on = '2019-10-01', below_threshold = false "
        f"WHERE id = {item.id}"
    )
    assert found("standings") == [f"asset {item.id}"]


def test_item_keys_knows_the_searched_fields_of_a_class() -> None:
    kind = make_class()
    with in_work():
        db.session.add(
            ExtraField(
                class_id=kind.id,
                key="x_1",
                name_th="จำนวนช่อง",
                name_en="Ports",
                kind=FieldKind.TEXT,
                searched=True,
            )
        )
        asset = make_asset(class_id=kind.id)
        asset.extra = {"x_1": "24"}
        search_keys.derive(asset)
    assert "24" in asset.search_key.split()
    assert found("item_keys") == []
