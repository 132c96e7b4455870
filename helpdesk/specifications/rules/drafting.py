"""Writing a specification: begin, keep, copy, and the next version of one that is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from helpdesk.specifications import criteria_queries
from helpdesk.specifications.criteria_models import PriceCriterion
from helpdesk.specifications.models import (
    Requirement,
    Specification,
    SpecInstalment,
    SpecItem,
    SpecMember,
)
from helpdesk.specifications.rules import payments
from helpdesk.specifications.rules.payments import InstalmentDraft
from helpdesk.specifications.states import Method, Operator, State
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.approvals.states import State as ApprovalState
from office.bookkeeping import audit
from office.people.models import Person

MOST_DRAFTS, MOST_ITEMS, MOST_REQUIREMENTS = 30, 20, 200
MOST_PRICE = Decimal("99999999999.99")
MOST_QUANTITY = Decimal("9999999.99")
TEXTS = (
    *("background", "objective", "characteristics", "qualification", "delivery"),
    *("price_source", "budget_source", "instalments", "penalty", "group_order", "brand_reason"),
)
REQUIREMENT = ("name", "operator", "amount", "unit_word", "mandatory")


@dataclass(frozen=True)
class RequirementDraft:
    """A requirement as typed; ``item`` is the position of what it is about, from 1."""

    name: str
    operator: Operator = Operator.PLAIN
    amount: str = ""
    unit_word: str = ""
    mandatory: bool = True
    item: int = 1


@dataclass(frozen=True)
class ItemDraft:
    """A thing that is bought, as typed; ``unit_price`` is baht for one with the tax."""

    name: str
    quantity: Decimal | None
    unit_word: str
    unit_price: Decimal | None
    criterion_id: int | None = None
    over_price_reason: str = ""


@dataclass(frozen=True)
class Draft:
    """A specification as typed; see ``Specification``. ``members`` are ids, the chair first."""

    title: str
    texts: dict[str, str]
    items: tuple[ItemDraft, ...] = ()
    requirements: tuple[RequirementDraft, ...] = ()
    members: tuple[int, ...] = ()
    method: Method = Method.LOWEST
    price_weight: int = 100
    median_price: Decimal | None = None
    budget: Decimal | None = None
    payments: tuple[InstalmentDraft, ...] = ()


def locked(specification_id: int) -> Specification | None:
    """Return a specification that nobody else moves until the unit of work ends."""
    return db.session.scalar(
        select(Specification)
        .where(Specification.id == specification_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def begin(draft: Draft, *, by: Viewer) -> Specification:
    """Begin a draft; only its author and working group see it.

    Refuses what ``keep`` refuses, and more than 30 drafts of one person.
    """
    made = _blank(draft.title, by)
    _write(made, draft)
    audit.record("begun", made, by=by, after={"title": made.title})
    return made


def _blank(title: str, by: Viewer) -> Specification:
    drafts = select(func.count(Specification.id)).where(
        Specification.author_id == by.id, Specification.state == State.DRAFT
    )
    if (db.session.scalar(drafts) or 0) >= MOST_DRAFTS:
        raise Refusal(_("You have %(most)s drafts. Please send or cancel some.", most=MOST_DRAFTS))
    person = db.session.get_one(Person, by.id)
    made = Specification(
        title=title.strip()[:300],
        author_id=person.id,
        author_name=person.name_th,
        author_position=person.position,
        unit_id=person.unit_id,
        made_at=clock.now(),
    )
    made.author = person
    db.session.add(made)
    db.session.flush()  # it is the first version of itself
    made.first_id = made.id
    return made


def keep(specification: Specification, draft: Draft, *, by: Viewer) -> None:
    """Keep what was typed, also where something is still missing.

    Refuses a specification that is not being written; a quantity or price out of measure; a
    requirement of an item that is not there; a criterion that is not in force and was not chosen
    before; more than 20 items or 200 requirements.
    """
    demand_editable(specification)
    _write(specification, draft)
    audit.record("kept", specification, by=by)


def demand_editable(specification: Specification) -> None:
    """Refuse to edit what was sent, telling the way out."""
    if is_editable(specification):
        return
    if specification.state == State.WAITING:
        raise Refusal(_("This waits for approval. Its author takes it back first, to change it."))
    raise Refusal(_("This is decided and stays as it is. Write a new version of it instead."))


def is_editable(specification: Specification) -> bool:
    """Tell whether the content may be changed now."""
    return specification.state == State.DRAFT or is_sent_back(specification)


def is_sent_back(specification: Specification) -> bool:
    """Tell whether somebody sent it back with a question that is not answered."""
    approval = specification.approval
    return (
        specification.state == State.WAITING
        and approval is not None
        and approval.state == ApprovalState.SENT_BACK
    )


def _write(one: Specification, draft: Draft) -> None:
    if not draft.title.strip():
        raise Refusal(_("Please write what is specified."), field="title")
    one.title = draft.title.strip()[:300]
    for name in TEXTS:
        setattr(one, name, draft.texts.get(name, "").strip())
    if draft.method == Method.PERFORMANCE and not 1 <= draft.price_weight <= 99:
        raise Refusal(_("The price counts 1 to 99 percent."), field="price_weight")
    one.method = draft.method
    one.price_weight = draft.price_weight if draft.method == Method.PERFORMANCE else 100
    for name in ("median_price", "budget"):
        setattr(one, name, _money(getattr(draft, name), name))
    chosen: dict[int | None, SpecItem] = {
        item.criterion_id: item for item in one.items if item.criterion_id
    }
    made, instalments = _items(draft, chosen), payments.rows(draft.payments)
    one.items.clear()
    one.payments.clear()
    one.members.clear()
    db.session.flush()  # the places of the old rows are free for the new ones
    one.items.extend(made)
    one.payments.extend(instalments)
    one.members.extend(
        SpecMember(person_id=person_id, position=position)
        for position, person_id in enumerate(dict.fromkeys(draft.members), start=1)
    )
    one.search_key = search_key_of(one)


def _money(amount: Decimal | None, field: str) -> Decimal | None:
    if amount is not None and not 0 <= amount <= MOST_PRICE:
        raise Refusal(
            _("A price is at most %(most)s baht. Please check it.", most=f"{MOST_PRICE:,}"),
            field=field,
        )
    return amount


def _items(draft: Draft, chosen: dict[int | None, SpecItem]) -> list[SpecItem]:
    """Return the items with their requirements; ``chosen`` are the criteria used so far."""
    if len(draft.items) > MOST_ITEMS or len(draft.requirements) > MOST_REQUIREMENTS:
        raise Refusal(
            _(
                "A specification has %(items)s items and %(requirements)s requirements at most.",
                items=MOST_ITEMS,
                requirements=MOST_REQUIREMENTS,
            )
        )
    ids = {item.criterion_id for item in draft.items} - chosen.keys() - {None}
    offered = {row.id: row for row in criteria_queries.in_force(clock.today())} if ids else {}
    made = [
        _item(item, position, chosen, offered) for position, item in enumerate(draft.items, start=1)
    ]
    for one in draft.requirements:
        if not 1 <= one.item <= len(made):
            raise Refusal(
                _("“%(name)s” is about item %(number)s, which is not there.",
                  name=one.name[:60], number=one.item),
                field="requirements",
            )  # fmt: skip
        of = made[one.item - 1].requirements
        of.append(_requirement(one, len(of) + 1))
    return made


def _item(
    draft: ItemDraft,
    position: int,
    chosen: dict[int | None, SpecItem],
    offered: dict[int, PriceCriterion],
) -> SpecItem:
    fault = ""
    if draft.quantity is None or not 0 < draft.quantity <= MOST_QUANTITY:
        fault = _("Please write how many; more than none.")
    elif draft.unit_price is None or not 0 <= draft.unit_price <= MOST_PRICE:
        fault = _("Please write the price of one.")
    elif draft.criterion_id and draft.criterion_id not in {*chosen, *offered}:
        fault = _("This price criterion is not in force.")
    if fault:
        said = _("Item %(number)s: %(fault)s", number=position, fault=fault)
        raise Refusal(said, field="items")
    made = SpecItem(
        position=position,
        name=draft.name.strip()[:300],
        quantity=draft.quantity,
        unit_word=draft.unit_word.strip()[:40],
        unit_price=draft.unit_price,
        over_price_reason=draft.over_price_reason.strip()[:500],
    )
    _measure(made, draft.criterion_id, chosen, offered)
    return made


def _measure(
    item: SpecItem,
    criterion_id: int | None,
    chosen: dict[int | None, SpecItem],
    offered: dict[int, PriceCriterion],
) -> None:
    """Write down by which row of the criteria an item is measured, as the row says today (R-X2)."""
    if criterion_id is None:
        return
    item.criterion_id = criterion_id
    if earlier := chosen.get(criterion_id):
        item.criterion_text = earlier.criterion_text
        item.criterion_price = earlier.criterion_price
        return
    row = offered[criterion_id]
    said = f"{row.edition.name} ข้อ {row.item_no} {row.name}"
    item.criterion_text = (f"{said} หน้า {row.page}" if row.page else said)[:600]
    item.criterion_price = row.price


def _requirement(draft: RequirementDraft, position: int) -> Requirement:
    return Requirement(
        position=position,
        name=draft.name.strip()[:500],
        operator=draft.operator,
        amount=draft.amount.strip()[:200],
        unit_word=draft.unit_word.strip()[:40],
        mandatory=draft.mandatory,
    )


def copy(source: Specification, *, by: Viewer) -> Specification:
    """Begin a specification of one's own from another one, with everything it says."""
    made = _blank(source.title, by)
    _take(made, source)
    told = {"title": made.title, "source": source.number or source.title}
    audit.record("copied", made, by=by, after=told)
    return made


