"""The numbers that photos are named after, in every writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.register.workbook.photo_names import folders, guesses, number_key
from kernel.thai import thai_digits

MARKS = st.sampled_from(["-", "_", " ", ".", "--", " - "])


def keys(path: str) -> list[tuple[str, int]]:
    return [(guess.key, guess.turn) for guess in guesses(path)]


@pytest.mark.parametrize(
    "path",
    [
        "7440-001-0001_65.jpg",
        "7440_001_0001_65.JPG",
        "7440 001 0001-65.heic",
        "โรงเรียน/7440-001-0001_65.jpg",
        "โรงเรียน\\ห้อง\\7440-001-0001_65.jpg",
        "IMG_7440-001-0001_65.jpg",
        "รูป 7440-001-0001_65.jpg",
        "๗๔๔๐-๐๐๑-๐๐๐๑_๖๕.jpg",
    ],
)
def test_a_number_is_read_in_any_writing(path: str) -> None:
    assert (number_key("7440-001-0001/65"), 1) in keys(path)


@pytest.mark.parametrize(("end", "turn"), [("-1", 1), ("_2", 2), (" (3)", 3), ("(12)", 12)])
def test_a_further_photo_says_the_how_manieth_it_is(end: str, turn: int) -> None:
    assert (number_key("7440-001-0001"), turn) in keys(f"7440-001-0001{end}.jpg")


def test_the_whole_name_goes_before_the_name_without_its_end() -> None:
    assert keys("7440-001-0001-2.jpg")[0] == (number_key("7440-001-0001-2"), 1)


@pytest.mark.parametrize("path", ["", ".jpg", "---.jpg", "/", "..", "\0.jpg"])
def test_a_name_without_letters_and_digits_means_nothing(path: str) -> None:
    assert all(key for key, _turn in keys(path))


def test_folders_come_nearest_first() -> None:
    assert folders("เขต/โรงเรียน/รูป.jpg") == ["โรงเรียน", "เขต"]


@given(st.lists(st.integers(0, 99_999), min_size=2, max_size=5), MARKS, MARKS, st.booleans())
def test_marks_and_thai_digits_change_nothing(
    parts: list[int], one: str, other: str, thai: bool
) -> None:
    texts = [f"{part:04}" for part in parts]
    plain, turned = one.join(texts), other.join(texts)
    if thai:
        turned = thai_digits(turned)
    assert guesses(f"a/{plain}.jpg")[0].key == guesses(f"{turned}.png")[0].key


@given(st.text(max_size=80))
def test_any_name_can_be_read(path: str) -> None:
    for guess in guesses(path):
        assert guess.key
        assert guess.turn >= 1
