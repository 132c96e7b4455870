"""What people may type about purchases, orders, deliveries and budgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from assets.catalogue.models import AssetClass
from assets.register.states import FUND_TYPES
from assets.stock.models import StockItem
from helpdesk.purchases import years
from helpdesk.purchases.models import Budget, Purchase
from helpdesk.purchases.rules.drafting import MOST_LINES, Draft, LineDraft
from helpdesk.purchases.rules.instalments import InstalmentDraft
from helpdesk.purchases.states import (
    INTO,
    KINDS,
    METHODS,
    SERVICE_FIELDS,
    VATS,
    Into,
    Kind,
    Method,
    Vat,
)
from helpdesk.specifications.models import SpecItem
from helpdesk.specifications.rules.payments import MOST_INSTALMENTS
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

SPARE_ROWS, SPARE_INSTALMENTS, SEATS = 3, 2, 5
SERVICE_KEYS = {key: label for fields in SERVICE_FIELDS.values() for key, label in fields}


class NeededToSend:
    """A mark for the page: a draft may leave this empty, but it is not sent without it."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads a plain dict

    def __call__(self, _form: Form, _field: object) -> None:
        """Let everything pass; ``rules.checking`` refuses what is missing when it is sent."""


class WordsForm(ActionForm):
    """A button that may need a few words."""

    words = TextAreaField(_l("Your words"), [AtMost(1000)])


class ReturnForm(WordsForm):
    """How many of a delivered line go back."""

    quantity = NumberField(_l("How many"))


class _Said(NumberField):
    """A quantity that tells whether anything was typed."""

    @property
    def was_said(self) -> bool:
        """Something was typed, if only nonsense."""
        return bool(self.data is not None or (self.raw_data and self.raw_data[0].strip()))


class LineRow(Form):
    """One line; the form around it carries the token, and a blank one is left out."""

    class Meta(Form.Meta):
        """Without a token of its own."""

        csrf = False

    what = StringField(_p("purchase", "What"), [AtMost(300)])
    goes_into = SelectField(
        _l("Where it goes"),
        choices=[(str(k), v) for k, v in INTO.items()],
        default=str(Into.REGISTER),
    )
    class_id = SelectField(_l("Class of the equipment"), coerce=int, default=0)
    item_id = SelectField(_l("Material of the store"), coerce=int, default=0)
    quantity = _Said(_l("How many"))
    unit_word = StringField(_l("Counted in"), [AtMost(40)])
    unit_price = MoneyField(_l("Price of one (baht)"))
    standard_price = MoneyField(_l("Standard price"))
    market_price = MoneyField(_l("Market price"))
    over_price_reason = StringField(_l("Why above the standard price"), [AtMost(300)])
    spec_item_id = SelectField(_l("Approved specification"), coerce=int, default=0)

    @property
    def is_blank(self) -> bool:
        """Nothing was typed that makes a line of it."""
        named = self.what.data or self.item_id.data or self.spec_item_id.data
        return not (named or self.quantity.was_said)


