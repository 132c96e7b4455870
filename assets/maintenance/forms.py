"""What people may type about plans, visits and the work on an item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from assets.catalogue.models import AssetClass, ProductModel
from assets.maintenance.models import Plan
from assets.maintenance.rules.planning import Draft, PartDraft, StepDraft
from assets.maintenance.states import BASES, CATCH_UPS, EVERY, STEP_KINDS, Every, StepKind
from kernel import thai
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
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from office.people.models import Person

MOST_ROWS = 60
SPARE_ROWS = 3


def told(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    """Return values and their words as the choices of a field."""
    return [(str(value), label) for value, label in words.items()]


class Row(Form):
    """Several fields that stand in a form many times; the form around them carries the token."""

    class Meta(Form.Meta):
        """Without a token of its own."""

        csrf = False


class StepRow(Row):
    """One line of the checklist; a blank one is left out."""

    text_th = StringField(_l("Step"), [AtMost(200)])
    text_en = StringField(_l("In English"), [AtMost(200)])
    kind = SelectField(_l("What is asked"), choices=told(STEP_KINDS))
    unit_word = StringField(_lp("measure", "Unit"), [AtMost(30)])
    least = NumberField(_l("Least"))
    most = NumberField(_l("Most"))
    required = BooleanField(_l("Needed"), default=True)


class PartRow(Row):
    """What one item needs each time; a blank one is left out."""

    what = StringField(_l("Part or material"), [AtMost(200)])
    quantity = WholeField(_l("Quantity"))
    unit_word = StringField(_lp("measure", "Unit"), [AtMost(40)])


class PlanForm(ActionForm):
    """A plan of maintenance."""

    name_th = StringField(_l("Name"), [Required(), AtMost(200)])
    name_en = StringField(_l("Name in English"), [AtMost(200)])
    class_code = SelectField(_l("Class"), coerce=int, default=0)
    model_id = SelectField(_l("Brand and model"), coerce=int, default=0)
    unit_id = SelectField(_l("School or group"), coerce=int, default=0)
    counts = RadioField(_l("How often"), [Required()], choices=told(EVERY), default="months")
    every = WholeField(_l("Every"), default=6)
    months = SelectMultipleField(_l("In the months"), coerce=int)
    meter = StringField(
        _l("Meter"), [AtMost(40)], description=_l("What it counts: pages, hours, kilometres.")
    )
    basis = RadioField(_l("Next date"), [Required()], choices=told(BASES), default="fixed")
    catch_up = RadioField(
        _l("When dates have passed"), [Required()], choices=told(CATCH_UPS), default="once"
    )
    starts_on = DateField(_l("First date"), [Required()])
    tolerance_days = WholeField(_l("Days it may be late"), default=7)
    lead_days = WholeField(_l("Days it is planned ahead"), default=14)
    minutes = WholeField(_l("Minutes for one item"), default=15)
    cost = MoneyField(_l("Cost of one item (baht)"))
    caretaker_id = SelectField(_l("Who does it"), coerce=int, default=0)
    note = TextAreaField(_l("Note"), [AtMost(2000)])
    steps = FieldList(FormField(StepRow), max_entries=MOST_ROWS)
    parts = FieldList(FormField(PartRow), max_entries=MOST_ROWS)

    def offer(
        self,
        classes: list[AssetClass],
        products: list[ProductModel],
        units: list[tuple[str, str]],
        people: list[Person],
    ) -> None:
        """Fill the choices."""
        self.class_code.choices = [(0, "–"), *((c.id, f"{c.code} {c.name}") for c in classes)]
        self.model_id.choices = [(0, "–"), *((one.id, one.full_name) for one in products)]
        self.unit_id.choices = [(0, _("All schools and groups")), *((int(i), n) for i, n in units)]
        names = thai.MONTHS if language() == "th" else thai.ENGLISH_MONTHS
        self.months.choices = list(enumerate(names, start=1))
        self.caretaker_id.choices = [(0, _("Whoever is free")), *((p.id, p.name) for p in people)]

    def spare_rows(self) -> None:
        """Leave some blank lines at the end, so that more can be added without a script."""
        for rows, text in ((self.steps, "text_th"), (self.parts, "what")):
            blank = sum(not row.form[text].data for row in rows)
            for _row in range(min(SPARE_ROWS - blank, MOST_ROWS - len(rows))):
                rows.append_entry()

    def show(self, plan: Plan) -> None:
        """Fill in what a plan says."""
        for name in ("model_id", "unit_id", "caretaker_id"):
            self[name].data = getattr(plan, name) or 0
        self.class_code.data = plan.class_id or 0
        for rows in (self.steps, self.parts):
            # The rows that the form took from the plan by itself hold steps that are asked no more.
            while len(rows):
                rows.pop_entry()
        for step in plan.asked_steps:
            self.steps.append_entry(step)
        for part in plan.parts:
            self.parts.append_entry(part)

    def draft(self, asset_id: int | None = None) -> Draft:
        """Return what was typed."""
        return Draft(
            name_th=self.name_th.data or "",
            name_en=self.name_en.data or "",
            class_id=self.class_code.data or None,
            model_id=self.model_id.data or None,
            unit_id=self.unit_id.data or None,
            asset_id=asset_id,
            counts=Every(self.counts.data),
            every=self.every.data or 0,
            months=tuple(self.months.data or ()),
            meter=self.meter.data or "",
            basis=self.basis.data,
            catch_up=self.catch_up.data,
            starts_on=self.starts_on.data,
            tolerance_days=max(self.tolerance_days.data or 0, 0),
            lead_days=max(self.lead_days.data or 0, 0),
            minutes=max(self.minutes.data or 0, 0),
            cost=self.cost.data,
            caretaker_id=self.caretaker_id.data or None,
            note=self.note.data or "",
            steps=tuple(_step(row.form) for row in self.steps if row.form.text_th.data),
            parts=tuple(_part(row.form) for row in self.parts if row.form.what.data),
        )


class MoveForm(ActionForm):
    """Another day, another person for a visit."""

    day = DateField(_l("Day"), [Required()])
    person_id = SelectField(_l("Who does it"), coerce=int, default=0)


class ReasonForm(ActionForm):
    """A button that needs a reason."""

    reason = StringField(_l("Reason"), [Required(), AtMost(300)])


class MeterForm(ActionForm):
    """What a meter shows."""

    meter = StringField(_l("Meter"), [Required(), AtMost(40)])
    value = WholeField(_l("It shows"), [Required()])
    read_on = DateField(_l("Read on"))
    replaced = BooleanField(_l("The meter was replaced or set back"))


class WorkForm(ActionForm):
    """The end of the work on one item; the answers to its steps are added by ``work_form``."""

    minutes = WholeField(_l("Minutes"))
    cost = MoneyField(_l("Expenses (baht)"))
    note = StringField(_l("Remark"), [AtMost(1000)])


def work_form(plan: Plan) -> WorkForm:
    """Return the form of the work on one item of a plan: a few fields for each of its steps."""
    fields: dict[str, Any] = {}
    for step in plan.asked_steps:
        name = f"step_{step.id}"
        fields[name] = RadioField(
            step.text, choices=[("good", _l("In order")), ("bad", _l("Not in order"))],
            validate_choice=False,
        )  # fmt: skip
        fields[f"{name}_note"] = StringField(_l("Remark"), [AtMost(300)])
        if step.kind == StepKind.READING:
            fields[f"{name}_reading"] = NumberField(_l("Reading"))
        if step.kind == StepKind.PHOTO:
            fields[f"{name}_photo"] = FileField(_l("Photo"))
    made: WorkForm = type("WorkFormOfPlan", (WorkForm,), fields)()
    return made


def _step(row: StepRow) -> StepDraft:
    return StepDraft(
        text_th=row.text_th.data or "",
        text_en=row.text_en.data or "",
        kind=StepKind(row.kind.data),
        required=bool(row.required.data),
        unit_word=row.unit_word.data or "",
        least=row.least.data,
        most=row.most.data,
    )


def _part(row: PartRow) -> PartDraft:
    return PartDraft(row.what.data or "", max(row.quantity.data or 1, 1), row.unit_word.data or "")
