"""Two simple kinds that come with the service, as a beginning for the office's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from helpdesk.requests.fields import from_plain
from helpdesk.requests.models import KindEdition, RequestKind
from helpdesk.requests.rules import kinds
from helpdesk.requests.rules.kinds import KindDraft
from helpdesk.requests.states import Route
from kernel.access import Viewer
from kernel.db import db

_FILE = Path(__file__).resolve().parent.parent / "data" / "examples.json"


def shipped() -> Sequence[KindDraft]:
    """Return the kinds as they are shipped."""
    return tuple(
        KindDraft(
            name_th=row["name_th"],
            name_en=row["name_en"],
            intro_th=row["intro_th"],
            intro_en=row["intro_en"],
            series=row["series"],
            route=Route(row["route"]),
            paper_text=row["paper_text"],
            fields=from_plain(row["fields"]),
        )
        for row in json.loads(_FILE.read_text(encoding="utf-8"))
    )


def missing() -> list[KindDraft]:
    """Return the shipped kinds whose prefix no kind of the office has."""
    used = set(db.session.scalars(select(KindEdition.series)))
    return [draft for draft in shipped() if draft.series not in used]


def take_over(*, by: Viewer) -> list[RequestKind]:
    """Make the shipped kinds that are not there yet; they stay closed until somebody opens them."""
    return [kinds.found(draft, by=by) for draft in missing()]
