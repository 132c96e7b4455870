"""The kinds of questions a category may ask."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp


class QuestionKind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    CHOICE = "choice"
    YESNO = "yesno"
    NUMBER = "number"


KINDS = {
    QuestionKind.TEXT: _lp("question", "Words"),
    QuestionKind.CHOICE: _l("One of several"),
    QuestionKind.YESNO: _l("Yes or no"),
    QuestionKind.NUMBER: _lp("question", "A number"),
}
