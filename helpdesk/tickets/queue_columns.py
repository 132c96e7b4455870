"""The columns the queue may show: what each hands out, and how the queue is ordered by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case
from sqlalchemy.orm import aliased

from assets.catalogue.models import AssetClass
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import KINDS, PRIORITIES, TICKET, Priority
from kernel.db import thai_order
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.tables import Column, Kind, Value
from office.people.models import Person
from office.places.models import Room, Unit

Assignee = aliased(Person, name="assignee")
MOST_COLUMNS = 20
DEFAULT = ("fault", "due", "who", "state")
# Each table an order may need, and how it is joined to the ticket.
JOINS: dict[str, tuple[Any, Any]] = {
    "unit": (Unit, Unit.id == Ticket.unit_id),
    "room": (Room, Room.id == Ticket.room_id),
    "assignee": (Assignee, Assignee.id == Ticket.assignee_id),
}


@dataclass(frozen=True, eq=False)
class Part:
    """One value of a column, as a download hands it out."""

    label: Any
    value: Callable[[Any], Value]
    kind: Kind = Kind.TEXT
    width: int = 18


@dataclass(frozen=True, eq=False)
class QueueColumn:
    """One column: its name in the address, its heading, what it hands out, what orders it.

    ``order`` is None where the queue is not ordered by it; ``joins`` names the table it needs.
    """

    key: str
    label: Any
    parts: tuple[Part, ...]
    order: tuple[Any, ...] | None = None
    joins: str = ""

    @property
    def blank(self) -> bool:
        """What orders it may be blank."""
        return self.joins in {"room", "assignee"}


def spoken(row: Any, stem: str) -> str:  # noqa: ANN401 - a row of the queue
    """Return a name in the reader's language, Thai where there is no English one."""
    english = getattr(row, f"{stem}_en") if language() == "en" else ""
    return str(english or getattr(row, f"{stem}_th") or "")


def title_of(row: Any) -> str:  # noqa: ANN401 - a row of the queue
    """Return what is wrong, in the reader's language where the chips give it."""
    return str(row.subject_en if language() == "en" and row.subject_en else row.subject)


def _plain(
    key: str,
    label: Any,  # noqa: ANN401 - a lazy text
    kind: Kind = Kind.TEXT,
    *,
    name: str = "",
    order: Any = None,  # noqa: ANN401 - a SQL expression
    width: int = 18,
) -> QueueColumn:
    part = Part(label, lambda row: getattr(row, name or key), kind, width)
    return QueueColumn(key, label, (part,), None if order is None else (order,))


_NUMBER = _plain("number", _l("Number"), order=Ticket.id, width=14)
_ITEM = _plain("asset_name", _l("The item"), width=40)
_ASSET_NO = _plain("asset_no", _l("Asset number"), width=24)
_WHO = Part(_l("Technician"), lambda row: spoken(row, "assignee"), width=26)
_URGENCY = {one: place for place, one in enumerate(reversed(Priority))}
_STATES = {one: place for place, one in enumerate(TICKET.faces)}

COLUMNS: Mapping[str, QueueColumn] = {
    column.key: column
    for column in (
        QueueColumn(
            "fault",
            _l("Fault"),
            (Part(_l("Fault"), title_of, width=44), *_ITEM.parts, *_ASSET_NO.parts),
        ),
        QueueColumn(
            "due",
            _l("Due"),
            (Part(_l("Due"), lambda row: row.next_due_at, Kind.MOMENT),),
            (Ticket.next_due_at,),
        ),
        QueueColumn(
            "who",
            _l("Who"),
            (_WHO,),
            (thai_order(Assignee.name_th),),
            "assignee",
        ),
        QueueColumn(
            "state",
            _l("State"),
            (
                Part(_l("State"), lambda row: str(TICKET.faces[row.state].label)),
                *_NUMBER.parts,
            ),
            (case(_STATES, value=Ticket.state),),
        ),
        _NUMBER,
        QueueColumn(
            "unit",
            _l("School or group"),
            (Part(_l("School or group"), lambda row: spoken(row, "unit"), width=34),),
            (thai_order(Unit.name_th),),
            "unit",
        ),
        QueueColumn(
            "room",
            _l("Room"),
            (Part(_l("Room"), lambda row: row.room_name or row.place_text),),
            (thai_order(Room.name),),
            "room",
        ),
        QueueColumn(
            "priority",
            _l("Priority"),
            (Part(_l("Priority"), lambda row: str(PRIORITIES[row.priority].label), width=12),),
            (case(_URGENCY, value=Ticket.priority),),
        ),
        QueueColumn(
            "category",
            _l("About"),
            (Part(_l("About"), lambda row: categories.name_of(row.category), width=24),),
            (Ticket.category,),
        ),
        QueueColumn(
            "kind",
            _lp("ticket", "Kind"),
            (Part(_lp("ticket", "Kind"), lambda r: str(KINDS[r.kind])),),
        ),
        QueueColumn(
            "class", _l("Class"), (Part(_l("Class"), lambda row: spoken(row, "class"), width=24),)
        ),
        _plain("reporter", _l("Reporter"), name="reporter_name", width=26),
        _plain("opened", _l("Reported"), Kind.MOMENT, name="opened_at", order=Ticket.opened_at),
        _plain(
            "since",
            _l("In this state since"),
            Kind.MOMENT,
            name="state_since",
            order=Ticket.state_since,
        ),
        _plain("reason", _l("Waits because"), name="waiting_reason", width=34),
    )
}


def keys_in(text: str) -> tuple[str, ...]:
    """Return the keys of columns that an address or a memory names, each once."""
    return tuple(dict.fromkeys(key for key in text.split(",") if key))[:MOST_COLUMNS]


def chosen(keys: Sequence[str]) -> tuple[QueueColumn, ...]:
    """Return the columns of these keys in their order; one that there is not is passed over."""
    found = tuple(COLUMNS[key] for key in keys if key in COLUMNS)
    return found or tuple(COLUMNS[key] for key in DEFAULT)


def handed_out(shown: Sequence[QueueColumn]) -> list[Column[Any]]:
    """Return the columns of a download: the number, then every part of what is shown, once."""
    parts = {id(part): part for column in (_NUMBER, *shown) for part in column.parts}
    return [Column(str(part.label), part.value, part.kind, part.width) for part in parts.values()]


def sorted_by(sort: str, *, is_open: bool) -> str:
    """Return the sort that an address may ask of a view, blank for the view's own.

    Finished tickets are many: they are listed by their numbers, up or down.
    """
    column = COLUMNS.get(sort.removeprefix("-"))
    if column is None or column.order is None or (not is_open and column.key != "number"):
        return ""
    return sort


def order_of(sort: str, *, is_open: bool) -> tuple[Any, ...]:
    """Return the ORDER BY terms of a sort that ``sorted_by`` has allowed; blanks come last."""
    if not sort:
        return (Ticket.next_due_at, Ticket.id) if is_open else (Ticket.id.desc(),)
    further = () if sort.removeprefix("-") == "number" else (Ticket.next_due_at, Ticket.id)
    return (*name_order(sort), *further)


def name_order(sort: str) -> tuple[Any, ...]:
    """Return the ORDER BY terms of a sort alone, without what decides between equals."""
    column = COLUMNS[sort.removeprefix("-")]
    down = sort.startswith("-")
    keys = [key.desc() if down else key.asc() for key in column.order or ()]
    return tuple(key.nulls_last() for key in keys) if column.blank else tuple(keys)


CLASS = (AssetClass.name_th.label("class_th"), AssetClass.name_en.label("class_en"))
