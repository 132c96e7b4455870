"""The papers of internal control: PK.4 (components) and PK.5 (plan of improvement), PDF and table.

The PDFs are in Thai with Thai digits, whatever the reader speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpdesk.risks.models import Risk, RiskComponent, RiskTable
from helpdesk.risks.states import COMPONENTS, LEVELS, VERDICTS, Verdict
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.tables import Column
from kernel.tables import Kind as Cell
from kernel.thai import format_date, thai_digits
from office.papers import engine

FOLDER = Path(__file__).parent / "paper"


@dataclass(frozen=True)
class Head:
    """Whose paper it is, of which year, and who signs."""

    unit: str
    fiscal_year: int
    signer: str = ""
    signer_position: str = ""


@dataclass(frozen=True)
class Judged:
    """PK.4: what was found about the components, and the conclusion."""

    head: Head
    findings: Sequence[str]
    conclusion: str = ""


@dataclass(frozen=True)
class Plan:
    """PK.5: one line of seven cells for each risk."""

    head: Head
    rows: Sequence[Sequence[str]]


def _head(table: RiskTable) -> Head:
    return Head(table.unit.name_th, table.fiscal_year, table.signer, table.signer_position)


def components_of(table: RiskTable, components: Sequence[RiskComponent]) -> Judged:
    """Return what PK.4 of a table says."""
    return Judged(_head(table), [one.finding for one in components], table.conclusion)


def plan_of(table: RiskTable, risks: Sequence[Risk]) -> Plan:
    """Return what PK.5 of a table says."""
    with speaking("th"):
        return Plan(_head(table), [_cells(one) for one in risks])


def _cells(one: Risk) -> tuple[str, ...]:
    verdict = str(VERDICTS[Verdict(one.verdict)])
    level = (
        f"ระดับความเสี่ยง {LEVELS[one.level].label} "
        f"({thai_digits(f'{one.likelihood} × {one.impact} = {one.score}')})"
    )
    day = format_date(one.due_on, language="th", style="long", digits="thai") if one.due_on else ""
    who = one.responsible.name_th if one.responsible else ""
    return (
        one.objective,
        f"{one.danger}\n{level}",
        one.control or "-",
        "\n".join(part for part in (verdict, one.assessment) if part),
        one.remaining or "-",
        one.improvement or "-",
        "\n".join(part for part in (who, day) if part) or "-",
    )


def pk4(judged: Judged, office: str) -> bytes:
    """Print the report on the components of internal control."""
    with speaking("th"):
        findings = [
            {"number": thai_digits(str(number)), "title": str(title), "lines": _lines(words)}
            for number, (title, words) in enumerate(
                zip(COMPONENTS, judged.findings, strict=True), start=1
            )
        ]
    data = {
        **_plain(judged.head, office),
        "components": findings,
        "conclusion": _lines(judged.conclusion),
    }
    return engine.render(FOLDER / "pk4.typ", data)


def pk5(plan: Plan, office: str) -> bytes:
    """Print the report on the control with the plan of its improvement."""
    data = {**_plain(plan.head, office), "rows": [list(row) for row in plan.rows]}
    return engine.render(FOLDER / "pk5.typ", data)


def _plain(head: Head, office: str) -> dict[str, str]:
    return {
        "office": office,
        "unit": head.unit,
        "year": thai_digits(str(head.fiscal_year)),
        "signer": head.signer,
        "signer_position": head.signer_position,
    }


def _lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()]


def component_columns() -> list[Column[RiskComponent]]:
    """Return the columns of PK.4 as a workbook, named in the language spoken now."""
    return [
        Column(_("Component"), lambda one: str(COMPONENTS[one.number - 1]), width=32),
        Column(_("What was found"), lambda one: one.finding, width=80),
    ]


def risk_columns() -> list[Column[Risk]]:
    """Return the columns of PK.5 as a workbook, named in the language spoken now."""
    return [
        Column(_("Number"), lambda one: one.place, Cell.WHOLE),
        Column(_("Duty and its objective"), lambda one: one.objective, width=40),
        Column(_("Risk"), lambda one: one.danger, width=40),
        Column(_("Likelihood"), lambda one: one.likelihood, Cell.WHOLE),
        Column(_("Impact"), lambda one: one.impact, Cell.WHOLE),
        Column(_("Score"), lambda one: one.score, Cell.WHOLE),
        Column(_("Level of risk"), lambda one: str(LEVELS[one.level].label)),
        Column(_("Present control"), lambda one: one.control, width=40),
        Column(_("Is the control enough?"), lambda one: str(VERDICTS[Verdict(one.verdict)])),
        Column(_("Assessment of the control"), lambda one: one.assessment, width=40),
        Column(_("Risk that remains"), lambda one: one.remaining, width=40),
        Column(_("Improvement of the control"), lambda one: one.improvement, width=40),
        Column(
            _("Who answers for it"),
            lambda one: one.responsible.name if one.responsible else "",
            width=28,
        ),
        Column(_("To be done by"), lambda one: one.due_on, Cell.DAY),
        Column(_("Done on"), lambda one: one.done_on, Cell.DAY),
    ]
