"""The annual report as PDF, in Thai with Thai digits."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from helpdesk.annual.chapters import Report
from kernel.thai import thai_digits
from office.papers import engine

TEMPLATE = Path(__file__).parent / "paper" / "annual.typ"


def report_pdf(report: Report) -> bytes:
    """Return the report with cover, contents and numbered chapters."""
    data = asdict(report) | {"year": thai_digits(str(report.year))}
    return engine.render(TEMPLATE, data)
