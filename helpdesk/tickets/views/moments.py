"""The story of a ticket in words: entries become the moments of a timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from helpdesk.tickets import slots
from helpdesk.tickets.models import Ticket, TicketEntry, TicketPhoto
from helpdesk.tickets.states import CAUSES, OUTCOMES, PRIORITIES, TICKET, Cause, Outcome, Priority
from kernel.i18n import gettext as _
from kernel.i18n import language, pgettext
from kernel.pages import show_money
from office.people import queries as people

Photos = Mapping[int | None, Sequence[TicketPhoto]]
Moment = dict[str, Any]
ICONS = {
    "accepted": ("person", "info"),
    "assigned": ("person", "neutral"),
    "started": ("tools", "progress"),
    "resumed": ("tools", "progress"),
    "waited": ("hourglass-split", "warn"),
    "resolved": ("check-circle", "ok"),
    "closed": ("check-circle", "ok"),
    "reopened": ("exclamation-triangle", "warn"),
    "cancelled": ("x-circle", "neutral"),
    "joined": ("exclamation-circle", "info"),
    "answered": ("send", "neutral"),
    "noted": ("info-circle", "neutral"),
    "prioritized": ("exclamation-circle", "neutral"),
    "merged": ("arrow-right", "neutral"),
    "took_in": ("arrow-right", "info"),
    "split": ("arrow-right", "info"),
}


def role_name(role: str) -> str:
    """Return who did something without saying the name."""
    return {
        "reporter": _("Reporter"),
        "technician": _("Technician"),
        "office": _("Office"),
        "system": _("The service"),
    }[role]


def moments(
    ticket: Ticket,
    story: Sequence[TicketEntry],
    photos: Photos,
    *,
    address: Callable[[TicketPhoto, str], str],
    names: bool,
) -> list[Moment]:
    """Return the timeline of a ticket, from the report on.

    Args:
        address: gives the address of a photo, ``large`` or ``small``.
        names: whether people are named and costs told; guests read roles (R-PD3).
    """
    english = people.english_names(_those_in(ticket, story)) if names else {}
    told = [
        {
            "at": ticket.opened_at,
            "text": _("Fault or question reported"),
            "who": _reporter(ticket, english) if names else role_name("reporter"),
            "body": ticket.detail,
            "icon": "exclamation-circle",
            "tone": "info",
            "photos": _pictures(photos.get(None, ()), address),
        }
    ]
    for entry in story:
        icon, tone = _look(entry)
        told.append(
            {
                "at": entry.at,
                "text": _words(entry),
                "who": english.get(entry.actor_id, entry.actor_name)
                if names and entry.actor_id
                else role_name(entry.actor_role),
                "body": _body(entry, costs=names),
                "icon": icon,
                "tone": tone,
                "private": not entry.public,
                "photos": _pictures(photos.get(entry.id, ()), address),
            }
        )
        if names and entry.act == "joined":
            told[-1]["who"] = english.get(entry.actor_id or 0, entry.actor_name)
    return told


def _reporter(ticket: Ticket, english: Mapping[int, str]) -> str:
    return english.get(ticket.reporter_id or 0, ticket.reporter_name)


def _those_in(ticket: Ticket, story: Sequence[TicketEntry]) -> list[int | None]:
    return [ticket.reporter_id, *(entry.actor_id for entry in story)]


def _look(entry: TicketEntry) -> tuple[str, str]:
    told = slots.told(entry.act)
    return (told.icon, told.tone) if told else ICONS[entry.act]


def _words(entry: TicketEntry) -> str:
    told = slots.told(entry.act)
    return told.words(entry) if told else _own_words(entry)


def _own_words(entry: TicketEntry) -> str:
    detail = entry.detail
    if entry.act == "waited":
        return str(TICKET.faces[entry.state_to].label)  # type: ignore[index]
    if entry.act == "assigned":
        english = language() == "en" and detail["to_en"]
        return _("Given to %(name)s", name=detail["to_en"] if english else detail["to_th"])
    if entry.act == "prioritized":
        return _(
            "Priority is now “%(priority)s”", priority=PRIORITIES[Priority(detail["to"])].label
        )
    if entry.act == "resolved":
        return str(OUTCOMES[Outcome(detail["outcome"])])
    if entry.act in ("merged", "took_in", "split"):
        return _combined(entry.act, detail)
    return {
        "joined": _("One more person reported this"),
        "accepted": _("Taken on"),
        "started": _("Work began"),
        "resumed": _("Work goes on"),
        "closed": pgettext("ticket", "Closed"),
        "reopened": _("Reopened"),
        "cancelled": pgettext("ticket", "Cancelled"),
        "answered": _("Wrote"),
        "noted": _("Noted"),
    }[entry.act]


def _combined(act: str, detail: Mapping[str, Any]) -> str:
    if act == "merged":
        return _("Merged into %(number)s", number=detail["into"])
    if act == "took_in":
        return _("Took in %(number)s", number=detail["from"])
    return _("Made a ticket of its own: %(number)s", number=detail["number"])


def _body(entry: TicketEntry, *, costs: bool) -> str:
    told = slots.told(entry.act)
    if told:
        return told.body(entry, costs)
    if entry.act != "resolved":
        return entry.body
    cause = _("Cause: %(cause)s", cause=CAUSES[Cause(entry.detail["cause"])])
    paid = entry.detail.get("cost") if costs else None
    cost = _("Cost: %(amount)s baht", amount=show_money(Decimal(paid))) if paid else ""
    return "\n".join(part for part in (cause, entry.detail["action"], cost, entry.body) if part)


def _pictures(
    photos: Sequence[TicketPhoto], address: Callable[[TicketPhoto, str], str]
) -> list[dict[str, str]]:
    return [
        {
            "href": address(photo, "large"),
            "thumb": address(photo, "small"),
            "alt": _("Photo %(number)s", number=number),
        }
        for number, photo in enumerate(photos, 1)
    ]
