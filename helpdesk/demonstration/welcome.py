"""What the terminal prints before the demonstration is served, in Thai and in English."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, select

from assets.catalogue.models import AssetClass
from assets.labels.models import Tag
from assets.register.models import Asset
from assets.register.states import Lifecycle
from helpdesk.demonstration.cast import sign_ins
from helpdesk.tickets.models import Ticket
from kernel.db import db
from kernel.i18n import LANGUAGES, both, mark, speaking
from kernel.i18n import gettext as _
from office.people.access import ROLE_NAMES, Role

SHOWN_CLASS = "7440-004"
ADDRESS = mark("The demonstration office is open at")
SIGN_IN = mark("Sign in as")
SCAN = mark("Scan or open one label")


def lines(base_url: str, password: str) -> Iterator[str]:
    """Yield the lines: the address, one sign-in for each role, one label to scan."""
    yield ""
    yield f"  {both(ADDRESS)}"
    yield f"    {base_url}"
    yield ""
    yield f"  {both(SIGN_IN)}"
    width = max(len(row["username"]) for row in sign_ins())
    for row in sign_ins():
        yield f"    {row['username']:<{width}}  {password}  {_role_of(row['role'], row['over'])}"
    yield ""
    yield f"  {both(SCAN)}"
    yield f"    {base_url}/Q/{label_code()}"
    yield ""


def _role_of(role: str, over: str) -> str:
    names = []
    for code in LANGUAGES:
        with speaking(code):
            name = str(ROLE_NAMES[Role(role or Role.REQUESTER)])
            narrow = _("one school only")
            names.append(f"{name} ({narrow})" if over else name)
    return " · ".join(names)


def label_code() -> str:
    """Return the code of an item on which a fault can be reported and none is open."""
    faulty = exists().where(Ticket.asset_id == Asset.id, Ticket.next_due_at.is_not(None))
    return db.session.scalars(
        select(Tag.code)
        .join(Asset, Asset.id == Tag.asset_id)
        .join(AssetClass, AssetClass.id == Asset.class_id)
        .where(
            AssetClass.code == SHOWN_CLASS,
            Asset.lifecycle == Lifecycle.IN_SERVICE,
            Asset.photo_key != "",
            Tag.retired_at.is_(None),
            ~faulty,
        )
        .order_by(Asset.id)
        .limit(1)
    ).one()
