"""Reading the privacy notice: the newest edition, the older ones, who has read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

from kernel.db import db
from office.privacy.models import NoticeReading, PrivacyNotice

SHIPPED = Path(__file__).parent / "data"
MOST = 50


@dataclass(frozen=True)
class Notice:
    """One edition; the shipped one has number 0 and no day."""

    edition: int
    text_th: str
    text_en: str
    at: datetime | None = None


@cache
def shipped() -> Notice:
    """Return the edition that comes with the service."""
    th, en = ((SHIPPED / f"notice.{code}.txt").read_text(encoding="utf-8") for code in ("th", "en"))
    return Notice(0, th.strip(), en.strip())


def newest() -> Notice:
    """Return the edition that counts now."""
    found = db.session.scalar(select(PrivacyNotice).order_by(PrivacyNotice.id.desc()).limit(1))
    return _notice(found) if found else shipped()


def editions() -> Sequence[Notice]:
    """Return the editions, the newest first, the shipped one last."""
    query = select(PrivacyNotice).order_by(PrivacyNotice.id.desc()).limit(MOST)
    return [*(_notice(one) for one in db.session.scalars(query)), shipped()]


def _notice(one: PrivacyNotice) -> Notice:
    return Notice(one.id, one.text_th, one.text_en, one.at)


def has_read(person_id: int) -> bool:
    """Tell whether a person has read the newest edition."""
    last = select(func.coalesce(func.max(PrivacyNotice.id), 0)).scalar_subquery()
    query = select(NoticeReading.person_id).where(
        NoticeReading.person_id == person_id, NoticeReading.edition == last
    )
    return db.session.scalar(query) is not None


def readers() -> dict[int, int]:
    """Return how many people have read each edition."""
    query = select(NoticeReading.edition, func.count()).group_by(NoticeReading.edition)
    return {edition: count for edition, count in db.session.execute(query)}  # noqa: C416 - rows
