"""Documents of the stores: the list and its files, the page of one, and what can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.stock import access, papers
from assets.stock.asked import Line
from assets.stock.forms import ReturnForm, SignForm, WordsForm
from assets.stock.ledger_models import StockSlip, StockSlipLine
from assets.stock.quantities import shown
from assets.stock.queries import documents as queries
from assets.stock.queries.documents import Filters
from assets.stock.rules import issuing, sending, writing_off
from assets.stock.states import KINDS, SLIP_KINDS, SLIPS, SlipKind, SlipState
from assets.stock.views.blueprint import blueprint
from assets.stock.views.items import send_photo
from assets.stock.views.lines import quantity_of
from assets.stock.views.listing import store_group
from assets.stock.views.stores import pdf
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.files import store as files
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import pgettext
from kernel.images import clean_drawing
from kernel.pages import page_number, paged
from kernel.paths import whole
from kernel.tables import Column, Kind
from kernel.work import work
from office.approvals import queries as approvals
from office.bookkeeping import rules as bookkeeping
from office.places.naming import office_name

LONGEST = 100
ASKED = ("q", "store", "kind", "open", "since", "until")
FILES = (("xlsx", "Excel"), ("csv", "CSV"))


@blueprint.get("/documents")
@permit(access.SLIP)
def documents() -> ResponseReturnValue:
    """List documents, the newest first: of the viewer's stores, and the own ones."""
    filters, number = _filters(), page_number()
    return render_template(
        "assets/stock/documents.html",
        page=paged(queries.documents(filters, viewer(), page=number), number, queries.PAGE),
        filters=filters,
        groups=_groups(filters),
        typed={"since": request.args.get("since", ""), "until": request.args.get("until", "")},
        kinds=SLIP_KINDS,
        states=SLIPS.faces,
        files=[(name, _file_address(ending)) for ending, name in FILES],
        see=access.SEE,
    )


def _file_address(ending: str) -> str:
    asked: dict[str, Any] = {name: request.args[name] for name in ASKED if request.args.get(name)}
    return url_for("stock.document_file", ending=ending, **asked)


def _filters() -> Filters:
    args = request.args
    return Filters(
        words=thai.normalize(args.get("q", "").replace("\0", ""))[:LONGEST],
        store_id=whole(args.get("store")),
        kind=args.get("kind", "") if args.get("kind") in tuple(SlipKind) else "",
        open_only=args.get("open") == "1",
        since=_day(args.get("since", "")),
        until=_day(args.get("until", "")),
    )


def _day(typed: str) -> date | None:
    """Read a day as people write it; nonsense narrows nothing."""
    try:
        return thai.parse_date(typed[:LONGEST]) if typed.strip() else None
    except ValueError:
        return None


def _groups(filters: Filters) -> list[dict[str, Any]]:
    return [
        store_group(filters.store_id),
        {
            "name": "kind",
            "label": _("Kind of document"),
            "value": filters.kind,
            "choices": [(kind.value, label) for kind, label in SLIP_KINDS.items()],
            "any": _("all kinds"),
        },
        {
            "name": "open",
            "label": _("Stand"),
            "value": "1" if filters.open_only else "",
            "choices": [("1", _("on the way or waiting for approval"))],
            "any": _("all documents"),
        },
    ]


@blueprint.get("/documents/list.<ending>")
@permit(access.SLIP)
def document_file(ending: str) -> ResponseReturnValue:
    """Hand out the lines of all documents that the list shows, as a workbook or as CSV."""
    day = clock.today().isoformat()
    found = queries.exported(_filters(), viewer())
    name = f"{_('Documents of the stores')} {day}"
    return downloads.table(ending, _columns(), found, name=name, plain_name=f"documents-{day}")


