"""Which tables the law keeps as they are, on what ground; and what goes with the person.

What stands here is shown in the preview of every erasure. A table that is not named here loses
every trace of the person.
"""

from __future__ import annotations

from kernel.i18n import lazy_pgettext as _p
from office.privacy import slots

EVIDENCE = _p("kept data", "Evidence that cannot be changed; kept by the Computer Crime Act")
SIGNED = _p("kept data", "Signed decisions and papers: rules on correspondence, at least 10 years")
SUPPLIES = _p("kept data", "Books of supplies: procurement regulation 2560, clauses 202 to 215")
BUYING = _p("kept data", "Purchases: Procurement Act 2560, section 12")
TRAINED = _p("kept data", "Proof of training: rules on correspondence, at least 10 years")
WORKING = _p("kept data", "Orders of appointment and minutes: rules on correspondence")
RIGHTS = _p("kept data", "Register of requests and incidents: PDPA, sections 37 and 39")

KEPT = (
    (EVIDENCE, ("audit_entry", "access_entry", "access_hold", "access_hand_out")),
    (
        SIGNED,
        (
            "approval",
            "approval_act",
            "approval_signer",
            "issued_paper",
            "letter",
            "letter_step",
            "risk_table",
            "service_request",
            "request_moment",
        ),
    ),
    (
        SUPPLIES,
        (
            "movement",
            "stock_slip",
            "stock_movement",
            "stock_count_line",
            "count_round",
            "count_room",
            "count_expected",
            "count_member",
            "count_scan",
            "handover",
            "handover_line",
            "disposal",
            "disposal_line",
            "disposal_member",
            "custody_remark",
            "loan",
            "loan_letter",
        ),
    ),
    (
        BUYING,
        (
            "purchase",
            "purchase_moment",
            "purchase_member",
            "purchase_delivery",
            "specification",
            "spec_member",
            "comparison",
            "comparison_member",
            "offer",
        ),
    ),
    (TRAINED, ("training_certificate",)),
    (
        WORKING,
        (
            "programme_member",
            "operation_summary",
            "meeting",
            "meeting_person",
            "agenda_item",
            "meeting_task",
        ),
    ),
    (RIGHTS, ("incident_moment",)),
)
# The person's own means: they go whole. By table the column that names the person.
REMOVED = {
    "role_grant": "person_id",
    "line_account": "person_id",
    "line_code": "person_id",
    "push_device": "person_id",
    "way_choice": "person_id",
    "quietness": "person_id",
    "feed_address": "person_id",
    "password_link": "person_id",
    "list_choice": "person_id",
    "saved_view": "owner_id",
    "privacy_notice_reading": "person_id",
    "ticket_presence": "person_id",
}


def fill() -> None:
    """Say it in the slots of the office; call it when the application is built."""
    for ground, tables in KEPT:
        slots.keep(ground, *tables)
