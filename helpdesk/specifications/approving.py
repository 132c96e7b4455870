"""What this room tells the engine of approvals: the committee signs, then the director."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from assets.stock.quantities import shown
from helpdesk.specifications.rules import comparing, drafting, flow, payments, sorts
from helpdesk.specifications.rules.flow import COMMITTEE, Sort, Written
from helpdesk.specifications.states import METHODS, Method
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.approvals import kinds
from office.approvals.kinds import Content, Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.states import Place

MEMBERS_TH = "คณะทำงาน"
MEMBERS = StepPlan(
    MEMBERS_TH, "Working group", Place.GIVEN, slot=COMMITTEE, all_sign=True
)  # fmt: skip
DIRECTOR = StepPlan("ผู้อำนวยการสำนักงาน", "Director of the office", Place.OFFICE)


def register() -> None:
    """Make both kinds known to the engine; call it when the application is built."""
    kinds.register(
        _kind(
            sorts.SPECIFICATION,
            _l("Specifications"),
            _spec_facts,
            "/specifications/{}",
            drafting.locked,
        )
    )
    kinds.register(
        _kind(
            sorts.COMPARISON,
            _l("Comparisons of offers"),
            _comparison_facts,
            "/comparisons/{}",
            comparing.locked,
        )
    )


def _kind(
    sort: Sort,
    label: Any,  # noqa: ANN401 - a lazy text
    facts: Callable[[Content], Sequence[tuple[str, str]]],
    address: str,
    load: Callable[[int], Written | None],
) -> Kind:
    def decided(verb: Callable[[Written, Approval, Viewer], None]) -> kinds.Called:
        def call(approval: Approval, by: Viewer) -> None:
            found = load(approval.subject_id)
            if found is not None and found.approval_id == approval.id:
                verb(found, approval, by)

        return call

    back = decided(lambda one, _approval, by: flow.withdraw(sort, one, by=by))
    return Kind(
        key=sort.key,
        label=label,
        facts=facts,
        page=address.format,
        first_path=(MEMBERS, DIRECTOR),
        may_repeat=True,
        slots={COMMITTEE: _l("Working group or committee")},
        approved=decided(lambda one, approval, by: flow.approve(sort, one, approval, by=by)),
        rejected=decided(lambda one, approval, by: flow.reject(sort, one, approval, by=by)),
        recalled=back,
        voided=back,
    )


def _spec_facts(content: Content) -> Sequence[tuple[str, str]]:
    items = [
        _("%(name)s × %(quantity)s %(unit)s, %(price)s each, %(many)s requirements",
          name=item["name"], quantity=shown(Decimal(item["quantity"])), unit=item["unit_word"],
          price=f"{Decimal(item['unit_price']):,.2f}", many=len(item["requirements"]))
        for item in content["items"]
    ]  # fmt: skip
    over = [
        f"{item['name']}: {item['over_price_reason']}"
        for item in content["items"]
        if item["over_price_reason"]
    ]
    facts = [
        (_("Objective"), str(content["objective"])),
        (_("What is bought"), "\n".join(items)),
        (_("Reference price (baht)"), f"{Decimal(content['median_price']):,.2f}"),
        (_("Budget (baht)"), f"{Decimal(content['budget']):,.2f}"),
        (_("How the offer is chosen"), str(METHODS[Method(content["method"])])),
        *_instalments(content),
        (_("Working group"), _people(content)),
    ]
    if over:
        facts.append((_("Why above the price criterion"), "\n".join(over)))
    if content["brand_reason"]:
        facts.append((_("Why a brand is named"), str(content["brand_reason"])))
    return facts


def _instalments(content: Content) -> Sequence[tuple[str, str]]:
    rows = [
        payments.sentence(Decimal(percent), delivers, days)
        for percent, delivers, days in content.get("payments", ())
    ]
    return [(_("Instalments"), "\n".join(rows))] if rows else []


def _comparison_facts(content: Content) -> Sequence[tuple[str, str]]:
    offers = []
    for one in content["offers"]:
        price = f"{Decimal(one['total']):,.2f}" if one["total"] else "–"
        place = _("rank %(rank)s", rank=one["rank"]) if one["rank"] else _("does not pass")
        offers.append(f"{one['vendor']}: {price} · {place}")
    chosen = [one["vendor"] for one in content["offers"] if one["chosen"]]
    return [
        (_("Specification"), str(content["specification"][0])),
        (_("How the offer is chosen"), str(METHODS[Method(content["method"])])),
        (_("Offers"), "\n".join(offers)),
        (_("Recommended"), ", ".join(chosen) or _("none of them")),
        (_("Recommendation"), str(content["recommendation"])),
        (_("Committee"), _people(content)),
    ]


def _people(content: Content) -> str:
    return ", ".join(str(name) for name, _position in content["members"])
