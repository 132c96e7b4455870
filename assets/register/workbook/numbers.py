"""Asset numbers as sheets write them: one number, a list, or a range.

A range is `0135 ถึง 0144` (also ถึงที่, to, ~, or one dash that stands apart) or `0135-0144` where the
quantity proves it; the same hyphen is part of many single numbers (`7440-002-0001-003`).
"""

import re
from dataclasses import dataclass

from assets.register.workbook.reasons import Problem, shown
from assets.register.workbook.synonyms import heading_key
from assets.register.workbook.vocabulary import NOTHING
from kernel.thai import arabic_digits, code_key, normalize

MAX_LENGTH = 60
MAX_RANGE = 2_000

_DASH = r"\-\u2010-\u2015\u2212"
_TO = re.compile(r"\s*(?:ถึงที่|ถึง|\bto\b|~|\.\.\.?|…)\s*(?:หมายเลข|เลขที่|เลข)?\s*", re.IGNORECASE)
_SPACED = re.compile(rf"\s[{_DASH}]\s")
_TIGHT = re.compile(rf"[^\s{_DASH}][{_DASH}][^\s{_DASH}]")
_SPLIT = re.compile(r"[\n\r,;]+|\s+และ\s*")
_TAIL = re.compile(r"^(\d+)(/\d{2,4})?$")
_HYPHEN_RANGE = re.compile(r"^(.*\d)-(\d+)(/\d{2,4})?$")
_YEARED_RANGE = re.compile(r"^(.*?(\d+)(/\d{2,4}))-(\d+)(/\d{2,4})?$")
_COUNT = re.compile(
    r"^(.*?\d)(?:\s*[,(]?\s*(?:จำนวน|รวม)\s*|\s*[,(]\s*|\s+)([\d๐-๙]{1,4})\s*"
    r"(?:เครื่อง|ตัว|ชุด|อัน|ชิ้น|ใบ|หลัง|รายการ|หน่วย)\s*\)?$",
    re.DOTALL,
)
_WHOLE = re.compile(r"\d{3,4}-\d{2,4}-\d{2,5}(?:/\d{2,4}(?!\d|-))?")
_ELIDED = re.compile(rf"^[\s.…{_DASH}]+(?=[\d๐-๙]+(?:/[\d๐-๙]+)?\s*$)")
_LEAD = re.compile(r"^\s*(?:ตั้งแต่|จาก)\s*(?:หมายเลข|เลขที่|เลข)?\s*")
_DIGITS = re.compile(r"\d+")


def loose_key(number: str) -> str:
    """Return what two writings of one number share: no leading zeros, any mark, a short year.

    `7440 001 0001`, `7440.1.1` and `7440-001-0001` are alike, so are `…/60` and `…/2560`. It is
    no identity, only a reason to look whether the things are alike.
    """
    plain = re.sub(r"/25(\d\d)$", r"/\1", arabic_digits(normalize(number)).upper())
    return "-".join(part.lstrip("0") or "0" for part in re.findall(r"\d+|[^\W\d_]+", plain))


@dataclass(frozen=True, slots=True)
class Numbers:
    """What one number cell says: the numbers, none if the item has none; `text` as shown."""

    text: str
    each: tuple[str, ...]
    is_range: bool = False


def clean(text: str) -> str:
    """Return a single number as it is stored: Arabic digits, plain dashes, no stray spaces."""
    plain = re.sub(rf"\s*[{_DASH}]\s*", "-", arabic_digits(normalize(text)))
    return plain.strip("'’\"` ") if plain.count('"') != 2 else plain.strip("'’` ")


def _running_group(first: str, groups: list[re.Match[str]], width: int) -> re.Match[str]:
    """Return the group of digits that counts up: as wide as the end, and no year behind `/`."""
    same = [group for group in groups if len(group.group()) == width]
    counting = [group for group in same if first[group.start() - 1 : group.start()] != "/"]
    return (counting or same or groups)[-1]


def _spread(first: str, end: str, text: str) -> tuple[str, ...]:
    """Return all numbers from `first` to the one whose running part is `end`."""
    if not _DIGITS.search(first):
        raise Problem("bad_range", value=shown(text))
    groups = list(_DIGITS.finditer(first))
    tail = _TAIL.match(end)
    if tail:
        group, last = _running_group(first, groups, len(tail[1])), int(tail[1])
    else:
        last_groups = list(_DIGITS.finditer(end))
        if len(last_groups) != len(groups):
            raise Problem("bad_range", value=shown(text))
        differing = [
            index
            for index, pair in enumerate(zip(groups, last_groups, strict=True))
            if int(pair[0].group()) != int(pair[1].group())
        ]
        if len(differing) != 1:
            raise Problem("bad_range", value=shown(text))
        group, last = groups[differing[0]], int(last_groups[differing[0]].group())
    start, width = int(group.group()), len(group.group())
    if last <= start or last - start >= MAX_RANGE:
        raise Problem("bad_range", value=shown(text))
    before, after = first[: group.start()], first[group.end() :]
    after = after or (tail[2] or "" if tail else "")
    return tuple(f"{before}{number:0{width}d}{after}" for number in range(start, last + 1))


def _hyphen_range(number: str, quantity: int | None, *, apart: bool) -> tuple[str, ...] | None:
    """Return the range in `…0135-0144`, or None where nothing speaks for one.

    What speaks for it is the quantity, or a dash that stands apart (`7440-001-0135 - 0144`).
    """
    match = _HYPHEN_RANGE.match(number)
    if not match or (not apart and (quantity is None or quantity < 2)):
        return None
    first, end, year = match[1], match[2], match[3] or ""
    start = _DIGITS.findall(first)[-1]
    if len(end) < min(len(start), 3) and not year:
        end = start[: -len(end)] + end
    count = int(end) - int(start) + 1
    if count < 2 or count > MAX_RANGE or len(end) < len(start):
        return None
    if count != quantity and (len(start) != len(match[2]) or len(start) < 2):
        return None
    if count != quantity and not apart and (count > 500 or number.count("-") < 3):
        return None
    stem = first[: -len(start)]
    return tuple(f"{stem}{n:0{len(start)}d}{year}" for n in range(int(start), int(end) + 1))


