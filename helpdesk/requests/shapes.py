"""What the form of any kind looks like: those with code and the simple ones in one shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from helpdesk.requests import sorts
from helpdesk.requests.fields import Field, from_plain
from helpdesk.requests.models import KindEdition, RequestKind, ServiceRequest
from helpdesk.requests.sorts import Sort
from helpdesk.requests.states import Route
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import language
from office.places.models import Unit

SIMPLE = "request_simple"
SIMPLE_KEY = "kind-"
ICON = "ui-checks"


@dataclass(frozen=True)
class Shape:
    """The form of a kind: its names, its fields, its series, the engine's path it takes."""

    key: str
    name_th: str
    name_en: str
    intro_th: str
    intro_en: str
    paper_th: str
    paper_en: str
    form_no: str
    series: str
    icon: str
    fields: tuple[Field, ...]
    path: str
    variant: str = ""
    paper_text: str = ""
    edition_id: int | None = None
    edition: int = 0
    handling_unit_id: int | None = None
    is_open: bool = True
    by_hand: bool = True

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th

    @property
    def intro(self) -> str:
        """What it is for, in the language spoken now, Thai where there is no English text."""
        return self.intro_en if language() == "en" and self.intro_en else self.intro_th

    @property
    def paper(self) -> str:
        """The title of its paper in the language spoken now."""
        return self.paper_en if language() == "en" and self.paper_en else self.paper_th

    @property
    def is_simple(self) -> bool:
        """An administrator made it without code."""
        return self.edition_id is not None


def path_key(key: str) -> str:
    """Return the engine's key of the path of a kind with code."""
    return f"request_{key}"


def of_sort(sort: Sort, row: RequestKind | None) -> Shape:
    """Return the form of a kind with code; it is open until somebody closes it."""
    return Shape(
        key=sort.key,
        name_th=sort.name_th,
        name_en=sort.name_en,
        intro_th=sort.intro_th,
        intro_en=sort.intro_en,
        paper_th=sort.paper_th,
        paper_en=sort.paper_en,
        form_no=sort.form_no,
        series=sort.series,
        icon=sort.icon,
        fields=sort.fields(),
        path=path_key(sort.key),
        handling_unit_id=row.handling_unit_id if row else None,
        is_open=row.is_open if row else True,
        by_hand=sort.by_hand,
    )


def of_edition(edition: KindEdition) -> Shape:
    """Return the form of one edition of a simple kind."""
    kind = edition.kind
    return Shape(
        key=kind.key,
        name_th=edition.name_th,
        name_en=edition.name_en,
        intro_th=edition.intro_th,
        intro_en=edition.intro_en,
        paper_th=edition.name_th,
        paper_en=edition.name_en,
        form_no="",
        series=edition.series,
        icon=ICON,
        fields=from_plain(edition.fields),
        path=SIMPLE,
        variant=Route(edition.route).value,
        paper_text=edition.paper_text,
        edition_id=edition.id,
        edition=edition.edition,
        handling_unit_id=kind.handling_unit_id,
        is_open=kind.is_open,
    )


def _rows() -> Mapping[str, RequestKind]:
    rows = db.session.scalars(select(RequestKind).order_by(RequestKind.id)).all()
    return {row.key: row for row in rows}


def newest_editions() -> Sequence[KindEdition]:
    """Return the newest edition of every simple kind, the oldest kind first."""
    newest = select(func.max(KindEdition.id)).group_by(KindEdition.kind_id)
    return db.session.scalars(
        select(KindEdition)
        .options(joinedload(KindEdition.kind))
        .where(KindEdition.id.in_(newest))
        .order_by(KindEdition.kind_id)
    ).all()


def every() -> list[Shape]:
    """Return the forms of all kinds as they are now, closed ones too, in two queries."""
    rows = _rows()
    coded = [of_sort(sort, rows.get(sort.key)) for sort in sorts.registered()]
    return coded + [of_edition(edition) for edition in newest_editions()]


def now_of(key: str) -> Shape:
    """Return the form of a kind as it is now.

    Raises:
        NotFound: there is no such kind.
    """
    sort = sorts.sort_of(key)
    if sort is not None:
        row = db.session.scalar(select(RequestKind).where(RequestKind.key == key))
        return of_sort(sort, row)
    edition = db.session.scalar(
        select(KindEdition)
        .join(RequestKind, RequestKind.id == KindEdition.kind_id)
        .options(joinedload(KindEdition.kind))
        .where(RequestKind.key == key)
        .order_by(KindEdition.edition.desc())
        .limit(1)
    )
    if edition is None:
        raise NotFound(_("There is no such kind of request."))
    return of_edition(edition)


def of_request(request: ServiceRequest) -> Shape:
    """Return the form that a request was made with: the edition of its day."""
    if request.edition is not None:
        return of_edition(request.edition)
    return now_of(request.kind)


def title_in(kept: str, name_th: str, name_en: str) -> str:
    """Return the title of a request for its reader: its kind in English, what was typed as it is.

    Titles are kept in Thai and begin with the name of the kind.
    """
    if language() != "en" or not name_en or not name_th or not kept.startswith(name_th):
        return kept
    return name_en + kept.removeprefix(name_th)


def names_of_edition(key: str, edition: int) -> tuple[str, str]:
    """Return what a simple kind was called in one of its editions, in Thai and in English."""
    found = db.session.execute(
        select(KindEdition.name_th, KindEdition.name_en)
        .join(RequestKind, RequestKind.id == KindEdition.kind_id)
        .where(RequestKind.key == key, KindEdition.edition == edition)
    ).first()
    return (found.name_th, found.name_en) if found else ("", "")


def handling_unit(shape: Shape) -> int:
    """Return the id of the unit that carries a kind out: the named one, else the whole office."""
    if shape.handling_unit_id is not None:
        return shape.handling_unit_id
    return db.session.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
