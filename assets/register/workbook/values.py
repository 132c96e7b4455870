"""Reading one cell for one field: text, date, price, quantity, rate.

A cell that cannot be read raises `Problem`; whether that refuses the row or is only a remark is
decided by the caller (a bad price refuses, a bad total does not).
"""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from assets.register.workbook.cells import Cell
from assets.register.workbook.reasons import Problem, shown
from assets.register.workbook.synonyms import heading_key
from assets.register.workbook.vocabulary import NOTHING
from kernel import thai

MAX_PRICE = Decimal("9999999999.99")
MAX_QUANTITY = 100_000
SATANG = Decimal("0.01")
LOST_DIGITS = 10**15
"""From here on a number cell cannot hold every digit that was typed."""

_EXCEL_ZERO = dt.date(1899, 12, 30)
_EXPONENT = re.compile(r"^\d(?:\.\d+)?E\+\d+$", re.IGNORECASE)
_ZERO_DAY = re.compile(r"^0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?:[ T][0:.]+)?$")
_UNKNOWN = re.compile(r"^(?:ไม่|ยังไม่|รอ)\D*$")
_DAY_LEAD = re.compile(r"^(?:['’`]|ลว\.?|ลงวันที่|เมื่อวันที่|เมื่อ)\s*")
_RUN_TOGETHER = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_ENGLISH_SHORT = re.compile(r"^(\d{1,2}[\s/.\-]*[A-Za-z]{3,9}\.?[\s/,.\-]*)(\d{2})$")
_MONTH_OF_YEAR = re.compile(r"^(?:0?[1-9]|1[0-2])\s*[/\-]\s*(\d{4})$")
_YEAR_LEAD = re.compile(r"^(?:ปี|พ\.?\s?ศ|[ก-ฮ]\.?[ก-ฮ]|[ก-ฮเ-โ][ก-๎]+)")
_PRICELESS = re.compile(
    r"^(?:ฟรี|ไม่|ยังไม่|รอ|(?:ได้)?(?:รับ)?(?:การ)?(?:บริจาค|จัดสรร|โอน|มอบ)|free|donat|unknown|[.…*]+$)\D*$",
    re.IGNORECASE,
)
_PRICE_LEAD = re.compile(r"^(?:ราคา|=|['’`])\s*")
_PRICE_TAIL = re.compile(r"\s*[/,]\s*[\-‐-―−=]\s*$")
_PRICE_GAP = re.compile(r"(?<=[\d๐-๙]),\s+(?=[\d๐-๙]{3}(?:\D|$))")
_QUANTITY_UNIT = re.compile(r"^([\d,]+(?:\.0+)?)\s*([^\d\s.,\-][^\d]{0,30})$")
_PERCENT = re.compile(r"\s*(?:%|เปอร์เซ็นต์|ร้อยละ)\s*")
_YEARS = re.compile(r"^(\d{1,2})(?:\.0+)?\s*(?:ปี|years?)?$")
_OLD = re.compile(r"^(?:เลข|หมายเลข|รหัส)?\s*เดิม\s*:?\s*")


def check(cell: Cell) -> None:
    """Refuse a cell that holds an Excel error, or a formula that was never calculated."""
    if cell.is_error:
        raise Problem("error_cell", value=shown(cell.text))
    if cell.is_formula:
        raise Problem("formula_cell")


def check_number(cell: Cell) -> None:
    """Refuse a number cell that Excel made something else of: a day, 1.2E+15, lost digits."""
    check(cell)
    lost = isinstance(cell.value, float | int) and abs(cell.value) >= LOST_DIGITS
    if (
        lost
        or isinstance(cell.value, dt.date | dt.time | dt.timedelta)
        or _EXPONENT.match(cell.text)
    ):
        raise Problem("number_changed_by_excel", value=shown(cell.text))


