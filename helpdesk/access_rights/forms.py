"""What people may type about systems and rights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from assets.maintenance.forms import Row, told
from helpdesk.access_rights.card_models import SystemCard, SystemLink, SystemRisk
from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.rules.describing import MOST_ROWS, CardDraft, LinkDraft, RiskDraft
from helpdesk.access_rights.states import (
    CRITICALITY_CHOICES,
    DATA,
    TREATMENTS,
    WAYS,
    WHOSE,
    Criticality,
    Data,
    Treatment,
    Way,
    Whose,
)
from kernel.forms import ActionForm, AtMost, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p


class GrantForm(ActionForm):
    """That an account was made; there is no field for a password."""

    account = StringField(_l("Name of the account"), [AtMost(120)])
    words = TextAreaField(_l("A word to the asker"), [AtMost(500)])


class WhyForm(ActionForm):
    """A button that asks for the reason."""

    words = StringField(_l("Reason"), [AtMost(300)])


class SystemForm(ActionForm):
    """A system with its owners and keepers, one name a line."""

    code = StringField(_l("Code"), [Required(), AtMost(20)])
    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(160)])
    name_en = StringField(_l("Name in English"), [AtMost(160)])
    purpose = TextAreaField(_l("What it is for"), [AtMost(500)])
    unit_id = SelectField(_l("Unit"), [Required()])
    owners = TextAreaField(_l("Owners"), [Required(), AtMost(1000)])
    keepers = TextAreaField(_l("Keepers"), [Required(), AtMost(1000)])
    review_months = WholeField(_l("Reviewed every how many months"), [Required()])
    longest_months = WholeField(_l("Given for at most how many months"), [Required()])


SPARE_ROWS = 2
GRADES = [(number, str(number)) for number in range(1, 6)]


class RiskRow(Row):
    """A risk; a row without words is left out."""

    risk = StringField(_l("Risk"), [AtMost(300)])
    likelihood = SelectField(_l("Likelihood (1–5)"), coerce=int, choices=GRADES, default=2)
    impact = SelectField(_l("Impact (1–5)"), coerce=int, choices=GRADES, default=2)
    treatment = SelectField(_l("Treatment"), choices=told(TREATMENTS))
    plan = StringField(_l("What is done about it"), [AtMost(500)])


class LinkRow(Row):
    """A link to another system; a row that names none is left out."""

    way = SelectField(_l("Which way data flow"), choices=told(WAYS))
    other_id = SelectField(_l("System of the register"), coerce=int, default=0)
    other_name = StringField(_l("Or another one"), [AtMost(160)])
    what = StringField(_l("Which data"), [AtMost(300)])


class CardForm(ActionForm):
    """The card of a system."""

    whose = SelectField(_l("System of"), choices=told(WHOSE))
    criticality = SelectField(
        _l("Criticality"),
        choices=told(CRITICALITY_CHOICES),
        default="medium",
    )
    platform = StringField(
        _p("system", "Platform"),
        [AtMost(200)],
        description=_l("Where it runs and on what: own server, cloud, programme, database."),
    )
    vendor_id = SelectField(_l("Vendor"), coerce=int, default=0)
    data_held = TextAreaField(_l("Data it holds"), [AtMost(2000)])
    personal_data = BooleanField(_l("It holds personal data"))
    data_kinds = SelectMultipleField(_l("Which personal data"), choices=told(DATA))
    users = TextAreaField(_l("Users and groups"), [AtMost(2000)])
    decides = StringField(
        _l("Who decides on access"),
        [AtMost(200)],
        description=_l("The post, where it is not the owners."),
    )
    risks = FieldList(FormField(RiskRow), max_entries=MOST_ROWS)
    links = FieldList(FormField(LinkRow), max_entries=MOST_ROWS)

    def show(
        self, card: SystemCard | None, risks: Sequence[SystemRisk], links: Sequence[SystemLink]
    ) -> None:
        """Fill in what is known of a system."""
        self.version.data = str(card.version if card is not None else 0)
        if card is not None:
            for name in ("whose", "criticality", "platform", "data_held", "personal_data"):
                self[name].data = getattr(card, name)
            self.users.data, self.decides.data = card.users, card.decides
            self.data_kinds.data, self.vendor_id.data = card.data_kinds, card.vendor_id or 0
        for risk in risks:
            self.risks.append_entry(risk)
        for link in links:
            self.links.append_entry(link)

    def offer(
        self, vendors: Sequence[tuple[int, str]], systems: Sequence[InformationSystem]
    ) -> None:
        """Leave spare rows, and fill the choices of vendors and systems."""
        for rows in (self.risks, self.links):
            for _row in range(min(SPARE_ROWS, MOST_ROWS - len(rows))):
                rows.append_entry()
        self.choose(vendors, systems)

    def choose(
        self, vendors: Sequence[tuple[int, str]], systems: Sequence[InformationSystem]
    ) -> None:
        """Fill the choices of vendors and systems."""
        self.vendor_id.choices = [(0, "–"), *vendors]
        known = [(0, _("not in the register")), *((one.id, one.name) for one in systems)]
        for row in self.links:
            row.form.other_id.choices = known

    def draft(self) -> CardDraft:
        """Return what was typed."""
        return CardDraft(
            whose=Whose(self.whose.data),
            criticality=Criticality(self.criticality.data),
            data_held=self.data_held.data or "",
            personal_data=bool(self.personal_data.data),
            data_kinds=[Data(one) for one in self.data_kinds.data or ()],
            users=self.users.data or "",
            decides=self.decides.data or "",
            platform=self.platform.data or "",
            vendor_id=self.vendor_id.data or None,
            risks=[_risk(row.form) for row in self.risks if row.form.risk.data],
            links=[
                _link(row.form)
                for row in self.links
                if row.form.other_id.data or row.form.other_name.data
            ],
        )


def _risk(row: Any) -> RiskDraft:  # noqa: ANN401 - a RiskRow
    return RiskDraft(
        risk=row.risk.data,
        likelihood=row.likelihood.data,
        impact=row.impact.data,
        treatment=Treatment(row.treatment.data),
        plan=row.plan.data or "",
    )


def _link(row: Any) -> LinkDraft:  # noqa: ANN401 - a LinkRow
    return LinkDraft(
        other_id=row.other_id.data or None,
        other_name=row.other_name.data or "",
        way=Way(row.way.data),
        what=row.what.data or "",
    )
