"""The legal bases of processing (PDPA, section 24), and the parts of a record (section 39)."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _p


class Base(StrEnum):
    """On what ground data are processed."""

    PUBLIC_TASK = "public_task"
    LEGAL_DUTY = "legal_duty"
    CONTRACT = "contract"
    LIFE = "life"
    ARCHIVE = "archive"
    LEGITIMATE = "legitimate"
    CONSENT = "consent"


BASES = {
    Base.PUBLIC_TASK: _p("legal base", "Public task, section 24 (4)"),
    Base.LEGAL_DUTY: _p("legal base", "Duty under the law, section 24 (6)"),
    Base.CONTRACT: _p("legal base", "Contract, section 24 (3)"),
    Base.LIFE: _p("legal base", "Danger to life, section 24 (2)"),
    Base.ARCHIVE: _p("legal base", "Archives and research, section 24 (1)"),
    Base.LEGITIMATE: _p("legal base", "Legitimate interest, section 24 (5)"),
    Base.CONSENT: _p("legal base", "Consent, section 19"),
}
# The parts of a record in the order of the paper, with what each is called.
PARTS = {
    "name": _p("processing", "Activity"),
    "purpose": _p("processing", "Purpose"),
    "people": _p("processing", "Whose data"),
    "data": _p("processing", "Which data"),
    "recipients": _p("processing", "Who receives them"),
    "retention": _p("processing", "For how long"),
    "security": _p("processing", "Security measures"),
    "transfer": _p("processing", "Transfer abroad"),
}
LANGUAGES = ("th", "en")
