"""What people may type about stock."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from assets.stock.rules.items import Card
from assets.stock.states import CLASSES, SupplyClass
from kernel.forms import ActionForm, AtMost, DateField, MoneyField, NumberField, Required
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp


class ItemForm(ActionForm):
    """The record of an item."""

    code = StringField(_lp("stock", "Code"), [Required(), AtMost(30)])
    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(200)])
    name_en = StringField(_l("Name in English"), [AtMost(200)])
    size = StringField(_l("Size or look"), [AtMost(200)])
    supply_class = SelectField(
        _l("Class of supplies"), choices=[(one.value, label) for one, label in CLASSES.items()]
    )
    unit_th = StringField(_l("Unit it is counted in"), [Required(), AtMost(40)])
    unit_en = StringField(_l("Unit in English"), [AtMost(40)])
    whole_only = BooleanField(_l("Counted in whole pieces only"), default=True)
    expires = BooleanField(_l("It expires: ask for lot and last day at each receipt"))
    reorder_hint = StringField(_l("How it is bought again"), [AtMost(300)])
    note = TextAreaField(_l("Note"), [AtMost(500)])

    def card(self) -> Card:
        """Return the record as typed."""
        return Card(
            code=self.code.data or "",
            name_th=self.name_th.data or "",
            name_en=self.name_en.data or "",
            size=self.size.data or "",
            supply_class=SupplyClass(self.supply_class.data),
            unit_th=self.unit_th.data or "",
            unit_en=self.unit_en.data or "",
            whole_only=bool(self.whole_only.data),
            expires=bool(self.expires.data),
            reorder_hint=self.reorder_hint.data or "",
            note=self.note.data or "",
        )


class PackForm(ActionForm):
    """A way in which an item is bought: a box of 12."""

    name_th = StringField(_l("Name of the pack"), [Required(), AtMost(40)])
    name_en = StringField(_l("Name in English"), [AtMost(40)])
    factor = NumberField(_l("How many are in it"), [Required()])


class PhotoForm(ActionForm):
    """The photo of an item."""

    photo = FileField(_l("Photo"))


class LimitForm(ActionForm):
    """How little a store may have of an item, and how much it is filled up to."""

    minimum = NumberField(_l("Minimum"))
    target = NumberField(_l("Target"))


class AdjustForm(ActionForm):
    """The correction of a wrong entry."""

    way = RadioField(
        _l("What was wrong?"),
        [Required()],
        choices=[
            ("less", _l("There is less than the book says")),
            ("more", _l("There is more than the book says")),
        ],
    )
    quantity = NumberField(_l("By how many"), [Required()])
    price = MoneyField(_l("Worth of what is more, in baht (the average where left out)"))
    reason = TextAreaField(_l("Reason"), [Required(), AtMost(400)])


class StoreForm(ActionForm):
    """The record of a store."""

    unit = SelectField(_l("Unit"), choices=[], coerce=str)
    code = StringField(_lp("stock", "Code"), [Required(), AtMost(20)])
    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(120)])
    name_en = StringField(_l("Name in English"), [AtMost(120)])
    place = StringField(_lp("stock", "Place"), [AtMost(200)])
    keeper = StringField(_l("Who keeps it (name or card)"), [AtMost(200)])
    orderer = StringField(_l("Who orders what is issued (name or card)"), [AtMost(200)])


class BinForm(ActionForm):
    """A bin, and what lies in it."""

    name = StringField(_l("Name of the bin"), [Required(), AtMost(60)])
    item = StringField(_l("What lies in it (code or name)"), [AtMost(200)])


class FillForm(ActionForm):
    """What lies in a bin from now on."""

    item = StringField(_l("What lies in it (code or name)"), [AtMost(200)])


class ReceiveForm(ActionForm):
    """A receipt: the supplier's paper and the lines below it."""

    doc_no = StringField(_l("Number of the delivery paper"), [Required(), AtMost(80)])
    doc_on = DateField(_l("Day of the delivery paper"))
    counterparty = StringField(_l("Received from"), [AtMost(200)])
    purpose = StringField(_l("Note"), [AtMost(400)])
    photo = FileField(_l("Photo of the paper"))


class IssueForm(ActionForm):
    """An issue to a person."""

    requester = StringField(_l("Who asks for it (name or card)"), [Required(), AtMost(200)])
    receiver = StringField(_l("Who takes it, where that is somebody else"), [AtMost(200)])
    purpose = StringField(_l("What it is for"), [Required(), AtMost(400)])


class SendForm(ActionForm):
    """A transfer to another store."""

    to_store = SelectField(_l("To the store"), choices=[], coerce=str)
    purpose = StringField(_l("Reason"), [AtMost(400)])


class LoseForm(ActionForm):
    """A write-off that is proposed."""

    reason = TextAreaField(_l("What happened to it"), [Required(), AtMost(400)])


class TakeForm(ActionForm):
    """What is taken out of a bin for a repair or a request."""

    quantity = StringField(_l("How many"), [Required(), AtMost(40)])
    number = StringField(_l("Number of the repair or request"), [Required(), AtMost(40)])


class WordsForm(ActionForm):
    """An act with a sentence about it."""

    words = TextAreaField(_l("What is to be said about it"), [AtMost(400)])


class ReturnForm(ActionForm):
    """What is given back of an issue."""

    reason = StringField(_l("Reason"), [Required(), AtMost(400)])


class SignForm(ActionForm):
    """The receiver's signature, drawn on the screen."""

    drawing = HiddenField()


class StartCountForm(ActionForm):
    """A stock count that is opened."""

    name = StringField(_l("Name of the count"), [Required(), AtMost(120)])


class CountForm(ActionForm):
    """What was found of one item."""

    line = HiddenField()
    counted = NumberField(_l("Found"))
    note = StringField(_l("Note"), [AtMost(200)])


class ReasonForm(ActionForm):
    """An act that needs its reason."""

    reason = TextAreaField(_l("Reason"), [Required(), AtMost(400)])


class ListForm(ActionForm):
    """The office's own list of what a store holds."""

    file = FileField(_l("The list (XLSX or CSV)"))


class TakeInForm(ActionForm):
    """The list that was looked at."""

    stored = HiddenField()
