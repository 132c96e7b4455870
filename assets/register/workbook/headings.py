"""Finding the header rows of a sheet and saying which column is which field.

Nothing here knows a sheet's name or a row's position: the header is the row, among the first
rows, that holds the most words of `synonyms`; a second row belongs to it where it only divides
columns of the first. What a column holds has a say too: a column headed เลขที่ that counts 1, 2, 3
is the running number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from assets.register.workbook.cells import Sheet
from assets.register.workbook.foreign import is_foreign
from assets.register.workbook.synonyms import recognise
from assets.register.workbook.vocabulary import condition, section_meaning
from kernel.thai import arabic_digits, parse_date, parse_money

SEARCHED_ROWS = 60
SAMPLE_ROWS = 60

_CODE = re.compile(r"\d{4}\s*[-‐-―−]\s*\d{2,4}|\d{2,}[-/.‐-―−]\d{2,}")
_COUNT = re.compile(r"^\(?\d{1,2}\)?$")


@dataclass(slots=True)
class SheetMapping:
    """Which rows of a sheet are headings and which column (from 0) is which field.

    `confidence` is 0 to 1 per column. A caller may hand in its own mapping for a sheet; fields
    are those of `synonyms.FIELDS` and `_acquired_year`, `_brand_model`, `_sequence`. `leave_out`
    skips the sheet. `needs_choice` says that the table was not understood: a person must choose.
    """

    header_rows: tuple[int, ...] = ()
    columns: dict[int, str] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    confidence: dict[int, float] = field(default_factory=dict)
    leave_out: bool = False
    needs_choice: bool = False

    @property
    def first_data_row(self) -> int:
        """The first row (from 1) below the headings."""
        return max(self.header_rows, default=0) + 1

    @property
    def rank(self) -> int:
        """Who speaks first about a thing: 0 knows date and price, 1 one of them, 2 neither."""
        names = set(self.columns.values())
        return 2 - ("acquired_on" in names) - bool({"price", "total_price"} & names)

    def column_of(self, name: str) -> int | None:
        """Return the column mapped to a field, or None."""
        return next((column for column, other in self.columns.items() if other == name), None)


def find_mapping(sheet: Sheet) -> SheetMapping:
    """Return the best reading of a sheet's headings; an empty one if it has no table."""
    searched = range(1, min(len(sheet.rows), SEARCHED_ROWS) + 1)
    scores = {row: header_score(sheet.filled(row)) for row in searched}
    found = [row for row in searched if scores[row] > 0]
    if not found:
        if any(is_foreign(sheet.filled(row).values()) for row in searched):
            return SheetMapping(leave_out=True)
        return SheetMapping(needs_choice=_looks_like_table(sheet))
    row = max(found, key=scores.__getitem__)
    if _has_rows_between(sheet, found[0], row):
        row = found[0]
    return map_columns(sheet, header_block(sheet, row))


def _has_rows_between(sheet: Sheet, first: int, later: int) -> bool:
    """Whether a table stands between two header rows: then the later one heads another table."""
    return any(
        len(sheet.filled(row)) > 2 and not header_score(sheet.filled(row))
        for row in range(first + 1, later)
        if not _continues_header(sheet, row)
    )


def header_block(sheet: Sheet, row: int) -> tuple[int, ...]:
    """Return all rows of the headings whose main row is given: groups above, divisions below."""
    rows = [row]
    if row > 1 and _is_group_row(sheet, row - 1, row):
        rows.insert(0, row - 1)
    below = row + 1
    while below <= len(sheet.rows) and len(rows) < 4 and _continues_header(sheet, below):
        rows.append(below)
        below += 1
    return tuple(rows)


def header_score(filled: Mapping[int, str]) -> float:
    """Return how much a row looks like headings: 0 if it does not, or if they head other things.

    Half of the columns must be known, or the number and the name of a thing both: the sheets of
    a yearly count go on with a column for every year.
    """
    if len(filled) < 2 or is_foreign(filled.values()):
        return 0.0
    found: dict[str, float] = {}
    for text in filled.values():
        name, sure = recognise(text) if len(text) <= 60 else ("", 0.0)
        if name:
            found[name] = max(found.get(name, 0.0), sure)
    exact = sum(1.0 if sure > 0.9 else 0.5 for sure in found.values() if sure > 0.7)
    pair = found.get("asset_no", 0.0), found.get("name", 0.0)
    known = max(pair)
    if exact < (2 if known > 0.7 else 3) or not known:
        return 0.0
    if len(found) < 0.5 * len(filled) and min(pair) <= 0.7:
        return 0.0
    if any(_CODE.search(arabic_digits(text)) for text in filled.values()):
        return 0.0
    return sum(found.values())


