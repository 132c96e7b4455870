"""The code in a card's QR, the colours of a band, and the cut of a photo."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from assets.labels.codes import read_code as read_label
from kernel.errors import Refusal
from office.cards.codes import new_code, read_code
from office.cards.colours import contrast, read_colour
from office.cards.portrait import Cut, portrait, read_cut, too_small
from tests.office.cards.conftest import face_bytes


def test_a_code_is_read_from_an_address_in_any_case() -> None:
    code = new_code()
    for typed in (
        code,
        code.lower(),
        f"HTTPS://H.GO.TH/Q/{code}",
        f"https://h.go.th/q/{code}/?a=1",
    ):
        assert read_code(typed) == code


def test_a_code_is_read_with_dashes_and_confused_letters() -> None:
    assert read_code("u-0123-4567-89ab") == "U0123456789AB"
    assert read_code("UO1I34567L9AB") == "U011345671" + "9AB"


@pytest.mark.parametrize("typed", ["", "7K3QF9AB", "U123", "A0123456789AB", "https://h/Q/", "มาลี"])
def test_what_is_no_card_is_not_read_as_one(typed: str) -> None:
    assert read_code(typed) is None


def test_no_code_of_a_card_is_ever_that_of_a_label() -> None:
    assert all(read_label(new_code()) is None for _ in range(200))


def test_black_on_white_has_the_largest_contrast() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert contrast("#336699", "#336699") == 1.0
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def test_only_colours_are_read() -> None:
    assert read_colour(" #1F3A5F ") == "#1f3a5f"
    assert read_colour("#fff") is None
    assert read_colour('#1f3a5f"') is None


@pytest.mark.parametrize("size", [(800, 600), (600, 800), (2000, 500), (480, 640)])
def test_a_photo_of_any_shape_is_cut_to_three_by_four(size: tuple[int, int]) -> None:
    made = Image.open(io.BytesIO(portrait(io.BytesIO(face_bytes(size)), "a.jpg").jpeg))
    assert abs(made.width / made.height - 0.75) < 0.01


def test_the_chosen_part_is_kept() -> None:
    cut = Cut(0, 0, 0.5)  # the upper half, which is white
    made = portrait(io.BytesIO(face_bytes((900, 1200))), "a.jpg", cut=cut)
    assert Image.open(io.BytesIO(made.jpeg)).getpixel((10, 300)) == (255, 255, 255)


def test_a_photo_with_too_few_dots_is_refused_at_its_field() -> None:
    with pytest.raises(Refusal) as told:
        portrait(io.BytesIO(face_bytes((200, 270))), "a.jpg")
    assert told.value.field == "photo"
    assert too_small(200, 270)
    assert not too_small(240, 320)


@pytest.mark.parametrize("said", ["", "1,2", "0,0,0", "a,b,c", "0,0,2", "-1,0,1", "nan,0,1"])
def test_a_cut_that_makes_no_sense_is_no_cut(said: str) -> None:
    assert read_cut(said) is None
