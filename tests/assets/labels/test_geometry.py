"""Papers that cannot be are refused with the reason in millimetres."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from assets.labels import calibration, shipped
from assets.labels.geometry import Layout, faults
from assets.labels.states import Line
from kernel.i18n import speaking

MODULES = 29
KNOWN = shipped.layouts()["a4-24"]
WRONG = [
    (replace(KNOWN, columns=4), "label_width", "70 mm too wide"),
    (replace(KNOWN, label=(70.0, 37.5)), "label_height", "3.5 mm too high"),
    (replace(KNOWN, qr=10.0), "qr", "at least 11.2 mm"),
    (replace(KNOWN, qr=38.0), "qr", "does not fit a label of 70 × 37 mm"),
    (replace(KNOWN, label=(44.0, 37.0)), "qr", "9.0 mm are left"),
    (replace(KNOWN, label=(70.0, 12.0), qr=12.0), "lines", "the label has 9.6 mm"),
    (replace(KNOWN, rows=0), "rows", "between 1 and 400"),
]


@pytest.mark.parametrize(("layout", "field", "words"), WRONG)
def test_a_paper_that_cannot_be_is_refused(
    layout: Layout, field: str, words: str, app: Flask
) -> None:
    with speaking("en"):
        found = faults(layout, MODULES)
    assert found[0].field == field
    assert words in found[0].sentence


def test_a_symbol_alone_needs_no_room_for_words() -> None:
    square = replace(KNOWN, label=(30.0, 30.0), lines=(Line.CODE,))
    assert faults(square, MODULES) == []


def test_a_layout_comes_back_from_a_print_run_as_it_was() -> None:
    assert Layout.of_plain(KNOWN.plain()) == KNOWN


@pytest.mark.parametrize(
    ("length", "mark", "expected"),
    [(100, 20, (1.0, 0.0)), (101, 20.2, (0.9901, 0.0)), (100, 22, (1.0, -2.0))],
)
def test_what_was_measured_becomes_stretch_and_shift(
    length: float, mark: float, expected: tuple[float, float]
) -> None:
    assert calibration.fitted(length, mark) == pytest.approx(expected)


@pytest.mark.parametrize(("length", "mark"), [(101, 22.5), (98.7, 17.0)])
def test_a_fitted_drawing_lands_where_it_should(length: float, mark: float) -> None:
    scale, shift = calibration.fitted(length, mark)
    stretch = length / 100
    moved = mark - 20 * stretch
    for wanted in (20.0, 150.0):
        assert stretch * (wanted * scale + shift) + moved == pytest.approx(wanted, abs=0.08)


@pytest.mark.parametrize(("length", "mark"), [(120, 20), (100, 31), (0, 20)])
def test_what_no_printer_does_is_refused(length: float, mark: float) -> None:
    with pytest.raises(ValueError, match=r"length|mark"):
        calibration.fitted(length, mark)
