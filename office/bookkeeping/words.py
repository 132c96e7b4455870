"""The words of the audit trail: how acts, kinds of things and their fields are called.

What the values of a field are called, the rooms above say once by ``tell_values``. An act or a
kind without a word here is shown as it is written down; nothing is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from kernel.i18n import gettext as _
from kernel.i18n import lazy_pgettext as _p
from kernel.pages import show_date, show_moment
from office.bookkeeping.field_words import FIELDS
from office.bookkeeping.kind_words import KINDS

Tell = Callable[[str], str]

ACTS = {
    "described": _p("audit act", "wrote the card"),
    "passed": _p("audit act", "passed on"),
    "called": _p("audit act", "sent the invitations"),
    "minuted": _p("audit act", "wrote the minutes"),
    "circulated": _p("audit act", "sent the minutes round"),
    "adopted_minutes": _p("audit act", "adopted the minutes"),
    "given": _p("audit act", "gave a task"),
    "followed_up": _p("audit act", "followed it up"),
    "contained": _p("audit act", "contained"),
    "repaired": _p("audit act", "made good"),
    "informed": _p("audit act", "told the people concerned"),
    "tied": _p("audit act", "tied to a ticket"),
    "erased": _p("audit act", "erased personal data"),
    "enrolled": _p("audit act", "enrolled"),
    "queued": _p("audit act", "put on the waiting list"),
    "attended": _p("audit act", "noted attendance"),
    "acknowledged": _p("audit act", "acknowledged the report"),
    "announced": _p("audit act", "sent a notice"),
    "logged": _p("audit act", "logged"),
    "measured": _p("audit act", "wrote down the result"),
    "read": _p("audit act", "confirmed having read it"),
    "made": _p("audit act", "made"),
    "copied": _p("audit act", "copied"),
    "begun": _p("audit act", "began"),
    "renewed": _p("audit act", "renewed"),
    "given_up": _p("audit act", "gave up"),
    "seated": _p("audit act", "gave a seat"),
    "unseated": _p("audit act", "took a seat back"),
    "adopted": _p("audit act", "took over the shipped list"),
    "ignored": _p("audit act", "laid aside"),
    "rejoined": _p("audit act", "came back to the report"),
    "rated": _p("audit act", "rated the work"),
    "added_files": _p("audit act", "added files"),
    "complained": _p("audit act", "said that it is not done"),
    "confirmed": _p("audit act", "confirmed"),
    "dropped_file": _p("audit act", "took a file out"),
    "handed": _p("audit act", "handed to another unit"),
    "lowered": _p("audit act", "lowered"),
    "switched_off": _p("audit act", "switched off"),
    "adjusted": _p("audit act", "corrected the stock"),
    "paid": _p("audit act", "wrote down a payment"),
    "payment_corrected": _p("audit act", "corrected a payment"),
    "payment_taken_out": _p("audit act", "took a payment out"),
    "counted": _p("audit act", "counted"),
    "given_back": _p("audit act", "took back what was not used"),
    "limited": _p("audit act", "set minimum and target"),
    "packed": _p("audit act", "added a pack"),
    "released": _p("audit act", "let a promise go"),
    "reserved": _p("audit act", "promised"),
    "taken_up": _p("audit act", "kept in stock again"),
    "unpacked": _p("audit act", "removed a pack"),
    "written_off": _p("audit act", "wrote off"),
    "issued": _p("audit act", "issued"),
    "entered": _p("audit act", "entered"),
    "voided": _p("audit act", "made void"),
    "delegated": _p("audit act", "handed the signature on"),
    "reminded": _p("audit act", "reminded"),
    "recalled": _p("audit act", "took the request back"),
    "sent_back": _p("audit act", "sent back"),
    "submitted": _p("audit act", "asked for approval"),
    "answered": _p("audit act", "answered"),
    "applied": _p("audit act", "applied"),
    "approved": _p("audit act", "approved"),
    "assigned": _p("audit act", "assigned"),
    "accepted": _p("audit act", "accepted"),
    "added": _p("audit act", "added"),
    "brought_in": _p("audit act", "brought in"),
    "classed": _p("audit act", "put into a class"),
    "fitted": _p("audit act", "fitted"),
    "judged": _p("audit act", "judged the condition"),
    "laid_aside": _p("audit act", "laid aside"),
    "laid_out": _p("audit act", "laid out"),
    "pictured": _p("audit act", "added a photo"),
    "prioritized": _p("audit act", "set the priority"),
    "repointed": _p("audit act", "put on another item"),
    "reprinted": _p("audit act", "printed again"),
    "resent": _p("audit act", "sent again"),
    "set_up": _p("audit act", "set up"),
    "taken_back": _p("audit act", "took back"),
    "came_back": _p("audit act", "came back"),
    "cancelled": _p("audit act", "cancelled"),
    "changed": _p("audit act", "changed"),
    "claimed": _p("audit act", "claimed"),
    "closed": _p("audit act", "closed"),
    "commented": _p("audit act", "commented"),
    "decided_standing": _p("audit act", "decided the standing"),
    "edited": _p("audit act", "edited"),
    "extended": _p("audit act", "extended"),
    "found": _p("audit act", "found"),
    "founded": _p("audit act", "founded"),
    "granted": _p("audit act", "gave a role"),
    "hired": _p("audit act", "added the person"),
    "imported": _p("audit act", "imported"),
    "issued_password_link": _p("audit act", "made a password link"),
    "joined": _p("audit act", "joined"),
    "left": _p("audit act", "left"),
    "lent": _p("audit act", "lent"),
    "lost": _p("audit act", "lost"),
    "merged": _p("audit act", "merged"),
    "moved": _p("audit act", "moved"),
    "named": _p("audit act", "named"),
    "opened": _p("audit act", "opened"),
    "put_together": _p("audit act", "put together"),
    "removed": _p("audit act", "removed"),
    "split": _p("audit act", "split"),
    "split_off": _p("audit act", "split off"),
    "taken_apart": _p("audit act", "took apart"),
    "printed": _p("audit act", "printed"),
    "ran": _p("audit act", "ran"),
    "received": _p("audit act", "received"),
    "rejected": _p("audit act", "rejected"),
    "mended": _p("audit act", "changed the request"),
    "requested": _p("audit act", "asked for a card"),
    "handed_over": _p("audit act", "handed over"),
    "reported_lost": _p("audit act", "reported lost"),
    "replaced": _p("audit act", "replaced"),
    "designed": _p("audit act", "chose the look"),
    "renamed": _p("audit act", "renamed"),
    "published": _p("audit act", "published"),
    "reopened": _p("audit act", "reopened"),
    "reported": _p("audit act", "reported"),
    "resolved": _p("audit act", "resolved"),
    "resumed": _p("audit act", "resumed"),
    "retired": _p("audit act", "retired"),
    "returned": _p("audit act", "returned"),
    "revoked": _p("audit act", "took a role away"),
    "set_hours": _p("audit act", "set the opening hours"),
    "set_targets": _p("audit act", "set the deadlines"),
    "set_warnings": _p("audit act", "set when deadlines are near"),
    "set_password": _p("audit act", "set the password"),
    "signed_in": _p("audit act", "signed in"),
    "signed_out_everywhere": _p("audit act", "signed out everywhere"),
    "started": _p("audit act", "started"),
    "taken_in": _p("audit act", "took in"),
    "took": _p("audit act", "took"),
    "waited": _p("audit act", "waited"),
    "saved": _p("audit act", "saved"),
    "shared": _p("audit act", "shared or kept to oneself"),
    "deleted": _p("audit act", "deleted"),
    "restored": _p("audit act", "restored"),
    "forgot": _p("audit act", "removed for good"),
    "shifted": _p("audit act", "put into another order"),
    "put_forward": _p("audit act", "put forward"),
    "dismissed": _p("audit act", "dismissed"),
    "planned": _p("audit act", "planned"),
    "appointed": _p("audit act", "appointed"),
    "discharged": _p("audit act", "discharged"),
    "reviewed": _p("audit act", "reviewed"),
    "proposed_for_disposal": _p("audit act", "proposed for disposal"),
    "taken_out_of_disposal": _p("audit act", "taken out of a disposal"),
    "ordered": _p("audit act", "ordered"),
    "registered": _p("audit act", "entered in the books"),
    "carried_out": _p("audit act", "carried out"),
    "taken_out": _p("audit act", "taken out"),
    "went_on": _p("audit act", "went on"),
    "proposed": _p("audit act", "proposed"),
    "listed": _p("audit act", "put on the list"),
    "struck_off": _p("audit act", "struck off"),
    "notified": _p("audit act", "notified"),
    "tagged": _p("audit act", "gave a label"),
    "lifted": _p("audit act", "lifted"),
    "purged": _p("audit act", "removed what is over its time"),
    "held": _p("audit act", "ordered to keep longer"),
    "handed_out": _p("audit act", "handed out entries"),
    "obliged": _p("audit act", "obliged to compensate"),
    "agreed": _p("audit act", "agreed"),
    "settled": _p("audit act", "settled"),
    "asked": _p("audit act", "asked"),
    "withdrawn": _p("audit act", "withdrawn"),
    "classified": _p("audit act", "gave a topic and a result"),
    "remarked_on": _p("audit act", "wrote remarks"),
    "written": _p("audit act", "wrote a first draft"),
    "handed_in": _p("audit act", "handed in elsewhere"),
    "offered": _p("audit act", "offered"),
    "handed_on": _p("audit act", "handed on"),
    "declined": _p("audit act", "declined"),
    "filled": _p("audit act", "filled"),
    "overridden": _p("audit act", "lent in spite of a block"),
    "sent": _p("audit act", "sent"),
    "chased": _p("audit act", "chased"),
    "fetched": _p("audit act", "fetched"),
    "operator_set": _p("audit act", "named the operator"),
    "signed": _p("audit act", "signed"),
    "undone": _p("audit act", "undone"),
    "undo_begun": _p("audit act", "began to undo"),
    "laid_back": _p("audit act", "laid back"),
    "put_back": _p("audit act", "put back"),
    "unmade": _p("audit act", "unmade"),
    "kept": _p("audit act", "kept"),
    "prepared": _p("audit act", "prepared"),
    "dropped": _p("audit act", "dropped from the list"),
    "remarked": _p("audit act", "remarked"),
    "told": _p("audit act", "told"),
    "noted": _p("audit act", "noted"),
    "finished": _p("audit act", "finished"),
    "forwarded": _p("audit act", "forwarded"),
    "escalated": _p("audit act", "escalated"),
    "linked": _p("audit act", "linked"),
    "blocked": _p("audit act", "blocked"),
    "expired": _p("audit act", "expired"),
    "refused": _p("audit act", "refused"),
    "timer_started": _p("audit act", "started the timer"),
    "timer_stopped": _p("audit act", "stopped the timer"),
    "time_written": _p("audit act", "wrote down time"),
    "time_corrected": _p("audit act", "corrected the time"),
    "spent": _p("audit act", "wrote down a cost"),
    "struck_out": _p("audit act", "struck out"),
    "sent_out": _p("audit act", "sent out for repair"),
    "expected_anew": _p("audit act", "expected on another day"),
    "quoted": _p("audit act", "wrote down a quotation"),
    "ticked": _p("audit act", "ticked"),
    "unticked": _p("audit act", "took a tick back"),
    "unlinked": _p("audit act", "took a link away"),
    "part_made": _p("audit act", "made a part"),
    "took_in": _p("audit act", "took in another ticket"),
    "paused": _p("audit act", "paused"),
    "trusted": _p("audit act", "trusted the address again"),
    "chose_ways": _p("audit act", "chose how to be told"),
    "added_device": _p("audit act", "added a device"),
    "removed_device": _p("audit act", "removed a device"),
    "gave_up": _p("audit act", "gave up"),
    "bound_line": _p("audit act", "bound a LINE account"),
    "unbound_line": _p("audit act", "let go of a LINE account"),
    "reworded": _p("audit act", "changed the words"),
    "restored_words": _p("audit act", "went back to the service's words"),
    "maintained": _p("audit act", "did the maintenance"),
    "skipped": _p("audit act", "left out"),
    "ended": _p("audit act", "ended"),
    "began": _p("audit act", "began"),
    "renewed_feed": _p("audit act", "made a new calendar address"),
    "closed_feed": _p("audit act", "closed the calendar"),
}


def act(name: str) -> str:
    """Return the word for an act."""
    return str(ACTS.get(name, name))


def kind(name: str) -> str:
    """Return the word for a kind of thing."""
    return str(KINDS.get(name, name))


_values: dict[tuple[str, str], Mapping[Any, Any]] = {}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S*")


def tell_values(kind_: str, field_: str, labels: Mapping[Any, Any]) -> None:
    """Say what the values of a field are called; a second call replaces the first.

    Args:
        kind_: the table; empty for every table that has the field.
        field_: the column, or the key under which the trail keeps it.
        labels: value → label in the reader's words.
    """
    _values[kind_, field_] = labels


def field(name: str) -> str:
    """Return the word for a column."""
    return str(FIELDS.get(name, name))


def value(kind_: str, field_: str, raw: Any) -> str:  # noqa: ANN401 - anything that JSON keeps
    """Return a value of the trail in the reader's words: labels, days, yes and no, lists.

    Args:
        kind_: the table of the thing.
        field_: the column.
        raw: the value as the trail keeps it.
    """
    if raw is None or raw in ("", [], {}):
        return "–"
    if isinstance(raw, bool):
        return _("yes") if raw else _("no")
    if isinstance(raw, list):
        return ", ".join(value(kind_, field_, one) for one in raw)
    if isinstance(raw, dict):
        pairs = (f"{field(name)}: {value(kind_, name, one)}" for name, one in raw.items())
        return ", ".join(pairs)
    labels = _values.get((kind_, field_)) or _values.get(("", field_)) or {}
    label = labels.get(raw)
    return _day_or_text(str(raw)) if label is None else str(label)


def _day_or_text(text: str) -> str:
    try:
        if _DAY.fullmatch(text):
            return str(show_date(date.fromisoformat(text), "short"))
        if _MOMENT.fullmatch(text):
            return str(show_moment(datetime.fromisoformat(text)))
    except ValueError:  # looks like a day and is none
        return text
    return text
