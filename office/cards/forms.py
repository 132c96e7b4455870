"""What people may type about cards: a request, a look, a reason, a school's list."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from kernel.forms import ActionForm, AtMost, Required, WholeField
from kernel.i18n import lazy_gettext as _l
from office.cards.states import REASONS, STAFF_KINDS, Reason, StaffKind

STAFF_CHOICES = [(kind.value, label) for kind, label in STAFF_KINDS.items()]


class RequestForm(ActionForm):
    """A request for a card; ``cut`` is what a page's script chose of the photo."""

    reason = RadioField(
        _l("Why is a card needed?"),
        [Required()],
        choices=[(reason.value, label) for reason, label in REASONS.items()],
    )
    staff_kind = SelectField(_l("Type of staff"), choices=STAFF_CHOICES)
    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(200)])
    name_en = StringField(_l("Name in English"), [AtMost(200)])
    position = StringField(_l("Position"), [AtMost(200)])
    photo = FileField(_l("Photo of the face"))
    cut = HiddenField()
    words = TextAreaField(_l("Your answer"), [AtMost(2000)])
    confirmed = BooleanField(_l("Everything here is right and the photo shows the holder."))


class ReasonForm(ActionForm):
    """A button that asks for the reason."""

    why = StringField(_l("Reason"), [AtMost(300)])


class PrintForm(ActionForm):
    """The cards that were ticked."""

    cards = SelectMultipleField(_l("Cards"), coerce=int, validate_choice=False)


class DesignForm(ActionForm):
    """What a unit's cards look like."""

    band = StringField(_l("Colour of the band"), [Required(), AtMost(7)])
    ink = StringField(_l("Colour of the letters on it"), [Required(), AtMost(7)])
    emblem = FileField(_l("Emblem"))
    no_emblem = BooleanField(_l("Take the emblem away"))
    rules_text = TextAreaField(_l("More rules on the back"), [AtMost(400)])
    valid_years = WholeField(_l("Valid for how many years"), [Required()])
    front_right = WholeField(_l("Front: to the right (tenths of a mm)"))
    front_down = WholeField(_l("Front: down (tenths of a mm)"))
    back_right = WholeField(_l("Back: to the right (tenths of a mm)"))
    back_down = WholeField(_l("Back: down (tenths of a mm)"))


class BatchForm(ActionForm):
    """A school's list and its photos."""

    unit_id = SelectField(_l("Unit"), [Required()], coerce=int)
    reason = SelectField(
        _l("Why are cards needed?"),
        choices=[
            (reason.value, label) for reason, label in REASONS.items() if reason != Reason.LOST
        ],
    )
    staff_kind = SelectField(
        _l("Type of staff"), choices=STAFF_CHOICES, default=StaffKind.CIVIL_SERVANT.value
    )
    list = FileField(_l("List of people (XLSX or CSV)"))
    photos = FileField(_l("Photos (ZIP)"))