class PurchaseForm(ActionForm):
    """The report of a purchase or hire with its eight points and its lines (F01)."""

    kind = RadioField(
        _l("What is asked for"),
        [NeededToSend()],
        choices=[(str(k), v) for k, v in KINDS.items()],
        default="goods",
    )
    title = StringField(_l("Subject"), [Required(), AtMost(300)])
    reason = TextAreaField(_l("1. Reason and need"), [NeededToSend(), AtMost(4000)])
    scope = TextAreaField(_l("2. Scope or specification"), [AtMost(4000)])
    price_source = StringField(
        _l("3. Where the reference price comes from"), [NeededToSend(), AtMost(300)]
    )
    budget_id = SelectField(_l("4. Budget, source and project"), coerce=int, default=0)
    due_on = DateField(_l("5. To be delivered until"), [NeededToSend()])
    method = RadioField(
        _l("6. Method"),
        [NeededToSend()],
        choices=[(str(k), v) for k, v in METHODS.items()],
        default=str(Method.SMALL),
    )
    method_reason = StringField(_l("Why this method"), [NeededToSend(), AtMost(500)])
    criterion = StringField(_l("7. How the offer is chosen"), [NeededToSend(), AtMost(300)])
    proposals = TextAreaField(_l("8. Other proposals"), [AtMost(2000)])
    vat = RadioField(
        _l("Tax"),
        [NeededToSend()],
        choices=[(str(k), v) for k, v in VATS.items()],
        default="included",
    )
    member_1 = SelectField(_l("Inspector, or chair of the committee"), coerce=int, default=0)
    member_2 = SelectField(_l("Second member"), coerce=int, default=0)
    member_3 = SelectField(_l("Third member"), coerce=int, default=0)
    member_4 = SelectField(_l("Fourth member"), coerce=int, default=0)
    member_5 = SelectField(_l("Fifth member"), coerce=int, default=0)
    lines = FieldList(FormField(LineRow), max_entries=MOST_LINES)
    words = TextAreaField(_l("Your answer"), [AtMost(1000)])
    service_place = StringField(SERVICE_KEYS["place"], [AtMost(200)])
    service_users = StringField(SERVICE_KEYS["users"], [AtMost(60)])
    service_bandwidth = StringField(SERVICE_KEYS["bandwidth"], [AtMost(60)])
    service_content = StringField(SERVICE_KEYS["content"], [AtMost(400)])
    service_subdomain = StringField(SERVICE_KEYS["subdomain"], [AtMost(120)])
    service_quota = StringField(SERVICE_KEYS["quota"], [AtMost(60)])
    service_period = StringField(SERVICE_KEYS["period"], [AtMost(120)])
    service_responsible = StringField(SERVICE_KEYS["responsible"], [AtMost(120)])

    @property
    def seats(self) -> list[Any]:
        """The fields of the inspectors, the chair first."""
        return [self[f"member_{number}"] for number in range(1, SEATS + 1)]

    @property
    def services(self) -> list[Any]:
        """The fields of a service."""
        return [self[f"service_{key}"] for key in SERVICE_KEYS]

    def offer(
        self,
        budgets: Sequence[Budget],
        people: Sequence[Person],
        classes: Sequence[AssetClass],
        items: Sequence[StockItem],
        specified: Sequence[SpecItem],
    ) -> None:
        """Fill the choices; call it after the rows are there."""
        none = (0, "–")
        self.budget_id.choices = [none, *((one.id, budget_name(one)) for one in budgets)]
        for seat in self.seats:
            seat.choices = [none, *((one.id, one.name) for one in people)]
        of_class = [none, *((one.id, f"{one.code} {one.name}") for one in classes)]
        of_item = [none, *((one.id, f"{one.name} ({one.code})") for one in items)]
        of_spec = [none, *((one.id, spec_name(one)) for one in specified)]
        for row in self.lines:
            row.form.class_id.choices, row.form.item_id.choices = of_class, of_item
            row.form.spec_item_id.choices = of_spec

    def spare_rows(self) -> None:
        """Leave some blank lines at the end, so that more can be added without a script."""
        blank = sum(row.form.is_blank for row in self.lines)
        for _row in range(min(SPARE_ROWS - blank, MOST_LINES - len(self.lines))):
            self.lines.append_entry()

    def show(self, purchase: Purchase) -> None:
        """Fill in what a purchase says."""
        for name in ("title", "reason", "scope", "price_source", "due_on", "method_reason"):
            self[name].data = getattr(purchase, name)
        for name in ("criterion", "proposals", "kind", "method", "vat"):
            self[name].data = getattr(purchase, name)
        self.budget_id.data = purchase.budget_id or 0
        for seat, member in zip(self.seats, purchase.members, strict=False):
            seat.data = member.person_id
        for key in SERVICE_KEYS:
            self[f"service_{key}"].data = purchase.service.get(key, "")
        for line in purchase.lines:
            self.lines.append_entry(line)
            row = self.lines[-1].form
            row.class_id.data, row.item_id.data = line.class_id or 0, line.item_id or 0
            row.spec_item_id.data = line.spec_item_id or 0
        self.version.data = str(purchase.version)

    def draft(self) -> Draft:
        """Return what was typed."""
        return Draft(
            kind=Kind(self.kind.data),
            title=self.title.data or "",
            reason=self.reason.data or "",
            scope=self.scope.data or "",
            price_source=self.price_source.data or "",
            budget_id=self.budget_id.data or None,
            due_on=self.due_on.data,
            method=Method(self.method.data),
            method_reason=self.method_reason.data or "",
            criterion=self.criterion.data or "",
            proposals=self.proposals.data or "",
            vat=Vat(self.vat.data),
            service={key: self[f"service_{key}"].data or "" for key in SERVICE_KEYS},
            members=tuple(seat.data for seat in self.seats if seat.data),
            lines=tuple(_line(row.form) for row in self.lines if not row.form.is_blank),
        )


def _line(row: LineRow) -> LineDraft:
    return LineDraft(
        what=row.what.data or "",
        goes_into=Into(row.goes_into.data),
        quantity=row.quantity.data,
        unit_word=row.unit_word.data or "",
        unit_price=row.unit_price.data,
        standard_price=row.standard_price.data,
        market_price=row.market_price.data,
        class_id=row.class_id.data or None,
        item_id=row.item_id.data or None,
        over_price_reason=row.over_price_reason.data or "",
        spec_item_id=row.spec_item_id.data or None,
    )


def spec_name(item: SpecItem) -> str:
    """Return an item of a specification in one line: number, place, name."""
    return f"{item.specification.number} · {item.position}. {item.name}"


def budget_name(budget: Budget) -> str:
    """Return a budget in one line: year, source, project."""
    return f"{years.shown(budget.fiscal_year)} · {FUND_TYPES[budget.source]} · {budget.project}"


