"""The report as a workbook: figures, all items, each group, and what was not on the list."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from assets.counts import listings
from assets.counts.models import Round
from assets.counts.queries.receipts import Stranger
from assets.counts.queries.report import GROUPS, Line, Report
from assets.counts.states import OUTCOMES, Outcome
from assets.counts.words import GROUP_WORDS
from kernel.i18n import gettext as _
from kernel.pages import show_date

BOLD = Font(bold=True)
FORMULA = ("=", "+", "-", "@")
APART = ("damaged", "worn_out", "missing", "not_needed", "uncounted")


def workbook(
    one: Round, report: Report, lines: Iterable[Line], strangers: Iterable[Stranger]
) -> bytes:
    """Return the report of a round as .xlsx; lists of any length go by row by row."""
    book = Workbook(write_only=True)
    _figures(book.create_sheet(_("Figures")), one, report)
    everything = book.create_sheet(_("All items"))
    groups = {group: book.create_sheet(str(GROUP_WORDS[group])[:31]) for group in APART}
    for sheet in (everything, *groups.values()):
        sheet.append(_heading(sheet, _columns()))
    for line in lines:
        row = [_safe(value) for value in _cells(line)]
        everything.append(row)
        if line.group in groups:
            groups[line.group].append(row)
    columns = listings.sheet_columns("strangers")
    sheet = book.create_sheet(_("Not on the list"))
    sheet.append(_heading(sheet, [column.label for column in columns]))
    for stranger in strangers:
        sheet.append([_safe(column.value(stranger)) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figures(sheet: Any, one: Round, report: Report) -> None:  # noqa: ANN401 - a sheet
    sheet.append(
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
    sheet.append(_heading(sheet, names))
    for figures in (*report.rows, report.total):
        row: list[Any] = [figures.unit or _("Together"), figures.class_name, figures.total]
        row += [figures.counts[group] for group in GROUPS]
        if report.has_last:
            # An empty cell, not a nought: the unit had no closed round the year before.
            last = [figures.last_total, *(figures.last[group] for group in GROUPS)]
            row += last if figures.has_last else [None] * len(last)
        sheet.append([_safe(value) for value in row])


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


def _heading(sheet: Any, names: Sequence[str]) -> list[Any]:  # noqa: ANN401 - a sheet
    cells = []
    for name in names:
        cell = WriteOnlyCell(sheet, value=name)
        cell.font = BOLD
        cells.append(cell)
    return cells


def _safe(value: Any) -> Any:  # noqa: ANN401 - what a cell holds
    """Let no text that people wrote be read as a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value
