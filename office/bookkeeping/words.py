"""The words of the audit trail: how acts and kinds of things are called on the page.

An act or a kind without a word here is shown as it is written down; nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Callable

from kernel.i18n import lazy_pgettext as _p

Tell = Callable[[str], str]

ACTS = {
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
    "reopened": _p("audit act", "reopened"),
    "reported": _p("audit act", "reported"),
    "resolved": _p("audit act", "resolved"),
    "resumed": _p("audit act", "resumed"),
    "retired": _p("audit act", "retired"),
    "returned": _p("audit act", "returned"),
    "revoked": _p("audit act", "took a role away"),
    "set_hours": _p("audit act", "set the opening hours"),
    "set_password": _p("audit act", "set the password"),
    "signed_in": _p("audit act", "signed in"),
    "signed_out_everywhere": _p("audit act", "signed out everywhere"),
    "started": _p("audit act", "started"),
    "taken_in": _p("audit act", "took in"),
    "took": _p("audit act", "took"),
    "waited": _p("audit act", "waited"),
}

KINDS = {
    "issued_paper": _p("audit kind", "paper"),
    "approval_path": _p("audit kind", "path of approval"),
    "approval": _p("audit kind", "approval"),
    "user_card": _p("audit kind", "user card"),
    "card_design": _p("audit kind", "look of user cards"),
    "card_batch": _p("audit kind", "user cards of a unit"),
    "absence": _p("audit kind", "absence"),
    "asset": _p("audit kind", "item"),
    "asset_class": _p("audit kind", "class of items"),
    "building": _p("audit kind", "building"),
    "closed_day": _p("audit kind", "closed day"),
    "extra_field": _p("audit kind", "extra field"),
    "number_pattern": _p("audit kind", "pattern of numbers"),
    "product_model": _p("audit kind", "brand and model"),
    "job_run": _p("audit kind", "job"),
    "label_layout": _p("audit kind", "paper for labels"),
    "label_printer": _p("audit kind", "label printer"),
    "label_run": _p("audit kind", "print run of labels"),
    "loan": _p("audit kind", "loan"),
    "loan_line": _p("audit kind", "loan line"),
    "opening_hours": _p("audit kind", "opening hours"),
    "outgoing_message": _p("audit kind", "message"),
    "person": _p("audit kind", "person"),
    "register_import": _p("audit kind", "import of the register"),
    "room": _p("audit kind", "room"),
    "symptom": _p("audit kind", "symptom"),
    "tag": _p("audit kind", "label"),
    "ticket": _p("audit kind", "ticket"),
    "unit": _p("audit kind", "unit"),
}


def act(name: str) -> str:
    """Return the word for an act."""
    return str(ACTS.get(name, name))


def kind(name: str) -> str:
    """Return the word for a kind of thing."""
    return str(KINDS.get(name, name))
