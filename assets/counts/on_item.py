"""What the annual inspection tells on the page of an item: every year's result."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for
from sqlalchemy import ColumnElement, exists, select

from assets.counts import access
from assets.counts.models import Result, Round, Scan
from assets.counts.states import OUTCOMES, Outcome
from assets.register.models import Asset
from assets.register.slots import Entry
from assets.register.states import CONDITIONS, Condition
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _

MOST = 20


def present() -> ColumnElement[bool]:
    """Return SQL about ``Asset``: a round has a result of it."""
    return exists().where(Result.asset_id == Asset.id)


def timeline(asset: Asset, viewer: Viewer) -> Iterable[Entry]:
    """Return the results of an item in the rounds, newest first."""
    may = viewer.may(access.SEE, asset.owner_unit_id, asset.holding_unit_id)
    rows = db.session.execute(
        select(Result, Round, Scan.person_name)
        .join(Round, Round.id == Result.round_id)
        .outerjoin(Scan, Scan.id == Result.scan_id)
        .where(Result.asset_id == asset.id)
        .order_by(Result.id.desc())
        .limit(MOST)
    )
    for result, one, who in rows:
        face = OUTCOMES[Outcome(result.outcome)]
        yield Entry(
            at=result.at,
            text=_("Annual inspection of fiscal year %(year)s", year=one.fiscal_year),
            who=who or "",
            body=f"{face.label} · {CONDITIONS[Condition(result.condition)].label}",
            icon="clipboard-check",
            tone=face.tone,
            href=url_for("counts.show", round_id=one.id) if may else None,
        )
