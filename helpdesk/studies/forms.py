"""What people type about studies and developments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from assets.maintenance.forms import Row, told
from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.states import WHOSE
from helpdesk.studies import parts
from helpdesk.studies.models import Development, DevelopmentIndicator
from helpdesk.studies.rules.developing import MOST_INDICATORS, Measure
from helpdesk.studies.rules.studying import SystemNamed
from helpdesk.studies.states import BETTERS, SORTS, Better
from helpdesk.surveys.models import Survey
from kernel.forms import (
    ActionForm,
    AtMost,
    DateField,
    MoneyField,
    NumberField,
    Required,
    WholeField,
)
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p

PERSON = _l("Full name, e-mail or user name.")
LONGEST = 8000
SPARE_ROWS = 2
Choices = Sequence[tuple[str, str]]


def part(name: str) -> TextAreaField:
    """Return the field of one part of a form."""
    hint = parts.HINTS.get(name, "")
    return TextAreaField(parts.LABELS[name], [AtMost(LONGEST)], description=hint)


class AboutSystem(ActionForm):
    """The system that something is about: of the register, or another one by its name."""

    system_id = SelectField(_l("System"), coerce=int, default=0)
    system_name = StringField(
        _l("Another system"),
        [AtMost(160)],
        description=_l("Only where it is not in the register."),
    )

    def offer_systems(self, systems: Sequence[InformationSystem]) -> None:
        """Fill the choices of systems."""
        known = [(one.id, f"{one.name} ({one.code})") for one in systems]
        self.system_id.choices = [(0, _("not in the register")), *known]

    @property
    def system(self) -> SystemNamed:
        """The system that was named; a chosen one counts more than a written one."""
        chosen = self.system_id.data or None
        return SystemNamed(chosen, "" if chosen else (self.system_name.data or "").strip())


class StudyForm(AboutSystem):
    """A study."""

    title = StringField(_l("Title of the study"), [Required(), AtMost(200)])
    unit_id = SelectField(_l("Unit"), [Required()])
    owner = StringField(_l("Who answers for it"), [Required(), AtMost(200)], description=PERSON)


class RecordForm(AboutSystem):
    """A record of a study (F12)."""

    topic = StringField(_l("Topic"), [Required(), AtMost(200)])
    studied_on = DateField(_l("Date"), [Required()])
    recorder = StringField(_l("Recorder"), [Required(), AtMost(200)], description=PERSON)
    current_state = part("current_state")
    problem = part("problem")
    data_flows = part("data_flows")
    stakeholders = part("stakeholders")
    findings = part("findings")
    gap = part("gap")
    proposal = part("proposal")

    def words(self) -> dict[str, str]:
        """Return the parts that were typed, by their names."""
        return {name: self[name].data or "" for name in parts.F12}


class StudyReportForm(ActionForm):
    """What the report on a study (F14) adds."""

    conclusion = part("conclusion")
    recommendation = part("recommendation")
    resources = part("resources")

    def words(self) -> dict[str, str]:
        """Return the parts that were typed, by their names."""
        return {name: self[name].data or "" for name in parts.F14}


class MeasureRow(Row):
    """An indicator; a row without a name is left out."""

    kept_id = HiddenField()
    name = StringField(_l("Indicator"), [AtMost(200)])
    unit_word = StringField(_l("Counted in"), [AtMost(40)])
    better = SelectField(_l("Which way"), choices=told(BETTERS))
    before = NumberField(_l("Before"))
    target = NumberField(_l("Target"))


class WorkForm(AboutSystem):
    """A development (F15)."""

    title = StringField(_l("Name of the work or innovation"), [Required(), AtMost(200)])
    sort = RadioField(_l("Sort"), [Required()], choices=told(SORTS), default="new")
    whose = SelectField(_l("System of"), choices=told(WHOSE))
    unit_id = SelectField(_l("Unit"), [Required()])
    owner = StringField(_l("Who answers for it"), [Required(), AtMost(200)], description=PERSON)
    starts_on = DateField(_l("First day"), [Required()])
    ends_on = DateField(_l("Last day"), [Required()])
    budget = MoneyField(_l("Budget (baht)"))
    problem = part("problem")
    goal = part("goal")
    method = part("method")
    indicators = FieldList(FormField(MeasureRow), max_entries=MOST_INDICATORS)

    def show(self, work: Development) -> None:
        """Fill in the indicators of a development."""
        for one in work.indicators:
            self.indicators.append_entry({**_fields_of(one), "kept_id": str(one.id)})

    def spare_rows(self) -> None:
        """Leave blank rows at the end, so that more can be added without a script."""
        blank = sum(not row.form.name.data for row in self.indicators)
        for _row in range(min(SPARE_ROWS - blank, MOST_INDICATORS - len(self.indicators))):
            self.indicators.append_entry()

    def words(self) -> dict[str, str]:
        """Return the parts that were typed, by their names."""
        return {name: self[name].data or "" for name in parts.F15}

    def measures(self) -> list[Measure]:
        """Return the indicators that were typed."""
        rows = (row.form for row in self.indicators)
        return [_measure(row) for row in rows if row.name.data or row.before.data is not None]


def _fields_of(one: DevelopmentIndicator) -> dict[str, Any]:
    return {
        name: getattr(one, name) for name in ("name", "unit_word", "better", "before", "target")
    }


def _measure(row: Any) -> Measure:  # noqa: ANN401 - a MeasureRow
    kept = row.kept_id.data or ""
    return Measure(
        name=row.name.data or "",
        unit_word=row.unit_word.data or "",
        better=Better(row.better.data),
        before=row.before.data,
        target=row.target.data,
        id=int(kept) if kept.isdecimal() and len(kept) < 19 else None,
    )


class AfterRow(Row):
    """The figure of an indicator after the work."""

    kept_id = HiddenField()
    after = NumberField(_l("After"))


class WorkReportForm(ActionForm):
    """What the report on a development (F16) adds."""

    result = part("result")
    users = part("users")
    user_count = WholeField(_l("Number of users"))
    benefit = part("benefit")
    survey_id = SelectField(_l("Take the mean of a survey"), coerce=int, default=0)
    satisfaction_mean = NumberField(_l("Mean satisfaction"), description=_l("From 1 to 5."))
    satisfaction_n = WholeField(_p("survey", "Number of answers"))
    satisfaction = part("satisfaction")
    obstacles = part("obstacles")
    next_steps = part("next_steps")
    after = FieldList(FormField(AfterRow), max_entries=MOST_INDICATORS)

    def offer(self, surveys: Sequence[Survey]) -> None:
        """Fill the choices of surveys."""
        known = [(one.id, one.title) for one in surveys]
        self.survey_id.choices = [(0, _("no survey, written by hand")), *known]

    def show(self, work: Development) -> None:
        """Fill in the figures after the work, and the survey."""
        self.survey_id.data = work.survey_id or 0
        for one in work.indicators:
            self.after.append_entry({"kept_id": str(one.id), "after": one.after})

    def words(self) -> dict[str, str]:
        """Return the parts that were typed, by their names."""
        return {name: self[name].data or "" for name in parts.F16}

    def figures(self) -> dict[int, Any]:
        """Return the figures after the work by indicator."""
        rows = (row.form for row in self.after)
        typed = ((row.kept_id.data or "", row.after.data) for row in rows)
        return {int(kept): figure for kept, figure in typed if kept.isdecimal() and len(kept) < 19}


class FilesForm(ActionForm):
    """Photos and documents with a caption."""

    files = MultipleFileField(_l("Photos and files"))
    caption = StringField(_l("Caption"), [AtMost(200)])


class ReasonForm(ActionForm):
    """A button that needs a reason."""

    reason = StringField(_l("Reason"), [Required(), AtMost(300)])
