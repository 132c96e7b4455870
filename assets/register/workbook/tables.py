"""Two tables side by side on one sheet, each with headings of its own, become two sheets.

Each keeps its rows and columns where they stand, so that every cell is named as in the file; the
table to the right is named after the sheet and its columns. What stands above the headings (titles)
stays with the left one.
"""

from itertools import pairwise

from assets.register.workbook.cells import Sheet, column_letters
from assets.register.workbook.headings import SEARCHED_ROWS, header_score
from assets.register.workbook.synonyms import recognise

LONGEST_NAME = 31
FEWEST_COLUMNS = 2
_NEEDED = frozenset({"asset_no", "name"})


def side_by_side(sheet: Sheet) -> list[Sheet]:
    """Return the tables of a sheet; a sheet with one table comes back as it is."""
    for row in range(1, min(len(sheet.rows), SEARCHED_ROWS) + 1):
        filled = sheet.filled(row)
        starts = _starts(filled)
        if len(starts) > 1:
            bounds = [0, *starts[1:], sheet.width]
            return [_part(sheet, row, left, right) for left, right in pairwise(bounds)]
    return [sheet]


def _starts(filled: dict[int, str]) -> list[int]:
    """Return the first column of each complete table that a row of headings heads.

    A column without a heading parts them, and both sides head a number and a name.
    """
    if len(filled) < 2 * FEWEST_COLUMNS:
        return []
    groups: list[dict[int, str]] = []
    for column in sorted(filled):
        if groups and column - 1 in groups[-1]:
            groups[-1][column] = filled[column]
        else:
            groups.append({column: filled[column]})
    if len(groups) < 2 or not all(map(_heads_a_table, groups)):
        return []
    return [min(group) for group in groups]


def _heads_a_table(headings: dict[int, str]) -> bool:
    names = {recognise(text)[0] for text in headings.values() if recognise(text)[1] > 0.7}
    return names >= _NEEDED and header_score(headings) > 0


def _part(sheet: Sheet, header: int, left: int, right: int) -> Sheet:
    """Return the columns from ``left`` to before ``right``; all others are blank."""
    rows = [
        [
            value if left <= column < right or (left == 0 and index < header - 1) else ""
            for column, value in enumerate(row)
        ]
        for index, row in enumerate(sheet.rows)
    ]
    name = sheet.name
    if left:
        ending = f" ({column_letters(left)}-{column_letters(right - 1)})"
        name = name[: LONGEST_NAME - len(ending)] + ending
    return Sheet(
        name,
        rows,
        [area for area in sheet.merged if left <= area[0][1] < right],
        {at: text for at, text in sheet.formulas.items() if left <= at[1] < right},
        {at: text for at, text in sheet.errors.items() if left <= at[1] < right},
        sheet.hidden,
    )
