"""Tables that leave the house: CSV and XLSX written row by row, whatever their length.

Nothing that a person typed becomes a formula: in CSV such a text gets an apostrophe before it, in
XLSX every text is a text and is marked to stay one. The writers hold one row at a time, so the
memory they need does not grow with the table.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar
from xml.sax.saxutils import escape

from kernel import clock, i18n, thai

Row = TypeVar("Row")
Value = str | int | Decimal | date | datetime | bool | None

MARK = "\ufeff"
DANGEROUS = "=+-@＝＋－＠\t\r"
LONGEST_CELL = 32_000
MOST_ROWS = 1_048_575
CHUNK_BYTES = 64 * 1024
PACKED = 4
FIRST_DAY, LEAP_MISTAKE = date(1899, 12, 30), date(1900, 3, 1)
DAY_SECONDS = 86_400
# What XML cannot hold, and halves of characters that no encoding can.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Kind(StrEnum):
    """What a column holds; it decides alignment, and the format in a workbook."""

    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column of a table.

    Attributes:
        label: its heading.
        value: what a row holds there; None is an empty cell.
        kind: what it holds.
        width: in a workbook, in characters.
    """

    label: str
    value: Callable[[Row], Value]
    kind: Kind = Kind.TEXT
    width: int = 18


def safe_text(text: str) -> str:
    """Return a text as a CSV cell that no spreadsheet takes for a formula; a lone ``-`` stays."""
    text = _UNWRITABLE.sub("", text)
    if text != "-" and (text.lstrip(" \n\xa0\u200b\ufeff") or text)[:1] in tuple(DANGEROUS):
        return "'" + text
    return text


def csv_bytes(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield a CSV file: UTF-8 with a byte order mark, commas, lines ended by CR LF.

    Days are written in the reader's language: ``01/10/2569`` in Thai, ``2026-10-01`` in English.
    """
    buffer = io.StringIO()
    buffer.write(MARK)
    writer = csv.writer(buffer)
    writer.writerow([safe_text(column.label) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(column.value(row)) for column in columns])
        if buffer.tell() > CHUNK_BYTES:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return data


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, bool):
        return _yes_or_no(flag=value)
    if isinstance(value, datetime):
        local = clock.local(value)
        return f"{_csv_day(local.date())} {local:%H:%M}"
    if isinstance(value, date):
        return _csv_day(value)
    return str(value)


def _csv_day(day: date) -> str:
    if i18n.language() == "en":
        return day.isoformat()
    return thai.format_date(day, language="th", style="numeric")


def _yes_or_no(*, flag: bool) -> str:
    return i18n.gettext("yes") if flag else i18n.gettext("no")


class _Pipe(io.RawIOBase):
    """Where the packer writes: what has come so far is taken out and sent."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - any buffer
        part = bytes(data)
        self._parts.append(part)
        return len(part)

    def take(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        return data


def xlsx_bytes(
    columns: Sequence[Column[Row]], rows: Iterable[Row], *, sheet: str
) -> Iterator[bytes]:
    """Yield a workbook of one sheet: headings frozen and bold, days and amounts as such.

    In Thai, days are shown with the year of the Buddhist era.

    Args:
        columns: of the table.
        rows: at most 1,048,575.
        sheet: the name on its tab.

    Raises:
        ValueError: more rows than a sheet holds.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKED) as packed:
        for name, content in _frame(sheet).items():
            packed.writestr(name, content)
        with packed.open("xl/worksheets/sheet1.xml", "w") as part:
            for text in _sheet(columns, rows):
                part.write(text.encode())
                if data := pipe.take():
                    yield data
    yield pipe.take()


def _sheet(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[str]:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"/>'
        for n, column in enumerate(columns, 1)
    )
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{widths}</cols><sheetData>"
    )
    yield f"<row>{''.join(_text_cell(column.label, 1) for column in columns)}</row>"
    held: list[str] = []
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise ValueError("more rows than a sheet holds")
        cells = "".join([_cell(column.value(row), column.kind) for column in columns])
        held.append(f"<row>{cells}</row>")
        if len(held) == 200:
            yield "".join(held)
            held.clear()
    yield "".join(held) + "</sheetData></worksheet>"


def _cell(value: Value, kind: Kind) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return _text_cell(value)
    if isinstance(value, bool):
        return _text_cell(_yes_or_no(flag=value))
    if isinstance(value, datetime):
        return f'<c s="4"><v>{_serial(clock.local(value))}</v></c>'
    if isinstance(value, date):
        if value < LEAP_MISTAKE:  # a workbook's calendar holds a day that never was
            return _text_cell(_csv_day(value))
        return f'<c s="3"><v>{(value - FIRST_DAY).days}</v></c>'
    return f'<c s="{2 if kind == Kind.MONEY else 5}"><v>{value}</v></c>'


def _serial(moment: datetime) -> str:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return f"{(moment.date() - FIRST_DAY).days + seconds / DAY_SECONDS:.8f}"


def _text_cell(text: str, style: int = 0) -> str:
    clean = _LOOKS_CODED.sub("_x005F_", _UNWRITABLE.sub("", text))[:LONGEST_CELL]
    if not style and clean[:1] in tuple(DANGEROUS):
        style = 6
    look = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{look}><is><t xml:space="preserve">{escape(clean)}</t></is></c>'


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_UNFIT_FOR_TAB = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TAB = 31


def _frame(sheet: str) -> dict[str, str]:
    """Return the parts of a workbook that say where its sheet is and how cells look."""
    name = escape(_UNFIT_FOR_TAB.sub(" ", _UNWRITABLE.sub("", sheet))[:_LONGEST_TAB], {'"': ""})
    relation = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
    parts = {
        "/xl/workbook.xml": "sheet.main",
        "/xl/worksheets/sheet1.xml": "worksheet",
        "/xl/styles.xml": "styles",
    }
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{_TYPES}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": relation.format(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relation.format(
            _relation(1, "worksheet", "worksheets/sheet1.xml")
            + _relation(2, "styles", "styles.xml")
        ),
        "xl/styles.xml": _styles(),
    }


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _styles() -> str:
    """Return the looks of cells by number: plain, heading, money, day, moment, whole, kept text."""
    # 107041E: Thai words and the Buddhist calendar.
    era = "[$-107041E]" if i18n.language() == "th" else ""
    looks: tuple[tuple[int, str], ...] = (
        (0, ""),
        (0, 'fontId="1" applyFont="1"'),
        (4, 'applyNumberFormat="1"'),
        (164, 'applyNumberFormat="1"'),
        (165, 'applyNumberFormat="1"'),
        (3, 'applyNumberFormat="1"'),
        (0, 'quotePrefix="1"'),
    )
    formats = "".join(f'<xf numFmtId="{number}" xfId="0" {more}/>' for number, more in looks)
    font = '<font>{}<sz val="11"/><name val="Calibri"/></font>'
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
        f'<numFmt numFmtId="164" formatCode="{era}d mmm yyyy"/>'
        f'<numFmt numFmtId="165" formatCode="{era}d mmm yyyy hh:mm"/></numFmts>'
        f'<fonts count="2">{font.format("")}{font.format("<b/>")}</fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(looks)}">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def writers() -> dict[str, tuple[str, Any]]:
    """Return for each ending of a file its media type and what writes it."""
    return {
        "csv": ("text/csv; charset=utf-8", lambda c, r, _sheet: csv_bytes(c, r)),
        "xlsx": (f"{_TYPES}.sheet", lambda c, r, sheet: xlsx_bytes(c, r, sheet=sheet)),
    }
