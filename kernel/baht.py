"""Amounts of baht written out in Thai words, as every official paper repeats them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
MILLION = 1_000_000
TENS = 1
TWO = 2
SATANG = Decimal("0.01")


def in_words(amount: Decimal) -> str:
    """Return an amount in words: ``4,370`` is ``สี่พันสามร้อยเจ็ดสิบบาทถ้วน``.

    Args:
        amount: baht, not negative; rounded to the satang, half up.

    Raises:
        ValueError: it is negative.
    """
    if amount < 0:
        raise ValueError("an amount in words is not negative")
    baht, satang = divmod(int(amount.quantize(SATANG, ROUND_HALF_UP) * 100), 100)
    said = f"{_whole(baht) or 'ศูนย์'}บาท"
    return f"{said}{_whole(satang)}สตางค์" if satang else f"{said}ถ้วน"


def _whole(number: int) -> str:
    """Return a number in words; what stands before a million is read by itself."""
    if number >= MILLION:
        above, below = divmod(number, MILLION)
        return f"{_whole(above)}ล้าน{_below_million(below, after=True)}"
    return _below_million(number, after=False)


def _below_million(number: int, *, after: bool) -> str:
    """Return a number below a million; a last one after other figures is ``เอ็ด``."""
    figures = [int(figure) for figure in str(number)] if number else []
    said = ""
    for index, figure in enumerate(figures):
        place = len(figures) - index - 1
        if figure == 0:
            continue
        if place == 0 and figure == 1 and (after or index > 0):
            said += "เอ็ด"
        elif place == TENS and figure <= TWO:
            said += ("สิบ", "ยี่สิบ")[figure - 1]
        else:
            said += DIGITS[figure] + PLACES[place]
    return said