def _columns() -> list[Column[StockSlipLine]]:
    return [
        Column(_("Day"), lambda row: row.slip.posted_on, Kind.DAY, width=14),
        Column(_("Number"), lambda row: row.slip.number, width=14),
        Column(
            _("Kind of document"), lambda row: str(SLIP_KINDS[SlipKind(row.slip.kind)]), width=20
        ),
        Column(_("Store"), lambda row: row.slip.store.name, width=24),
        Column(_("Code"), lambda row: row.item.code, width=14),
        Column(_("Item"), lambda row: row.item.name, width=40),
        Column(_("Asked for"), lambda row: row.asked, Kind.MONEY, width=12),
        Column(_("Done"), lambda row: row.done, Kind.MONEY, width=12),
        Column(pgettext("stock", "Unit"), lambda row: row.item.unit, width=12),
        Column(_("Worth in baht"), lambda row: row.value, Kind.MONEY, width=16),
        Column(_("Received from"), lambda row: row.slip.counterparty, width=24),
        Column(_("Delivery paper"), lambda row: row.slip.doc_no, width=18),
        Column(_("Asked by"), lambda row: row.slip.requester_name, width=24),
        Column(_("Ordered by"), lambda row: row.slip.approver_name, width=24),
        Column(_("Done by"), lambda row: row.slip.issuer_name, width=24),
        Column(_("Received by"), lambda row: row.slip.receiver_name, width=24),
        Column(_("For"), lambda row: row.slip.reference, width=16),
        Column(_("Purpose or reason"), lambda row: row.slip.purpose, width=40),
    ]


@blueprint.get("/documents/<int:slip_id>")
@permit(access.SLIP)
def document(slip_id: int) -> ResponseReturnValue:
    """Show one document."""
    return _document_page(slip_id)


def _document_page(slip_id: int, tried: ActionForm | None = None) -> ResponseReturnValue:
    me, slip = viewer(), access.slip_seen(viewer(), slip_id)
    approval = slip.approval
    moves = me.may(access.MOVE, slip.store.unit_id)
    receives = slip.to_store is not None and me.may(access.MOVE, slip.to_store.unit_id)
    left = queries.returnable(slip) if slip.kind == SlipKind.ISSUE and moves else {}
    page = render_template(
        "assets/stock/document.html",
        slip=slip,
        lines=queries.lines_of(slip),
        movements=queries.movements_of(slip),
        returns=queries.returns_of(slip) if slip.kind == SlipKind.ISSUE else [],
        left=left,
        kinds=KINDS,
        kind_label=SLIP_KINDS[SlipKind(slip.kind)],
        face=SLIPS.faces[SlipState(slip.state)],
        standing=approvals.standings([approval.id]).get(approval.id) if approval else None,
        is_asker=approval is not None and approval.asker_id == me.id,
        on_way=slip.state == SlipState.SENT,
        receives=receives,
        moves=moves,
        words_form=tried if isinstance(tried, WordsForm) else WordsForm(formdata=None),
        return_form=tried if isinstance(tried, ReturnForm) else ReturnForm(formdata=None),
        sign_form=SignForm(formdata=None),
        tried=tried,
        rights=access,
        shown=shown,
    )
    return page, tried.status if tried else 200


@blueprint.get("/documents/<int:slip_id>/paper.pdf")
@permit(access.SLIP)
def slip_paper(slip_id: int) -> ResponseReturnValue:
    """Print a document; an issue is the official issue slip."""
    slip = access.slip_seen(viewer(), slip_id)
    base_url = current_app.extensions["settings"].base_url
    lines = queries.lines_of(slip)
    made = papers.slip(slip, lines, office=office_name("th"), base_url=base_url)
    return pdf(made, f"stock-{slip_id}")


@blueprint.get("/documents/<int:slip_id>/lines.<ending>")
@permit(access.SLIP)
def slip_file(slip_id: int, ending: str) -> ResponseReturnValue:
    """Hand out the lines of one document as a workbook or as CSV."""
    slip = access.slip_seen(viewer(), slip_id)
    lines = queries.lines_of(slip)
    return downloads.table(
        ending, _columns(), lines, name=slip.number.replace("/", "-"), plain_name=f"stock-{slip_id}"
    )


