"""The verbs of symptoms over all classes: add one for everything, rename, retire, offer again.

The same words may be offered by several classes, a row for each; people mean all of them. Reports
keep their symptom by its id, so nothing is ever removed.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from assets.catalogue.models import Symptom
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def add(text_th: str, text_en: str, *, by: Viewer) -> Symptom:
    """Offer a symptom for everything. Refuses words that are offered for everything already."""
    key = thai.search_key(text_th)
    general = db.session.scalars(select(Symptom).where(Symptom.class_id.is_(None))).all()
    same = next((one for one in general if thai.search_key(one.text_th) == key), None)
    if same is not None and not same.retired:
        raise Refusal(_("“%(text)s” is offered already.", text=text_th), field="text_th")
    last = db.session.scalar(select(func.max(Symptom.position)).where(Symptom.class_id.is_(None)))
    made = same or Symptom(class_id=None)
    made.text_th, made.text_en, made.retired = text_th, text_en, False
    made.position = (last or 0) + 1
    db.session.add(made)
    db.session.flush()  # the audit trail names it by its id
    audit.record("added", made, by=by, after={"text_th": text_th, "text_en": text_en})
    return made


def rename(symptom: Symptom, text_th: str, text_en: str, *, by: Viewer) -> int:
    """Give a symptom other words, in every class that offers it; return in how many.

    Refuses words that a class of them, or everything, offers beside it.
    """
    alike = alike_with(symptom)
    ids = {one.id for one in alike}
    key = thai.search_key(text_th)
    for one in db.session.scalars(select(Symptom).where(Symptom.retired.is_(False))):
        beside = one.id not in ids and one.class_id in {each.class_id for each in alike}
        if beside and thai.search_key(one.text_th) == key:
            raise Refusal(_("“%(text)s” is offered already.", text=text_th), field="text_th")
    for one in alike:
        audit.record_changes("renamed", one, {"text_th": text_th, "text_en": text_en}, by=by)
    return len(alike)


def retire(symptom: Symptom, *, by: Viewer) -> None:
    """Offer a symptom no more, in no class; reports that have it keep it."""
    for one in alike_with(symptom):
        audit.record_changes("retired", one, {"retired": True}, by=by)


def reopen(symptom: Symptom, *, by: Viewer) -> None:
    """Offer a retired symptom again, in every class that had it."""
    for one in alike_with(symptom):
        audit.record_changes("reopened", one, {"retired": False}, by=by)


def alike_with(symptom: Symptom) -> Sequence[Symptom]:
    """Return the rows of one symptom: of every class that has it in the same words."""
    return db.session.scalars(
        select(Symptom)
        .where(Symptom.text_th == symptom.text_th, Symptom.text_en == symptom.text_en)
        .order_by(Symptom.id)
    ).all()
