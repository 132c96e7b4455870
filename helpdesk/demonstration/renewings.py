"""What the office pays for by the year, who has a seat of it, and the backups of the last weeks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from assets.licences.models import Licence
from assets.licences.rules import keeping, seating
from assets.register.models import Asset
from assets.register.states import Lifecycle
from helpdesk.backups.models import Backup
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import NARRATOR, Cast
from kernel import clock
from kernel.db import db

TECHNICIAN, MOST_SEATS, ITEMS = "technician", 3, 2
DAY, NIGHT = timedelta(days=1), timedelta(hours=15)


def renew(cast: Cast) -> None:
    """Write down the licences of ``licences.csv``, give some seats, and remember two backups."""
    keeper = cast.viewer(TECHNICIAN)
    for row in script.rows("licences.csv"):
        made = keeping.add(_fields(row, cast), by=keeper)
        db.session.flush()  # its seats name it
        if made.seats is not None:
            _give_seats(made, cast)
    for number, days in enumerate((9, 2)):
        made_at = clock.at(clock.today(), datetime.min.time()) - days * DAY + NIGHT
        db.session.add(
            Backup(
                name=f"helpdesk-{made_at:%Y%m%dT%H%M%SZ}",
                made_at=made_at,
                size=6_400_000 + 310_000 * number,
                rows=61_200 + 2_950 * number,
                files=412 + 9 * number,
                rehearsed_at=None if number else made_at + DAY / 2,
            )
        )


def _fields(row: Mapping[str, str], cast: Cast) -> dict[str, object]:
    today = clock.today()
    return {
        **{key: row[key] for key in ("kind", "name", "contract_no", "account", "note")},
        "unit_id": cast.units[row["unit"]],
        "vendor_id": None,
        "caretaker_id": cast.ids[TECHNICIAN],
        "seats": int(row["seats"]) if row["seats"] else None,
        "cost": Decimal(row["cost"]),
        "starts_on": today - timedelta(days=int(row["begun_days"])),
        "ends_on": today + timedelta(days=int(row["left_days"])),
    }


def _give_seats(licence: Licence, cast: Cast) -> None:
    for username in cast.at(licence.unit_id)[:MOST_SEATS]:
        seating.give(licence, cast.person(username), by=NARRATOR)
    things = (
        select(Asset)
        .where(Asset.lifecycle == Lifecycle.IN_SERVICE, Asset.holding_unit_id == licence.unit_id)
        .order_by(Asset.id)
        .limit(ITEMS)
    )
    for asset in db.session.scalars(things):
        seating.give(licence, asset, by=NARRATOR)