def _is_group_row(sheet: Sheet, row: int, below: int) -> bool:
    """Whether a row only groups the headings under it (`การได้มา` over three columns)."""
    filled = sheet.filled(row)
    if not filled or len(filled) == 1:
        return False
    under = sheet.filled(below)
    if any(len(text) > 60 or _CODE.search(arabic_digits(text)) for text in filled.values()):
        return False
    groups = [c for c in filled if c not in under or sheet.merged_width(row, c) > 1]
    recognised = sum(1 for text in filled.values() if recognise(text)[1] > 0.9)
    return bool(groups) and (recognised >= 1 or len(groups) == len(filled))


def _continues_header(sheet: Sheet, row: int) -> bool:
    """Whether a row goes on with the headings: divisions, bracketed remarks, (1) (2) (3)."""
    filled = sheet.filled(row)
    if not filled:
        return False
    texts = [arabic_digits(text) for text in filled.values()]
    if len(texts) > 2 and all(_COUNT.match(text) for text in texts):
        numbers = [int(text.strip("()")) for text in texts]
        return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    above = sheet.filled(row - 1)
    for column, text in filled.items():
        if not isinstance(sheet.rows[row - 1][column], str) or len(text) > 60:
            return False
        if _CODE.search(arabic_digits(text)):
            return False
        bracketed = text.startswith("(") and text.endswith(")")
        if bracketed or _divides(sheet, row, column, above, filled):
            continue
        if recognise(text)[1] < 0.9 or (len(filled) == 1 and column in above):
            return False
        if len(filled) == 1 and section_meaning(text):
            return False
    return True


def _divides(
    sheet: Sheet, row: int, column: int, above: Mapping[int, str], filled: Mapping[int, str]
) -> bool:
    """Whether a cell stands under a heading that reaches over two columns or more."""
    if len(filled) < 2:
        return False
    left = max((other for other in above if other <= column), default=None)
    if left is None:
        return False
    reach = sheet.merged_width(row - 1, left)
    if reach > 1:
        return reach > column - left
    unmerged = not any(top == row - 2 for (top, _left), _end in sheet.merged)
    following = left + 1 in filled and left + 1 not in above
    return unmerged and following and all(other in filled for other in range(left, column + 1))


def _looks_like_table(sheet: Sheet) -> bool:
    rows = [sheet.filled(row) for row in range(1, min(len(sheet.rows), 200) + 1)]
    return sum(1 for filled in rows if len(filled) >= 3) >= 2


def _joined(sheet: Sheet, rows: tuple[int, ...]) -> dict[int, list[str]]:
    """Return each column's headings from top to bottom; a group reaches over its columns."""
    levels: dict[int, list[str]] = {}
    for index, row in enumerate(rows):
        filled = sheet.filled(row)
        if filled and all(_COUNT.match(arabic_digits(text)) for text in filled.values()):
            continue
        spread = dict(filled)
        for column, text in filled.items():
            width = sheet.merged_width(row, column)
            if width == 1 and index + 1 < len(rows):
                under = sheet.filled(rows[index + 1])
                while column in under and column + width in under.keys() - filled.keys():
                    width += 1
            for other in range(column + 1, column + width):
                spread.setdefault(other, text)
        for column, text in spread.items():
            levels.setdefault(column, []).append(text)
    return levels


def map_columns(sheet: Sheet, rows: tuple[int, ...]) -> SheetMapping:
    """Return the mapping that these header rows speak for, checked against the values below."""
    mapping = SheetMapping(header_rows=rows)
    samples = _samples(sheet, max(rows, default=0) + 1)
    candidates: list[tuple[float, int, str]] = []
    for column, texts in _joined(sheet, rows).items():
        ticked = len(texts) > 1 and condition(texts[-1], exact=True)
        mapping.headings[column] = texts[-1] if ticked else " ".join(dict.fromkeys(texts))
        name, sure = _best_name(texts)
        name, sure = _weighed(name, sure, samples.get(column, []))
        if name:
            candidates.append((sure, column, name))
    taken: set[str] = set()
    for sure, column, name in sorted(candidates, key=lambda item: (-item[0], item[1])):
        chosen = _free_name(name, mapping.headings[column], taken)
        if chosen:
            taken.add(chosen)
            mapping.columns[column] = chosen
            mapping.confidence[column] = sure if chosen == name else min(sure, 0.7)
    total = mapping.column_of("total_price")
    if total is not None and not taken & {"price", "quantity"}:
        mapping.columns[total] = "price"
    described = mapping.column_of("description")
    if "name" not in taken and described is not None:
        mapping.columns[described] = "name"
    if "asset_no" not in taken:
        _find_numbers(mapping, samples)
    mapping.needs_choice = mapping.column_of("name") is None
    return mapping


