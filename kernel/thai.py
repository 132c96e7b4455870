"""How Thai text, dates and money are read, compared and written (pure functions).

Three decisions live here. What is typed is repaired once, at the edge (`normalize`). What is
compared is a key made for that purpose (`search_key`, `code_key`, `natural_key`, `sort_key`),
never the text itself. Years are Buddhist only at the edges: what is stored and handed around is
a `datetime.date` of the Common Era.

The keys hold no NUL and sort right by code point; a database column that holds one wants a
binary collation (SQLite: BINARY, PostgreSQL: "C").
"""

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from kernel.clock import BANGKOK

Language = str
Style = Literal["short", "long", "weekday", "numeric"]
Digits = Literal["arabic", "thai"]

BUDDHIST_OFFSET = 543
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_KEPT = 100

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# Zero-width and direction marks, soft hyphen, byte order mark, control characters, lone surrogates.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]"
)
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_AM_BEFORE_TONE = re.compile("\u0e33([\u0e48-\u0e4b])")
_TONE_BEFORE_VOWEL = re.compile("([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e3a])")
_DOUBLE_E = re.compile("\u0e40\u0e40")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})")
_SPACES = re.compile(r"\s+")
_SUSPECT = re.compile(
    _INVISIBLE.pattern
    + "|[\u0e48-\u0e4b][\u0e31\u0e34-\u0e3a]|\u0e4d|\u0e33[\u0e48-\u0e4b]|\u0e40\u0e40"
)


def _repair(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if not _SUSPECT.search(text):
        return text
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _TONE_BEFORE_VOWEL.sub(r"\2\1", text)
    text = _SARA_AM.sub("\\1\u0e33", text)
    text = _AM_BEFORE_TONE.sub("\\1\u0e33", text)
    return _DOUBLE_E.sub("\u0e41", text)


def normalize(text: str) -> str:
    """Return one clean line: NFC, nothing invisible, sara am and tones in order, single spaces.

    Thai digits stay as they are; NFKC is not used because it takes sara am apart.
    """
    return (_line if len(text) <= LONGEST_KEPT else _line.__wrapped__)(text)


# A workbook says the same words in every row, and each cell is read by several rules.
@lru_cache(4096)
def _line(text: str) -> str:
    return " ".join(_repair(text).split())


def normalize_lines(text: str) -> str:
    """Return text of several lines, each cleaned as `normalize` does; outer empty lines go."""
    lines = [" ".join(line.split()) for line in _repair(text).splitlines()]
    return "\n".join(lines).strip("\n")


def arabic_digits(text: str) -> str:
    """Return the text with Thai digits written as Arabic ones."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """Return the text with Arabic digits written as Thai ones (for documents, never for codes)."""
    return text.translate(_TO_THAI)


def search_key(text: str) -> str:
    """Return what a substring search compares.

    Normalised, lower case, Arabic digits, plain dashes; words keep one space between them.
    """
    return normalize(_DASHES.sub("-", arabic_digits(normalize(text))).lower())


def code_key(text: str) -> str:
    """Return the value two asset numbers or serials are compared by (section 5 of the domain).

    Arabic digits, every dash a hyphen, no spaces, upper case. A blank text gives an empty key.
    """
    plain = _DASHES.sub("-", arabic_digits(normalize(text)))
    return normalize(_SPACES.sub("", plain).upper())


def _counted(match: re.Match[str]) -> str:
    digits = match.group().lstrip("0") or "0"
    return f"{min(len(digits), 99):02d}{digits}"


def _natural(text: str) -> str:
    return re.sub(r"[0-9]+", _counted, text)


def natural_key(text: str) -> str:
    """Return the code key with each number led by its length: text order is natural order."""
    return _natural(code_key(text))


_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_MARKS = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c")


def sort_key(text: str) -> str:
    """Return a key whose code-point order is Thai dictionary order; numbers inside sort by value.

    A vowel written before its consonant sorts after it; tone marks and the like decide only
    between words that are otherwise equal.
    """
    swapped = _LEADING_VOWEL.sub(r"\2\1", _natural(search_key(text)))
    letters: list[str] = []
    marks: list[str] = []
    for character in swapped:
        if character in _MARKS and marks:
            marks[-1] = character
        else:
            letters.append(character)
            marks.append("0")
    return "".join(letters) + "\x1f" + "".join(marks).rstrip("0")


_cached_sort_key = lru_cache(maxsize=16_384)(sort_key)


def collate(first: str, second: str) -> int:
    """Compare two texts in Thai dictionary order: -1, 0 or 1 (for SQLite's `create_collation`)."""
    left, right = _cached_sort_key(first), _cached_sort_key(second)
    return (left > right) - (left < right)


MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _month_names() -> dict[str, int]:
    names: dict[str, int] = {"sept": 9}
    for group in (MONTHS, SHORT_MONTHS, ENGLISH_MONTHS):
        for number, name in enumerate(group, start=1):
            names[name.replace(".", "").lower()] = number
    for number, name in enumerate(MONTHS, start=1):
        names[re.sub(r"(?:คม|ยน|พันธ์)$", "", name)] = number
    for number, name in enumerate(ENGLISH_MONTHS, start=1):
        names[name[:3].lower()] = number
    return names


LONGEST_DATE = 120
_MONTH_NUMBER = _month_names()
_LEAD = re.compile(
    r"^(?:วัน)?(?:ที่)?\s*(?:(?:วัน)?(?:" + "|".join(WEEKDAYS) + r")(?:ที่)?[ ,]*)?(?:(?:วัน)?ที่)?\s*"
)
_ENGLISH_LEAD = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?[ ,]+", re.IGNORECASE)
_TIME = re.compile(
    r"(?:[ T]|(?:\s+เวลา\s*))\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:น\.?)?$"
)
_NUMERIC = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})$")
_ERA = r"(?:(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)\s*)?"
_WORDED = re.compile(
    r"^(?P<day>\d{1,2})[ /.\-]*(?:เดือน\s*)?(?P<month>[^\d\s/\-,]+?)[ /.,\-]*"
    + _ERA
    + r"(?P<year>\d{4}|\d{2})$"
)
_AMERICAN = re.compile(r"^(?P<month>[A-Za-z]+)\.? (?P<day>\d{1,2}),? (?P<year>\d{4})$")
_YEAR = re.compile(r"^(?:ปี(?:งบประมาณ)?\s*)?" + _ERA + r"(?P<year>\d{4}|\d{2})(?:\.0+)?$")


