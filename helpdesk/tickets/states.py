"""The states of a ticket, the acts that lead from one to the next, and the words of its choices."""

from __future__ import annotations

from enum import StrEnum

from assets.register.states import Condition
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable

HOUR = 3600
REOPEN_DAYS = 14
AUTO_CLOSE_DAYS = 7


class State(StrEnum):
    """Where a ticket is between report and repair."""

    NEW = "new"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    WAITING_REQUESTER = "waiting_requester"
    WAITING_APPROVAL = "waiting_approval"
    WAITING_PARTS = "waiting_parts"
    WAITING_OUTSIDE = "waiting_outside"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What can be done to a ticket that changes its state."""

    ACCEPT = "accept"
    START = "start"
    RESUME = "resume"
    ASK_REQUESTER = "ask_requester"
    AWAIT_APPROVAL = "await_approval"
    AWAIT_PARTS = "await_parts"
    SEND_OUT = "send_out"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"
    MERGE = "merge"


class Kind(StrEnum):
    """A repair, advice (process 6 of the manual), or maintenance that a plan asks for."""

    REPAIR = "repair"
    ADVICE = "advice"
    SERVICE = "service"


class Category(StrEnum):
    """What a ticket is about (DOMAIN 8.1)."""

    COMPUTER = "computer"
    PRINTER = "printer"
    NETWORK = "network"
    PHONE = "phone"
    AUDIOVISUAL = "audiovisual"
    DLTV = "dltv"
    SYSTEM = "system"
    CONFERENCE = "conference"
    ACCOUNT = "account"
    ROOM = "room"
    SOFTWARE = "software"
    WEBSITE = "website"
    ADVICE = "advice"
    OTHER = "other"


class Priority(StrEnum):
    """How soon a ticket wants an end."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Outcome(StrEnum):
    """How a ticket ended; it decides the item's condition."""

    FIXED = "fixed"
    WORKS_AS_IS = "works_as_is"
    REPLACED = "replaced"
    BEYOND_REPAIR = "beyond_repair"


class Cause(StrEnum):
    """What a fault came from (DOMAIN 8.1)."""

    USER = "user"
    HARDWARE = "hardware"
    SOFTWARE = "software"
    ANIMALS = "animals"
    CONFIGURATION = "configuration"
    EXTERNAL = "external"
    ADDITIONAL_NEED = "additional_need"


S, A = State, Action
WAITS = {
    A.ASK_REQUESTER: S.WAITING_REQUESTER,
    A.AWAIT_APPROVAL: S.WAITING_APPROVAL,
    A.AWAIT_PARTS: S.WAITING_PARTS,
    A.SEND_OUT: S.WAITING_OUTSIDE,
}
WAITING = tuple(WAITS.values())
RUNNING = (S.NEW, S.ACCEPTED, S.IN_PROGRESS)
AT_WORK = (S.ACCEPTED, S.IN_PROGRESS, *WAITING)
OPEN = (*RUNNING, *WAITING)
DONE = (S.RESOLVED, S.CLOSED, S.CANCELLED)

TICKET: StateTable[State, Action] = StateTable(
    {
        (S.NEW, A.ACCEPT): S.ACCEPTED,
        (S.NEW, A.START): S.IN_PROGRESS,
        (S.ACCEPTED, A.START): S.IN_PROGRESS,
        **{(state, A.RESUME): S.IN_PROGRESS for state in WAITING},
        **{
            (state, wait): target
            for state in AT_WORK
            for wait, target in WAITS.items()
            if state is not target
        },
        **{(state, A.RESOLVE): S.RESOLVED for state in AT_WORK},
        (S.RESOLVED, A.CLOSE): S.CLOSED,
        (S.RESOLVED, A.REOPEN): S.IN_PROGRESS,
        (S.CLOSED, A.REOPEN): S.IN_PROGRESS,
        **{(state, A.CANCEL): S.CANCELLED for state in OPEN},
        **{(state, A.MERGE): S.CANCELLED for state in OPEN},
    },
    faces={
        S.NEW: Face(_lp("ticket", "New"), "info", "circle"),
        S.ACCEPTED: Face(_lp("ticket", "Accepted"), "progress", "person"),
        S.IN_PROGRESS: Face(_lp("ticket", "In progress"), "progress", "tools"),
        S.WAITING_REQUESTER: Face(_l("Waiting for the reporter"), "warn", "hourglass-split"),
        S.WAITING_APPROVAL: Face(_l("Waiting for approval"), "warn", "hourglass-split"),
        S.WAITING_PARTS: Face(_l("Waiting for parts"), "warn", "hourglass-split"),
        S.WAITING_OUTSIDE: Face(_l("Sent out for repair"), "warn", "hourglass-split"),
        S.RESOLVED: Face(_lp("ticket", "Resolved"), "ok", "check-circle"),
        S.CLOSED: Face(_lp("ticket", "Closed"), "ok", "check-circle"),
        S.CANCELLED: Face(_lp("ticket", "Cancelled"), "muted", "x-circle"),
    },
    acts={
        A.ACCEPT: _lp("ticket", "Accept"),
        A.START: _l("Start work"),
        A.RESUME: _l("Go on working"),
        A.ASK_REQUESTER: _l("Wait for the reporter"),
        A.AWAIT_APPROVAL: _l("Wait for approval"),
        A.AWAIT_PARTS: _l("Wait for parts"),
        A.SEND_OUT: _l("Send out for repair"),
        A.RESOLVE: _lp("ticket", "Resolve"),
        A.CLOSE: _l("Close the ticket"),
        A.REOPEN: _l("Reopen"),
        A.CANCEL: _l("Cancel the ticket"),
        A.MERGE: _l("Merge into another ticket"),
    },
)

