"""What people may type about specifications and price criteria."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from helpdesk.specifications.criteria_models import PriceCriterion
from helpdesk.specifications.models import Specification
from helpdesk.specifications.rules import payments
from helpdesk.specifications.rules.drafting import (
    MOST_ITEMS,
    MOST_REQUIREMENTS,
    TEXTS,
    Draft,
    ItemDraft,
    RequirementDraft,
)
from helpdesk.specifications.rules.payments import MOST_INSTALMENTS, InstalmentDraft
from helpdesk.specifications.states import METHODS, OPERATORS, PARTS, Method, Operator
from kernel.forms import (
    ActionForm,
    AtMost,
    DateField,
    Form,
    MoneyField,
    NumberField,
    Required,
    WholeField,
)
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p
from office.people.models import Person

SEATS, SPARE_ITEMS, SPARE_REQUIREMENTS, SPARE_INSTALMENTS = 7, 1, 4, 2
LABELS = dict(PARTS)
NONE = (0, "–")


class NeededToSend:
    """A mark for the page: a draft may leave this empty, but it is not sent without it."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads a plain dict

    def __call__(self, _form: Form, _field: object) -> None:
        """Let everything pass; ``rules.checking`` refuses what is missing when it is sent."""


class Row(Form):
    """Several fields that stand in a form many times; the form around them carries the token."""

    class Meta(Form.Meta):
        """Without a token of its own."""

        csrf = False


class NamedRow(Row):
    """A row that counts where its name is typed."""

    @property
    def is_blank(self) -> bool:
        """No name was typed."""
        return not self["name"].data


class ItemRow(NamedRow):
    """One thing that is bought; a row without a name is left out."""

    name = StringField(_p("specification", "What is bought"), [NeededToSend(), AtMost(300)])
    quantity = NumberField(_l("How many"), [NeededToSend()])
    unit_word = StringField(_l("Counted in"), [NeededToSend(), AtMost(40)])
    unit_price = MoneyField(_l("Price of one (baht)"), [NeededToSend()])
    criterion_id = SelectField(_l("ICT price criterion"), coerce=int, default=0)
    over_price_reason = StringField(_l("Why above the price criterion"), [AtMost(500)])


class RequirementRow(NamedRow):
    """One requirement; a row without a text is left out."""

    item = WholeField(_p("requirement", "Item"), default=1)
    name = StringField(_l("Requirement"), [AtMost(500)])
    operator = SelectField(
        _p("requirement", "Measure"),
        choices=[(str(k), v) for k, v in OPERATORS.items()],
        default="plain",
    )
    amount = StringField(_p("requirement", "Value"), [AtMost(200)])
    unit_word = StringField(_l("Unit of measure"), [AtMost(40)])
    mandatory = BooleanField(_l("Must be met"), default=True)


class InstalmentRow(Row):
    """One instalment; a row without percent and text is left out."""

    percent = NumberField(_l("Percent of the price"), [NeededToSend()])
    delivers = StringField(_l("Paid once this is delivered"), [NeededToSend(), AtMost(500)])
    days = WholeField(_l("Within (days)"))

    @property
    def is_blank(self) -> bool:
        """Nothing was typed that makes an instalment of it."""
        typed = self.percent.raw_data and self.percent.raw_data[0].strip()
        return not (self.delivers.data or self.percent.data is not None or typed)


class GroupForm(ActionForm):
    """The seats of a working group or committee."""

    member_1 = SelectField(_p("committee", "Chair"), coerce=int, default=0)
    member_2 = SelectField(_l("Second member"), coerce=int, default=0)
    member_3 = SelectField(_l("Third member"), coerce=int, default=0)
    member_4 = SelectField(_l("Fourth member"), coerce=int, default=0)
    member_5 = SelectField(_l("Fifth member"), coerce=int, default=0)
    member_6 = SelectField(_l("Sixth member"), coerce=int, default=0)
    member_7 = SelectField(_l("Seventh member"), coerce=int, default=0)
    words = TextAreaField(_l("Your answer"), [AtMost(1000)])

    @property
    def seats(self) -> list[Any]:
        """The fields of the members, the chair first."""
        return [self[f"member_{number}"] for number in range(1, SEATS + 1)]

    @property
    def members(self) -> tuple[int, ...]:
        """The ids of the people chosen, the chair first."""
        return tuple(seat.data for seat in self.seats if seat.data)

    def offer_people(self, people: Sequence[Person]) -> None:
        """Fill the seats' choices."""
        for seat in self.seats:
            seat.choices = [NONE, *((one.id, one.name) for one in people)]

    def show_members(self, members: Iterable[Any]) -> None:
        """Seat the members that there are."""
        for seat, member in zip(self.seats, members, strict=False):
            seat.data = member.person_id