def _common_year(digits: str, era: str | None = None) -> int:
    year = int(digits)
    if era and era.startswith("ค"):
        buddhist = False
    elif len(digits) == 2:
        year, buddhist = 2500 + year, True
    else:
        buddhist = bool(era) or year > 2400
    year -= BUDDHIST_OFFSET if buddhist else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("year out of range")
    return year


def parse_date(text: str) -> dt.date:
    """Read a date as people in the office write it (R-T3).

    Day before month; two-digit years are Buddhist; a four-digit year above 2400 is Buddhist even
    in ISO form; Thai digits, month names long, short and without dots; a time of day after the
    date is left out. Raises `ValueError` for anything else, for days that do not exist and for
    years outside 1900-2100 of the Common Era.
    """
    # The pattern for words tries every way to part a row of dots: a long one would take hours.
    if len(text) > LONGEST_DATE:
        raise ValueError("not a date")
    plain = _DASHES.sub("-", arabic_digits(normalize(text)))
    plain = _TIME.sub("", _ENGLISH_LEAD.sub("", _LEAD.sub("", plain, count=1))).strip()
    if match := _NUMERIC.match(plain):
        day, month, year = match.groups()
        return dt.date(_common_year(year), int(month), int(day))
    if match := _ISO.match(plain):
        year, month, day = match.groups()
        return dt.date(_common_year(year), int(month), int(day))
    if match := _WORDED.match(plain) or _AMERICAN.match(plain):
        parts = match.groupdict()
        name = parts["month"].replace(".", "").lower()
        if name in _MONTH_NUMBER:
            common = _common_year(parts["year"], parts.get("era"))
            return dt.date(common, _MONTH_NUMBER[name], int(parts["day"]))
    raise ValueError("not a date")