# The same states in the words of somebody who waits for the repair.
PLAIN = {
    S.NEW: _l("Reported; a technician will look at it"),
    S.ACCEPTED: _l("A technician has taken it on"),
    S.IN_PROGRESS: _l("A technician is working on it"),
    S.WAITING_REQUESTER: _l("The technician waits for the reporter's answer"),
    S.WAITING_APPROVAL: _l("Waiting for an approval"),
    S.WAITING_PARTS: _l("Waiting for spare parts"),
    S.WAITING_OUTSIDE: _l("Being repaired by a company"),
    S.RESOLVED: _l("Repaired; please check that it works"),
    S.CLOSED: _l("Finished"),
    S.CANCELLED: _l("The report was cancelled"),
}
KINDS = {
    Kind.REPAIR: _l("Something is broken"),
    Kind.ADVICE: _l("I need advice"),
    Kind.SERVICE: _l("Maintenance by plan"),
}
CATEGORIES = {
    Category.COMPUTER: _lp("category", "Computer"),
    Category.PRINTER: _lp("category", "Printer"),
    Category.NETWORK: _l("Network and internet"),
    Category.PHONE: _lp("category", "Telephone"),
    Category.AUDIOVISUAL: _l("Audio-visual equipment"),
    Category.DLTV: _l("DLTV and DLIT"),
    Category.SYSTEM: _l("Office systems, e-mail, website"),
    Category.CONFERENCE: _l("Video conference"),
    Category.ACCOUNT: _l("User account and access"),
    Category.ROOM: _l("Room and electricity"),
    Category.SOFTWARE: _l("Programs and installation"),
    Category.WEBSITE: _lp("category", "Website"),
    Category.ADVICE: _l("How to use something"),
    Category.OTHER: _lp("category", "Something else"),
}
PRIORITIES = {
    Priority.LOW: Face(_lp("priority", "Low"), "muted", "circle"),
    Priority.NORMAL: Face(_lp("priority", "Normal"), "neutral", "circle"),
    Priority.HIGH: Face(_lp("priority", "High"), "warn", "exclamation-circle"),
    Priority.URGENT: Face(_lp("priority", "Urgent"), "danger", "exclamation-triangle"),
}
# Working seconds from report to resolution.
TARGETS = {
    Priority.LOW: 35 * HOUR,
    Priority.NORMAL: 21 * HOUR,
    Priority.HIGH: 7 * HOUR,
    Priority.URGENT: 2 * HOUR,
}
OUTCOMES = {
    Outcome.FIXED: _l("Repaired, works again"),
    Outcome.WORKS_AS_IS: _l("Works as it is; no fault found"),
    Outcome.REPLACED: _l("Replaced by another item"),
    Outcome.BEYOND_REPAIR: _l("Beyond repair, or not worth it"),
}
# None leaves the condition as it is, except that an item that works is not damaged any more.
CONDITION_AFTER: dict[Outcome, Condition | None] = {
    Outcome.FIXED: Condition.GOOD,
    Outcome.WORKS_AS_IS: None,
    Outcome.REPLACED: Condition.DAMAGED,
    Outcome.BEYOND_REPAIR: Condition.DAMAGED,
}
CAUSES = {
    Cause.HARDWARE: _lp("cause", "Device or part"),
    Cause.SOFTWARE: _lp("cause", "Program or data"),
    Cause.CONFIGURATION: _lp("cause", "Settings"),
    Cause.USER: _lp("cause", "Use"),
    Cause.EXTERNAL: _l("Power, lightning, provider"),
    Cause.ANIMALS: _l("Animals (geckos, ants, rats)"),
    Cause.ADDITIONAL_NEED: _l("An additional need"),
}
