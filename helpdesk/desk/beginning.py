"""What an office does first, told on the administrator's home until all of it is done."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select

from assets.labels.models import Tag
from assets.register.models import Asset
from helpdesk.desk.queries import Target
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from office.people import access as people
from office.people.models import Person
from office.places.models import Unit


@dataclass(frozen=True)
class FirstStep:
    """One of the first steps: what to do, why, where, and whether it is done."""

    title: str
    text: str
    target: Target
    done: bool


def first_steps(viewer: Viewer) -> list[FirstStep]:
    """Return the steps of a beginning for whoever may hire for the whole office.

    They are counted from what is there, so that an office that began in another order sees the
    same; nothing is returned once all are done.
    """
    if viewer.scope(people.EDIT).units is not None:
        return []
    found = db.session.execute(
        select(
            exists().where(Unit.parent_id.is_not(None)),
            exists().where(Person.id != viewer.id),
            exists().where(Asset.id.is_not(None)),
            exists().where(Tag.asset_id.is_not(None)),
        )
    ).one()
    return [] if all(found) else _steps(*found)


def _steps(units: bool, people_: bool, items: bool, labels: bool) -> list[FirstStep]:  # noqa: FBT001 - four facts of one row
    return [
        FirstStep(
            _("Enter the schools and groups"),
            _("From a list in Excel, or one by one."),
            Target("places.units"),
            units,
        ),
        FirstStep(
            _("Add the people and their roles"),
            _("Technicians, the storekeeper, those who approve; teachers may come later."),
            Target("staff.people"),
            people_,
        ),
        FirstStep(
            _("Bring in the equipment register"),
            _("The Excel file as it is; you see what becomes of every row before it is written."),
            Target("imports.start"),
            items,
        ),
        FirstStep(
            _("Print the labels"),
            _("Stick one on each device: from then on a scan reports a fault."),
            Target("labels.sheet"),
            labels,
        ),
    ]
