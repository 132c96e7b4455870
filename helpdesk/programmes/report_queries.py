"""Finding entries of the log, their files, and versions of the report."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from helpdesk.programmes.models import Programme
from helpdesk.programmes.report_models import LogEntry, LogFile, ProgrammeReport
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _

A_PAGE = 30


def entries_of(programme_id: int, number: int) -> Sequence[LogEntry]:
    """Return one page of the log, the newest day first, and one more."""
    return db.session.scalars(
        select(LogEntry)
        .options(
            joinedload(LogEntry.activity),
            joinedload(LogEntry.made_by),
            selectinload(LogEntry.files),
        )
        .where(LogEntry.programme_id == programme_id)
        .order_by(LogEntry.on_day.desc(), LogEntry.id.desc())
        .limit(A_PAGE + 1)
        .offset((number - 1) * A_PAGE)
    ).all()


def file_of(programme_id: int, file_id: int) -> LogFile:
    """Return a file of the log of this programme.

    Raises:
        NotFound: it has none with this id.
    """
    found = db.session.scalar(
        select(LogFile)
        .join(LogEntry, LogEntry.id == LogFile.entry_id)
        .where(LogFile.id == file_id, LogEntry.programme_id == programme_id)
    )
    if found is None:
        raise NotFound(_("There is no such file."))
    return found


def reports_of(programme_id: int) -> Sequence[ProgrammeReport]:
    """Return the versions of the report of a programme, the newest first."""
    return db.session.scalars(
        select(ProgrammeReport)
        .options(joinedload(ProgrammeReport.approval))
        .where(ProgrammeReport.programme_id == programme_id)
        .order_by(ProgrammeReport.edition.desc())
    ).all()


def report_of(report_id: int) -> ProgrammeReport:
    """Return a version of a report; whoever calls checks its programme.

    Raises:
        NotFound: there is none.
    """
    found = db.session.scalar(
        select(ProgrammeReport)
        .options(
            joinedload(ProgrammeReport.approval),
            joinedload(ProgrammeReport.programme).joinedload(Programme.owner),
        )
        .where(ProgrammeReport.id == report_id)
    )
    if found is None:
        raise NotFound(_("There is no such report."))
    return found
