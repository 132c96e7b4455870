"""The kinds of things that are approved: the rooms above register theirs, approvals know none.

A room registers one ``Kind`` when the application is built (``helpdesk/app.py``). Its callbacks
run inside the unit of work of the act: what they raise undoes the act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kernel.access import Viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.approvals.models import Approval
from office.approvals.snapshot import read
from office.approvals.states import Place

Content = Mapping[str, Any]
Called = Callable[[Approval, Viewer], None]
Titled = Callable[[Content, str], str]


@dataclass(frozen=True)
class StepPlan:
    """One step as a person, or the first edition of a path, describes it; see ``PathStep``.

    Attributes:
        above, up_to: baht; the step counts for amounts above the one and not above the other.
        people: ids, for ``Place.PEOPLE``.
    """

    name_th: str
    name_en: str
    place: Place
    role: str = "approver"
    unit_id: int | None = None
    slot: str = ""
    people: tuple[int, ...] = ()
    all_sign: bool = False
    above: Decimal | None = None
    up_to: Decimal | None = None
    variant: str = ""


def _nothing(_approval: Approval, _by: Viewer) -> None:
    """Do nothing: a room that need not know."""


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is approved.

    Attributes:
        key: ``purchase``; stands in the rows for ever.
        label: its (lazy) name.
        facts: makes (label, value) lines for the card out of the snapshot, in the language spoken.
        title: makes the title out of the snapshot and the title as it was kept, in the language
            spoken; left out where people typed it.
        page: the address of a subject's own page, by its id.
        first_path: the path until the office writes its own.
        may_repeat: whether one person may sign several steps of that first path.
        variants: (lazy) names of what the path may tell apart inside the kind.
        slots: (lazy) names of the groups of people that a request itself names.
        approved, rejected, sent_back, recalled, voided: called with the approval and who acted.
    """

    key: str
    label: Any
    facts: Callable[[Content], Sequence[tuple[str, str]]]
    page: Callable[[int], str]
    first_path: tuple[StepPlan, ...]
    title: Titled | None = None
    may_repeat: bool = False
    variants: Mapping[str, Any] = field(default_factory=dict)
    slots: Mapping[str, Any] = field(default_factory=dict)
    approved: Called = _nothing
    rejected: Called = _nothing
    sent_back: Called = _nothing
    recalled: Called = _nothing
    voided: Called = _nothing


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; registering it a second time takes the place of the first."""
    _kinds[kind.key] = kind


def kind_of(key: str) -> Kind:
    """Return a kind.

    Raises:
        NotFound: no room has registered it.
    """
    if key not in _kinds:
        raise NotFound(_("There is no such kind of request."))
    return _kinds[key]


def registered() -> tuple[Kind, ...]:
    """Return every kind, in the order in which the rooms registered them."""
    return tuple(_kinds.values())


def label_of(key: str) -> str:
    """Return the name of a kind; its key where its room is gone."""
    return str(_kinds[key].label) if key in _kinds else key


def title_of(approval: Approval) -> str:
    """Return the title of an approval in the language spoken; what people typed as they did."""
    kind = _kinds.get(approval.kind)
    if kind is None or kind.title is None:
        return approval.title
    return kind.title(read(approval.snapshot), approval.title)
