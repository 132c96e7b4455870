"""What people type about risks."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, StringField, TextAreaField

from helpdesk.risks.states import (
    COMPONENTS,
    IMPACTS,
    LIKELIHOODS,
    PROGRESS,
    QUARTERS,
    TREATMENTS,
    VERDICTS,
    Treatment,
    Verdict,
)
from kernel.forms import ActionForm, AtMost, DateField, Required
from kernel.i18n import lazy_gettext as _l

TEXTS = ("objective", "danger", "control", "assessment", "remaining", "improvement")


def _weights(words: dict[int, Any]) -> list[tuple[int, str]]:
    """Return choices like “3 now and then”, told when the page is shown."""
    return [(number, f"{number} {label}") for number, label in words.items()]


class TableForm(ActionForm):
    """Which unit and fiscal year a table is of."""

    unit_id = SelectField(_l("Unit"), [Required()])
    fiscal_year = SelectField(_l("Fiscal year"), coerce=int)


class WeightForm(ActionForm):
    """Likelihood and impact."""

    likelihood = SelectField(_l("Likelihood"), coerce=int, default=3)
    impact = SelectField(_l("Impact"), coerce=int, default=3)

    def fill_weights(self) -> None:
        """Fill the choices in the language spoken now."""
        self.likelihood.choices = _weights(LIKELIHOODS)
        self.impact.choices = _weights(IMPACTS)


class RiskForm(WeightForm):
    """A risk."""

    objective = TextAreaField(_l("Duty and its objective"), [Required(), AtMost(2000)])
    danger = TextAreaField(_l("Risk"), [Required(), AtMost(2000)])
    control = TextAreaField(_l("Present control"), [AtMost(4000)])
    verdict = SelectField(
        _l("Is the control enough?"),
        choices=[(str(k), v) for k, v in VERDICTS.items()],
        default=Verdict.PARTLY.value,
    )
    assessment = TextAreaField(_l("Assessment of the control"), [AtMost(4000)])
    remaining = TextAreaField(_l("Risk that remains"), [AtMost(4000)])
    treatment = SelectField(
        _l("Treatment"),
        choices=[(str(k), v) for k, v in TREATMENTS.items()],
        default=Treatment.REDUCE.value,
    )
    improvement = TextAreaField(_l("Improvement of the control"), [AtMost(4000)])
    responsible = StringField(
        _l("Who answers for it"), [AtMost(200)], description=_l("Full name or e-mail.")
    )
    due_on = DateField(_l("To be done by"))
    source = SelectField(_l("Evidence that the service counts"), default="")

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column, without who answers for it."""
        return {
            **{name: (self[name].data or "").strip() for name in TEXTS},
            "likelihood": self.likelihood.data,
            "impact": self.impact.data,
            "verdict": self.verdict.data,
            "treatment": self.treatment.data,
            "due_on": self.due_on.data,
            "source": self.source.data or "",
        }


class FollowForm(WeightForm):
    """How far an improvement has come in a quarter."""

    quarter = SelectField(_l("Quarter"), coerce=int, choices=list(QUARTERS.items()))
    progress = SelectField(
        _l("Progress"), choices=[(str(k), face.label) for k, face in PROGRESS.items()]
    )
    words = TextAreaField(_l("What was done"), [Required(), AtMost(4000)])


class JudgeForm(ActionForm):
    """What was found about the five components, and who signs."""

    finding_1 = TextAreaField(COMPONENTS[0], [AtMost(4000)])
    finding_2 = TextAreaField(COMPONENTS[1], [AtMost(4000)])
    finding_3 = TextAreaField(COMPONENTS[2], [AtMost(4000)])
    finding_4 = TextAreaField(COMPONENTS[3], [AtMost(4000)])
    finding_5 = TextAreaField(COMPONENTS[4], [AtMost(4000)])
    conclusion = TextAreaField(_l("Conclusion on all of them"), [AtMost(4000)])
    signer = StringField(_l("Signed by"), [AtMost(200)])
    signer_position = StringField(_l("Position of who signs"), [AtMost(200)])

    def findings(self) -> list[str]:
        """Return what was found, in the order of the components."""
        return [(self[f"finding_{n}"].data or "").strip() for n in range(1, 6)]
