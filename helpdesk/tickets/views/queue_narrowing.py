"""The filters of the queue as its page offers them, and a chip for each one that is in force.

What there is to choose from (classes, technicians) hardly ever changes and is kept for a minute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from helpdesk.tickets import access, queries, queue_queries
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.queue_filters import AGES, ANY_WAIT, LATE, TODAY, WEEK, Filters
from helpdesk.tickets.states import KINDS, PRIORITIES, TICKET
from kernel import kept
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext, pgettext

ROOM = "queue choices"


def groups(filters: Filters, me: Viewer) -> list[dict[str, Any]]:
    """Return the filters of the queue as the filter bar wants them."""
    found = [_group("unit", _("School or group"), filters.unit_id, _units(me))]
    if filters.unit_id:
        rooms = [(str(room.id), room.name) for room in queue_queries.rooms_of(filters.unit_id)]
        found.append(_group("room", _("Room"), filters.room_id, rooms))
    states = [(ANY_WAIT, _("Waiting")), *((str(s), f.label) for s, f in TICKET.faces.items())]
    priorities = [(str(one), face.label) for one, face in PRIORITIES.items()]
    return [
        *found,
        _group("category", _("About"), filters.category, list(categories.names().items())),
        _group("state", _("State"), filters.state, states),
        _group("priority", _("Priority"), filters.priority, priorities),
    ]


def _group(name: str, label: str, value: object, choices: list[Any]) -> dict[str, Any]:
    """Return one filter; a value that is gone stays to be seen, and taken out."""
    if value and str(value) not in {choice[0] for choice in choices}:
        choices = [*choices, (str(value), _("not there any more"))]
    return {"name": name, "label": label, "value": value, "choices": choices}


def further(filters: Filters) -> list[dict[str, Any]]:
    """Return the filters behind “More filters”."""
    who = "" if filters.assignee_id is None else str(filters.assignee_id)
    ages = {days: _older(int(days)) for days in AGES}
    dues = {LATE: _("Late"), TODAY: pgettext("tickets", "Due today"), WEEK: _("within 7 days")}
    return [
        _select("who", _("Technician"), who, {"0": _("nobody yet"), **_technicians()}),
        _select("class", _("Class"), str(filters.class_id or ""), _classes()),
        _select("kind", pgettext("ticket", "Kind"), filters.kind, _worded(KINDS)),
        _select("due", _("Due"), filters.due, dues),
        _select("age", _("Reported"), filters.age, ages),
    ]


def chips(filters: Filters) -> list[dict[str, str]]:
    """Return name, label and value of each further filter in force."""
    gone = _("not there any more")
    return [
        {
            "name": one["name"],
            "label": one["label"],
            "value": str(one["choices"].get(one["value"], gone)),
        }
        for one in further(filters)
        if one["value"]
    ]


def _units(me: Viewer) -> list[tuple[str, str]]:
    """Return the units a viewer may narrow the queue to, as they were a minute ago at most."""
    return kept.kept(
        ROOM,
        ("units", me.scope(access.SEE), language()),
        lambda: [(str(unit.id), _name(unit)) for unit in queue_queries.units_of_queue(me)],
    )


def technicians() -> Sequence[Any]:
    """Return everybody a ticket may be given to, as they were a minute ago at most."""
    return kept.kept(ROOM, "technicians", queries.technicians)


def _technicians() -> dict[str, str]:
    return {str(one.id): _name(one) for one in technicians()}


def _classes() -> dict[str, str]:
    found: Sequence[Any] = kept.kept(ROOM, "classes", queue_queries.classes)
    return {str(one.id): _name(one) for one in found}


def _name(row: Any) -> str:  # noqa: ANN401 - a row with names
    return str(row.name_en if language() == "en" and row.name_en else row.name_th)


def _worded(words: Mapping[Any, Any]) -> dict[str, str]:
    return {str(code): str(said) for code, said in words.items()}


def _select(name: str, label: str, value: str, choices: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "choices": choices}


def _older(days: int) -> str:
    return ngettext("more than %(number)s day ago", "more than %(number)s days ago", days)
