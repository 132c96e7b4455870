"""The report as a workbook: figures, all items, each group, and what was not on the list."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from assets.counts import listings
from assets.counts.models import Round
from assets.counts.queries.receipts import Stranger
from assets.counts.queries.report import GROUPS, Line, Report
from assets.counts.states import OUTCOMES, Outcome
from assets.counts.words import GROUP_WORDS
from kernel.i18n import gettext as _
from kernel.pages import show_date

ROW_BY_ROW = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "dd/mm/yyyy",
}
LONGEST_TAB = 31
FORMULA = ("=", "+", "-", "@")
APART = ("damaged", "worn_out", "missing", "not_needed", "uncounted")


def workbook(
    one: Round, report: Report, lines: Iterable[Line], strangers: Iterable[Stranger]
) -> bytes:
    """Return the report of a round as .xlsx; lists of any length go by row by row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, ROW_BY_ROW) as book:
        bold = book.add_format({"bold": True})
        _figures(_Sheet(book, _("Figures"), bold), one, report)
        everything = _Sheet(book, _("All items"), bold)
        groups = {group: _Sheet(book, str(GROUP_WORDS[group]), bold) for group in APART}
        for sheet in (everything, *groups.values()):
            sheet.heading(_columns())
        for line in lines:
            cells = _cells(line)
            everything.add(cells)
            if line.group in groups:
                groups[line.group].add(cells)
        columns = listings.sheet_columns("strangers")
        sheet = _Sheet(book, _("Not on the list"), bold)
        sheet.heading([column.label for column in columns])
        for stranger in strangers:
            sheet.add([column.value(stranger) for column in columns])
    return out.getvalue()


class _Sheet:
    """A sheet that is written from the top to the bottom."""

    def __init__(self, book: Any, name: str, bold: Any) -> None:  # noqa: ANN401 - XlsxWriter ships no types
        self._page = book.add_worksheet(name[:LONGEST_TAB])
        self._bold = bold
        self._row = 0

    def heading(self, names: Sequence[str]) -> None:
        """Add a row of headings."""
        self._page.write_row(self._row, 0, names, self._bold)
        self._row += 1

    def add(self, values: Iterable[Any]) -> None:
        """Add a row; blank cells are left out."""
        for column, value in enumerate(values):
            if value not in (None, ""):
                self._page.write(self._row, column, _safe(value))
        self._row += 1


def _figures(sheet: _Sheet, one: Round, report: Report) -> None:
    sheet.add(
        [
            _("Annual inspection of fiscal year %(year)s", year=one.fiscal_year),
            one.unit.name,
            show_date(one.counted_day, "long"),
        ]
    )
    names = [_("Unit"), _("Class"), _("On the list")]
    names += [str(word) for word in GROUP_WORDS.values()]
    if report.has_last:
        before = [_("On the list"), *(str(word) for word in GROUP_WORDS.values())]
        names += [f"{word} ({_('Last year')})" for word in before]
    sheet.heading(names)
    for figures in (*report.rows, report.total):
        row: list[Any] = [figures.unit or _("Together"), figures.class_name, figures.total]
        row += [figures.counts[group] for group in GROUPS]
        if report.has_last:
            # An empty cell, not a nought: the unit had no closed round the year before.
            last = [figures.last_total, *(figures.last[group] for group in GROUPS)]
            row += last if figures.has_last else [None] * len(last)
        sheet.add(row)


def _columns() -> list[str]:
    return [
        _("Asset number"),
        _("Item"),
        _("Room"),
        _("Found in"),
        _("Result"),
        _("Condition"),
        _("Pieces on the list"),
        _("Pieces counted"),
        _("Person in charge"),
        _("Acquired on"),
        _("Value"),
        _("Cause and remark"),
        _("Last year"),
    ]


def _cells(line: Line) -> Sequence[Any]:
    expected, result = line.expected, line.result
    last = OUTCOMES[Outcome(expected.last_outcome)].label if expected.last_outcome else ""
    return (
        expected.asset_no or "",
        expected.name,
        line.room,
        line.found_in,
        str(OUTCOMES[Outcome(result.outcome)].label) if result else _("Not counted yet"),
        str(GROUP_WORDS[line.group]),
        expected.quantity,
        result.quantity if result else None,
        expected.custodian,
        expected.acquired_on,
        line.value,
        result.remark if result else "",
        str(last),
    )


def _safe(value: Any) -> Any:  # noqa: ANN401 - what a cell holds
    """Let no text that people wrote be read as a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value
