# ruff: noqa: N802 - a test that holds a rule bears the rule's number as the domain writes it
"""Asset numbers: patterns, proposals, reservations; rules R-N1 to R-N5."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from assets.catalogue.models import AssetClass
from assets.register import numbering, queries
from assets.register.models import Asset
from assets.register.numbering import Parts, Pattern
from assets.register.rules import drafts, items, lots, numbers
from assets.register.states import Lifecycle
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.places.models import Unit
from tests.factories.assets import make_asset, make_class
from tests.factories.office import TESTER, make_office, make_unit

DAY = date(2026, 11, 23)
PARTS = Parts("7440-001", "1001", "สพม.", DAY)


@pytest.mark.parametrize(
    ("template", "number"),
    [
        ("{class}-{kind}-{seq:4}/{fy2}", "7440-001-0012/70"),
        ("{class}-{kind}-{seq:4}/{fy4}", "7440-001-0012/2570"),
        ("{prefix}{class}-{kind}-{unit}-{seq:3}", "สพม.7440-001-1001-012"),
        ("{seq:6}", "000012"),
    ],
)
def test_R_N4_a_number_is_made_of_its_tokens(template: str, number: str) -> None:
    pattern = Pattern(template, "สพม.", per_class=False)
    assert pattern.render(PARTS, 12) == number


def test_R_N4_a_class_without_a_kind_leaves_no_double_dash() -> None:
    assert Pattern().render(Parts("7440", on=DAY), 1) == "7440-0001/70"


@pytest.mark.parametrize(
    "wrong",
    [
        Pattern("{class}-{kind}"),
        Pattern("{seq:4}{seq:4}", per_class=False),
        Pattern("{colour}-{seq:4}", per_class=False),
        Pattern("{class}-{seq:4}"),
        Pattern("{seq:4}", per_class=False, per_year=True),
        Pattern("{seq:4}}", per_class=False),
        Pattern("{seq:40}", per_class=False),
        Pattern("ก" * 60 + "{seq:4}", per_class=False),
    ],
)
def test_R_N4_a_pattern_that_cannot_number_is_refused(app: Flask, wrong: Pattern) -> None:
    with pytest.raises(Refusal) as refused:
        numbering.check(wrong)
    assert refused.value.field == "template"


def unit_of(unit_id: int) -> Unit:
    return db.session.get_one(Unit, unit_id)


def class_of(class_id: int) -> AssetClass:
    return db.session.get_one(AssetClass, class_id)


@pytest.fixture
def office(app: Flask) -> Unit:
    return make_office()


@pytest.fixture
def notebooks(office: Unit) -> AssetClass:
    return make_class(code="7440-004")


def test_R_N4_the_next_number_follows_the_highest_on_the_cards(
    office: Unit, notebooks: AssetClass
) -> None:
    make_asset(office, asset_no="7440-004-0007/69")
    make_asset(office, asset_no="7440-009-0300/69")
    with work():
        said = numbers.propose(unit_of(office.id), class_of(notebooks.id), DAY)
    assert said == "7440-004-0008/70"


def test_R_N4_the_running_number_begins_anew_each_year_where_the_pattern_says_so(
    office: Unit, notebooks: AssetClass
) -> None:
    make_asset(office, asset_no="7440-004-0007/69")
    with work():
        numbers.set_pattern(unit_of(office.id), Pattern(per_year=True), by=TESTER)
    with work():
        said = numbers.propose(unit_of(office.id), class_of(notebooks.id), DAY)
    assert said == "7440-004-0001/70"


def test_R_N4_a_school_follows_the_office_until_it_has_a_pattern_of_its_own(
    office: Unit, notebooks: AssetClass
) -> None:
    school = make_unit(parent=office, code="2001")
    with work():
        numbers.set_pattern(unit_of(office.id), Pattern("{class}/{kind}/{seq:3}"), by=TESTER)
    with work():
        inherited = numbers.propose(unit_of(school.id), class_of(notebooks.id), DAY)
        own = Pattern("{unit}-{class}-{kind}-{seq:3}")
        numbers.set_pattern(unit_of(school.id), own, by=TESTER)
    with work():
        assert inherited == "7440/004/001"
        said = numbers.propose(unit_of(school.id), class_of(notebooks.id), DAY)
    assert said == "2001-7440-004-001"


def test_R_N2_a_number_is_never_given_again_even_after_disposal_or_renumbering(
    office: Unit, notebooks: AssetClass
) -> None:
    gone = make_asset(office, asset_no="7440-004-0001/70", lifecycle=Lifecycle.DISPOSED)
    moved = make_asset(office, asset_no="7440-004-0002/70")
    with work():
        items.edit(db.session.get_one(Asset, moved.id), {"asset_no": "X-1"}, by=TESTER)
    with work():
        said = numbers.reserve(unit_of(office.id), class_of(notebooks.id), 2, DAY)
    assert said == ["7440-004-0003/70", "7440-004-0004/70"]
    for number in (gone.asset_no, "7440-004-0002/70"):
        with pytest.raises(Refusal):
            make_asset(office, asset_no=number)


def test_R_N1_two_schools_may_use_one_number_and_one_school_may_not(office: Unit) -> None:
    schools = make_unit(parent=office), make_unit(parent=office)
    for school in schools:
        make_asset(school, asset_no="7440-001-0001")
    with pytest.raises(Refusal) as refused:
        make_asset(schools[0], asset_no="๗๔๔๐–๐๐๑–๐๐๐๑")
    assert refused.value.field == "asset_no"


@pytest.mark.parametrize("said", ["ไม่มีเลข", "-", " ", "ไม่มีหมายเลข"])
def test_R_N3_no_number_is_kept_as_none(office: Unit, said: str) -> None:
    assert make_asset(office, asset_no=said).asset_no is None


def test_R_N6_an_item_is_found_by_each_of_its_earlier_numbers(office: Unit) -> None:
    item = make_asset(office, asset_no="A-1")
    with work():
        kept = db.session.get_one(Asset, item.id)
        items.keep_earlier_numbers(kept, ["พย7110-006", "B-2"], by=TESTER)
        items.edit(kept, {"asset_no": "A-2"}, by=TESTER)
    for number in ("พย 7110-006", "B–๒", "a-1", "A-2"):
        assert [found.id for found in queries.by_code(number)] == [item.id]


def test_R_N2_an_earlier_number_of_another_item_is_refused(office: Unit) -> None:
    make_asset(office, asset_no="A-1")
    other = make_asset(office)
    with pytest.raises(Refusal) as refused, work():
        items.keep_earlier_numbers(db.session.get_one(Asset, other.id), ["A-1"], by=TESTER)
    assert refused.value.field == "earlier_numbers"


def test_R_N5_satang_left_over_go_to_the_first() -> None:
    assert lots.shares(Decimal("10000.00"), 3) == [
        Decimal("3333.34"), Decimal("3333.33"), Decimal("3333.33"),
    ]  # fmt: skip


def test_R_N5_receiving_five_makes_five_cards_with_their_share(
    office: Unit, notebooks: AssetClass
) -> None:
    with work():
        common = {"name": "โน้ตบุ๊ก", "asset_class": class_of(notebooks.id)}
        made = [one.id for one in drafts.reserve(unit_of(office.id), common, 5, by=TESTER)]
    with work():
        rows = [db.session.get_one(Asset, one) for one in made]
        drafts.receive(
            rows, {"acquired_on": DAY}, serials={made[0]: "SN1"}, total=Decimal(90001), by=TESTER
        )
    found = db.session.scalars(select(Asset).order_by(Asset.id)).all()
    assert len({row.asset_no for row in found}) == len(found) == 5
    assert sum(row.price or 0 for row in found) == Decimal(90001)
    assert {row.lifecycle for row in found} == {Lifecycle.IN_SERVICE}
    assert found[0].serial_no == "SN1"


def test_R_N2_the_number_of_a_cancelled_draft_is_not_given_again(
    office: Unit, notebooks: AssetClass
) -> None:
    with work():
        common = {"name": "โน้ตบุ๊ก", "asset_class": class_of(notebooks.id)}
        (draft,) = drafts.reserve(unit_of(office.id), common, 1, by=TESTER)
        drafts.cancel(draft, "ผู้ขายยกเลิก", by=TESTER)
        number = draft.asset_no
    with work():
        assert numbers.propose(unit_of(office.id), class_of(notebooks.id)) != number
    with pytest.raises(Refusal):
        make_asset(office, asset_no=number)


def test_a_received_item_is_not_cancelled(office: Unit) -> None:
    item = make_asset(office)
    with pytest.raises(Refusal), work():
        drafts.cancel(db.session.get_one(Asset, item.id), "ไม่มา", by=TESTER)


def test_a_number_without_a_class_is_refused_at_the_class(office: Unit) -> None:
    with pytest.raises(Refusal) as refused, work():
        numbers.propose(unit_of(office.id), None)
    assert refused.value.field == "class_id"


def test_two_who_reserve_at_once_get_different_numbers(
    app: Flask, office: Unit, notebooks: AssetClass
) -> None:
    unit_id, class_id = office.id, notebooks.id
    start = threading.Barrier(2)

    def reserve(_person: int) -> list[str | None]:
        with app.app_context():
            start.wait(30)
            with work():
                common = {"name": "โน้ตบุ๊ก", "asset_class": class_of(class_id)}
                made = drafts.reserve(unit_of(unit_id), common, 20, by=TESTER)
                return [row.asset_no for row in made]

    db.session.rollback()
    with ThreadPoolExecutor(2) as pool:
        given = [number for made in pool.map(reserve, range(2)) for number in made]
    assert len(set(given)) == 40