def is_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing (`-`, `ไม่มี`, `N/A`)."""
    return not text or (len(text) < 40 and heading_key(text) in NOTHING)


def read_text(cell: Cell) -> str | None:
    """Return the text, or None for nothing."""
    check(cell)
    return None if is_nothing(cell.text) else cell.text


def _checked_day(day: dt.date, today: dt.date) -> dt.date:
    written = shown(f"{day.day}/{day.month}/{day.year}")
    if day.year > 2400:
        try:
            day = day.replace(year=day.year - thai.BUDDHIST_OFFSET)
        except ValueError as missing:
            raise Problem("bad_date", value=written) from missing
    if not thai.FIRST_YEAR <= day.year <= thai.LAST_YEAR:
        raise Problem("bad_date", value=written)
    if day > today + dt.timedelta(days=366):
        raise Problem("date_in_future", value=shown(day.isoformat()))
    return day


def _checked_year(year: int, today: dt.date) -> int:
    if year > today.year + 1:
        raise Problem("date_in_future", value=year)
    return year


def _year_alone(text: str) -> int | None:
    """Return the year of `พ.ศ. 2560`, `ปีงบ 60`, `ต.ค. 2560`, `10/2560`; None for other texts."""
    if month := _MONTH_OF_YEAR.match(text):
        return thai.parse_year(month[1])
    digits = re.findall(r"\d+", text)
    if len(digits) != 1 or (len(digits[0]) != 4 and not _YEAR_LEAD.match(text)):
        return None
    last = re.split(r"\s*(?:[\-‐-―]|ถึง)\s*", re.sub(r"^ปีงบ(?!ประมาณ)\.?", "ปี", text))[-1]
    try:
        return thai.parse_year(last)
    except ValueError:
        return thai.parse_date(f"1 {last}").year


def _written_day(text: str, today: dt.date) -> dt.date:
    """Read a written day; also `20221001`, a serial number as text and English short years.

    `1-Oct-22` is how Excel in English shows 2022; only where that would lie in the future is
    the year Buddhist (`1-Oct-65`).
    """
    if re.fullmatch(r"[2-7]\d{4}", text):
        return _EXCEL_ZERO + dt.timedelta(days=int(text))
    if parts := _RUN_TOGETHER.match(text):
        return thai.parse_date("-".join(parts.groups()))
    short = _ENGLISH_SHORT.match(text)
    if short and 2000 + int(short[2]) <= today.year + 1:
        return thai.parse_date(f"{short[1]}20{short[2]}")
    return thai.parse_date(text)


def read_date(cell: Cell, *, today: dt.date) -> dt.date | int | None:
    """Return a day, or only a year of the Common Era (an int), or None for nothing.

    Excel days, their serial numbers and every written form of R-T3 are taken; a day more than a
    year after today is refused.
    """
    check(cell)
    value = cell.value
    if isinstance(value, dt.datetime):
        return _checked_day(value.date(), today)
    if isinstance(value, dt.date):
        return _checked_day(value, today)
    if is_nothing(cell.text):
        return None
    try:
        if isinstance(value, float | int):
            if 10_000 <= value < 300_000:
                return _checked_day(_EXCEL_ZERO + dt.timedelta(days=int(value)), today)
            return _checked_year(thai.parse_year(cell.text), today)
        text = _DAY_LEAD.sub("", thai.arabic_digits(cell.text))
        if _ZERO_DAY.match(text) or _UNKNOWN.match(text):
            return None
        year = _year_alone(text)
        if year is not None:
            return _checked_year(year, today)
        return _checked_day(_written_day(text, today), today)
    except (ValueError, OverflowError) as wrong:
        if isinstance(wrong, Problem):
            raise
        raise Problem("bad_date", value=shown(cell.text)) from wrong


def _tidy_price(text: str) -> str:
    """Return an amount without what hands add to it: `= 12, 500/-` is `12,500.-`."""
    return _PRICE_GAP.sub(",", _PRICE_TAIL.sub(".-", _PRICE_LEAD.sub("", text)))


def read_price(cell: Cell) -> Decimal | None:
    """Return baht with two places; below zero is refused.

    None for blank, `-` (R-M3) and for words that say why there is no price (`รับบริจาค`, `ฟรี`).
    """
    check(cell)
    value = cell.value
    if is_nothing(cell.text) or _PRICELESS.match(cell.text):
        return None
    try:
        if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
            raise Problem("bad_price", value=shown(cell.text))
        amount = (
            Decimal(repr(value))
            if isinstance(value, float | int)
            else thai.parse_money(_tidy_price(cell.text))
        )
        if amount is None:
            return None
        if amount < 0:
            raise Problem("negative_price", value=shown(cell.text))
        if amount > MAX_PRICE:
            raise Problem("price_too_large", value=shown(cell.text))
        return amount.quantize(SATANG, ROUND_HALF_UP)
    except (ValueError, ArithmeticError) as wrong:
        if isinstance(wrong, Problem):
            raise
        raise Problem("bad_price", value=shown(cell.text)) from wrong


def read_quantity(cell: Cell) -> tuple[int | None, str]:
    """Return the quantity (None for blank) and the unit word written with it (`2 เครื่อง`).

    `?` and `ไม่มี` are refused: a doubt and a none are not one.
    """
    check(cell)
    doubtful = "?" in cell.text or cell.text.startswith("ไม่มี")
    if is_nothing(cell.text) and not doubtful:
        return None, ""
    text, unit = thai.arabic_digits(cell.text), ""
    wrong = Problem("bad_quantity", value=shown(cell.text), limit=f"{MAX_QUANTITY:,}")
    if isinstance(cell.value, bool | dt.date | dt.time | dt.timedelta):
        raise wrong
    match = _QUANTITY_UNIT.match(text)
    if match:
        text, unit = match[1], match[2].strip()
    try:
        quantity = thai.parse_whole(text)
    except ValueError as bad:
        raise wrong from bad
    if quantity is None or not 1 <= quantity <= MAX_QUANTITY:
        raise wrong
    return quantity, unit


def read_years(cell: Cell) -> int | None:
    """Return a useful life in whole years, or None for nothing; raises `Problem` otherwise."""
    check(cell)
    if is_nothing(cell.text):
        return None
    match = _YEARS.match(thai.arabic_digits(cell.text))
    if not match:
        raise Problem("ignored_value", value=shown(cell.text))
    return int(match[1])


def read_rate(cell: Cell) -> Decimal | None:
    """Return a rate in percent per year, or None for nothing; raises `Problem` otherwise."""
    check(cell)
    if is_nothing(cell.text):
        return None
    try:
        rate = thai.parse_money(_PERCENT.sub("", cell.text))
    except ValueError as wrong:
        raise Problem("ignored_value", value=shown(cell.text)) from wrong
    if rate is None or not 0 <= rate <= 100:
        raise Problem("ignored_value", value=shown(cell.text))
    return rate.quantize(SATANG, ROUND_HALF_UP)


def read_old_numbers(text: str) -> list[str]:
    """Return earlier numbers without the word `เดิม` before them."""
    parts = (_OLD.sub("", part.strip()).strip() for part in re.split(r"[,;\n]+", text))
    return [thai.arabic_digits(part) for part in parts if not is_nothing(part)]


TWO_WORD_BRANDS = frozenset(
    {"fuji xerox", "lucky world", "sb furniture", "konica minolta", "western digital", "tp link"}
)


def split_brand(text: str) -> tuple[str | None, str | None]:
    """Return (brand, model) of a joint column: `Acer Aspire C24` is Acer, Aspire C24."""
    if is_nothing(text):
        return None, None
    if "/" in text:
        brand, _, model = text.partition("/")
        return brand.strip() or None, None if is_nothing(model.strip()) else model.strip()
    words = text.split(" ")
    lead = 2 if " ".join(words[:2]).lower() in TWO_WORD_BRANDS else 1
    rest = " ".join(words[lead:])
    if rest and not any(character.isdigit() for character in rest):
        return text, None
    return " ".join(words[:lead]), rest or None
