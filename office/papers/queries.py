"""Finding papers that were handed out."""

from __future__ import annotations

from sqlalchemy import select

from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.papers.models import IssuedPaper
from office.papers.records import read_code


def paper_of_code(typed: str) -> IssuedPaper:
    """Return the paper of a code as somebody typed or scanned it.

    Raises:
        NotFound: no paper of this office bears it.
    """
    code = read_code(typed)
    found = code and db.session.scalar(select(IssuedPaper).where(IssuedPaper.code == code))
    if not found:
        raise NotFound(
            _(
                "No paper of this office bears this code. Please compare it letter by letter; "
                "if it is the same, the paper was not made here."
            )
        )
    return found


def valid_paper(kind: str, number: str) -> IssuedPaper | None:
    """Return the newest paper of this kind and number that is not void."""
    return db.session.scalar(
        select(IssuedPaper)
        .where(
            IssuedPaper.kind == kind,
            IssuedPaper.number == number,
            IssuedPaper.voided_at.is_(None),
        )
        .order_by(IssuedPaper.id.desc())
        .limit(1)
    )
