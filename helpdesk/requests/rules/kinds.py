"""Kinds that an administrator makes without code: found, change in a new edition, open, close."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from assets.stock.series import NUMBERS as STOCK_NUMBERS
from helpdesk.requests import sorts
from helpdesk.requests.fields import Field, as_plain
from helpdesk.requests.models import KindEdition, RequestKind
from helpdesk.requests.shapes import SIMPLE_KEY
from helpdesk.requests.states import WITH_OPTIONS, Route
from helpdesk.tickets.rules.intake import NUMBER
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping.models import NumberSeries
from office.places.models import Unit

MOST_FIELDS, MOST_OPTIONS = 20, 30
SERIES = re.compile(r"[\u0e01-\u0e2eA-Za-z]{1,6}\.")


@dataclass(frozen=True)
class KindDraft:
    """What an administrator writes about a simple kind."""

    name_th: str
    name_en: str
    intro_th: str
    intro_en: str
    series: str
    route: Route
    paper_text: str
    fields: tuple[Field, ...]
    handling_unit_id: int | None = None


def found(draft: KindDraft, *, by: Viewer) -> RequestKind:
    """Make a new simple kind; it is closed until somebody opens it.

    Refuses whatever ``check`` refuses.
    """
    check(draft, None)
    kind = RequestKind(
        key=f"{SIMPLE_KEY}new", is_open=False, handling_unit_id=draft.handling_unit_id
    )
    db.session.add(kind)
    db.session.flush()  # the key is made of the id
    kind.key = f"{SIMPLE_KEY}{kind.id}"
    _write(kind, draft, 1, by)
    audit.record("founded", kind, by=by, after={"name": draft.name_th, "series": draft.series})
    return kind


def edit(kind: RequestKind, draft: KindDraft, *, by: Viewer) -> KindEdition | None:
    """Write a new edition of a kind; requests that exist keep the edition they were made with.

    Returns:
        the new edition; None where nothing but the unit that carries it out has changed.

    Refuses whatever ``check`` refuses.
    """
    check(draft, kind)
    newest = newest_of(kind)
    kind.handling_unit_id = draft.handling_unit_id
    if newest is not None and _same(newest, draft):
        return None
    edition = _write(kind, draft, newest.edition + 1 if newest else 1, by)
    audit.record("edited", kind, by=by, after={"edition": edition.edition, "name": draft.name_th})
    return edition


def newest_of(kind: RequestKind) -> KindEdition | None:
    """Return the newest edition of a kind."""
    return db.session.scalar(
        select(KindEdition)
        .where(KindEdition.kind_id == kind.id)
        .order_by(KindEdition.edition.desc())
        .limit(1)
    )


def _same(edition: KindEdition, draft: KindDraft) -> bool:
    now = (
        edition.name_th,
        edition.name_en,
        edition.intro_th,
        edition.intro_en,
        edition.series,
        edition.route,
        edition.paper_text,
        edition.fields,
    )
    return now == (
        draft.name_th,
        draft.name_en,
        draft.intro_th,
        draft.intro_en,
        draft.series,
        draft.route,
        draft.paper_text,
        as_plain(draft.fields),
    )


def _write(kind: RequestKind, draft: KindDraft, number: int, by: Viewer) -> KindEdition:
    edition = KindEdition(
        kind_id=kind.id,
        edition=number,
        name_th=draft.name_th,
        name_en=draft.name_en,
        intro_th=draft.intro_th,
        intro_en=draft.intro_en,
        paper_text=draft.paper_text,
        series=draft.series,
        route=draft.route,
        fields=as_plain(draft.fields),
        made_at=clock.now(),
        made_by_id=by.id,
    )
    db.session.add(edition)
    return edition


def check(draft: KindDraft, kind: RequestKind | None) -> None:
    """Refuse a kind that nobody could fill in or number.

    That is one without a Thai name or fields, with more than 20 of them, with a field without a
    label or a choice without choices, and with a prefix that is no prefix or numbers other things.
    """
    if not draft.name_th.strip():
        raise Refusal(_("A kind of request needs a Thai name."), field="name_th")
    if not SERIES.fullmatch(draft.series):
        raise Refusal(
            _("A prefix is up to six letters and a full stop."),
            field="series",
        )
    if _is_taken(draft.series, kind):
        raise Refusal(
            _("The prefix “%(series)s” numbers other things already.", series=draft.series),
            field="series",
        )
    if draft.handling_unit_id is not None:
        unit = db.session.get(Unit, draft.handling_unit_id)
        if unit is None or unit.closed_on is not None:
            raise Refusal(_("Not a valid choice."), field="handling_unit_id")
    _check_fields(draft.fields)


def _check_fields(fields: Sequence[Field]) -> None:
    if not fields:
        raise Refusal(_("Please add at least one field."))
    if len(fields) > MOST_FIELDS:
        raise Refusal(_("A form has at most %(most)s fields.", most=MOST_FIELDS))
    for number, field in enumerate(fields, start=1):
        if not field.th.strip():
            raise Refusal(_("Field %(number)s needs a Thai label.", number=number))
        if field.kind in WITH_OPTIONS and not 2 <= len(field.options) <= MOST_OPTIONS:
            raise Refusal(
                _(
                    "Field %(number)s: please write between 2 and %(most)s choices, one a line.",
                    number=number,
                    most=MOST_OPTIONS,
                )
            )


def _is_taken(series: str, kind: RequestKind | None) -> bool:
    """Tell whether a prefix numbers anything but this kind."""
    if series in {NUMBER, *STOCK_NUMBERS.values(), *(s.series for s in sorts.registered())}:
        return True
    users = set(db.session.scalars(select(KindEdition.kind_id).where(KindEdition.series == series)))
    mine = kind is not None and kind.id in users
    if users - ({kind.id} if kind is not None else set()):
        return True
    numbered = select(NumberSeries.kind).where(NumberSeries.kind == series).limit(1)
    return not mine and db.session.scalar(numbered) is not None


def open_kind(kind: RequestKind, *, by: Viewer) -> None:
    """Let people ask for a kind; nothing happens where they may already."""
    if not kind.is_open:
        kind.is_open = True
        audit.record("opened", kind, by=by)


def close_kind(kind: RequestKind, *, by: Viewer) -> None:
    """Take no new requests of a kind; those that were sent go on."""
    if kind.is_open:
        kind.is_open = False
        audit.record("closed", kind, by=by)


def setting_of(key: str) -> RequestKind:
    """Return the settings of a kind with code; they are written when they are first needed."""
    row = db.session.scalar(select(RequestKind).where(RequestKind.key == key))
    if row is None:
        row = RequestKind(key=key, is_open=True)
        db.session.add(row)
        db.session.flush()  # the audit trail names it
    return row


def hand_to(kind: RequestKind, unit_id: int | None, *, by: Viewer) -> None:
    """Say which unit carries a kind out; None is the whole office.

    Refuses a unit that is closed. Requests that were made before stay where they are.
    """
    if unit_id is not None:
        unit = db.session.get(Unit, unit_id)
        if unit is None or unit.closed_on is not None:
            raise Refusal(_("Not a valid choice."), field="handling_unit_id")
    audit.record_changes("handed", kind, {"handling_unit_id": unit_id}, by=by)
