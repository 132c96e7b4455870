"""Everything that can be wrong with a file or a row: one code and one sentence each."""

from dataclasses import dataclass, field
from types import MappingProxyType

from kernel.i18n import gettext, mark

SENTENCES = MappingProxyType(
    {
        # The whole file.
        "empty_file": mark("The file is empty."),
        "too_large": mark("The file is too large: %(size)s MB, at most %(limit)s MB."),
        "too_many_cells": mark(
            "Sheet “%(sheet)s” reaches to cell %(cell)s, which is too far. "
            "Delete the empty rows and columns after the table and save again."
        ),
        "not_a_workbook": mark(
            "This is not an Excel or CSV file (it looks like %(kind)s). "
            "Open it in Excel and save it as .xlsx."
        ),
        "no_table": mark(
            "This is not an Excel or CSV file. Open it in Excel and save it as .xlsx."
        ),
        "encrypted": mark(
            "The file is protected by a password. Save a copy without the password and try again."
        ),
        "corrupt": mark("The file is damaged and cannot be opened. Save it again from Excel."),
        # A row, refused.
        "error_cell": mark("The cell holds an Excel error: %(value)s."),
        "formula_cell": mark("The cell holds a formula without a result. Type the value itself."),
        "bad_date": mark("“%(value)s” is not a date that exists."),
        "date_in_future": mark("The date %(value)s lies in the future."),
        "bad_price": mark("“%(value)s” is not a price."),
        "negative_price": mark("The price is below zero: %(value)s."),
        "price_too_large": mark("The price is too large: %(value)s."),
        "bad_quantity": mark("“%(value)s” is not a quantity: a whole number from 1 to %(limit)s."),
        "bad_range": mark("The range of numbers “%(value)s” cannot be read."),
        "range_mismatch": mark(
            "“%(value)s” is %(count)s numbers, but the quantity is %(quantity)s."
        ),
        "number_too_long": mark("The asset number is longer than %(limit)s characters."),
        "number_changed_by_excel": mark(
            "Excel has changed this asset number (%(value)s). "
            "Format the cell as text and type the number again."
        ),
        "no_name": mark("The row has no name of the item."),
        "number_repeated": mark(
            "Number %(number)s is already used by another item: sheet “%(sheet)s”, row %(row)s."
        ),
        "number_of_another_item": mark(
            "Number %(number)s belongs to another item: “%(name)s”, sheet “%(sheet)s”, row %(row)s."
        ),
        "range_overlaps": mark(
            "Part of these numbers is already used: %(number)s, sheet “%(sheet)s”, row %(row)s."
        ),
        "taken_in_register": mark(
            "Number %(number)s belongs to another item in the register: “%(name)s”."
        ),
        "changed_meanwhile": mark(
            "Someone changed this item after the file was compared with it. The row was left; "
            "bring the file in again to see both."
        ),
        "register_refuses": mark("The register does not take this: %(sentence)s"),
        "no_headings": mark(
            "The headings of this sheet were not recognised. Choose the columns on the screen."
        ),
        # A row, taken or passed over.
        "in_another_sheet": mark("The same item as sheet “%(sheet)s”, row %(row)s."),
        "in_refused_row": mark(
            "The same item as sheet “%(sheet)s”, row %(row)s, which is refused."
        ),
        "in_register": mark("Already in the register."),
        "differs_from_register": mark("In the register with other details: %(fields)s."),
        "title": mark("A title, not an item."),
        "header": mark("Headings of the table."),
        "section": mark("A section heading, not an item."),
        "total": mark("A total, not an item."),
        "signature": mark("A signature or footer line, not an item."),
        "blank": mark("A numbered line without content."),
        "left_out": mark("This sheet was left out."),
        "hidden_sheet": mark("This sheet is hidden in the file and was left out."),
        # Remarks on a row that is taken.
        "ignored_value": mark("“%(value)s” was not understood and is kept as a remark."),
        "name_shortened": mark("The name is very long; the full text is kept in the description."),
        "written_otherwise": mark("The same number, written %(number)s there."),
        "serial_repeated": mark("The same serial number stands in sheet “%(sheet)s”, row %(row)s."),
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row or a file is what it is: a stable code, its values, the cell it is about."""

    code: str
    values: dict[str, object] = field(default_factory=dict)
    cell: str | None = None

    @property
    def text(self) -> str:
        """The sentence in the language spoken now."""
        return gettext(SENTENCES[self.code], **self.values)


class Unreadable(Exception):
    """The file as a whole cannot be read; `reason` says why and what to do.

    It is no `kernel.errors.Refusal`, so that this package stays pure; the caller turns it into one.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.reason = Reason(code, values)


class Problem(ValueError):
    """One cell cannot be taken as it is; caught inside this package and kept with the row."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def shown(value: object, limit: int = 40) -> str:
    """Return a cell's text short enough to be quoted in a sentence."""
    text = str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
