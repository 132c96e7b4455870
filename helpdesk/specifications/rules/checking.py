"""Whether a specification may be sent: its parts, its prices (R-X1) and its brands (R-F5)."""

from __future__ import annotations

from helpdesk.specifications.models import Specification, SpecItem
from helpdesk.specifications.rules import brands, payments
from kernel.errors import Refusal
from kernel.i18n import gettext as _


def complete(one: Specification) -> None:
    """Refuse a specification that is not ready to be signed, telling the first thing to mend."""
    for name, sentence in (
        ("background", _("Please write how the need arose.")),
        ("objective", _("Please write the objective.")),
        ("qualification", _("Please write what bidders must be.")),
        ("delivery", _("Please write when and where it is delivered.")),
        ("price_source", _("Please write where the reference price comes from.")),
        ("budget_source", _("Please write which budget pays it.")),
        ("penalty", _("Please write the penalty for late delivery.")),
    ):
        if not getattr(one, name).strip():
            raise Refusal(sentence, field=name)
    for name in ("median_price", "budget"):
        if not getattr(one, name):
            raise Refusal(_("Please write the amount in baht."), field=name)
    if not one.items:
        raise Refusal(_("Please write at least one item: what is bought."), field="items")
    for item in one.items:
        _item(item)
    payments.complete(one)
    _brands(one)
    _group(one)


def _item(item: SpecItem) -> None:
    fault = ""
    if not item.name or not item.unit_word:
        fault = _("Please write what it is and the unit it is counted in.")
    elif not item.requirements:
        fault = _("Please write at least one requirement.")
    elif any(not one.name for one in item.requirements):
        fault = _("A requirement says nothing.")
    elif item.over and not item.over_price_reason:
        fault = _(
            "The price is %(over)s baht above the price criterion. Please write why.",
            over=f"{item.over:,.2f}",
        )
    if fault:
        said = _("Item %(number)s: %(fault)s", number=item.position, fault=fault)
        raise Refusal(said, field="items")


def _brands(one: Specification) -> None:
    named = brands.named_by(one)
    if named and not one.brand_reason:
        raise Refusal(
            _(
                "The text names a brand: %(brands)s. Describe what is needed instead (section 9 "
                "of the act), or write why it must be this brand.",
                brands=", ".join(named),
            ),
            field="brand_reason",
        )


def _group(one: Specification) -> None:
    if not one.members:
        raise Refusal(_("Please choose the working group, its chair first."), field="member_1")
    if {each.person_id for each in one.members} == {one.author_id}:
        raise Refusal(
            _("Nobody signs a paper of their own: add somebody else to the working group."),
            field="member_2",
        )
    gone = [each.person.name for each in one.members if each.person.left_on is not None]
    if gone:
        raise Refusal(_("%(name)s has left.", name=gone[0]), field="member_1")
