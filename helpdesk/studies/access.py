"""Who may see and write studies and developments; the loaders that refuse."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from helpdesk.studies.models import Development, Study, StudyFile, StudyRecord
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role

READ = permission("helpdesk:study:read", roles=EVERYONE)
SEE = permission(
    "helpdesk:study:see",
    roles=(Role.ADMIN, Role.AUDITOR, Role.APPROVER, Role.TECHNICIAN, Role.COORDINATOR),
)
WRITE = permission("helpdesk:study:write", roles=(Role.ADMIN, Role.TECHNICIAN, Role.COORDINATOR))


def studies_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term, over ``Study``: of the viewer's units, owned, or recorded in."""
    own = aliased(StudyRecord)  # the query around it may be one of records
    mine = exists().where(own.study_id == Study.id, own.recorder_id == viewer.id)
    return or_(viewer.scope(SEE).clause(Study.unit_id), Study.owner_id == viewer.id, mine)


def developments_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term, over ``Development``: of the viewer's units, or owned."""
    return or_(viewer.scope(SEE).clause(Development.unit_id), Development.owner_id == viewer.id)


def may_edit(viewer: Viewer, thing: Study | Development) -> bool:
    """Tell whether the viewer owns a thing or writes those of its unit."""
    if viewer.id is None:
        return False
    return thing.owner_id == viewer.id or viewer.may(WRITE, thing.unit_id)


def study_seen(viewer: Viewer, study_id: int) -> Study:
    """Return a study that the viewer may see.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(Study)
        .options(joinedload(Study.unit), joinedload(Study.owner), joinedload(Study.system))
        .where(Study.id == study_id, studies_seen(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such study."))
    return found


def study_edited(viewer: Viewer, study_id: int) -> Study:
    """Return a study that the viewer may change, locked until the unit of work ends.

    Raises:
        NotFound: the viewer may not even see it.
        NotAllowed: the viewer only reads it.
    """
    demand_edit(viewer, study_seen(viewer, study_id))
    return db.session.scalars(
        select(Study)
        .where(Study.id == study_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def record_seen(viewer: Viewer, record_id: int) -> StudyRecord:
    """Return a record of a study that the viewer may see.

    Raises:
        NotFound: there is none, or the study is none of the viewer's business.
    """
    found = db.session.scalar(
        select(StudyRecord)
        .join(Study, Study.id == StudyRecord.study_id)
        .options(
            joinedload(StudyRecord.study).joinedload(Study.unit),
            joinedload(StudyRecord.recorder),
            joinedload(StudyRecord.system),
        )
        .where(StudyRecord.id == record_id, studies_seen(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such record."))
    return found


def record_edited(viewer: Viewer, record_id: int) -> StudyRecord:
    """Return a record that the viewer may change; its study is locked.

    Raises:
        NotFound: the viewer may not even see it.
        NotAllowed: neither the recorder nor somebody who writes the study.
    """
    found = record_seen(viewer, record_id)
    if found.recorder_id != viewer.id:
        demand_edit(viewer, found.study)
    db.session.scalars(
        select(Study)
        .where(Study.id == found.study_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    return found


def development_seen(viewer: Viewer, development_id: int) -> Development:
    """Return a development that the viewer may see.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(Development)
        .options(
            joinedload(Development.unit),
            joinedload(Development.owner),
            joinedload(Development.system),
        )
        .where(Development.id == development_id, developments_seen(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such work."))
    return found


def development_edited(viewer: Viewer, development_id: int) -> Development:
    """Return a development that the viewer may change, locked until the unit of work ends.

    Raises:
        NotFound: the viewer may not even see it.
        NotAllowed: the viewer only reads it.
    """
    demand_edit(viewer, development_seen(viewer, development_id))
    return db.session.scalars(
        select(Development)
        .where(Development.id == development_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def file_seen(viewer: Viewer, file_id: int) -> StudyFile:
    """Return a file of a thing that the viewer may see.

    Raises:
        NotFound: there is none, or the thing is none of the viewer's business.
    """
    found = db.session.get(StudyFile, file_id)
    if found is None:
        raise NotFound(_("There is no such file."))
    if found.record_id is not None:
        record_seen(viewer, found.record_id)
    elif found.study_id is not None:
        study_seen(viewer, found.study_id)
    else:
        development_seen(viewer, found.development_id or found.report_id or 0)
    return found


def demand_edit(viewer: Viewer, thing: Study | Development) -> None:
    """Refuse who only reads a thing.

    Raises:
        NotAllowed: neither its owner nor somebody who writes those of its unit.
    """
    if not may_edit(viewer, thing):
        raise NotAllowed(_("Only its owner, or who writes those of its unit, changes this."))