def new_version(source: Specification, *, by: Viewer) -> Specification:
    """Begin the next version of a specification that is decided.

    Refuses one that is not decided, and where another version is being written already.
    """
    if source.state not in (State.APPROVED, State.REJECTED):
        raise Refusal(_("This is not decided yet; change it as it is."))
    editions = db.session.execute(
        select(Specification.edition, Specification.state)
        .where(Specification.first_id == source.first_id)
        .with_for_update()
    ).all()
    if any(state in (State.DRAFT, State.WAITING) for _edition, state in editions):
        raise Refusal(_("Another version of this is being written already."))
    made = _blank(source.title, by)
    made.first_id = source.first_id
    made.edition = max(edition for edition, _state in editions) + 1
    _take(made, source)
    audit.record("renewed", made, by=by, after={"title": made.title, "edition": made.edition})
    return made


def _take(made: Specification, source: Specification) -> None:
    for name in (*TEXTS, "method", "price_weight", "median_price", "budget"):
        setattr(made, name, getattr(source, name))
    for item in source.items:
        twin = SpecItem(**{name: getattr(item, name) for name in _ITEM_COLUMNS})
        twin.requirements = [
            Requirement(position=one.position, **{name: getattr(one, name) for name in REQUIREMENT})
            for one in item.requirements
        ]
        made.items.append(twin)
    made.payments.extend(
        SpecInstalment(
            position=one.position, **{name: getattr(one, name) for name in payments.COLUMNS}
        )
        for one in source.payments
    )
    made.members.extend(
        SpecMember(person_id=one.person_id, position=position)
        for position, one in enumerate(
            (one for one in source.members if one.person.left_on is None), start=1
        )
    )
    made.search_key = search_key_of(made)


