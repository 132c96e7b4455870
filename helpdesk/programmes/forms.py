"""What people may type about programmes."""

from __future__ import annotations

from wtforms import BooleanField, MultipleFileField, SelectField, StringField, TextAreaField
from wtforms import FileField as OneFileField

from helpdesk.programmes import sources
from helpdesk.programmes.shipped import processes
from helpdesk.programmes.states import DUTIES, LOG_KINDS
from kernel.forms import ActionForm, AtMost, DateField, MoneyField, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from office.places import queries as places

PERSON = _l("Full name, user name or e-mail")


class ProgrammeForm(ActionForm):
    """A programme."""

    process_no = SelectField(_l("Process"), coerce=int)
    fiscal_year = WholeField(_l("Fiscal year"), [Required()])
    name = StringField(_l("Name of the programme"), [Required(), AtMost(300)])
    objective = TextAreaField(_l("Objective"), [AtMost(4000)])
    targets = TextAreaField(_l("Targets"), [AtMost(4000)])
    unit_id = SelectField(_l("Unit"), [Required()])
    owner = StringField(_l("Who answers for it"), [Required(), AtMost(200)], description=PERSON)
    starts_on = DateField(_l("First day"), [Required()])
    ends_on = DateField(_l("Last day"), [Required()])
    budget = MoneyField(_l("Budget (baht)"))

    def offer(self) -> None:
        """Fill the choices."""
        self.process_no.choices = [(one.number, f"{one.number} {one.name}") for one in processes()]
        self.unit_id.choices = places.choices()


class WordsForm(ActionForm):
    """The definitions and references of a process, one a line."""

    definitions = TextAreaField(_l("Definitions"), [AtMost(4000)])
    references = TextAreaField(
        _l("References"), [AtMost(4000)], description=_l("One a line, each with its edition.")
    )


class MemberForm(ActionForm):
    """Somebody for the working group."""

    person = StringField(_l("Person"), [Required(), AtMost(200)], description=PERSON)
    duty = SelectField(
        _l("Duty"), choices=[(str(key), word) for key, word in DUTIES.items()], default="member"
    )
    acting = StringField(
        _l("Acting as"), [AtMost(200)], description=_l("For who acts in a duty of the group.")
    )


class OrderForm(ActionForm):
    """Number and day of the order."""

    order_no = StringField(_l("Number of the order"), [Required(), AtMost(40)])
    ordered_on = DateField(_l("Day of the order"), [Required()])
    anyway = BooleanField(_l("Keep this number though another order has it"))


class ActivityForm(ActionForm):
    """A line of the plan."""

    title = StringField(_l("Activity"), [Required(), AtMost(300)])
    starts_on = DateField(_l("First day"), [Required()])
    ends_on = DateField(_l("Last day"), [Required()])
    responsible = StringField(_l("Who does it"), [AtMost(200)], description=PERSON)
    budget = MoneyField(_l("Budget (baht)"))


class FinishForm(ActionForm):
    """The end of an activity."""

    spent = MoneyField(_l("Spent (baht)"))
    dropped = BooleanField(_l("It was dropped"))


class IndicatorForm(ActionForm):
    """An indicator with its target."""

    name = StringField(_l("Indicator"), [Required(), AtMost(300)])
    unit_word = StringField(_l("Counted in"), [AtMost(40)])
    target = MoneyField(_l("Target"), [Required()])
    source = SelectField(_lp("indicator", "Result"))

    def offer(self) -> None:
        """Fill the choices."""
        known = [(one.key, str(one.label)) for one in sources.registered()]
        self.source.choices = [("", _("written by hand")), *known]


class ResultForm(ActionForm):
    """The result of an indicator."""

    result = MoneyField(_lp("indicator", "Result"), [Required()])
    evidence = StringField(_l("Evidence"), [AtMost(300)])


class StepForm(ActionForm):
    """What a step stores."""

    due_on = DateField(_l("Due on"))
    responsible = StringField(_l("Who answers for it"), [AtMost(200)], description=PERSON)
    doc_no = StringField(_l("Number of the document"), [AtMost(60)])
    remark = StringField(_l("Remark"), [AtMost(500)])
    file = OneFileField(_l("Attachment"))


class ReasonForm(ActionForm):
    """A button that needs a reason."""

    reason = StringField(_l("Reason"), [AtMost(300)])


class NoticeForm(ActionForm):
    """A notice to those concerned."""

    subject = StringField(_l("Subject"), [Required(), AtMost(200)])
    body = TextAreaField(_l("Notice"), [Required(), AtMost(4000)])
    people = TextAreaField(_l("People"), [AtMost(4000)], description=_l("One name a line."))
    group = BooleanField(_l("The working group"), default=True)
    coordinators = BooleanField(_l("The coordinators of all schools"))


class LogForm(ActionForm):
    """An entry of the log."""

    kind = SelectField(_l("What it is"), choices=[(str(k), word) for k, word in LOG_KINDS.items()])
    on_day = DateField(_l("Day"), [Required()])
    words = TextAreaField(_l("What happened"), [Required(), AtMost(4000)])
    activity_id = SelectField(_l("Activity"), coerce=int, default=0)
    files = MultipleFileField(_l("Photos and files"))


class ReportForm(ActionForm):
    """The words of the summary report."""

    summary = TextAreaField(_l("Summary"), [AtMost(8000)])
    problems = TextAreaField(_l("Problems"), [AtMost(8000)])
    suggestions = TextAreaField(_l("Suggestions"), [AtMost(8000)])
