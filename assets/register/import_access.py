"""The loaders of kept readings and of photo files; who may import may see those of the own unit."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from assets.register import access
from assets.register.import_models import PhotoBatch, SavedMapping
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _


def batch_seen_by(viewer: Viewer, batch_id: int) -> PhotoBatch:
    """Return a file of photos for one of the units for which the viewer may import.

    Raises:
        NotFound: there is none, or it lies outside the viewer's scope.
    """
    mine = viewer.scope(access.IMPORT).clause(PhotoBatch.unit_id)
    found = db.session.scalar(
        select(PhotoBatch)
        .where(PhotoBatch.id == batch_id, mine)
        .options(joinedload(PhotoBatch.unit), joinedload(PhotoBatch.by))
    )
    if found is None:
        raise NotFound(_("There is no such file of photos, or it belongs to another unit."))
    return found


def mapping_changed_by(viewer: Viewer, mapping_id: int) -> SavedMapping:
    """Return a kept reading that the viewer may rename, share or remove.

    Raises:
        NotFound: there is none, or it is another person's of another unit.
    """
    own = or_(
        SavedMapping.by_id == viewer.id,
        viewer.scope(access.IMPORT).clause(SavedMapping.unit_id),
    )
    found = db.session.scalar(select(SavedMapping).where(SavedMapping.id == mapping_id, own))
    if found is None:
        raise NotFound(_("There is no such kept reading, or it belongs to somebody else."))
    return found
