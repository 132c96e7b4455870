"""What may be written into a field of a class, and how it is kept and shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from assets.catalogue import extra_values
from assets.catalogue.models import ExtraField
from assets.catalogue.states import FieldKind
from kernel.errors import Refusal
from kernel.i18n import speaking


def field(kind: FieldKind, **more: Any) -> ExtraField:
    return ExtraField(key="x_1", name_th="ช่อง", name_en="Field", kind=kind, **more)


SIZE = field(FieldKind.NUMBER, unit_th="กิกะไบต์", unit_en="GB", required=False)
DAY = field(FieldKind.DATE, required=False)
TEXT = field(FieldKind.TEXT, required=False)
LAMP = field(
    FieldKind.CHOICE,
    required=False,
    choices=[
        {"key": "c1", "th": "หลอดไฟ", "en": "Lamp", "retired": False},
        {"key": "c2", "th": "เลเซอร์", "en": "Laser", "retired": True},
    ],
)


@pytest.mark.parametrize(
    ("row", "typed", "kept"),
    [
        (SIZE, "๑๖", "16"),
        (SIZE, "1,024 GB", "1024"),
        (SIZE, "15.60 กิกะไบต์", "15.6"),
        (SIZE, 8.0, "8"),
        (SIZE, "0.00", "0"),
        (SIZE, "100", "100"),
        (DAY, "1 ตุลาคม 2569", "2026-10-01"),
        (DAY, "๑/๑๐/๒๕๖๙", "2026-10-01"),
        (DAY, dt.datetime(2026, 10, 1, tzinfo=dt.UTC), "2026-10-01"),
        (TEXT, "  สอง   คำ ", "สอง คำ"),
        (LAMP, "หลอดไฟ", "c1"),
        (LAMP, "LAMP", "c1"),
        (LAMP, "c1", "c1"),
        (LAMP, "Laser", "c2"),
        (SIZE, "-", None),
        (TEXT, "", None),
    ],
)
def test_a_value_is_kept_in_one_form(app: Flask, row: ExtraField, typed: Any, kept: Any) -> None:
    assert extra_values.read(row, typed) == kept


@pytest.mark.parametrize(
    ("row", "typed"),
    [(SIZE, "สิบหก"), (SIZE, "1,5"), (DAY, "30/2/2569"), (LAMP, "เทียน"), (TEXT, "ก" * 501)],
)
def test_what_cannot_be_a_value_is_refused(app: Flask, row: ExtraField, typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        extra_values.read(row, typed)
    assert refused.value.field == "x_1"


def test_a_required_field_refuses_a_blank(app: Flask) -> None:
    with pytest.raises(Refusal):
        extra_values.read(field(FieldKind.TEXT, required=True), " ")


@pytest.mark.parametrize(
    ("row", "kept", "language", "shown"),
    [
        (SIZE, "1024", "th", "1,024 กิกะไบต์"),
        (SIZE, "15.6", "en", "15.6 GB"),
        (DAY, "2026-10-01", "th", "1 ต.ค. 2569"),
        (LAMP, "c2", "en", "Laser"),
        (LAMP, "c2", "th", "เลเซอร์"),
        (LAMP, "c9", "th", "c9"),
        (TEXT, None, "th", ""),
    ],
)
def test_a_kept_value_is_shown_in_the_readers_language(
    app: Flask, row: ExtraField, kept: str | None, language: str, shown: str
) -> None:
    with speaking(language):
        assert extra_values.show(row, kept) == shown


def test_what_a_form_shows_is_read_back_as_the_same_value(app: Flask) -> None:
    for row, kept in ((SIZE, "1024"), (DAY, "2026-10-01"), (LAMP, "c1"), (TEXT, "คำ")):
        assert extra_values.read(row, extra_values.typed_form(row, kept)) == kept
