"""The order of the list by the person in charge: kept with the item, in step with both names.

The name is that of a person in the list of people, or what the card says. Whatever writes an item
or a person through the session passes here, so nobody has to remember it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from assets.register.models import Asset, sort_key_of
from office.people.models import Person

ORDERED_BY = Asset.custodian_sort
SAID_BY = ("custodian_id", "custodian", "custodian_text")


@event.listens_for(Session, "before_flush")
def _keep(session: Session, *_about: Any) -> None:  # noqa: ANN401 - context, instances
    changed = [*session.new, *session.dirty]
    items = [one for one in changed if isinstance(one, Asset) and _differs(one, *SAID_BY)]
    names = _names(session, {one.custodian_id for one in items if one.custodian_id})
    names |= {one.id: one.name_th for one in changed if isinstance(one, Person)}
    for item in items:
        item.custodian_sort = sort_key_of(_name(item, names) or item.custodian_text or "")
    for person in changed:
        if isinstance(person, Person) and person.id and _differs(person, "name_th"):
            theirs = update(Asset).where(Asset.custodian_id == person.id)
            key = sort_key_of(person.name_th)
            session.connection().execute(theirs.values(custodian_sort=key))


def _differs(row: Asset | Person, *columns: str) -> bool:
    return any(get_history(row, name, PASSIVE_NO_INITIALIZE).has_changes() for name in columns)


def _name(item: Asset, names: dict[int, str]) -> str:
    """Return the name of the person of the list of people, "" where there is none."""
    told = get_history(item, "custodian", PASSIVE_NO_INITIALIZE)
    if told.has_changes():
        return next((person.name_th for person in told.added if person), "")
    return names.get(item.custodian_id or 0, "")


def _names(session: Session, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    found = session.execute(select(Person.id, Person.name_th).where(Person.id.in_(ids)))
    return {row.id: row.name_th for row in found}
