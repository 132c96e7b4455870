"""What people may type about a comparison: the offers cell by cell, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField

from assets.vendors.models import Vendor
from helpdesk.specifications.comparison_models import Comparison, Offer
from helpdesk.specifications.forms import NONE, GroupForm, NeededToSend
from helpdesk.specifications.models import Requirement, SpecItem
from helpdesk.specifications.rules.comparing import Cell, OfferDraft
from helpdesk.specifications.states import RESULTS, Result
from kernel.forms import ActionForm, AtMost, DateField, MoneyField, NumberField
from kernel.i18n import lazy_gettext as _l


class ConcludeForm(GroupForm):
    """Who compares, and which offer the committee recommends."""

    chosen_id = RadioField(_l("Recommended offer"), [NeededToSend()], coerce=int, default=0)
    recommendation = TextAreaField(_l("Recommendation, and why"), [NeededToSend(), AtMost(4000)])

    def show(self, one: Comparison) -> None:
        """Fill in what the comparison says."""
        self.show_members(one.members)
        self.chosen_id.data = one.chosen.id if one.chosen else 0
        self.recommendation.data = one.recommendation
        self.version.data = str(one.version)


class OfferForm(ActionForm):
    """An offer; a price for each item and a cell for each requirement come by ``offer_form``."""

    vendor_id = SelectField(_l("Vendor"), coerce=int)
    product = StringField(_l("Brand and model offered"), [AtMost(300)])
    document = StringField(_l("Number of the quotation"), [AtMost(120)])
    offered_on = DateField(_l("Day of the quotation"))
    score = NumberField(_l("Performance (0–100 points)"))

    def show(self, offer: Offer) -> None:
        """Fill in what was written down of an offer."""
        for name in ("vendor_id", "product", "document", "offered_on", "score"):
            self[name].data = getattr(offer, name)
        for price in offer.prices:
            self[f"price_{price.item_id}"].data = price.unit_price
        for one in offer.findings:
            self[f"result_{one.requirement_id}"].data = one.result
            self[f"remark_{one.requirement_id}"].data = one.remark
            self[f"page_{one.requirement_id}"].data = one.page
        self.version.data = str(offer.version)

    def draft(
        self, vendor: Vendor, items: Sequence[SpecItem], requirements: Sequence[Requirement]
    ) -> OfferDraft:
        """Return what was typed."""
        return OfferDraft(
            vendor=vendor,
            product=self.product.data or "",
            document=self.document.data or "",
            offered_on=self.offered_on.data,
            score=self.score.data,
            prices={item.id: self[f"price_{item.id}"].data for item in items},
            cells={one.id: self._cell(one.id) for one in requirements},
        )

    def _cell(self, number: int) -> Cell:
        said = self[f"result_{number}"].data
        return Cell(
            result=Result(said) if said else None,
            remark=self[f"remark_{number}"].data or "",
            page=self[f"page_{number}"].data or "",
        )


def offer_form(items: Sequence[SpecItem], requirements: Sequence[Requirement]) -> OfferForm:
    """Return the form of an offer for the items and requirements of a specification."""
    choices = [("", NONE[1]), *((str(key), face.label) for key, face in RESULTS.items())]
    fields: dict[str, Any] = {
        f"price_{item.id}": MoneyField(_l("Price of one (baht)"), [NeededToSend()])
        for item in items
    }
    for one in requirements:
        fields[f"result_{one.id}"] = SelectField(_l("Finding"), choices=choices, default="")
        fields[f"remark_{one.id}"] = StringField(_l("Remark"), [AtMost(500)])
        fields[f"page_{one.id}"] = StringField(_l("Page"), [AtMost(40)])
    made: OfferForm = type("OfferFormOfSpecification", (OfferForm,), fields)()
    return made
