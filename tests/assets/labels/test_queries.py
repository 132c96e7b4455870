"""What a scanned text means, and to whom."""

from __future__ import annotations

import pytest
from flask import Flask

from assets.labels import queries
from assets.labels.models import Tag
from assets.labels.rules import tags as rules
from assets.labels.states import Reason
from assets.register.models import Asset
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, make_person, make_unit, viewer_for


def tagged(asset: Asset, code: str = "7K30F9A1") -> Tag:
    with work():
        made = rules.tags_for([asset], by=TESTER, draw=lambda: code)
    return made[asset.id]


@pytest.mark.parametrize(
    "typed", ["7K30F9A1", "7k30f9a1", "7K3O-F9AI", "HTTPS://HELP.EXAMPLE/Q/7K30F9A1", "7k30 f9al"]
)
def test_a_tag_is_found_however_its_code_is_written(typed: str, app: Flask) -> None:
    made = tagged(make_asset())
    found = queries.tag_by_code(typed)
    assert found is not None
    assert found.id == made.id


def test_a_code_of_another_system_is_no_tag(app: Flask) -> None:
    assert queries.tag_by_code("https://example.com/q=1") is None


@pytest.mark.parametrize(
    "typed",
    [
        "7440-001-0042/69",
        "7440 – 001 – 0042/69",
        "๗๔๔๐-๐๐๑-๐๐๔๒/๖๙",
        "SN 4711",
        "sn4711",
        "7K30F9A1",
    ],
)
def test_a_scan_finds_the_item(typed: str, app: Flask) -> None:
    asset = make_asset(asset_no="7440-001-0042/69", serial_no="SN4711")
    tagged(asset)
    keeper = viewer_for(make_person(Role.STOREKEEPER))
    assert [found.id for found in queries.scanned(typed, keeper)] == [asset.id]


def test_a_scan_finds_nothing_of_another_school(app: Flask) -> None:
    mine, other = make_unit(), make_unit()
    asset = make_asset(other, asset_no="7440-001-0042/69")
    code = tagged(asset).code
    keeper = viewer_for(make_person(Role.STOREKEEPER, over=mine))
    assert queries.scanned("7440-001-0042/69", keeper) == []
    assert queries.scanned(code, keeper) == []


def test_the_own_item_is_found_among_many_of_the_same_number(app: Flask) -> None:
    for _unused in range(22):
        make_asset(make_unit(), asset_no="7440-001-0042/69")
    mine = make_unit()
    asset = make_asset(mine, asset_no="7440-001-0042/69")
    keeper = viewer_for(make_person(Role.STOREKEEPER, over=mine))
    assert [found.id for found in queries.scanned("7440-001-0042/69", keeper)] == [asset.id]


def test_a_retired_label_still_means_its_item(app: Flask) -> None:
    made = tagged(make_asset())
    with work():
        rules.retire(db.session.get_one(Tag, made.id), Reason.LOST, by=TESTER)
    found = queries.scanned(made.code, viewer_for(make_person(Role.ADMIN)))
    assert [asset.id for asset in found] == [made.asset_id]


def test_the_tag_in_use_stands_first(app: Flask) -> None:
    asset = make_asset()
    old = tagged(asset, "7K30F9A1")
    with work():
        rules.retire(db.session.get_one(Tag, old.id), Reason.LOST, by=TESTER)
    new = tagged(asset, "7K30F9A2")
    assert [tag.code for tag in queries.labels_of(asset)[0]] == [new.code, old.code]
