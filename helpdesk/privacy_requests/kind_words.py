"""What rows are called that the audit trail has no word for; see also ``office.bookkeeping``."""

from __future__ import annotations

from kernel.i18n import lazy_pgettext as _p
from office.bookkeeping.kind_words import KINDS

WORDS = {
    "access_review_line": _p("kind of data", "Reviews of access"),
    "approval_act": _p("kind of data", "Decisions"),
    "approval_link": _p("kind of data", "Links to approve by"),
    "approval_notice": _p("kind of data", "Reminders to approve"),
    "approval_path_signer": _p("kind of data", "Places on paths of approval"),
    "article_version": _p("kind of data", "Versions of articles"),
    "card_photo": _p("kind of data", "Photo of the user card"),
    "count_scan": _p("kind of data", "Scans of the annual inspection"),
    "disposal_member": _p("kind of data", "Committees"),
    "purchase_member": _p("kind of data", "Committees"),
    "spec_member": _p("kind of data", "Committees"),
    "comparison_member": _p("kind of data", "Committees"),
    "feed_address": _p("kind of data", "Calendar to subscribe to"),
    "handover_line": _p("kind of data", "Items handed over"),
    "incident_measure": _p("kind of data", "Measures of incidents"),
    "incident_moment": _p("kind of data", "Moments of incidents"),
    "letter_step": _p("kind of data", "Steps of letters"),
    "licence_seat": _p("kind of data", "Seats of licences"),
    "line_account": _p("kind of data", "LINE account"),
    "list_choice": _p("kind of data", "Own columns of lists"),
    "loan_basket": _p("kind of data", "Baskets at the lending desk"),
    "loan_chase": _p("kind of data", "Requests for return"),
    "loan_extension": _p("kind of data", "Extensions of loans"),
    "loan_notice": _p("kind of data", "Reminders of loans"),
    "loan_signature": _p("kind of data", "Signatures of loans"),
    "movement": _p("kind of data", "Movements of equipment"),
    "outgoing_message": _p("kind of data", "Messages"),
    "privacy_notice_reading": _p("kind of data", "Readings of the privacy notice"),
    "quietness": _p("kind of data", "Quiet hours"),
    "request_moment": _p("kind of data", "Moments of requests"),
    "role_grant": _p("kind of data", "Roles"),
    "stock_movement": _p("kind of data", "Movements of stock"),
    "survey_invitation": _p("kind of data", "Invitations to surveys"),
    "survey_name": _p("kind of data", "Answers with a name"),
    "system_person": _p("kind of data", "Systems in charge"),
    "ticket_entry": _p("kind of data", "Conversation of reports"),
    "ticket_figure": _p("kind of data", "Figures of reports"),
    "ticket_follower": _p("kind of data", "Followed reports"),
    "ticket_photo": _p("kind of data", "Photos of reports"),
    "training_certificate": _p("kind of data", "Certificates"),
    "way_choice": _p("kind of data", "Ways to be told"),
}


def kind_word(kind: str) -> str:
    """Return what rows of a table are called, in the language spoken."""
    return str(KINDS.get(kind) or WORDS.get(kind) or _p("kind of data", "Other records"))
