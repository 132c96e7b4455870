"""Amounts in words, as the papers print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kernel.baht import in_words

SAID = {
    "0": "ศูนย์บาทถ้วน",
    "1": "หนึ่งบาทถ้วน",
    "11": "สิบเอ็ดบาทถ้วน",
    "21": "ยี่สิบเอ็ดบาทถ้วน",
    "101": "หนึ่งร้อยเอ็ดบาทถ้วน",
    "4370": "สี่พันสามร้อยเจ็ดสิบบาทถ้วน",
    "21101": "สองหมื่นหนึ่งพันหนึ่งร้อยเอ็ดบาทถ้วน",
    "1250.50": "หนึ่งพันสองร้อยห้าสิบบาทห้าสิบสตางค์",
    "1000001": "หนึ่งล้านเอ็ดบาทถ้วน",
    "1100021.25": "หนึ่งล้านหนึ่งแสนยี่สิบเอ็ดบาทยี่สิบห้าสตางค์",
    "23456789.11": "ยี่สิบสามล้านสี่แสนห้าหมื่นหกพันเจ็ดร้อยแปดสิบเก้าบาทสิบเอ็ดสตางค์",
    "0.75": "ศูนย์บาทเจ็ดสิบห้าสตางค์",
    "1000000000000": "หนึ่งล้านล้านบาทถ้วน",
}


def test_amounts_read_as_the_office_writes_them() -> None:
    assert {amount: in_words(Decimal(amount)) for amount in SAID} == SAID


def test_a_negative_amount_has_no_words() -> None:
    with pytest.raises(ValueError, match="negative"):
        in_words(Decimal(-1))
