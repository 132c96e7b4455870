"""Records of processing (PDPA, section 39): the shipped ones, and the office's own editions.

``data/activities.json`` holds what the service itself does; the office edits, adds and ends
activities, each change an edition of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal, Stale
from kernel.i18n import gettext as _
from kernel.i18n import language
from office.bookkeeping import audit
from office.privacy.models import ProcessingEdition
from office.privacy.states import LANGUAGES, PARTS, Base

SHIPPED = Path(__file__).parent / "data" / "activities.json"
MOST = 200
SHORTEST_REASON = 10


@dataclass(frozen=True)
class Record:
    """An activity as one edition tells it; the shipped edition has number 0 and no day."""

    code: str
    base: Base
    texts: Mapping[str, str]
    edition: int = 0
    ended: bool = False
    at: datetime | None = None
    why: str = ""

    def said(self, part: str, code: str = "") -> str:
        """Return a part in a language, the one spoken now when left out; Thai stands in."""
        text = self.texts.get(f"{part}_{code or language()}", "")
        return text or self.texts.get(f"{part}_th", "")


@cache
def shipped() -> Mapping[str, Record]:
    """Return the activities that come with the service, by their code."""
    rows = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return {
        row["code"]: Record(
            row["code"],
            Base(row["base"]),
            {key: value for key, value in row.items() if key not in ("code", "base")},
        )
        for row in rows
    }


def _record(row: ProcessingEdition) -> Record:
    return Record(row.code, Base(row.base), row.texts, row.edition, row.ended, row.at, row.why)


def current(*, with_ended: bool = False) -> Sequence[Record]:
    """Return the newest edition of every activity: the shipped ones first, then the office's."""
    newest = select(func.max(ProcessingEdition.id)).group_by(ProcessingEdition.code)
    query = select(ProcessingEdition).where(ProcessingEdition.id.in_(newest)).limit(MOST)
    own = {row.code: _record(row) for row in db.session.scalars(query.order_by("id"))}
    found = [own.get(code, record) for code, record in shipped().items()]
    found += [record for code, record in own.items() if code not in shipped()]
    return [record for record in found if with_ended or not record.ended]


def editions(code: str) -> Sequence[Record]:
    """Return the editions of an activity, the newest first, the shipped one last.

    Raises:
        NotFound: there is no such activity.
    """
    query = select(ProcessingEdition).where(ProcessingEdition.code == code)
    rows = db.session.scalars(query.order_by(ProcessingEdition.edition.desc()).limit(MOST))
    found = [_record(row) for row in rows]
    if code in shipped():
        found.append(shipped()[code])
    if not found:
        raise NotFound(_("There is no such activity."))
    return found


def write(
    code: str, base: Base, texts: Mapping[str, str], *, seen: int, by: Viewer
) -> ProcessingEdition:
    """Write an edition of an activity; a blank code adds a new one.

    Args:
        code: of the activity.
        base: on what ground it is done.
        texts: every part in both languages, by ``part_language``.
        seen: the edition that the text was made from.
        by: who writes.

    Refuses without a name, purpose, people, data and retention in Thai, when nothing changed, and
    when somebody wrote another edition meanwhile.
    """
    asked = {f"{part}_{one}" for part in PARTS for one in LANGUAGES}
    said = {name: texts.get(name, "").strip() for name in sorted(asked)}
    for part in ("name", "purpose", "people", "data", "retention"):
        if not said[f"{part}_th"]:
            raise Refusal(_("Please fill this in."), field=f"{part}_th")
    last = editions(code)[0] if code else None
    if last is not None:
        _check_newest(last, seen)
        if (last.base, dict(last.texts), last.ended) == (base, said, False):
            raise Refusal(_("Nothing was changed."), field="name_th")
    return _append(code or _new_code(), last, base, said, by=by)


def end(code: str, why: str, *, seen: int, by: Viewer) -> ProcessingEdition:
    """Say that the office does not do this any more; its editions stay.

    Refuses without a reason of ten letters, twice, and when another edition came meanwhile.
    """
    last = editions(code)[0]
    _check_newest(last, seen)
    if last.ended:
        raise Refusal(_("This activity has ended already."))
    if len(why.strip()) < SHORTEST_REASON:
        raise Refusal(_("Please give the reason in at least ten letters."), field="why")
    return _append(code, last, last.base, dict(last.texts), ended=True, why=why.strip(), by=by)


def _check_newest(last: Record, seen: int) -> None:
    if last.edition != seen:
        raise Stale(_("Somebody published another edition meanwhile. Look at it first."))


def _append(
    code: str,
    last: Record | None,
    base: Base,
    texts: Mapping[str, str],
    *,
    by: Viewer,
    ended: bool = False,
    why: str = "",
) -> ProcessingEdition:
    made = ProcessingEdition(
        code=code,
        edition=(last.edition if last else 0) + 1,
        base=base,
        texts=dict(texts),
        ended=ended,
        why=why,
        at=clock.now(),
        by_id=by.id,
    )
    db.session.add(made)
    after = {"name": texts["name_th"], "edition": made.edition}
    audit.record("ended" if ended else "published", made, by=by, after=after)
    return made


def _new_code() -> str:
    own = select(func.max(ProcessingEdition.id))
    return f"own-{(db.session.scalar(own) or 0) + 1}"
