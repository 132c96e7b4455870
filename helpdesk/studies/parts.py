"""The parts of the four forms, with the one name that pages, forms, cards and papers call them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p

F12 = ("current_state", "problem", "data_flows", "stakeholders", "findings", "gap", "proposal")
F14 = ("conclusion", "recommendation", "resources")
F15 = ("problem", "goal", "method")
F16 = ("result", "users", "benefit", "satisfaction", "obstacles", "next_steps")

LABELS: dict[str, Any] = {
    "current_state": _l("Present state"),
    "problem": _l("Problem"),
    "data_flows": _l("Data flows"),
    "stakeholders": _l("Stakeholders"),
    "findings": _p("study", "Findings"),
    "gap": _l("Gap"),
    "proposal": _p("study", "Proposal"),
    "conclusion": _l("Conclusion"),
    "recommendation": _p("study", "Recommendation"),
    "resources": _l("Resources needed"),
    "goal": _l("Goal"),
    "method": _p("development", "Method"),
    "result": _l("Result against the goal"),
    "users": _l("Users"),
    "benefit": _l("Benefit"),
    "satisfaction": _l("Satisfaction"),
    "obstacles": _l("Problems and obstacles"),
    "next_steps": _l("Next steps"),
}
HINTS: dict[str, Any] = {
    "current_state": _l("How the work is done today, with which tools, how often."),
    "problem": _l("What goes wrong, for whom, how much."),
    "data_flows": _l("Where data come from, who enters them, where they go. One flow a line."),
    "stakeholders": _l("Who uses it, who decides, who is concerned."),
    "findings": _l("What the study found, with figures where there are any."),
    "gap": _l("What lacks between the present state and what is needed."),
    "proposal": _l("What should be done about it."),
    "resources": _l("People, equipment, budget and time."),
    "goal": _l("What is to be better, measured by the figures below."),
    "method": _l("The steps of the work, one a line."),
}
TITLES: dict[str, Any] = {
    "F12": _l("Study and analysis record"),
    "F14": _l("Report on a study and analysis"),
    "F15": _l("Record of ICT development, improvement and application"),
    "F16": _l("Report on ICT development, improvement and application"),
}


def written(thing: object, names: Sequence[str]) -> list[tuple[Any, str | None]]:
    """Return the parts of a row with their labels, as a list of facts; None where one is blank."""
    return [(LABELS[name], getattr(thing, name) or None) for name in names]
