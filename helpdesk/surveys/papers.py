"""แบบรายงานสรุปผลการประเมิน (F11) as an official paper, in Thai with Thai digits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpdesk.surveys import results
from helpdesk.surveys.models import SurveyReport
from helpdesk.surveys.rules.reporting import PARTS
from helpdesk.surveys.states import LIMITS, Band
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine
from office.papers.models import IssuedPaper
from office.papers.rules import check_mark

TEMPLATE = Path(__file__).parent / "paper" / "report.typ"


def report_pdf(
    report: SurveyReport,
    signed: Sequence[dict[str, str | None]],
    issued: IssuedPaper | None,
    *,
    office: str,
    base_url: str,
) -> bytes:
    """Return the report as PDF.

    Args:
        report: with its words.
        signed: the signatures as ``office.approvals.papers.places`` gives them.
        issued: the paper with its check code, once everybody has signed.
        office: the name of the office in Thai.
        base_url: of the service.
    """
    with speaking("th"):
        told = results.of(report.survey)
    return printed(report, told, signed, issued, office=office, base_url=base_url)


def printed(
    report: SurveyReport,
    told: results.Results,
    signed: Sequence[dict[str, str | None]],
    issued: IssuedPaper | None,
    *,
    office: str,
    base_url: str,
) -> bytes:
    """Print the report from results made while Thai was spoken; the rest as ``report_pdf``."""
    survey = report.survey
    check, files = check_mark(issued, base_url) if issued else (None, {})
    with speaking("th"):
        data: dict[str, Any] = {
            "office": office,
            "number": thai_digits(report.number),
            "title": thai_digits(survey.title_th),
            "first": _day(survey.opened_on),
            "last": _day(survey.closed_on),
            "n": thai_digits(f"{told.n:,}"),
            "aspects": [
                {
                    "name": aspect.name,
                    "lines": [_cells(one) for one in aspect.lines],
                    "total": _cells(aspect.total),
                }
                for aspect in told.aspects
            ],
            "whole": _cells(told.whole) if told.whole else [],
            "limits": [thai_digits(str(one)) for one in LIMITS[Band(survey.band)]],
            "signed": list(signed),
            "check": check,
            **{name: thai_digits(getattr(report, name).strip()) for name in PARTS},
        }
    return engine.render(TEMPLATE, data, files=files)


def _cells(line: results.Line) -> list[str]:
    chosen = (f"{count:,}" for count in line.score.counts)
    figures = (*chosen, f"{line.score.n:,}", line.mean, line.deviation)
    rank = thai_digits(str(line.rank)) if line.rank else ""
    return [line.label, *map(thai_digits, figures), line.level, rank]


def _day(day: Any) -> str:  # noqa: ANN401 - a date or None
    return format_date(day, language="th", style="long", digits="thai") if day else ""
