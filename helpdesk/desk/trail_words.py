"""What the values of fields are called in the audit trail: the words of every room's states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assets.attachments import states as attachments
from assets.catalogue import states as catalogue
from assets.counts import states as counts
from assets.disposals import states as disposals
from assets.labels import states as labels
from assets.licences import states as licences
from assets.loans import later_states
from assets.loans import states as loans
from assets.maintenance import states as maintenance
from assets.register import states as register
from assets.stock import states as stock
from assets.transfers import states as transfers
from helpdesk.access_rights import states as access_rights
from helpdesk.figures import advice_states as advice
from helpdesk.incidents import states as incidents
from helpdesk.knowledge import states as knowledge
from helpdesk.minutes import states as minutes
from helpdesk.privacy_requests import states as privacy
from helpdesk.programmes import states as programmes
from helpdesk.repairs import states as repairs
from helpdesk.risks import states as risks
from helpdesk.studies import states as studies
from helpdesk.tickets import states as tickets
from kernel.i18n import lazy_pgettext as _p
from kernel.states import Face
from office.approvals import states as approvals
from office.bookkeeping.words import tell_values
from office.cards import states as cards
from office.people.access import ROLE_NAMES

# Where a ticket came from.
SOURCES = {
    "scan": _p("source of a ticket", "scan of a label"),
    "form": _p("source of a ticket", "form"),
    "phone": _p("source of a ticket", "telephone"),
    "return": _p("source of a ticket", "return at the desk"),
    "maintenance": _p("source of a ticket", "maintenance round"),
    "mail": _p("source of a ticket", "e-mail"),
}
# Which form an issued paper is.
PAPERS = {
    "purchase": _p("issued paper", "report of a purchase"),
    "specification": _p("issued paper", "specification (F05)"),
    "comparison": _p("issued paper", "comparison of offers (F06)"),
    "service_request": _p("issued paper", "request"),
    "loan_request": _p("issued paper", "request for a loan"),
    "card_request": _p("issued paper", "request for a user card"),
    "outside_repair": _p("issued paper", "repair notice (F02)"),
    "disposal": _p("issued paper", "memo of a disposal"),
    "stock_loss": _p("issued paper", "write-off of materials"),
    "stock_count": _p("issued paper", "stock count"),
    "programme_proposal": _p("issued paper", "memo that proposes a programme"),
    "programme_report": _p("issued paper", "report of a programme"),
    "study_report": _p("issued paper", "report on a study (F14)"),
    "development_report": _p("issued paper", "report on a development (F16)"),
    "survey_report": _p("issued paper", "report on a survey (F11)"),
    "training_certificate": _p("issued paper", "certificate of a training"),
}
LABELS: tuple[tuple[str, str, Mapping[Any, Any]], ...] = (
    ("", "condition", register.CONDITIONS),
    ("", "condition_in", register.CONDITIONS),
    ("", "condition_out", register.CONDITIONS),
    ("", "cause", register.MOVE_CAUSES),
    ("", "role", ROLE_NAMES),
    ("asset", "lifecycle", register.LIFECYCLES),
    ("asset", "standing_override", register.STANDINGS),
    ("asset", "fund_type", register.FUND_TYPES),
    ("asset", "acquire_method", register.ACQUIRE_METHODS),
    ("register_import", "state", register.IMPORTS),
    ("photo_batch", "state", register.BATCHES),
    ("asset_class", "borrowers", catalogue.BORROWERS),
    ("extra_field", "kind", catalogue.FIELD_KINDS),
    ("tag", "reason", labels.REASONS),
    ("label_run", "kind", labels.RUN_KINDS),
    ("label_layout", "kind", labels.KINDS),
    ("label_printer", "kind", labels.KINDS),
    ("loan", "place_kind", loans.PLACES),
    ("loan_line", "state", loans.LINES.faces),
    ("loan_line", "outcome", loans.OUTCOMES),
    ("loan_request", "state", loans.REQUESTS.faces),
    ("handover", "state", transfers.HANDOVERS.faces),
    ("transfer", "state", transfers.TRANSFERS.faces),
    ("transfer", "items", transfers.LINES.faces),
    ("transfer", "kind", transfers.KINDS),
    ("custody_remark", "kind", transfers.REMARK_KINDS),
    ("count_round", "state", counts.ROUNDS.faces),
    ("count_round", "duty", counts.DUTIES),
    ("count_proposal", "state", counts.PROPOSALS.faces),
    ("stock_item", "supply_class", stock.CLASSES),
    ("stock_slip", "state", stock.SLIPS.faces),
    ("stock_count", "state", stock.COUNTS.faces),
    ("ticket", "state", tickets.TICKET.faces),
    ("ticket", "source", SOURCES),
    ("ticket", "priority", tickets.PRIORITIES),
    ("ticket", "category", tickets.CATEGORIES),
    ("ticket", "outcome", tickets.OUTCOMES),
    ("ticket", "cause", tickets.CAUSES),
    ("consultation", "topic", advice.TOPICS),
    ("consultation", "result", advice.RESULTS),
    ("article", "state", knowledge.ARTICLE.faces),
    ("article", "audience", knowledge.AUDIENCES),
    ("development", "sort", studies.SORTS),
    ("development", "whose", access_rights.WHOSE),
    ("information_system", "whose", access_rights.WHOSE),
    ("information_system", "criticality", access_rights.CRITICALITIES),
    ("information_system", "data_kinds", access_rights.DATA),
    ("approval", "state", approvals.APPROVALS.faces),
    ("absence", "capacity", approvals.CAPACITIES),
    ("access_right", "level", access_rights.LEVELS),
    ("attachment", "kind", attachments.KINDS),
    ("disposal", "state", disposals.CASES.faces),
    ("disposal", "method", disposals.METHODS),
    ("disposal", "cause", disposals.CAUSES),
    ("disposal", "origin", disposals.ORIGINS),
    ("disposal", "duty", disposals.DUTIES),
    ("incident", "state", incidents.INCIDENTS.faces),
    ("incident", "gravity", incidents.GRAVITIES),
    ("incident", "risk", incidents.RISKS),
    ("licence", "kind", licences.KINDS),
    ("loan_duty", "state", later_states.DUTIES.faces),
    ("loan_duty", "kind", later_states.DUTY_KINDS),
    ("loan_duty", "outcome", loans.OUTCOMES),
    ("issued_paper", "kind", PAPERS),
    ("maintenance_plan", "counts", maintenance.EVERY),
    ("maintenance_visit", "state", maintenance.VISITS.faces),
    ("meeting_person", "presence", minutes.PRESENCES),
    ("meeting_person", "duty", minutes.DUTIES),
    ("privacy_request", "kind", privacy.KINDS),
    ("programme_step", "state", programmes.STEPS.faces),
    ("programme_member", "duty", programmes.DUTIES),
    ("programme_log", "kind", programmes.LOG_KINDS),
    ("repair_cost", "kind", repairs.COSTS),
    ("risk", "progress", risks.PROGRESS),
    ("user_card", "state", cards.CARDS.faces),
    ("user_card", "reason", cards.REASONS),
)


def fill() -> None:
    """Give the trail the words of every room."""
    for kind, field, told in LABELS:
        words = {str(value): label_of(one) for value, one in told.items()}
        tell_values(kind, field, words)


def label_of(one: Any) -> Any:  # noqa: ANN401 - a face, or a lazy text
    """Return the label of a face, or the text itself."""
    return one.label if isinstance(one, Face) else one
