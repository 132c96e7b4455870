"""The classes that the service comes with."""

from __future__ import annotations

from collections import Counter

from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select

from assets.catalogue.models import AssetClass, Symptom
from assets.catalogue.rules import seeding
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from tests.factories.assets import make_class

BY = Viewer(name="a test")
MOST_CHIPS_SHOWN = 8


def seed() -> int:
    with work():
        return seeding.seed_classes(BY)


def test_seeding_makes_a_tree_with_symptoms_for_every_kind_of_item(app: Flask) -> None:
    assert seed() == db.session.scalar(select(func.count()).select_from(AssetClass)) > 30
    kinds = db.session.scalars(select(AssetClass).where(AssetClass.parent_id.is_not(None))).all()
    chips = Counter(db.session.scalars(select(Symptom.class_id)))
    assert all(5 <= chips[kind.id] <= MOST_CHIPS_SHOWN for kind in kinds)
    assert chips[None] >= 5


def test_every_class_and_symptom_has_both_languages_and_a_life(app: Flask) -> None:
    seed()
    every = db.session.scalars(select(AssetClass)).all()
    assert all(one.name_th and one.name_en and one.useful_life_years for one in every)
    assert all(one.text_th and one.text_en for one in db.session.scalars(select(Symptom)))


def test_computers_live_three_years_and_furniture_eight(app: Flask) -> None:
    seed()
    rows = db.session.execute(select(AssetClass.code, AssetClass.useful_life_years))
    lives = {row.code: row.useful_life_years for row in rows}
    assert (lives["7440-004"], lives["7110-006"]) == (3, 8)


def test_seeding_again_adds_nothing(app: Flask) -> None:
    seed()
    symptoms = db.session.scalar(select(func.count()).select_from(Symptom))
    assert seed() == 0
    assert db.session.scalar(select(func.count()).select_from(Symptom)) == symptoms


def test_what_an_office_has_made_of_a_class_stays(app: Flask) -> None:
    own = make_class(code="7440-004", name_th="โน้ตบุ๊กของเรา", icon="display")
    seed()
    found = db.session.scalars(select(AssetClass).where(AssetClass.code == "7440-004")).one()
    assert (found.id, found.name_th) == (own.id, "โน้ตบุ๊กของเรา")
    assert db.session.scalar(select(func.count()).where(Symptom.class_id == own.id)) == 0


def test_a_class_added_later_goes_under_the_wider_one_that_stands(app: Flask) -> None:
    wider = make_class(code="7440", name_th="คอมพิวเตอร์ของเรา")
    seed()
    notebook = db.session.scalars(select(AssetClass).where(AssetClass.code == "7440-004")).one()
    assert notebook.parent_id == wider.id


def test_the_command_tells_how_many_classes_are_new(app: Flask) -> None:
    runner: FlaskCliRunner = app.test_cli_runner()
    assert "38" in runner.invoke(args=["register", "classes"]).output
    assert "0" in runner.invoke(args=["register", "classes"]).output
