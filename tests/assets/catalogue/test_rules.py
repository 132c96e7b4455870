"""The verbs of the catalogue: what they keep, and what they refuse."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from assets.catalogue import queries
from assets.catalogue.models import AssetClass, ExtraField, Symptom
from assets.catalogue.rules import classes, fields, products
from assets.catalogue.states import FieldKind
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.factories.assets import make_class
from tests.factories.office import TESTER, make_office

CHOICES = [("หลอดไฟ", "Lamp"), ("เลเซอร์", "Laser")]


def known(class_id: int) -> AssetClass:
    return db.session.get_one(AssetClass, class_id)


def add_field(class_id: int, kind: FieldKind = FieldKind.TEXT, **more: object) -> int:
    with work():
        given = {"name_th": "ขนาด", "kind": kind, **more}
        choices = CHOICES if kind == FieldKind.CHOICE else ()
        return fields.add(known(class_id), given, choices, by=TESTER).id


def test_a_field_is_inherited_down_the_tree(app: Flask) -> None:
    make_office()
    wide = make_class(code="7440")
    narrow = make_class(parent_id=wide.id)
    other = make_class()
    field_id = add_field(wide.id)
    add_field(narrow.id)
    assert [one.class_id for one in queries.extra_fields_for(narrow.id)] == [wide.id, narrow.id]
    assert [one.id for one in queries.extra_fields_for(wide.id)] == [field_id]
    assert queries.extra_fields_for(other.id) == []


def test_a_retired_field_is_not_asked_for_but_stays_a_column(app: Flask) -> None:
    made = make_class()
    field_id = add_field(made.id)
    with work():
        fields.retire(db.session.get_one(ExtraField, field_id), by=TESTER)
    assert queries.extra_fields_for(made.id) == []
    assert [one.id for one in queries.extra_columns([made.id])] == [field_id]


def test_a_choice_keeps_its_key_when_one_language_is_mended(app: Flask) -> None:
    field_id = add_field(make_class().id, FieldKind.CHOICE)
    before = {one["en"]: one["key"] for one in db.session.get_one(ExtraField, field_id).choices}
    with work():
        row = db.session.get_one(ExtraField, field_id)
        fields.edit(row, {}, [("หลอดภาพ", "Lamp"), ("แอลอีดี", "LED")], by=TESTER)
    after = {one["th"]: one for one in db.session.get_one(ExtraField, field_id).choices}
    assert after["หลอดภาพ"]["key"] == before["Lamp"]
    assert after["เลเซอร์"]["retired"] is True
    assert after["แอลอีดี"]["key"] not in before.values()


def test_a_choice_without_choices_is_refused(app: Flask) -> None:
    made = make_class()
    with pytest.raises(Refusal), work():
        fields.add(known(made.id), {"name_th": "ก", "kind": FieldKind.CHOICE}, (), by=TESTER)


def test_a_class_cannot_stand_under_one_of_its_own(app: Flask) -> None:
    make_office()
    wide = make_class()
    narrow = make_class(parent_id=wide.id)
    with pytest.raises(Refusal) as refused, work():
        classes.edit(known(wide.id), {"parent_id": narrow.id}, by=TESTER)
    assert refused.value.field == "parent_id"


def test_a_code_belongs_to_one_class(app: Flask) -> None:
    first = make_class()
    with pytest.raises(Refusal) as refused, work():
        classes.add({"code": first.code, "name_th": "อื่น"}, by=TESTER)
    assert refused.value.field == "code"


def test_a_class_with_classes_under_it_is_not_retired(app: Flask) -> None:
    wide = make_class()
    make_class(parent_id=wide.id)
    with pytest.raises(Refusal), work():
        classes.retire(known(wide.id), by=TESTER)


def test_a_symptom_taken_out_is_kept_and_comes_back_as_the_same(app: Flask) -> None:
    made = make_class()
    with work():
        classes.set_symptoms(known(made.id), [("จอดับ", "No picture"), ("ร้อน", "Hot")], by=TESTER)
    first = db.session.scalars(select(Symptom.id).where(Symptom.text_th == "จอดับ")).one()
    with work():
        classes.set_symptoms(known(made.id), [("ร้อน", "Hot")], by=TESTER)
    assert [one.text_th for one in queries.symptoms_of(made.id)] == ["ร้อน"]
    with work():
        wanted = [("ร้อน", "Hot"), ("จอดับ", "Black screen")]
        classes.set_symptoms(known(made.id), wanted, by=TESTER)
    assert [one.id for one in queries.symptoms_of(made.id)][1] == first


@pytest.mark.parametrize(("brand", "name"), [("acer", "ASPIRE  5"), ("Acer", "Aspire ๕")])
def test_a_model_is_written_down_once_however_it_is_spelt(
    app: Flask, brand: str, name: str
) -> None:
    with work():
        products.add({"brand": "Acer", "name": "Aspire 5"}, by=TESTER)
    with pytest.raises(Refusal) as refused, work():
        products.add({"brand": brand, "name": name}, by=TESTER)
    assert refused.value.field == "name"


def test_a_tree_narrowed_to_a_word_keeps_what_stands_above(app: Flask) -> None:
    wide = make_class(code="6730", name_th="โฆษณา")
    make_class(code="6730-001", name_th="เครื่องฉาย", parent_id=wide.id)
    make_class(code="7110", name_th="สำนักงาน")
    assert [line.asset_class.code for line in queries.tree("เครื่องฉาย")] == ["6730", "6730-001"]
