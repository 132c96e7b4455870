"""Opening what was sent: .xlsx, .xls, .xlsb, .ods and .csv by content, not by the file's name."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from assets.register.workbook import marks
from assets.register.workbook.cells import Book, Sheet, Value
from assets.register.workbook.joining import join_dates, join_numbers
from assets.register.workbook.reasons import Unreadable
from assets.register.workbook.tables import side_by_side
from kernel.workbooks import is_bearable

MAX_BYTES = 30 * 1024 * 1024
MAX_UNPACKED = 150 * 1024 * 1024

_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(r"^\s*<(?:!doctype|html|table|\?xml|head|meta|style)", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f]")


def read_book(path: Path, *, name: str | None = None) -> Book:
    """Read a file into memory; the name (for uploads) is the one the person knows.

    Raises `Unreadable` for files that are empty, too large, locked, damaged or something else.
    """
    name = name or path.name
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("empty_file")
    if size > MAX_BYTES:
        raise Unreadable("too_large", size=-(-size // 1024**2), limit=MAX_BYTES // 1024**2)
    with path.open("rb") as file:
        head = file.read(16)
    for signature, kind in _SIGNATURES:
        if head.lstrip().startswith(signature):
            raise Unreadable("not_a_workbook", kind=kind)
    if head.startswith(b"PK"):
        return Book(name, _from_archive(path))
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise Unreadable("encrypted")
        return Book(name, _from_calamine(path, {}))
    return Book(name, _tables(Sheet(Path(name).stem, _csv_rows(path.read_bytes()))))


def _tables(sheet: Sheet) -> list[Sheet]:
    """Return the tables of a sheet, with what it spreads over several columns joined."""
    join_numbers(sheet)
    join_dates(sheet)
    return side_by_side(sheet)


def _from_archive(path: Path) -> list[Sheet]:
    found: dict[str, marks.Marks] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise Unreadable(
                    "too_large", size=unpacked // 1024**2, limit=MAX_UNPACKED // 1024**2
                )
            names = set(archive.namelist())
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise Unreadable("encrypted")
            if archive.testzip():  # in small pieces: a forged size cannot fill the memory
                raise Unreadable("corrupt")
            if "xl/workbook.xml" in names:
                for sheet, inner in marks.sheet_paths(archive).items():
                    if inner in names:
                        found[sheet] = marks.scan(sheet, _safe(archive.read(inner)))
            elif not names & {"xl/workbook.bin", "content.xml"}:
                raise Unreadable("not_a_workbook", kind="ZIP")
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError) as broken:
        raise Unreadable("corrupt") from broken
    except zipfile.zlib.error as broken:  # type: ignore[attr-defined]
        raise Unreadable("corrupt") from broken
    return _from_calamine(path, found)


def _safe(xml: bytes) -> bytes:
    """Return the XML; Excel never declares entities, and the quick reader would lose the sheet."""
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise Unreadable("corrupt")
    return xml


def _from_calamine(path: Path, found: dict[str, marks.Marks]) -> list[Sheet]:
    """Read all worksheets; the kind of file is told from its content, whatever its name ends in."""
    sheets: list[Sheet] = []
    data = path.read_bytes()
    if not is_bearable(data):
        raise Unreadable("corrupt")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            raw = book.get_sheet_by_name(about.name)
            if raw.total_height * raw.total_width > marks.MAX_CELLS:
                raise Unreadable("too_many_cells", sheet=about.name, cell="")
            rows: list[list[Value]] = [[*row] for row in raw.to_python(skip_empty_area=False)]
            mark = found.get(about.name) or marks.Marks(merged=raw.merged_cell_ranges or [])
            rows = _reaching(rows, [*mark.formulas, *mark.errors])
            hidden = about.visible != SheetVisibleEnum.Visible
            sheet = Sheet(about.name, rows, mark.merged, mark.formulas, mark.errors, hidden)
            sheets.extend(_tables(sheet))
    except PasswordError as locked:
        raise Unreadable("encrypted") from locked
    except (CalamineError, OSError, ValueError) as broken:
        raise Unreadable("corrupt") from broken
    except BaseException as broken:
        # The quick reader panics on some broken files; its panic is no `Exception`.
        if type(broken).__name__ != "PanicException":
            raise
        raise Unreadable("corrupt") from broken
    return sheets


def _reaching(rows: list[list[Value]], places: Iterable[tuple[int, int]]) -> list[list[Value]]:
    """Pad the rows so that every marked cell lies inside (the quick reader drops such edges)."""
    height, width = len(rows), max((len(row) for row in rows), default=0)
    for row, column in places:
        height, width = max(height, row + 1), max(width, column + 1)
    for row_values in rows:
        row_values.extend([""] * (width - len(row_values)))
    rows.extend([""] * width for _ in range(height - len(rows)))
    return rows


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp874", "replace")


def _delimiter(text: str) -> str:
    """Choose the mark that splits the first lines into the most columns, evenly."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    best, best_score = ",", 0
    for mark in ",;\t|":
        counts = [len(row) for row in csv.reader(lines, delimiter=mark)]
        score = sum(count - 1 for count in counts)
        if score > best_score:
            best, best_score = mark, score
    return best


def _csv_rows(content: bytes) -> list[list[Value]]:
    if len(content) > MAX_BYTES:
        raise Unreadable("too_large", size=len(content) // 1024**2, limit=MAX_BYTES // 1024**2)
    text = _decode(content)
    if not text.strip():
        raise Unreadable("empty_file")
    if _MARKUP.match(text):
        raise Unreadable("not_a_workbook", kind="HTML")
    sample = text[:20_000]
    if len(_UNPRINTABLE.findall(sample)) > len(sample) // 200 + 1:
        raise Unreadable("no_table")
    old_limit = csv.field_size_limit(1_000_000)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        rows: list[list[Value]] = [list(row) for row in reader]
    except csv.Error as broken:
        raise Unreadable("corrupt") from broken
    finally:
        csv.field_size_limit(old_limit)
    width = max((len(row) for row in rows), default=0)
    if len(rows) > marks.MAX_ROWS or width > marks.MAX_COLUMNS:
        raise Unreadable("too_many_cells", sheet="CSV", cell=f"{len(rows)}×{width}")
    return _reaching(rows, ())
