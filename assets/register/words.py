"""The words of an import: names of fields as people know them, and sentences from their codes.

Reasons are kept as a code and values, so that each reader gets them in the own language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assets.catalogue import extra_values
from assets.catalogue.models import ExtraField
from assets.register.models import ImportRow
from assets.register.states import ACQUIRE_METHODS, CONDITIONS, FUND_TYPES
from assets.register.workbook.reasons import SENTENCES, Reason
from kernel import thai
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l

Own = Mapping[str, ExtraField]
NO_FIELDS: Own = {}
FIELD_NAMES = {
    "asset_no": _l("Asset number"),
    "name": _l("Name of the item"),
    "description": _l("Characteristics"),
    "brand": _l("Brand"),
    "model": _l("Model"),
    "_brand_model": _l("Brand and model in one column"),
    "serial_no": _l("Serial number"),
    "old_numbers": _l("Earlier numbers"),
    "class_text": _l("Class"),
    "quantity": _l("Quantity"),
    "unit_word": _l("Counted in"),
    "price": _l("Price of one (baht)"),
    "total_price": _l("Price of all (baht)"),
    "acquired_on": _l("Acquired on"),
    "_acquired_year": _l("Year acquired"),
    "fund_type": _l("Paid from"),
    "acquire_method": _l("How acquired"),
    "doc_ref": _l("Document"),
    "vendor_name": _l("Vendor or donor"),
    "vendor_address": _l("Vendor's address"),
    "vendor_phone": _l("Vendor's telephone"),
    "unit_text": _l("Unit"),
    "building_text": _l("Building"),
    "room_text": _l("Room"),
    "custodian_text": _l("Person in charge"),
    "condition": _l("Condition"),
    "useful_life_years": _l("Useful life (years)"),
    "dep_rate": _l("Depreciation per year (%)"),
    "warranty_until": _l("Warranty until"),
    "note": _l("Note"),
    "_sequence": _l("Running number (not kept)"),
}
EXTRA_NAMES = {
    **FIELD_NAMES,
    "fund_text": _l("Paid from, as written"),
    "acquired_year": _l("Year acquired"),
}
LOOKED_FOR = ("asset_no", "name", "acquired_on", "price", "quantity", "room_text", "condition")
TELLING = frozenset(
    {"acquired_on", "_acquired_year", "price", "serial_no", "brand", "model", "_brand_model"}
    | {"quantity", "room_text", "condition", "fund_type", "custodian_text", "useful_life_years"}
)
DAYS = frozenset({"acquired_on", "warranty_until"})
CODES: Mapping[str, Mapping[str, Any]] = {
    "fund_type": FUND_TYPES,
    "acquire_method": ACQUIRE_METHODS,
    "condition": {code: face.label for code, face in CONDITIONS.items()},
}
# What keeps an item of an import from being taken back, by the table that speaks of it.
UNDO_REASONS = {
    "changed_since": _l("changed after the import"),
    "gone": _l("not in the register any more"),
    "tag": _l("has a label"),
    "loan_line": _l("was lent"),
    "loan_proposal": _l("is proposed for a loan"),
    "ticket": _l("has a fault report"),
    "hold": _l("is or was kept from use"),
    "movement": _l("was moved"),
    "transfer_line": _l("stands in a transfer"),
    "asset": _l("another item is a part of it"),
    "attachment": _l("has a photo or a file"),
    "bulk_line": _l("was changed together with others"),
    "count_expected": _l("stands in an annual inspection"),
    "count_scan": _l("was scanned in an annual inspection"),
    "count_proposal": _l("an annual inspection proposes something for it"),
    "count_result": _l("was found in an annual inspection"),
    "custody_remark": _l("somebody wrote a remark about it"),
    "handover_line": _l("stands in a handover"),
    "licence_seat": _l("a licence is installed on it"),
    "maintenance_plan": _l("has a maintenance plan"),
    "maintenance_item": _l("stands in a maintenance plan"),
    "meter_reading": _l("its meter was read"),
    "service_notice": _l("somebody was reminded of its service"),
    "tag_move": _l("its label was changed"),
    "ticket_figure": _l("stands in the figures of fault reports"),
    "disposal_line": _l("stands in a disposal"),
    "loan_request_line": _l("was asked for on loan"),
    "loan_basket_line": _l("lies on the lending desk"),
    "purchase_delivered_item": _l("came with a purchase"),
}
ZIP_PROBLEMS = {
    "empty": _l("The file is empty."),
    "too_large": _l("The file is larger than 2 GB. Please send the photos in parts."),
    "too_many": _l("There are more than 20,000 files in it. Please send the photos in parts."),
    "broken": _l("The file is damaged and cannot be opened. Please make the ZIP file again."),
    "no_zip": _l("This is not a ZIP file. Put the photos into one ZIP file and send that."),
    "gone": _l("The file is not there any more. Please send it again."),
    "bug": _l("The service stumbled over this file. Photos that are on cards already stay there."),
}
PROBLEMS = {
    "no_rows": _l("There is nothing in this file. Please check that the right file was chosen."),
    "bug": _l(
        "The service stumbled over this file; nothing of the last step was written. Please tell "
        "the administrator the number of this import."
    ),
}


def undo_reason(code: str) -> str:
    """Return what keeps an item from being taken back."""
    known = UNDO_REASONS.get(code)
    return str(known) if known else _("is used elsewhere")


def is_field(name: str) -> bool:
    """Tell whether a column may be read as this; extra fields of classes have keys of their own."""
    return name in FIELD_NAMES or name.startswith(extra_values.PREFIX)


def field_name(name: str, own: Own = NO_FIELDS) -> str:
    """Return what people call a field; an unknown one is a heading of the file already.

    Args:
        name: the field.
        own: the extra fields by their keys.
    """
    return own[name].name if name in own else str(EXTRA_NAMES.get(name, name))


def reason_text(code: str, values: Mapping[str, Any], own: Own = NO_FIELDS) -> str:
    """Return the sentence of a reason in the language spoken now; "" where there is none."""
    if code not in SENTENCES:
        return ""
    said = dict(values)
    if code == "differs_from_register":
        names = [part.strip() for part in str(said.get("fields", "")).split(",")]
        said["fields"] = ", ".join(field_name(name, own) for name in names)
    return Reason(code, said).text


def problem_text(problem: Mapping[str, Any]) -> str:
    """Return why a whole file could not be taken; "" where nothing was wrong."""
    if not problem:
        return ""
    code = str(problem["code"])
    if code == "said":
        return str(problem["values"]["sentence"])
    known = PROBLEMS.get(code)
    return str(known) if known else reason_text(code, problem["values"])


@dataclass(frozen=True)
class Change:
    """One field of which the file says something else than the register.

    ``fills`` tells a field that the register leaves blank; ``taken`` that the file's value goes
    into the register.
    """

    name: str
    label: str
    before: str
    after: str
    fills: bool
    taken: bool


def changes_of(row: ImportRow, *, everything: bool = False, own: Own = NO_FIELDS) -> list[Change]:
    """Return what the file says otherwise than the register, field by field.

    Args:
        row: a row of an import.
        everything: the file won in all fields.
        own: the extra fields by their keys.
    """
    found = []
    for name, (known, said) in row.detail.get("changes", {}).items():
        fills = known in (None, "", [])
        taken = everything or (fills if row.taken is None else name in row.taken)
        label, before, after = field_name(name, own), _shown(name, known), _shown(name, said)
        if name in own:
            before, after = extra_values.show(own[name], known), extra_values.show(own[name], said)
        found.append(Change(name, label, before, after, fills, taken))
    return found


def _shown(name: str, value: Any) -> str:  # noqa: ANN401 - any field as JSON holds it
    """Return a kept value as people read it: days in their calendar, codes in words."""
    if value in (None, "", []):
        return ""
    text = str(value)
    if name in DAYS:
        try:
            return thai.format_date(dt.date.fromisoformat(text[:10]), language=language())
        except ValueError:
            return text
    return str(CODES.get(name, {}).get(text, text))


def remark_lines(detail: Mapping[str, Any]) -> list[str]:
    """Return what is worth telling about a row that is taken."""
    return [reason_text(code, values) for code, values in detail.get("remarks", ())]