class SpecificationForm(GroupForm):
    """A specification (F05) with its parts, items and requirements."""

    title = StringField(_l("What is specified"), [Required(), AtMost(300)])
    background = TextAreaField(LABELS["background"], [NeededToSend(), AtMost(8000)])
    objective = TextAreaField(LABELS["objective"], [NeededToSend(), AtMost(4000)])
    characteristics = TextAreaField(LABELS["characteristics"], [AtMost(8000)])
    qualification = TextAreaField(LABELS["qualification"], [NeededToSend(), AtMost(8000)])
    delivery = TextAreaField(LABELS["delivery"], [NeededToSend(), AtMost(2000)])
    method = RadioField(
        _l("7. How the offer is chosen"),
        [NeededToSend()],
        choices=[(str(k), v) for k, v in METHODS.items()],
        default="lowest",
    )
    price_weight = WholeField(_l("Weight of the price (percent)"), default=70)
    median_price = MoneyField(_l("8. Reference price (baht)"), [NeededToSend()])
    price_source = TextAreaField(LABELS["price_source"], [NeededToSend(), AtMost(2000)])
    budget = MoneyField(_l("9. Budget (baht)"), [NeededToSend()])
    budget_source = StringField(LABELS["budget_source"], [NeededToSend(), AtMost(300)])
    instalments = TextAreaField(LABELS["instalments"], [AtMost(4000)])
    penalty = TextAreaField(LABELS["penalty"], [NeededToSend(), AtMost(2000)])
    group_order = StringField(_l("Order that appoints the working group"), [AtMost(200)])
    brand_reason = StringField(_l("Why a brand is named"), [AtMost(500)])
    items = FieldList(FormField(ItemRow), max_entries=MOST_ITEMS)
    requirements = FieldList(FormField(RequirementRow), max_entries=MOST_REQUIREMENTS)
    payments = FieldList(FormField(InstalmentRow), max_entries=MOST_INSTALMENTS)
    pasted = TextAreaField(_l("Cells of a table, or lines of text"), [AtMost(200_000)])
    file = FileField(_l("Excel or CSV file"))

    def offer(self, people: Sequence[Person], criteria: Sequence[PriceCriterion]) -> None:
        """Fill the choices and leave blank rows at the end; call it after the rows are there."""
        self.offer_people(people)
        self._spare(self.items, SPARE_ITEMS, MOST_ITEMS)
        self._spare(self.requirements, SPARE_REQUIREMENTS, MOST_REQUIREMENTS)
        self._spare(self.payments, SPARE_INSTALMENTS, MOST_INSTALMENTS)
        choices = [NONE, *((one.id, criterion_name(one)) for one in criteria)]
        for row in self.items:
            row.form.criterion_id.choices = choices

    @staticmethod
    def _spare(rows: Any, spare: int, most: int) -> None:  # noqa: ANN401 - a FieldList
        blank = sum(row.form.is_blank for row in rows)
        for _row in range(min(spare - blank, most - len(rows))):
            rows.append_entry()

    def show(self, one: Specification) -> None:
        """Fill in what a specification says."""
        for name in ("title", "method", "price_weight", "median_price", "budget", *TEXTS):
            self[name].data = getattr(one, name)
        self.show_members(one.members)
        for item in one.items:
            self.items.append_entry(item)
            self.items[-1].form.criterion_id.data = item.criterion_id or 0
            for each in item.requirements:
                self.requirements.append_entry(each)
                self.requirements[-1].form.item.data = item.position
        for instalment in one.payments:
            self.payments.append_entry(instalment)
        self.version.data = str(one.version)

    def begin(self) -> None:
        """Fill a new form in with what most specifications say."""
        self.payments.append_entry(payments.single())

    def add(self, found: Sequence[RequirementDraft]) -> int:
        """Add requirements that were pasted, in the place of blank rows; return how many."""
        rows = [row.form for row in self.requirements if not row.form.name.data]
        added = 0
        for draft in found:
            if not rows and len(self.requirements) >= MOST_REQUIREMENTS:
                break
            row = rows.pop(0) if rows else self.requirements.append_entry().form
            for name in ("item", "name", "operator", "amount", "unit_word", "mandatory"):
                row[name].data = getattr(draft, name)
                row[name].raw_data = None
            added += 1
        return added

    def draft(self) -> Draft:
        """Return what was typed."""
        weight = self.price_weight.data
        return Draft(
            title=self.title.data or "",
            texts={name: self[name].data or "" for name in TEXTS},
            items=tuple(_item(row.form) for row in self.items if row.form.name.data),
            requirements=tuple(
                _requirement(row.form) for row in self.requirements if row.form.name.data
            ),
            members=self.members,
            method=Method(self.method.data),
            price_weight=100 if weight is None else weight,
            median_price=self.median_price.data,
            budget=self.budget.data,
            payments=tuple(_instalment(row.form) for row in self.payments if not row.form.is_blank),
        )


