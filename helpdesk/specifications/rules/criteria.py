"""Editions of the price criteria: take over the samples, bring in a list, correct a row."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from helpdesk.specifications import criteria_queries
from helpdesk.specifications.criteria_models import CriteriaEdition, PriceCriterion
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

_SHIPPED = Path(__file__).parent.parent / "data" / "criteria.csv"
MOST_ROWS = 400
MOST_PRICE = Decimal("99999999999.99")
LENGTHS = {"item_no": 20, "name": 300, "unit_word": 40, "page": 20, "features": 4000}


@dataclass(frozen=True)
class Row:
    """A row as typed or read; ``price`` is baht for one with the tax."""

    item_no: str
    name: str
    price: Decimal | None
    unit_word: str = ""
    page: str = ""
    features: str = ""


@dataclass(frozen=True)
class EditionDraft:
    """An edition as typed.

    Attributes:
        whole: whether it takes the place of everything before it, or of the items it names only.
        is_sample: whether nobody has compared its prices with the notice.
    """

    name: str
    valid_from: date
    source: str = ""
    whole: bool = True
    is_sample: bool = False


def bring_in(draft: EditionDraft, rows: Sequence[Row], *, by: Viewer) -> CriteriaEdition:
    """Bring in an edition with its rows; what it replaces stays readable (R-X2).

    Refuses a name that is taken, no rows or more than 400, the same item twice, a row without
    name or price, and an edition older than the newest one.
    """
    name = draft.name.strip()
    same = select(CriteriaEdition.id).where(CriteriaEdition.name == name)
    if not name or db.session.scalar(same):
        raise Refusal(_("Please give the edition a name that no other has."), field="name")
    earlier = criteria_queries.editions()
    if earlier and draft.valid_from < earlier[0].valid_from:
        raise Refusal(
            _("A newer edition is there already: “%(name)s”.", name=earlier[0].name),
            field="valid_from",
        )
    checked = [_checked(row, number) for number, row in enumerate(rows, start=1)]
    _check_whole(checked)
    made = CriteriaEdition(
        name=name[:120],
        valid_from=draft.valid_from,
        source=draft.source.strip()[:300],
        is_sample=draft.is_sample,
    )
    made.rows = [_made(row, position, made.name) for position, row in enumerate(checked, start=1)]
    db.session.add(made)
    db.session.flush()  # the earlier rows name the new ones
    _replace(made, earlier, whole=draft.whole)
    told = {"name": made.name, "rows": len(checked), "valid_from": made.valid_from}
    audit.record("brought_in", made, by=by, after=told)
    return made


def _replace(made: CriteriaEdition, earlier: Sequence[CriteriaEdition], *, whole: bool) -> None:
    """Tell the earlier editions and rows what takes their place."""
    by_item = {row.item_no: row for row in made.rows}
    for edition in earlier:
        if whole and edition.replaced_by_id is None:
            edition.replaced_by_id = made.id
        for row in edition.rows:
            if row.superseded_by_id is None and row.item_no in by_item:
                row.superseded_by_id = by_item[row.item_no].id


def _made(row: Row, position: int, edition: str) -> PriceCriterion:
    return PriceCriterion(
        position=position,
        item_no=row.item_no,
        name=row.name,
        price=row.price,
        unit_word=row.unit_word,
        page=row.page,
        features=row.features,
        search_key=thai.search_key(f"{row.item_no} {row.name} {edition}"),
    )


def _check_whole(rows: Sequence[Row]) -> None:
    if not 0 < len(rows) <= MOST_ROWS:
        raise Refusal(
            _("An edition has 1 to %(most)s items; this has %(many)s.",
              most=MOST_ROWS, many=len(rows)),
            field="file",
        )  # fmt: skip
    seen: set[str] = set()
    for row in rows:
        if row.item_no in seen:
            raise Refusal(_("Item %(number)s stands there twice.", number=row.item_no),
                          field="file")  # fmt: skip
        seen.add(row.item_no)


def _checked(row: Row, number: int) -> Row:
    """Return a row that can be kept, or refuse it with its number."""
    fault = ""
    if not row.item_no.strip() or not row.name.strip():
        fault = _("Please write the number of the item and its name.")
    elif row.price is None or not 0 < row.price <= MOST_PRICE:
        fault = _("The price is missing or cannot be right.")
    for field, most in LENGTHS.items():
        if len(getattr(row, field)) > most:
            fault = _("“%(text)s…” is too long.", text=getattr(row, field)[:30])
    if fault:
        said = _("Line %(number)s: %(fault)s", number=number, fault=fault)
        raise Refusal(said, field="file")
    clean = {name: getattr(row, name).strip() for name in LENGTHS}
    price = (row.price or Decimal(0)).quantize(Decimal("0.01"))
    return Row(**{**clean, "price": price})


def correct(row: PriceCriterion, changes: Mapping[str, Any], *, by: Viewer) -> None:
    """Correct a row; specifications that used it keep what it said then (R-X2).

    Refuses what ``bring_in`` refuses of a row, and the number of another item.
    """
    draft = _checked(Row(**{**_plain(row), **changes}), row.position)
    taken = {one.item_no for one in row.edition.rows if one.id != row.id}
    if draft.item_no in taken:
        raise Refusal(
            _("Item %(number)s stands there twice.", number=draft.item_no), field="item_no"
        )
    fields = _plain(draft)
    audit.record_changes("edited", row, fields, by=by)
    row.search_key = thai.search_key(f"{row.item_no} {row.name} {row.edition.name}")


def _plain(row: Row | PriceCriterion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*LENGTHS, "price")}


def take_over_samples(*, by: Viewer) -> int:
    """Bring in the editions that come with the service, marked as samples; return how many.

    Refuses where the office has an edition already.
    """
    if criteria_queries.editions():
        raise Refusal(_("There are editions already; the samples are only a beginning."))
    found: dict[tuple[str, str], list[Row]] = {}
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            found.setdefault((line["edition"], line["valid_from"]), []).append(_shipped(line))
    for (name, day), rows in found.items():
        source = "ตัวอย่างประกอบการใช้งาน ต้องเทียบกับประกาศฉบับจริงก่อนใช้"
        valid_from = date.fromisoformat(day)
        draft = EditionDraft(name, valid_from, source=source, is_sample=True)
        bring_in(draft, rows, by=by)
    return len(found)


def _shipped(line: Mapping[str, str]) -> Row:
    return Row(
        item_no=line["item_no"],
        name=line["name"],
        price=Decimal(line["price"]),
        unit_word=line["unit"],
        page=line["page"],
        features=line["features"],
    )
