"""Materials from stock (form F01): asked for, lowered, promised, handed out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.stock import access as stock
from assets.stock.codes import read_code
from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockBalance, StockBin, StockItem, Store
from assets.stock.quantities import shown
from helpdesk.requests.approving import HANDLER, HEAD
from helpdesk.requests.fields import Field, Option
from helpdesk.requests.line_models import MaterialLine
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import lines, story
from helpdesk.requests.sorts import Sort
from helpdesk.requests.states import FieldKind, State
from kernel import thai
from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.i18n import gettext as _
from kernel.search import contains
from office.approvals import access as approvals
from office.approvals.kinds import Content
from office.people.access import Role

KEY = "materials"
SHOWN = 20


def sort() -> Sort:
    """Return the kind as this room registers it."""
    return Sort(
        key=KEY,
        name_th="ขอใช้วัสดุอุปกรณ์จากคลัง",
        name_en="Materials from stock",
        intro_th="เบิกวัสดุที่มีในคลัง เช่น หมึกพิมพ์ สายสัญญาณ กระดาษ",
        intro_en="Toner, cables, paper and whatever else the store keeps",
        paper_th="แบบบันทึกขอใช้วัสดุอุปกรณ์ / ใบเบิก",
        paper_en="Request for materials and issue slip",
        form_no="F01",
        series="ขว.",
        icon="boxes",
        fields=fields,
        first_path=(HEAD, HANDLER),
        check=lines.check,
        taken=lines.freeze,
        content=content,
        facts=facts,
        approved=approved,
        stopped=lambda request, by: lines.withdraw(request, by=by),
        finished=lambda request, by: lines.release(request, by=by),
        page_part="helpdesk/requests/_lines.html",
        page_context=page_context,
        form_part="helpdesk/requests/_line_form.html",
        form_context=form_context,
        draft=lines.keep_draft,
        paper=paper,
    )


def fields() -> tuple[Field, ...]:
    """Return the fields; the stores are those that are open now."""
    stores = tuple(Option(str(one.id), one.name_th, one.name_en) for one in open_stores())
    return (
        Field(
            "purpose",
            FieldKind.LONG,
            "เพื่อใช้ในงาน",
            "What for",
            required=True,
            hint_th="ชื่องาน โครงการ หรือกิจกรรมที่นำวัสดุไปใช้",
            hint_en="The work, project or activity",
        ),
        Field("store", FieldKind.CHOICE, "เบิกจากคลัง", "Store", required=True, options=stores),
        Field("needed", FieldKind.DATE, "ต้องการใช้วันที่", "Needed on", past=False),
    )


def open_stores() -> Sequence[Store]:
    """Return the stores that are open, in Thai order."""
    return db.session.scalars(
        select(Store).where(Store.closed_on.is_(None)).order_by(thai_order(Store.name_th), Store.id)
    ).all()


def store_of(request: ServiceRequest) -> Store | None:
    """Return the store of a sent request."""
    answer = request.answers.get("store")
    return db.session.get(Store, int(answer["value"])) if answer else None


def content(request: ServiceRequest) -> Mapping[str, Any]:
    """Return the lines that are signed: what is asked for."""
    return {
        "lines": [
            {
                "item": line.item_id,
                "code": line.item.code,
                "name": line.item.name_th,
                "name_en": line.item.name_en,
                "unit": line.item.unit_th,
                "quantity": line.requested,
                "note": line.note,
            }
            for line in lines.lines_of(request.id)
        ]
    }


def facts(signed: Content) -> Sequence[tuple[str, str]]:
    """Return the lines as the card of who signs shows them."""
    said = [
        f"{one['name']} {shown(Decimal(str(one['quantity'])))} {one['unit']}"
        for one in signed["lines"]
    ]
    return [(_("Materials"), " · ".join(said))]


def approved(request: ServiceRequest, by: Viewer) -> None:
    """Promise what is approved and tell the keeper of the store."""
    store = store_of(request)
    lines.approve(request, store, by=by)
    people = [store.keeper] if store is not None and store.keeper is not None else []
    keepers = [one for one in people if one.left_on is None]
    if not keepers and store is not None:
        keepers = list(story.holders((Role.STOREKEEPER.value,), store.unit_id))
    story.tell_to_carry_out(request, keepers)


def balances(store_id: int | None, item_ids: Sequence[int]) -> dict[int, StockBalance]:
    """Return by item what a store has."""
    if store_id is None or not item_ids:
        return {}
    rows = db.session.scalars(
        select(StockBalance).where(
            StockBalance.store_id == store_id, StockBalance.item_id.in_(item_ids)
        )
    )
    return {row.item_id: row for row in rows}


def form_context(
    request: ServiceRequest | None, typed: Mapping[str, str], _viewer: Viewer
) -> Mapping[str, Any]:
    """Return the lines so far, and the materials that fit the words looked for."""
    have = lines.lines_of(request.id) if request is not None else ()
    words = thai.normalize(typed.get("q", ""))[:100]
    chosen = typed.get("store", "")
    stores = open_stores()
    store_id = int(chosen) if chosen.isdecimal() and len(chosen) < 16 else None
    if store_id is None and len(stores) == 1:
        store_id = stores[0].id
    query = select(StockItem).where(
        StockItem.retired_on.is_(None), StockItem.id.not_in([line.item_id for line in have])
    )
    if words:
        query = query.where(contains(StockItem.search_key, words))
    found = db.session.scalars(query.order_by(StockItem.name_sort, StockItem.id).limit(SHOWN)).all()
    ids = [line.item_id for line in have] + [item.id for item in found]
    return {
        "lines": have,
        "found": found,
        "words": words,
        "balances": balances(store_id, ids),
        "shown": shown,
    }


def page_context(request: ServiceRequest, viewer: Viewer) -> Mapping[str, Any]:
    """Return the lines side by side, the slips, and what the reader may do with them."""
    rows = lines.lines_of(request.id)
    store = store_of(request)
    waits = request.state == State.WAITING and request.approval is not None
    slips = db.session.scalars(
        select(StockSlip)
        .options(joinedload(StockSlip.store))
        .where(StockSlip.request_id == request.id)
        .order_by(StockSlip.id)
    ).all()
    keeps = store is not None and viewer.may(stock.MOVE, store.unit_id)
    return {
        "lines": rows,
        "store": store,
        "slips": slips,
        "balances": balances(store.id if store else None, [line.item_id for line in rows]),
        "shown": shown,
        "may_lower": waits
        and request.approval is not None
        and approvals.can_sign(viewer, request.approval),
        "may_issue": keeps and request.state == State.APPROVED and any(line.left for line in rows),
    }


def line_scanned(rows: Sequence[MaterialLine], typed: str) -> MaterialLine | None:
    """Return the line that a scanned bin label or a typed code of an item means."""
    code = read_code(typed)
    item_id = (
        db.session.scalar(select(StockBin.item_id).where(StockBin.code == code)) if code else None
    )
    key = thai.code_key(typed)
    return next(
        (line for line in rows if line.item_id == item_id or line.item.code_key == key), None
    )


def paper(request: ServiceRequest) -> Mapping[str, Any]:
    """Return the lines for the paper, and who handed out and received them last."""
    slips = db.session.scalars(
        select(StockSlip).where(StockSlip.request_id == request.id).order_by(StockSlip.id)
    ).all()
    last = slips[-1] if slips else None
    return {
        "lines": [
            {
                "name": line.item.name_th,
                "unit": line.item.unit_th,
                "requested": shown(line.requested),
                "approved": shown(line.approved),
                "issued": shown(line.issued) if line.issued else "",
                "note": line.note,
            }
            for line in lines.lines_of(request.id)
        ],
        "slips": ", ".join(slip.number for slip in slips),
        "issuer": last,
    }
