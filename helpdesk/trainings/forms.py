"""What people type about trainings."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField

from kernel.forms import ActionForm, AtMost, DateField, Required, WholeField
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p


class CourseForm(ActionForm):
    """A course."""

    title_th = StringField(_l("Name of the course"), [Required(), AtMost(200)])
    title_en = StringField(_l("Name in English"), [AtMost(200)])
    about = TextAreaField(_l("What is taught"), [AtMost(2000)])
    hours = WholeField(_l("Hours"), [Required()])
    approved = BooleanField(_l("The head of the unit approves who takes part"))

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        names = ("title_th", "title_en", "about", "hours", "approved")
        return {name: self[name].data for name in names}


class SessionForm(ActionForm):
    """A session of a course."""

    course_id = SelectField(_l("Course"), coerce=int)
    first_day = DateField(_l("First day"), [Required()])
    last_day = DateField(_l("Last day"), [Required()])
    times = StringField(_l("Times"), [AtMost(60)])
    place = StringField(_l("Place"), [AtMost(200)])
    trainer = StringField(_l("Trainer"), [AtMost(200)])
    seats = WholeField(_p("training", "Seats"), [Required()], default=30)

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        names = ("first_day", "last_day", "times", "place", "trainer", "seats")
        return {name: self[name].data for name in names}


class EnrolForm(ActionForm):
    """Somebody who is enrolled by those who arrange."""

    person = StringField(
        _l("Person"),
        [Required(), AtMost(200)],
        description=_l("Full name, user name or e-mail"),
    )


class DayForm(ActionForm):
    """The day of the training that a button is about."""

    day = DateField(_l("Day"), [Required()])


class ScanForm(ActionForm):
    """A card that is shown at the door."""

    code = StringField(_l("User card"), [Required(), AtMost(300)])


class CancelForm(ActionForm):
    """Why a training is cancelled."""

    why = StringField(_l("Reason"), [Required(), AtMost(300)])
