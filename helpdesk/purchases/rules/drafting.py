"""What the asker does before a purchase is decided: begin, keep, send, answer, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from assets.catalogue.models import AssetClass
from assets.stock.models import StockItem
from helpdesk.purchases import amounts
from helpdesk.purchases.models import Budget, Purchase, PurchaseLine, PurchaseMember
from helpdesk.purchases.rules import budgets, checking, story
from helpdesk.purchases.states import (
    PURCHASES,
    SERVICE_FIELDS,
    Act,
    Action,
    Into,
    Kind,
    Method,
    State,
    Vat,
)
from helpdesk.specifications.models import SpecItem
from helpdesk.specifications.states import State as SpecState
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.states import State as ApprovalState
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Unit

KIND, SERIES = "purchase", "จ."
MOST_DRAFTS, MOST_LINES = 30, 60
# What is signed of a line, in this order.
LINE_COLUMNS = (
    *("what", "goes_into", "quantity", "unit_word", "unit_price", "standard_price"),
    *("market_price", "class_id", "item_id", "over_price_reason", "spec_item_id"),
)


@dataclass(frozen=True)
class LineDraft:
    """One line as typed; prices in baht for one."""

    what: str
    goes_into: Into
    quantity: Decimal | None
    unit_word: str
    unit_price: Decimal | None
    standard_price: Decimal | None = None
    market_price: Decimal | None = None
    class_id: int | None = None
    item_id: int | None = None
    over_price_reason: str = ""
    spec_item_id: int | None = None


@dataclass(frozen=True)
class Draft:
    """A purchase as typed; see ``Purchase``. ``members`` are ids, the chair first."""

    kind: Kind
    title: str
    reason: str = ""
    scope: str = ""
    price_source: str = ""
    budget_id: int | None = None
    due_on: date | None = None
    method: Method = Method.SMALL
    method_reason: str = ""
    criterion: str = ""
    proposals: str = ""
    vat: Vat = Vat.INCLUDED
    service: dict[str, str] = field(default_factory=dict)
    members: tuple[int, ...] = ()
    lines: tuple[LineDraft, ...] = ()


def locked(purchase_id: int) -> Purchase | None:
    """Return a purchase that nobody else moves until the unit of work ends."""
    return db.session.scalar(
        select(Purchase)
        .where(Purchase.id == purchase_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def begin(draft: Draft, *, by: Viewer) -> Purchase:
    """Begin a draft; it has no number yet and nobody else sees it.

    Refuses what ``keep`` refuses, and more than 30 drafts of one person.
    """
    drafts = select(Purchase.id).where(Purchase.asker_id == by.id, Purchase.state == State.DRAFT)
    if len(db.session.scalars(drafts.limit(MOST_DRAFTS)).all()) >= MOST_DRAFTS:
        raise Refusal(_("You have %(most)s drafts. Please send or cancel some.", most=MOST_DRAFTS))
    person = db.session.get_one(Person, by.id)
    purchase = Purchase(
        kind=draft.kind,
        title=draft.title,
        asker_id=person.id,
        asker_name=person.name_th,
        asker_position=person.position,
        unit_id=person.unit_id,
        made_at=clock.now(),
    )
    purchase.asker = person
    db.session.add(purchase)
    _write(purchase, draft)
    db.session.flush()  # the story names the purchase
    story.note(purchase, Act.DRAFTED, by=by)
    return purchase


def keep(purchase: Purchase, draft: Draft, *, by: Viewer) -> None:
    """Keep what was typed, also where something is still missing.

    Refuses a purchase that is not a draft and was not sent back; a negative or broken quantity,
    a price out of measure, a store's item that is unknown, and a budget of another unit.
    """
    demand_editable(purchase)
    _write(purchase, draft)
    audit.record("kept", purchase, by=by)


def demand_editable(purchase: Purchase) -> None:
    """Refuse to edit what was sent, telling the way out."""
    if is_editable(purchase):
        return
    if purchase.state == State.WAITING:
        raise Refusal(
            _("This purchase is waiting for approval. Take it back first, then change it.")
        )
    if purchase.state == State.APPROVED:
        raise Refusal(
            _(
                "This was approved as it stands. “Change what was approved” makes the approval "
                "void; then you change it and everybody signs anew."
            )
        )
    raise Refusal(_("This purchase has gone on; it cannot be changed any more. Ask anew."))


def is_editable(purchase: Purchase) -> bool:
    """Tell whether the asker may change the content now."""
    return purchase.state == State.DRAFT or is_sent_back(purchase)


def is_sent_back(purchase: Purchase) -> bool:
    """Tell whether somebody sent it back with a question that is not answered."""
    approval = purchase.approval
    return (
        purchase.state == State.WAITING
        and approval is not None
        and approval.state == ApprovalState.SENT_BACK
    )


def _write(purchase: Purchase, draft: Draft) -> None:
    purchase.kind, purchase.title = draft.kind, draft.title.strip()[:300]
    for name in ("reason", "scope", "price_source", "due_on", "method", "method_reason"):
        setattr(purchase, name, getattr(draft, name))
    for name in ("criterion", "proposals", "vat"):
        setattr(purchase, name, getattr(draft, name))
    wanted = {key for key, _label in SERVICE_FIELDS.get(draft.kind, ())}
    purchase.service = {key: said for key, said in draft.service.items() if key in wanted and said}
    purchase.budget = _budget(purchase, draft.budget_id)
    purchase.lines.clear()
    purchase.members.clear()
    db.session.flush()  # the places of the old lines and members are free for the new ones
    purchase.lines.extend(_lines(draft.lines))
    purchase.members.extend(
        PurchaseMember(person_id=person_id, position=position)
        for position, person_id in enumerate(dict.fromkeys(draft.members), start=1)
    )
    purchase.total = amounts.total((line.cost for line in purchase.lines), draft.vat).whole
    if purchase.total > amounts.MOST_TOTAL:
        raise Refusal(_("This costs more than a purchase can hold. Please check the lines."))
    purchase.search_key = search_key_of(purchase)


def _budget(purchase: Purchase, budget_id: int | None) -> Budget | None:
    if budget_id is None:
        return None
    found = db.session.get(Budget, budget_id)
    unit = db.session.get_one(Unit, purchase.unit_id)
    if found is None or str(found.unit_id) not in unit.path.split("/"):
        raise Refusal(_("This budget belongs to another unit."), field="budget_id")
    return found


def _lines(drafts: Sequence[LineDraft]) -> list[PurchaseLine]:
    if len(drafts) > MOST_LINES:
        raise Refusal(_("A purchase has at most %(most)s lines.", most=MOST_LINES))
    return [_line(draft, position) for position, draft in enumerate(drafts, start=1)]


def _line(draft: LineDraft, position: int) -> PurchaseLine:
    item = db.session.get(StockItem, draft.item_id) if draft.item_id else None
    into = Into.STOCK if item else draft.goes_into
    whole = into == Into.REGISTER or (item is not None and item.whole_only)
    class_id = draft.class_id if into == Into.REGISTER else None
    if class_id is not None and db.session.get(AssetClass, class_id) is None:
        raise Refusal(_("There is no such class."))
    spec_item = _spec_item(draft.spec_item_id)
    draft = _as_specified(draft, spec_item) if spec_item else draft
    try:
        quantity = amounts.checked_quantity(draft.quantity, whole=whole)
        price = amounts.checked_price(draft.unit_price)
        found = [
            None if one is None else amounts.checked_price(one)
            for one in (draft.standard_price, draft.market_price)
        ]
    except Refusal as refusal:
        said = _("Line %(number)s: %(fault)s", number=position, fault=refusal.message)
        raise Refusal(said, field="lines") from refusal
    return PurchaseLine(
        position=position,
        goes_into=into,
        what=(draft.what.strip() or (item.name_th if item else ""))[:300],
        quantity=quantity,
        unit_word=(draft.unit_word.strip() or (item.unit_th if item else ""))[:40],
        unit_price=price,
        standard_price=found[0]
        if found[0] is not None or not spec_item
        else spec_item.criterion_price,
        market_price=found[1],
        class_id=class_id,
        item_id=item.id if item else None,
        over_price_reason=draft.over_price_reason.strip()[:300],
        spec_item_id=spec_item.id if spec_item else None,
    )


def _spec_item(spec_item_id: int | None) -> SpecItem | None:
    """Return what a line was specified as; refuses a specification that is not approved."""
    if spec_item_id is None:
        return None
    found = db.session.get(SpecItem, spec_item_id)
    if found is None or found.specification.state != SpecState.APPROVED:
        raise Refusal(_("This specification is not approved."), field="lines")
    return found


def _as_specified(draft: LineDraft, item: SpecItem) -> LineDraft:
    """Return a line with what the specification says where nothing else was typed."""
    return replace(
        draft,
        what=draft.what.strip() or item.name,
        quantity=item.quantity if draft.quantity is None else draft.quantity,
        unit_word=draft.unit_word.strip() or item.unit_word,
        unit_price=item.unit_price if draft.unit_price is None else draft.unit_price,
        over_price_reason=draft.over_price_reason.strip() or item.over_price_reason,
    )


def search_key_of(purchase: Purchase) -> str:
    """Return the words people look for a purchase by."""
    lines = " ".join(line.what for line in purchase.lines)
    said = f"{purchase.number or ''} {purchase.title} {purchase.asker_name} {lines}"
    return thai.search_key(said)[:8000]


def content_of(purchase: Purchase) -> dict[str, Any]:
    """Return everything that is signed, in plain values."""
    plain = ("kind", "number", "title", "asker_name", "reason", "scope", "price_source", "due_on")
    more = ("method", "method_reason", "criterion", "proposals", "vat", "service", "total")
    budget = purchase.budget
    return {
        **{name: getattr(purchase, name) for name in (*plain, *more)},
        "budget": [budget.fiscal_year, budget.source, budget.project] if budget else None,
        "members": [[one.person.name_th, one.person.position] for one in purchase.members],
        "lines": [[getattr(one, name) for name in LINE_COLUMNS] for one in purchase.lines],
    }


def _asked(purchase: Purchase) -> asking.Request:
    return asking.Request(
        kind=KIND,
        subject_id=purchase.id,
        number=purchase.number or "",
        title=purchase.title,
        content=content_of(purchase),
        asker_id=purchase.asker_id,
        unit_id=purchase.unit_id,
        amount=purchase.total,
    )


def _ready(purchase: Purchase) -> None:
    checking.complete(purchase)
    budgets.check(purchase)
    person = purchase.asker
    purchase.asker_name, purchase.asker_position = person.name_th, person.position


def send(purchase: Purchase, *, by: Viewer) -> Approval:
    """Send a draft for approval; the first time it gets its number, without gaps in the year.

    Refuses what ``checking.complete`` finds missing or wrong, and what exceeds a strict budget.
    """
    target = PURCHASES.target(State(purchase.state), Action.SEND)
    _ready(purchase)
    if purchase.number is None:
        purchase.number = bookkeeping.next_number(SERIES)
    purchase.search_key = search_key_of(purchase)
    with speaking("th"):
        approval = asking.submit(_asked(purchase), by=by)
    purchase.approval_id, purchase.approval = approval.id, approval
    purchase.state, purchase.sent_at = target, clock.now()
    told = {"number": purchase.number, "total": purchase.total}
    audit.record("sent", purchase, by=by, after=told)
    return approval


def answer(purchase: Purchase, words: str, *, by: Viewer) -> None:
    """Answer the question of who sent it back, with what was changed; changes are signed anew."""
    if not is_sent_back(purchase) or purchase.approval is None:
        raise Refusal(_("This purchase was not sent back; it cannot be changed now."))
    _ready(purchase)
    with speaking("th"):
        asking.answer(purchase.approval, words, by=by, request=_asked(purchase))
    audit.record("answered", purchase, by=by)


def recall(purchase: Purchase, *, by: Viewer) -> None:
    """Take a purchase back that is not decided; it becomes a draft again and keeps its number."""
    PURCHASES.target(State(purchase.state), Action.RECALL)
    if purchase.approval is not None:
        asking.recall(purchase.approval, by=by)  # calls back and makes it a draft


def change(purchase: Purchase, *, by: Viewer) -> None:
    """Make the approval of an approved purchase void so that its asker can change it.

    Refuses what was ordered already.
    """
    PURCHASES.target(State(purchase.state), Action.CHANGE)
    if purchase.approval is not None:
        asking.void(purchase.approval, _("The asker changes what was approved."), by=by)
