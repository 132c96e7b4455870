"""The words of an item's axes: lifecycle, condition, kinds of hold; how money and items came."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face, StateTable


class Lifecycle(StrEnum):
    """Where an item is between arrival and the day it is struck from the register."""

    DRAFT = "draft"
    IN_SERVICE = "in_service"
    PENDING_DISPOSAL = "pending_disposal"
    DISPOSED = "disposed"
    TRANSFERRED_OUT = "transferred_out"
    LOST = "lost"
    CANCELLED = "cancelled"


class Arrival(StrEnum):
    """What may become of an item that was written down before it arrived."""

    RECEIVE = "receive"
    CANCEL = "cancel"


class Standing(StrEnum):
    """Whether an item is kept with the capital items or with those below the threshold (R-A1)."""

    CAPITAL = "capital"
    LOW_VALUE = "low_value"


class Condition(StrEnum):
    """The words of the annual report (regulation 2560, clause 213)."""

    GOOD = "good"
    DAMAGED = "damaged"
    WORN_OUT = "worn_out"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


class HoldKind(StrEnum):
    """What keeps an item from being available."""

    LOAN = "loan"
    REPAIR = "repair"
    MAINTENANCE = "maintenance"
    COUNT = "count"
    TRANSIT = "transit"


class MoveCause(StrEnum):
    """What moved an item: an act by hand, or the room of the house that did it."""

    CARD = "card"
    HAND = "hand"
    BULK = "bulk"
    IMPORT = "import"
    COUNT = "count"
    HANDOVER = "handover"
    TRANSFER = "transfer"
    LOAN_RETURN = "loan_return"
    UNDO = "undo"
    DISPOSAL = "disposal"


class Obstacle(StrEnum):
    """Why an item is not available; the strongest reason is named first."""

    GONE = "gone"
    DRAFT = "draft"
    ON_LOAN = "on_loan"
    IN_REPAIR = "in_repair"
    IN_MAINTENANCE = "in_maintenance"
    IN_TRANSIT = "in_transit"
    BEING_COUNTED = "being_counted"
    AWAITING_DISPOSAL = "awaiting_disposal"
    NOT_USABLE = "not_usable"


class ImportState(StrEnum):
    """How far a file has come on its way into the register."""

    PLANNING = "planning"
    PLANNED = "planned"
    APPLYING = "applying"
    INTERRUPTED = "interrupted"
    APPLIED = "applied"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"
    PART_UNDONE = "part_undone"


class BatchState(StrEnum):
    """How far a ZIP file of photos has come."""

    READING = "reading"
    READ = "read"
    WRITING = "writing"
    WRITTEN = "written"
    FAILED = "failed"


class PhotoOutcome(StrEnum):
    """What a file of a ZIP is, and after writing what became of it."""

    MATCHED = "matched"
    HAS_PHOTO = "has_photo"
    TAKEN = "taken"
    UNKNOWN = "unknown"
    UNCLEAR = "unclear"
    DOUBLED = "doubled"
    NOT_IMAGE = "not_image"
    TOO_BIG = "too_big"
    EMPTY = "empty"
    UNSAFE = "unsafe"
    LOCKED = "locked"
    BROKEN = "broken"
    FURNITURE = "furniture"


LIFECYCLES = {
    Lifecycle.DRAFT: Face(_l("Expected"), "neutral", "hourglass"),
    Lifecycle.IN_SERVICE: Face(_l("In service"), "ok", "check-circle"),
    Lifecycle.PENDING_DISPOSAL: Face(_l("Awaiting disposal"), "warn", "box-arrow-right"),
    Lifecycle.DISPOSED: Face(_l("Disposed of"), "muted", "archive"),
    Lifecycle.TRANSFERRED_OUT: Face(_l("Transferred out"), "muted", "truck"),
    Lifecycle.LOST: Face(_lp("item", "Lost"), "danger", "question-circle"),
    Lifecycle.CANCELLED: Face(_l("Never arrived"), "muted", "x-circle"),
}
GONE = (Lifecycle.DISPOSED, Lifecycle.TRANSFERRED_OUT, Lifecycle.LOST, Lifecycle.CANCELLED)
ARRIVALS = StateTable(
    {
        (Lifecycle.DRAFT, Arrival.RECEIVE): Lifecycle.IN_SERVICE,
        (Lifecycle.DRAFT, Arrival.CANCEL): Lifecycle.CANCELLED,
    },
    faces=LIFECYCLES,
    acts={Arrival.RECEIVE: _l("Receive"), Arrival.CANCEL: _l("Cancel what was expected")},
)
STANDINGS = {
    Standing.CAPITAL: Face(_l("Capital item"), "neutral", "bank"),
    Standing.LOW_VALUE: Face(_l("Low-value item"), "neutral", "tag"),
}
CONDITIONS = {
    Condition.GOOD: Face(_lp("condition", "Good"), "ok", "check-circle"),
    Condition.DAMAGED: Face(_lp("condition", "Damaged"), "danger", "exclamation-triangle"),
    Condition.WORN_OUT: Face(_lp("condition", "Worn out"), "warn", "clock-history"),
    Condition.MISSING: Face(_lp("condition", "Missing"), "danger", "question-circle"),
    Condition.NOT_NEEDED: Face(_lp("condition", "Not needed"), "muted", "dash-circle"),
}
OBSTACLES = {
    None: Face(_l("Available"), "ok", "check-circle"),
    Obstacle.GONE: Face(_l("Not in the register any more"), "muted", "archive"),
    Obstacle.DRAFT: Face(_l("Not received yet"), "neutral", "hourglass"),
    Obstacle.ON_LOAN: Face(_l("On loan"), "info", "box-arrow-up-right"),
    Obstacle.IN_REPAIR: Face(_l("In repair"), "warn", "tools"),
    Obstacle.IN_MAINTENANCE: Face(_l("In maintenance"), "warn", "tools"),
    Obstacle.IN_TRANSIT: Face(_l("On its way to another unit"), "info", "truck"),
    Obstacle.BEING_COUNTED: Face(_l("Being counted"), "info", "clipboard-check"),
    Obstacle.AWAITING_DISPOSAL: Face(_l("Awaiting disposal"), "warn", "recycle"),
    Obstacle.NOT_USABLE: Face(_l("Not usable"), "danger", "exclamation-triangle"),
}
MOVE_CAUSES = {
    MoveCause.CARD: Face(_lp("movement", "Card"), "neutral", "pencil"),
    MoveCause.HAND: Face(_lp("movement", "Moved"), "info", "geo-alt"),
    MoveCause.BULK: Face(_lp("movement", "Edited together"), "neutral", "pencil-square"),
    MoveCause.IMPORT: Face(_lp("movement", "Import"), "neutral", "file-earmark-arrow-up"),
    MoveCause.COUNT: Face(_lp("movement", "Count"), "info", "clipboard-check"),
    MoveCause.HANDOVER: Face(_lp("movement", "Handover"), "ok", "person-check"),
    MoveCause.TRANSFER: Face(_lp("movement", "Transfer"), "info", "truck"),
    MoveCause.LOAN_RETURN: Face(_lp("movement", "Loan returned"), "info", "arrow-left-right"),
    MoveCause.UNDO: Face(_lp("movement", "Taken back"), "muted", "arrow-counterclockwise"),
    MoveCause.DISPOSAL: Face(_lp("movement", "Disposal"), "muted", "recycle"),
}
FUND_TYPES = {
    "budget": _l("Budget"),
    "non_budget": _l("Non-budget money"),
    "donation": _l("Donation or aid"),
    "other": _lp("money", "Other"),
}
ACQUIRE_METHODS = {
    "specific": _l("Specific method"),
    "selection": _l("Selection"),
    "e_bidding": _l("e-bidding"),
    "e_market": _l("e-market"),
    "donated": _l("Donated"),
    "transferred": _l("Transferred in"),
    "exchange": _l("Exchange"),
    "price_agreement": _l("Price agreement (before 2560)"),
    "price_inquiry": _l("Price inquiry (before 2560)"),
    "tender": _l("Tender (before 2560)"),
    "special": _l("Special method (before 2560)"),
}
IMPORTS = {
    ImportState.PLANNING: Face(_l("Being read"), "progress", "hourglass-split"),
    ImportState.PLANNED: Face(_l("Waiting for your decision"), "warn", "eye"),
    ImportState.APPLYING: Face(_l("Being written"), "progress", "hourglass-split"),
    ImportState.INTERRUPTED: Face(_l("Interrupted"), "danger", "pause-circle"),
    ImportState.APPLIED: Face(_l("In the register"), "ok", "check-circle"),
    ImportState.FAILED: Face(_l("Not readable"), "danger", "x-circle"),
    ImportState.UNDOING: Face(_l("Being taken back"), "progress", "hourglass-split"),
    ImportState.UNDONE: Face(_lp("bulk change", "Taken back"), "muted", "arrow-counterclockwise"),
    ImportState.PART_UNDONE: Face(_l("Partly taken back"), "warn", "arrow-counterclockwise"),
}
BATCHES = {
    BatchState.READING: Face(_l("Being read"), "progress", "hourglass-split"),
    BatchState.READ: Face(_l("Waiting for your decision"), "warn", "eye"),
    BatchState.WRITING: Face(_l("Being written"), "progress", "hourglass-split"),
    BatchState.WRITTEN: Face(_l("On the cards"), "ok", "check-circle"),
    BatchState.FAILED: Face(_l("Not readable"), "danger", "x-circle"),
}
PHOTO_OUTCOMES = {
    PhotoOutcome.MATCHED: Face(_l("Fits an item"), "ok", "check-circle"),
    PhotoOutcome.HAS_PHOTO: Face(_l("Item has a photo already"), "info", "image"),
    PhotoOutcome.TAKEN: Face(_l("On the card"), "ok", "check-circle"),
    PhotoOutcome.UNKNOWN: Face(_l("No such number"), "warn", "question-circle"),
    PhotoOutcome.UNCLEAR: Face(_l("Several items fit"), "warn", "question-circle"),
    PhotoOutcome.DOUBLED: Face(_l("Further photo"), "neutral", "collection"),
    PhotoOutcome.NOT_IMAGE: Face(_l("Not a photo"), "danger", "x-circle"),
    PhotoOutcome.TOO_BIG: Face(_l("Too large"), "danger", "x-circle"),
    PhotoOutcome.EMPTY: Face(_l("Empty file"), "danger", "x-circle"),
    PhotoOutcome.UNSAFE: Face(_l("Path that is not allowed"), "danger", "shield-exclamation"),
    PhotoOutcome.LOCKED: Face(_l("Protected by a password"), "danger", "lock"),
    PhotoOutcome.BROKEN: Face(_l("Damaged"), "danger", "x-circle"),
    PhotoOutcome.FURNITURE: Face(_l("System file"), "muted", "dash"),
}