def _item(row: ItemRow) -> ItemDraft:
    return ItemDraft(
        name=row.name.data or "",
        quantity=row.quantity.data,
        unit_word=row.unit_word.data or "",
        unit_price=row.unit_price.data,
        criterion_id=row.criterion_id.data or None,
        over_price_reason=row.over_price_reason.data or "",
    )


def _requirement(row: RequirementRow) -> RequirementDraft:
    return RequirementDraft(
        name=row.name.data or "",
        operator=Operator(row.operator.data),
        amount=row.amount.data or "",
        unit_word=row.unit_word.data or "",
        mandatory=bool(row.mandatory.data),
        item=row.item.data or 1,
    )


def _instalment(row: InstalmentRow) -> InstalmentDraft:
    return InstalmentDraft(
        percent=row.percent.data, delivers=row.delivers.data or "", days=row.days.data
    )


def criterion_name(row: PriceCriterion) -> str:
    """Return a row of the criteria in one line: item, name, price, edition."""
    return f"{row.item_no} {row.name} · {row.price:,.0f} · {row.edition.name}"


class WordsForm(ActionForm):
    """A button that may need a few words."""

    words = TextAreaField(_l("Your words"), [AtMost(1000)])


class EditionForm(ActionForm):
    """A new edition of the price criteria, with the file that lists its items."""

    name = StringField(_l("Name of the edition"), [Required(), AtMost(120)])
    valid_from = DateField(_l("In force from"), [Required()])
    source = StringField(_l("Where it was announced"), [AtMost(300)])
    whole = BooleanField(_l("It replaces every earlier edition; else only the items it names"),
                         default=True)  # fmt: skip
    is_sample = BooleanField(_l("These are samples; nobody has compared them with the notice"))
    file = FileField(_l("Excel or CSV file"))


class CriterionForm(ActionForm):
    """A row of an edition."""

    item_no = StringField(_l("Item number"), [Required(), AtMost(20)])
    name = StringField(_l("Name"), [Required(), AtMost(300)])
    price = MoneyField(_l("Price with VAT (baht)"), [Required()])
    unit_word = StringField(_l("Counted in"), [AtMost(40)])
    page = StringField(_l("Page of the notice"), [AtMost(20)])
    features = TextAreaField(_l("Basic characteristics"), [AtMost(4000)])

    def fields(self) -> dict[str, Any]:
        """Return the columns as typed."""
        names = ("item_no", "name", "price", "unit_word", "page", "features")
        return {name: self[name].data or "" for name in names}


class BrandsForm(ActionForm):
    """The brand words, one in each line."""

    words = TextAreaField(_l("Brand words"), [Required(), AtMost(40_000)])
