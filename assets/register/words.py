"""The words of an import: names of fields as people know them, and sentences from their codes.

Reasons are kept as a code and values, so that each reader gets them in the own language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assets.register.workbook.reasons import SENTENCES, Reason
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l

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
PROBLEMS = {
    "no_rows": _l("There is nothing in this file. Please check that the right file was chosen."),
    "bug": _l(
        "The service stumbled over this file; nothing of the last step was written. Please tell "
        "the administrator the number of this import."
    ),
}


def field_name(name: str) -> str:
    """Return what people call a field; an unknown one is a heading of the file already."""
    return str(EXTRA_NAMES.get(name, name))


def reason_text(code: str, values: Mapping[str, Any]) -> str:
    """Return the sentence of a reason in the language spoken now; "" where there is none."""
    if code not in SENTENCES:
        return ""
    said = dict(values)
    if code == "differs_from_register":
        names = [part.strip() for part in str(said.get("fields", "")).split(",")]
        said["fields"] = ", ".join(field_name(name) for name in names)
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


def change_lines(detail: Mapping[str, Any]) -> list[str]:
    """Return what the file says otherwise than the register, one line a field."""
    return [
        _(
            "%(field)s: “%(known)s” in the register, “%(said)s” in the file",
            field=field_name(name),
            known="–" if known in (None, "") else known,
            said=said,
        )
        for name, (known, said) in detail.get("changes", {}).items()
    ]


def remark_lines(detail: Mapping[str, Any]) -> list[str]:
    """Return what is worth telling about a row that is taken."""
    return [reason_text(code, values) for code, values in detail.get("remarks", ())]
