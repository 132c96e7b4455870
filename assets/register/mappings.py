"""Which column of which sheet is which field: as kept with an import, shown, chosen by a person.

The kept form is plain JSON, one entry per sheet in the order of the file. A sheet whose columns a
person chose is read by that choice; all others are found again each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assets.catalogue.models import ExtraField
from assets.register.words import field_name, is_field
from assets.register.workbook.cells import Book, Sheet, column_letters
from assets.register.workbook.headings import SheetMapping, map_columns
from assets.register.workbook.synonyms import heading_key
from kernel.errors import Refusal
from kernel.i18n import gettext as _

MOST_COLUMNS = 60
MOST_HEADER_ROW = 200
SAMPLES = 3
SAMPLE_WITHIN = 40
LONGEST_SAMPLE = 40
WIDTH_OF_A_TABLE = 3


def described(
    book: Book,
    found: Mapping[str, SheetMapping],
    kept: Sequence[Mapping[str, Any]],
    remembered: Mapping[str, str] | None = None,
    own: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """Return what is kept of the readings of a file.

    Args:
        book: the file.
        found: how each sheet was read.
        kept: what was kept before; it knows which sheets a person has chosen for.
        remembered: the name of the saved mapping by which a sheet was read, by sheet.
        own: the keys of extra fields by the headings that mean them.
    """
    names = {entry["sheet"]: entry.get("remembered", "") for entry in kept if entry["chosen"]}
    names |= remembered or {}
    return [
        _described(sheet, found[sheet.name], names.get(sheet.name), own or {})
        for sheet in book.sheets
        if sheet.rows
    ]


def _described(
    sheet: Sheet, mapping: SheetMapping, name: str | None, own: Mapping[str, str]
) -> dict[str, Any]:
    """Return the reading of one sheet; it was chosen where ``name`` is not None."""
    chosen = name is not None
    header = max(mapping.header_rows, default=0) or _likely_header(sheet)
    headings = mapping.headings or sheet.filled(header)
    samples = _samples(sheet, header + 1)
    meant = {} if chosen else {c: own.get(heading_key(text)) for c, text in headings.items()}
    columns = [
        {
            "column": column,
            "letters": column_letters(column),
            "heading": headings.get(column, "")[:120],
            "field": mapping.columns.get(column) or meant.get(column) or "",
            "sure": round(mapping.confidence.get(column, 1.0 if chosen else 0.0), 2),
            "samples": samples.get(column, []),
        }
        for column in sorted({*headings, *samples} | mapping.columns.keys())[:MOST_COLUMNS]
    ]
    return {
        "sheet": sheet.name,
        "header_row": header,
        "columns": columns,
        "leave_out": mapping.leave_out,
        "needs_choice": mapping.needs_choice,
        "chosen": chosen,
        "remembered": name or "",
        "hidden": sheet.hidden,
    }


def _likely_header(sheet: Sheet) -> int:
    """Return the first row that is as wide as a table, where no headings were recognised."""
    for row in range(1, min(len(sheet.rows), SAMPLE_WITHIN) + 1):
        if len(sheet.filled(row)) >= WIDTH_OF_A_TABLE:
            return row
    return 1


def _samples(sheet: Sheet, first: int) -> dict[int, list[str]]:
    samples: dict[int, list[str]] = {}
    for row in range(first, min(len(sheet.rows), first + SAMPLE_WITHIN) + 1):
        for column, text in sheet.filled(row).items():
            texts = samples.setdefault(column, [])
            if len(texts) < SAMPLES and text[:LONGEST_SAMPLE] not in texts:
                texts.append(text[:LONGEST_SAMPLE])
    return samples


def chosen_by_people(book: Book, kept: Sequence[Mapping[str, Any]]) -> dict[str, SheetMapping]:
    """Return the readings that people chose, by sheet."""
    entries = {entry["sheet"]: entry for entry in kept if entry["chosen"]}
    return {
        sheet.name: _as_chosen(sheet, entries[sheet.name])
        for sheet in book.sheets
        if sheet.name in entries
    }


def _as_chosen(sheet: Sheet, entry: Mapping[str, Any]) -> SheetMapping:
    if entry["leave_out"]:
        return SheetMapping(leave_out=True)
    row = min(entry["header_row"], max(len(sheet.rows), 1))
    fields = {column["column"]: column["field"] for column in entry["columns"] if column["field"]}
    return SheetMapping(
        header_rows=(row,),
        columns=fields,
        headings=map_columns(sheet, (row,)).headings,
        confidence=dict.fromkeys(fields, 1.0),
    )


def choose(kept: Sequence[Mapping[str, Any]], answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the readings as a person chose them on the page.

    Args:
        kept: the readings that the page showed.
        answers: what the page sent: ``leave-0`` for the first sheet, ``row-0`` the row of its
            headings, ``field-0-3`` the field of its fourth column, ``anew-0`` that its columns
            are to be found anew.
    """
    return [_answered(entry, index, answers) for index, entry in enumerate(kept)]


def _answered(entry: Mapping[str, Any], index: int, answers: Mapping[str, str]) -> dict[str, Any]:
    row = answers.get(f"row-{index}", "").strip()
    header_row = int(row) if row.isdecimal() and 0 < int(row) <= MOST_HEADER_ROW else 0
    columns = []
    for column in entry["columns"]:
        said = answers.get(f"field-{index}-{column['column']}", column["field"])
        columns.append({**column, "field": said if is_field(said) else ""})
    answered = {
        **entry,
        "leave_out": f"leave-{index}" in answers,
        "header_row": header_row or entry["header_row"],
        "columns": columns,
    }
    if f"anew-{index}" in answers:
        return {**entry, "chosen": False, "remembered": "", "leave_out": False}
    if not _differs(entry, answered):
        return answered
    return {**answered, "chosen": True, "remembered": ""}


def _differs(entry: Mapping[str, Any], answered: Mapping[str, Any]) -> bool:
    names = ("leave_out", "header_row", "columns")
    return any(entry[name] != answered[name] for name in names)


def check(entries: Sequence[Mapping[str, Any]], own: Mapping[str, ExtraField]) -> None:
    """Refuse a choice that cannot be read; ``own`` are the extra fields by their keys.

    Raises:
        Refusal: a field chosen for two columns of one sheet, a sheet without a name column, or
            every sheet left out.
    """
    for entry in entries:
        fields = [column["field"] for column in entry["columns"] if column["field"]]
        if entry["leave_out"] or not entry["chosen"]:
            continue
        twice = next((name for name in fields if fields.count(name) > 1), None)
        if twice:
            raise Refusal(
                _(
                    "In sheet “%(sheet)s” two columns are “%(field)s”. Please keep one of them.",
                    sheet=entry["sheet"],
                    field=field_name(twice, own),
                )
            )
        if "name" not in fields:
            raise Refusal(
                _(
                    "Please say which column of sheet “%(sheet)s” is the name of the item, "
                    "or leave this sheet out.",
                    sheet=entry["sheet"],
                )
            )
    if all(entry["leave_out"] for entry in entries):
        raise Refusal(_("Every sheet is left out. Please keep at least one."))
