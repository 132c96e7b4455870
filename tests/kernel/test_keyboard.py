"""A scanner on a keyboard that is set to Thai is understood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kernel.keyboard import LATIN_KEYS, THAI_KEYS, latin_keys, spellings

TAG_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# What stands in asset numbers, serials, usernames, card codes and addresses.
CODE_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/._:()@?=&#"
ON_THAI_KEYS = str.maketrans(LATIN_KEYS, THAI_KEYS)


def test_each_key_types_one_latin_and_one_thai_letter() -> None:
    assert len(LATIN_KEYS) == len(set(LATIN_KEYS)) == len(THAI_KEYS) == len(set(THAI_KEYS)) == 94


@given(st.text(TAG_LETTERS, min_size=8, max_size=8))
def test_every_tag_code_typed_on_kedmanee_maps_back(code: str) -> None:
    assert latin_keys(code.translate(ON_THAI_KEYS)) == code


@given(st.text(CODE_SIGNS, min_size=1, max_size=40))
def test_every_number_and_address_typed_on_kedmanee_maps_back(code: str) -> None:
    assert latin_keys(code.translate(ON_THAI_KEYS)) == code


@given(st.text(CODE_SIGNS, min_size=1))
def test_latin_text_is_read_in_one_way(text: str) -> None:
    assert spellings(text) == (text,)


def test_a_thai_text_is_read_as_it_stands_before_it_is_read_as_keys() -> None:
    assert spellings("ฤฎ-ภ") == ("ฤฎ-ภ", "AE34")