def parse_year(text: str) -> int:
    """Read a year alone (`2569`, `พ.ศ. 2569`, `69`) and return it in the Common Era, or raise."""
    match = _YEAR.match(arabic_digits(normalize(text)))
    if not match:
        raise ValueError("not a year")
    return _common_year(match["year"], match["era"])


def _is_thai(language: Language) -> bool:
    return language.lower().startswith("th")


def format_date(
    value: dt.date, *, language: Language, style: Style = "short", digits: Digits = "arabic"
) -> str:
    """Write a date: Buddhist era in Thai, Common Era in every other language.

    `short` 1 ต.ค. 2569, `long` 1 ตุลาคม 2569, `weekday` พฤหัสบดีที่ 1 ต.ค. 2569, `numeric` 01/10/2569.
    Thai digits are used only in Thai and only when asked for.
    """
    thai = _is_thai(language)
    year = value.year + (BUDDHIST_OFFSET if thai else 0)
    index = value.month - 1
    if style == "numeric":
        text = f"{value.day:02d}/{value.month:02d}/{year:04d}"
    elif style == "long":
        text = f"{value.day} {(MONTHS if thai else ENGLISH_MONTHS)[index]} {year}"
    else:
        text = f"{value.day} {SHORT_MONTHS[index] if thai else ENGLISH_MONTHS[index][:3]} {year}"
        if style == "weekday":
            weekday = value.weekday()
            text = f"{WEEKDAYS[weekday]}ที่ {text}" if thai else f"{ENGLISH_WEEKDAYS[weekday]} {text}"
    return thai_digits(text) if thai and digits == "thai" else text


def format_datetime(
    value: dt.datetime,
    *,
    language: Language,
    style: Style = "short",
    digits: Digits = "arabic",
) -> str:
    """Write an aware moment in Bangkok time: `1 ต.ค. 2569 08.30 น.` or `1 Oct 2026 08:30`.

    Raises `ValueError` for a moment without a time zone: it could be any hour.
    """
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    local = value.astimezone(BANGKOK)
    date = format_date(local.date(), language=language, style=style, digits=digits)
    if not _is_thai(language):
        return f"{date} {local:%H:%M}"
    clock = f"{local:%H.%M}"
    return f"{date} {thai_digits(clock) if digits == 'thai' else clock} น."


def fiscal_year(value: dt.date) -> int:
    """Return the Buddhist fiscal year of a day: it begins on 1 October (R-T2)."""
    return value.year + BUDDHIST_OFFSET + (1 if value.month >= 10 else 0)


_AMOUNT = re.compile(r"^-?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{0,6})?$")
_BLANK = frozenset({"", "-", "--", "---"})


def _plain_amount(text: str) -> str:
    plain = _DASHES.sub("-", arabic_digits(normalize(text)))
    plain = re.sub(r"^(?:฿|thb)\s*", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\s*(?:บาท(?:ถ้วน)?|บ\.|baht|thb|฿)$", "", plain, flags=re.IGNORECASE)
    return re.sub(r"(?<=\d)\.?\s?[-=]$", "", plain).strip()


def parse_clock(text: str) -> dt.time:
    """Return a typed time of day: 08:30, 8.30, 0830, ๐๘.๓๐ น.

    Raises:
        ValueError: it is no time of day.
    """
    plain = arabic_digits(normalize(text)).removesuffix("น.").strip()
    found = _CLOCK.fullmatch(plain)
    if found is None:
        raise ValueError(text)
    return dt.time(int(found[1]), int(found[2]))


def parse_money(text: str) -> Decimal | None:
    """Read an amount of baht (R-M3): commas, บาท, ฿, `4,370.-`, Thai digits; blank or `-` is None.

    Raises `ValueError` for anything else, also for commas that do not part thousands (`3,50`).
    """
    plain = _plain_amount(text)
    if plain in _BLANK:
        return None
    if not _AMOUNT.match(plain):
        raise ValueError("not an amount of money")
    return Decimal(plain.replace(",", ""))


def parse_whole(text: str) -> int | None:
    """Read a whole number such as a quantity (`๑๒`, `1,200`, `3.00`); blank or `-` is None.

    Raises `ValueError` for anything else, fractions included.
    """
    amount = parse_money(text)
    if amount is None:
        return None
    if amount != amount.to_integral_value():
        raise ValueError("not a whole number")
    return int(amount)
