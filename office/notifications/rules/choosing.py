"""What a person chooses: which messages come on which way, when it is quiet, when the digest is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from sqlalchemy import delete

from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.notifications.kinds import GROUPS
from office.notifications.models import Quietness, WayChoice
from office.notifications.rules.routing import DIGEST_AT, Reach, reach_of, usual
from office.notifications.states import Rhythm, Way
from office.people.models import Person

Choices = Mapping[tuple[str, Way], Rhythm]


def choose(
    choices: Choices,
    *,
    quiet_from: time | None,
    quiet_until: time | None,
    digest_at: time | None,
    by: Viewer,
) -> None:
    """Keep how a person wants to be told; what is as the house does it needs no row.

    Args:
        choices: the rhythm of each group of messages on each way.
        quiet_from: local time of day from which nothing is sent, None for no quiet hours.
        quiet_until: local time of day at which sending begins again.
        digest_at: local time of day of the digest; four in the afternoon where it is left out.
        by: whose choice it is.

    Refuses one end of the quiet hours without the other.
    """
    if (quiet_from is None) != (quiet_until is None):
        raise Refusal(_("Give both ends of the quiet hours, or neither."), field="quiet_until")
    db.session.execute(delete(WayChoice).where(WayChoice.person_id == by.id))
    for (name, way), rhythm in choices.items():
        urgent = next(group.urgent for group in GROUPS if group.name == name)
        if rhythm is not usual(urgent, way):
            db.session.add(WayChoice(person_id=by.id, group_name=name, way=way, rhythm=rhythm))
    quietness = db.session.get(Quietness, by.id) or Quietness(person_id=by.id)
    quietness.quiet_from, quietness.quiet_until = quiet_from, quiet_until
    quietness.digest_at = digest_at or DIGEST_AT
    db.session.add(quietness)
    audit.record(
        "chose_ways",
        db.session.get_one(Person, by.id),
        by=by,
        after={f"{name}.{way}": str(rhythm) for (name, way), rhythm in choices.items()},
    )


def chosen(viewer: Viewer) -> tuple[dict[tuple[str, Way], Rhythm], Quietness | None]:
    """Return how a person is told now, group by group and way by way, and the quiet hours."""
    reach: Reach = reach_of(viewer.id or 0)
    return (
        {
            (group.name, way): reach.choices.get((group.name, way), usual(group.urgent, way))
            for group in GROUPS
            for way in Way
        },
        reach.quietness,
    )