def _mirrored(number: str, quantity: int | None) -> tuple[str, ...] | None:
    """Return the range between two numbers joined by a plain dash, or None where there is none.

    `7440-001-0001-7440-001-0005` says both ends in full; `…-0001/65-0005/65` says the year twice
    or has the quantity for a witness.
    """
    parts = number.split("-")
    half = len(parts) // 2
    ends = "-".join(parts[:half]), "-".join(parts[half:])
    stem = parts[: half - 1] == parts[half:-1]
    if half > 1 and stem and _DIGITS.sub("0", ends[0]) == _DIGITS.sub("0", ends[1]):
        try:
            return _spread(*ends, number)
        except Problem:
            return None
    match = _YEARED_RANGE.match(number)
    if not match or len(match[2]) != len(match[4]) or match[5] not in (None, match[3]):
        return None
    count = int(match[4]) - int(match[2]) + 1
    if count < 2 or (count != quantity and not match[5]):
        return None
    return _spread(match[1], match[4], number)


def _ranges_listed(parts: list[str]) -> tuple[str, ...]:
    """Return a list in which some parts are ranges themselves: `…-0001-0003, 0007`."""
    numbers: list[str] = []
    for part in parts:
        head, dash, end = part.partition("-")
        if numbers and dash and head.isdigit() and end.isdigit():
            numbers.extend(_spread(_listed([numbers[0], head], part)[-1], end, part))
        elif numbers and part.isdigit():
            numbers.append(_listed([numbers[0], part], part)[-1])
        else:
            numbers.extend(_hyphen_range(part, None, apart=True) or (part,))
    return tuple(numbers)


def split_count(lines: str) -> tuple[str, int | None]:
    """Part a number cell from a count written behind it: `7440-001-0001 จำนวน 10 เครื่อง`."""
    match = _COUNT.match(lines)
    if not match or not re.search(r"[\d๐-๙]\D*$", match[1]):
        return lines, None
    return match[1], int(arabic_digits(match[2])) or None


def _side_by_side(text: str, quantity: int | None) -> tuple[str, ...]:
    """Return whole numbers that stand side by side, where they are as many as the quantity."""
    found = _WHOLE.findall(text)
    rest = _WHOLE.sub("", text).strip(" &/,;()+")
    return tuple(found) if quantity and len(found) == quantity > 1 and not rest else ()


def _listed(parts: list[str], text: str, *, exact: bool = True) -> tuple[str, ...]:
    """Return a list of numbers; a part that is only digits takes the place of the last group.

    With `exact` it must be as wide as that group; else it is filled up (`…-0001, 2, 3`).
    """
    numbers = [parts[0]]
    for part in parts[1:]:
        if _TAIL.match(part) and len(part) <= 4 and len(parts[0]) > len(part):
            digits = part.partition("/")[0]
            group = _running_group(parts[0], list(_DIGITS.finditer(parts[0])), len(digits))
            if not exact:
                digits = digits.zfill(len(group.group()))
            if len(group.group()) != len(digits):
                raise Problem("bad_range", value=shown(text))
            numbers.append(parts[0][: group.start()] + digits + parts[0][group.end() :])
        else:
            numbers.append(part)
    return tuple(numbers)


def read_numbers(lines: str, quantity: int | None) -> Numbers:
    """Read a number cell; the quantity (None where the sheet has none) proves hyphen ranges.

    A text without any digit but zero is no number but a reason why there is none (`รอเลข`).
    Raises `Problem` for a range that cannot be read, that disagrees with the quantity, and for
    numbers longer than 60 characters (section 5).
    """
    lines = _LEAD.sub("", lines)
    text = clean(lines)
    if heading_key(text) in NOTHING or not re.search(r"[1-9]", text):
        return Numbers("", ())
    parts = [clean(part) for part in _SPLIT.split(lines) if clean(part)]
    each: tuple[str, ...] = (text,)
    is_range = False
    ends = _TO.split(normalize(lines), maxsplit=1)
    if len(ends) == 2 and ends[0] and ends[1] and _DIGITS.search(arabic_digits(ends[1])):
        each, is_range = _spread(clean(ends[0]), clean(_ELIDED.sub("", ends[1])), text), True
    elif whole := _side_by_side(text, quantity):
        each, is_range = whole, True
    elif len(parts) > 1 and all(_DIGITS.search(part) for part in parts):
        each, is_range = _listed(parts, text, exact=len(parts) != quantity), True
        if quantity is not None and len(each) != quantity:
            ranges = _ranges_listed(parts)
            each = ranges if len(ranges) == quantity else each
    elif len(parts) == 1:
        apart = len(_SPACED.findall(lines)) == 1 and bool(_TIGHT.search(lines))
        hyphened = _mirrored(text, quantity) or _hyphen_range(text, quantity, apart=apart)
        each, is_range = hyphened or each, hyphened is not None
    if is_range and quantity is not None and quantity != len(each):
        raise Problem("range_mismatch", value=shown(text), count=len(each), quantity=quantity)
    if any(len(number) > MAX_LENGTH for number in each):
        raise Problem("number_too_long", limit=MAX_LENGTH)
    if len({code_key(number) for number in each}) != len(each):
        raise Problem("bad_range", value=shown(text))
    return Numbers(text, each, is_range)