@blueprint.get("/documents/<int:slip_id>/photo")
@permit(access.SLIP)
def slip_photo(slip_id: int) -> ResponseReturnValue:
    """Send the photo of the supplier's paper."""
    return send_photo(access.slip_seen(viewer(), slip_id).photo_key)


@blueprint.post("/documents/<int:slip_id>/sign")
@permit(access.SLIP)
def sign(slip_id: int) -> ResponseReturnValue:
    """Keep the signature of the receiver, drawn on the screen."""
    form = SignForm()
    form.insist()
    key = files().put(clean_drawing(form.drawing.data or ""), "png")
    with work():
        issuing.sign(access.slip_seen(viewer(), slip_id), key, by=viewer())
    flash(_("The signature is kept."), "ok")
    return redirect(url_for("stock.document", slip_id=slip_id))


@blueprint.post("/documents/<int:slip_id>/give-back")
@permit(access.MOVE)
def give_back(slip_id: int) -> ResponseReturnValue:
    """Take back what was not used of an issue."""
    form = ReturnForm()
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                slip = access.slip_seen(viewer(), slip_id)
                reason = form.reason.data or ""
                made = issuing.give_back(slip, _lines_back(slip), reason, by=viewer())
                here = url_for("stock.document", slip_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("Taken back and posted."), "ok")
            return redirect(here)
    return _document_page(slip_id, form)


def _lines_back(slip: StockSlip) -> list[Line]:
    made = []
    for line in queries.lines_of(slip):
        typed = request.form.get(f"back_{line.id}", "").strip()[:40]
        if typed:
            quantity, pack = quantity_of(line.item, typed)
            made.append(Line(line.item, quantity, pack=pack))
    return made


@blueprint.post("/documents/<int:slip_id>/accept")
@permit(access.MOVE)
def accept(slip_id: int) -> ResponseReturnValue:
    """Confirm what arrived of a transfer."""

    def act(slip: StockSlip, words: str) -> None:
        sending.accept(slip, _arrived(slip), words, by=viewer())

    return _answered(slip_id, act, _("The arrival is confirmed."))


def _arrived(slip: StockSlip) -> dict[int, Decimal | None]:
    found = {}
    for line in queries.lines_of(slip):
        typed = request.form.get(f"arrived_{line.id}", "").strip()[:40]
        quantity, pack = quantity_of(line.item, typed)
        found[line.id] = quantity * pack.factor if quantity is not None and pack else quantity
    return found


@blueprint.post("/documents/<int:slip_id>/decline")
@permit(access.MOVE)
def decline(slip_id: int) -> ResponseReturnValue:
    """Refuse all of a transfer."""
    return _answered(
        slip_id,
        lambda slip, words: sending.decline(slip, words, by=viewer()),
        _("Declined. Everything is back in the book of the sender."),
    )


@blueprint.post("/documents/<int:slip_id>/recall")
@permit(access.MOVE)
def recall(slip_id: int) -> ResponseReturnValue:
    """Take back a transfer that is on its way, or a write-off that waits for approval."""

    def act(slip: StockSlip, words: str) -> None:
        if slip.kind == SlipKind.LOSS:
            writing_off.take_back(slip, by=viewer())
        else:
            sending.recall(slip, words, by=viewer())

    return _answered(slip_id, act, _("Taken back."))


def _answered(
    slip_id: int, act: Callable[[StockSlip, str], None], said: str
) -> ResponseReturnValue:
    form = WordsForm()
    if form.accepted():
        with form.refusals():
            with work():
                slip = access.slip_seen(viewer(), slip_id)
                act(slip, form.words.data or "")
            flash(said, "ok")
            return redirect(url_for("stock.document", slip_id=slip_id))
    return _document_page(slip_id, form)


@blueprint.get("/documents/<int:slip_id>/signature.png")
@permit(access.SLIP)
def signature(slip_id: int) -> ResponseReturnValue:
    """Send the receiver's drawn signature."""
    slip = access.slip_seen(viewer(), slip_id)
    if not slip.signature_key:
        raise NotFound(_("There is no such photo."))
    return files().read(slip.signature_key), 200, {"Content-Type": "image/png"}