class BudgetForm(ActionForm):
    """A budget."""

    unit_id = SelectField(_l("School or group"), coerce=int)
    fiscal_year = WholeField(_l("Fiscal year"), [Required()])
    source = SelectField(
        _l("Source of the money"), choices=[(key, label) for key, label in FUND_TYPES.items()]
    )
    project = StringField(_l("Plan, project or activity"), [Required(), AtMost(200)])
    amount = MoneyField(_l("Amount (baht)"), [Required()])
    refuses = BooleanField(_l("Refuse purchases that exceed it; else people are warned"))
    note = StringField(_l("Note"), [AtMost(300)])

    def fields(self) -> dict[str, Any]:
        """Return the columns as typed."""
        return {
            "unit_id": self.unit_id.data,
            "fiscal_year": years.read(self.fiscal_year.data),
            "source": self.source.data,
            "project": self.project.data,
            "amount": self.amount.data,
            "refuses": bool(self.refuses.data),
            "note": self.note.data or "",
        }


class InstalmentRow(Form):
    """One instalment of an order; a row without percent, amount and text is left out."""

    class Meta(Form.Meta):
        """Without a token of its own."""

        csrf = False

    percent = _Said(_l("Percent of the order"), [NeededToSend()])
    amount = MoneyField(_l("or baht with VAT"), [NeededToSend()])
    due_on = DateField(_p("instalment", "Due on"))
    delivers = StringField(_l("Paid once this is delivered"), [NeededToSend(), AtMost(500)])

    @property
    def is_blank(self) -> bool:
        """Nothing was typed that makes an instalment of it."""
        typed = self.amount.raw_data and self.amount.raw_data[0].strip()
        said = self.delivers.data or self.amount.data is not None or typed
        return not (said or self.percent.was_said)


class OrderForm(ActionForm):
    """An order; the quantity and price of each line are added by ``order_form``."""

    vendor_id = SelectField(_l("Vendor"), coerce=int)
    document = StringField(_l("Number of the order"), [Required(), AtMost(60)])
    ordered_on = DateField(_l("Day of the order"), [Required()])
    due_on = DateField(_l("To be delivered until"))
    instalments = FieldList(FormField(InstalmentRow), max_entries=MOST_INSTALMENTS)

    def spare_rows(self) -> None:
        """Leave some blank instalments at the end, so that more can be added without a script."""
        blank = sum(row.form.is_blank for row in self.instalments)
        for _row in range(min(SPARE_INSTALMENTS - blank, MOST_INSTALMENTS - len(self.instalments))):
            self.instalments.append_entry()

    def instalment_drafts(self) -> tuple[InstalmentDraft, ...]:
        """Return the instalments as typed."""
        rows = [row.form for row in self.instalments if not row.form.is_blank]
        return tuple(
            InstalmentDraft(
                percent=row.percent.data,
                amount=row.amount.data,
                delivers=row.delivers.data or "",
                due_on=row.due_on.data,
            )
            for row in rows
        )

    def lines(self, ids: Iterable[int]) -> dict[int, tuple[Decimal, Decimal]]:
        """Return quantity and price by line."""
        return {
            one: (self[f"quantity_{one}"].data or Decimal(0), self[f"price_{one}"].data)
            for one in ids
        }


def order_form(ids: Iterable[int]) -> OrderForm:
    """Return the form of an order of some lines of a purchase."""
    fields: dict[str, Any] = {}
    for one in ids:
        fields[f"quantity_{one}"] = NumberField(_l("How many"))
        fields[f"price_{one}"] = MoneyField(_l("Price of one (baht)"))
    made: OrderForm = type("OrderFormOfPurchase", (OrderForm,), fields)()
    return made


class AcceptForm(ActionForm):
    """An acceptance; the quantity of each ordered line is added by ``accept_form``."""

    document = StringField(_l("Number of the delivery paper"), [Required(), AtMost(80)])
    delivered_on = DateField(_l("Day of the delivery"), [Required()])
    accepted_on = DateField(_l("Day of the acceptance"), [Required()])
    warranty_until = DateField(_l("Warranty until"))
    store_id = SelectField(_l("Store that takes the materials"), coerce=int, default=0)
    note = StringField(_l("Remark of the committee"), [AtMost(500)])


class PaymentForm(ActionForm):
    """That an instalment was paid; the reason is for corrections."""

    paid_on = DateField(_l("Day of the payment"), [Required()])
    amount = MoneyField(_l("How much was paid (baht)"), [Required()])
    document = StringField(_l("Number of the payment paper"), [Required(), AtMost(80)])
    words = StringField(_l("Why it is corrected"), [AtMost(300)])


def accept_form(ids: Iterable[int], expiring: Iterable[int]) -> AcceptForm:
    """Return the form of a delivery of some ordered lines; some of them expire."""
    fields: dict[str, Any] = {f"quantity_{one}": NumberField(_l("How many")) for one in ids}
    fields |= {f"expires_{one}": DateField(_l("Last day")) for one in expiring}
    made: AcceptForm = type("AcceptFormOfOrder", (AcceptForm,), fields)()
    return made
