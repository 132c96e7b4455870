"""The name of the office, as pages, papers and messages carry it.

It is the name of the root unit, unless the settings give another one. Every page shows it, so each
process asks for it at most once a minute.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from config import Settings
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.places.models import Unit

KEPT = timedelta(minutes=1)
Names = tuple[datetime, str, str]


def office_name(language: str, settings: Settings | None = None) -> str:
    """Return the name in a language; a general word before the office is set up.

    Args:
        language: ``th`` or ``en``; Thai stands in where there is no English name.
        settings: the running application's where they are left out.
    """
    settings = settings or current_app.extensions["settings"]
    given = settings.office_name_en if language == "en" else settings.office_name_th
    if given:
        return given
    _until, thai, english = _names()
    with speaking(language):
        return (english if language == "en" else "") or thai or _("Education service area office")


def _names() -> Names:
    kept: Names | None = current_app.extensions.get("office_names")
    if kept is None or kept[0] < clock.now():
        query = select(Unit.name_th, Unit.name_en).where(Unit.parent_id.is_(None))
        thai, english = db.session.execute(query).first() or ("", "")
        kept = (clock.now() + KEPT, thai, english)
        if thai:
            current_app.extensions["office_names"] = kept
    return kept
