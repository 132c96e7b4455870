"""What two versions of a specification say differently: counting only."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from assets.stock.quantities import shown
from helpdesk.specifications import sentences
from helpdesk.specifications.models import Specification, SpecItem
from helpdesk.specifications.rules import payments
from helpdesk.specifications.states import METHODS, PARTS, Method
from kernel.i18n import gettext as _


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same; an empty side: it was added, or taken out."""

    label: str
    before: str
    after: str


def between(old: Specification, new: Specification) -> list[Difference]:
    """Return what changed from one version to another, part by part, then item by item."""
    pairs = [(_("Title"), old.title, new.title)]
    pairs += [(str(label), getattr(old, name), getattr(new, name)) for name, label in PARTS]
    pairs += [
        (_("7. How the offer is chosen"), _method(old), _method(new)),
        (_("8. Reference price (baht)"), _money(old.median_price), _money(new.median_price)),
        (_("9. Budget (baht)"), _money(old.budget), _money(new.budget)),
        (_("Working group"), _group(old), _group(new)),
        (_("Why a brand is named"), old.brand_reason, new.brand_reason),
    ]
    found = [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
    found += _lines(_("Item"), [_item(one) for one in old.items], [_item(one) for one in new.items])
    found += _lines(_("Requirement"), _requirements(old), _requirements(new))
    return found + _lines(_("Instalment"), _instalments(old), _instalments(new))


def _lines(label: str, old: list[str], new: list[str]) -> list[Difference]:
    """Return the lines that were changed, added or taken out, in their order."""
    found = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        before, after = old[first:last], new[begin:end]
        for number in range(max(len(before), len(after))):
            one = before[number] if number < len(before) else ""
            other = after[number] if number < len(after) else ""
            found.append(Difference(label, one, other))
    return found


def _requirements(one: Specification) -> list[str]:
    return [
        f"{item.name}: {sentences.requirement(each)}"
        for item in one.items
        for each in item.requirements
    ]


def _instalments(one: Specification) -> list[str]:
    return [payments.sentence(row.percent, row.delivers, row.days) for row in one.payments]


def _item(item: SpecItem) -> str:
    said = f"{item.name} × {shown(item.quantity)} {item.unit_word} · {item.unit_price:,.2f}"
    return f"{said} · {item.criterion_text}" if item.criterion_text else said


def _method(one: Specification) -> str:
    said = str(METHODS[Method(one.method)])
    return said if one.price_weight == 100 else f"{said} ({one.price_weight}%)"


def _group(one: Specification) -> str:
    return ", ".join(member.person.name for member in one.members)


def _money(amount: Any) -> str:  # noqa: ANN401 - an amount or None
    return "" if amount is None else f"{amount:,.2f}"