def _free_name(name: str, heading: str, taken: set[str]) -> str:
    """Return the field a column gets when its first choice is taken: its last word's, or none."""
    if name not in taken:
        return "" if name == "_extra" else name
    if name == "name":
        return "" if "description" in taken else "description"
    other = recognise(heading.rsplit(" ", maxsplit=1)[-1])
    return other[0] if other[1] > 0.9 and other[0] not in taken | {"_extra"} else ""


def _best_name(texts: list[str]) -> tuple[str, float]:
    """Return the field of a column whose headings read from group to division."""
    if len(texts) > 1 and condition(texts[-1], exact=True):
        return "", 0.0
    whole = recognise(" ".join(texts))
    last = recognise(texts[-1])
    first = recognise(texts[0])
    if len(texts) > 1 and whole[1] > 0.9:
        return whole
    if len(texts) > 1 and texts[-1].startswith("("):
        return first if first[1] else whole
    return max((last, whole, first), key=lambda found: found[1])


def _samples(sheet: Sheet, first: int) -> dict[int, list[str]]:
    samples: dict[int, list[str]] = {}
    for row in range(first, min(len(sheet.rows), first + SAMPLE_ROWS) + 1):
        if row > len(sheet.rows):
            break
        filled = sheet.filled(row)
        if len(filled) < 2:
            continue
        for column, text in filled.items():
            samples.setdefault(column, []).append(arabic_digits(text))
    return samples


def _share(values: list[str], test: re.Pattern[str]) -> float:
    return sum(1 for value in values if test.search(value)) / len(values) if values else 0.0


def _is_money(value: str) -> bool:
    try:
        return parse_money(value) is not None
    except ValueError:
        return False


def _is_date(value: str) -> bool:
    try:
        parse_date(value)
    except ValueError:
        return False
    return True


_WORDS = re.compile(r"[^\d\s.,\-/()]")
_SMALL = re.compile(r"^\d{1,4}$")


def _weighed(name: str, sure: float, values: list[str]) -> tuple[str, float]:
    """Let the values correct a heading that can mean two things."""
    if not name or len(values) < 3:
        return name, sure
    counts, words = _share(values, _SMALL), _share(values, _WORDS)
    money = sum(map(_is_money, values)) / len(values)
    dates = sum(map(_is_date, values)) if name == "acquired_on" else 0
    corrections = (
        (name == "_sequence" and _share(values, _CODE) > 0.5, "asset_no", 0.8),
        (name == "asset_no" and counts > 0.9 and _is_running(values), "_sequence", 0.9),
        (name == "quantity" and words > 0.8, "unit_word", 0.8),
        (name == "quantity" and money > 0.8 and counts < 0.3, "price", 0.5),
        (name == "unit_word" and counts > 0.8, "quantity", 0.8),
        (name in ("price", "total_price") and money < 0.2 and words > 0.8, "_extra", 0.0),
        (name == "fund_type" and money > 0.8, "price", 0.4),
        (name == "acquired_on" and not dates and words > 0.8, "_extra", 0.0),
    )
    return next(((other, trust) for so, other, trust in corrections if so), (name, sure))


def _is_running(values: list[str]) -> bool:
    numbers = [int(value) for value in values if _SMALL.match(value)]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return sum(1 for step in steps if step in (0, 1)) >= 0.8 * len(steps)


def _find_numbers(mapping: SheetMapping, samples: dict[int, list[str]]) -> None:
    """Map the column whose values look most like asset numbers, where no heading names one."""
    pattern = re.compile(r"^\D{0,8}\d{4}\s*[-‐-―−]\s*\d{3}")
    shares = {
        column: _share(values, pattern)
        for column, values in samples.items()
        if mapping.columns.get(column) in (None, "_sequence")
    }
    column = max(shares, key=lambda key: shares[key], default=None)
    if column is not None and shares[column] > 0.5:
        mapping.columns[column] = "asset_no"
        mapping.confidence[column] = 0.5