_ITEM_COLUMNS = (
    *("position", "name", "quantity", "unit_word", "unit_price", "criterion_id"),
    *("criterion_text", "criterion_price", "over_price_reason"),
)


def search_key_of(one: Specification) -> str:
    """Return the words people look for a specification by."""
    items = " ".join(item.name for item in one.items)
    return thai.search_key(f"{one.number or ''} {one.title} {one.author_name} {items}")[:8000]


def content_of(one: Specification) -> dict[str, Any]:
    """Return everything that is signed, in plain values."""
    plain = ("number", "edition", "title", "author_name", "method", "price_weight")
    paid = [[getattr(row, name) for name in payments.COLUMNS] for row in one.payments]
    return {
        # Papers from before there were rows of instalments keep the content that was signed.
        **({"payments": paid} if paid else {}),
        **{name: getattr(one, name) for name in (*plain, "median_price", "budget", *TEXTS)},
        "members": [[each.person.name_th, each.person.position] for each in one.members],
        "items": [
            {
                **{name: getattr(item, name) for name in _ITEM_COLUMNS},
                "requirements": [
                    [getattr(each, name) for name in REQUIREMENT] for each in item.requirements
                ],
            }
            for item in one.items
        ],
    }


def total_of(items: Sequence[SpecItem]) -> Decimal:
    """Return what all items cost together, in baht."""
    return sum((item.cost for item in items), start=Decimal("0.00"))
