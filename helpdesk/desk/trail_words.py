"""What the values of fields are called in the audit trail: the words of every room's states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assets.catalogue import states as catalogue
from assets.counts import states as counts
from assets.labels import states as labels
from assets.loans import states as loans
from assets.register import states as register
from assets.stock import states as stock
from assets.transfers import states as transfers
from helpdesk.access_rights import states as access_rights
from helpdesk.figures import advice_states as advice
from helpdesk.knowledge import states as knowledge
from helpdesk.studies import states as studies
from helpdesk.tickets import states as tickets
from kernel.states import Face
from office.approvals import states as approvals
from office.bookkeeping.words import tell_values
from office.people.access import ROLE_NAMES

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
    ("count_proposal", "state", counts.PROPOSALS.faces),
    ("stock_item", "supply_class", stock.CLASSES),
    ("stock_slip", "state", stock.SLIPS.faces),
    ("stock_count", "state", stock.COUNTS.faces),
    ("ticket", "state", tickets.TICKET.faces),
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
)


def fill() -> None:
    """Give the trail the words of every room."""
    for kind, field, told in LABELS:
        words = {str(value): label_of(one) for value, one in told.items()}
        tell_values(kind, field, words)


def label_of(one: Any) -> Any:  # noqa: ANN401 - a face, or a lazy text
    """Return the label of a face, or the text itself."""
    return one.label if isinstance(one, Face) else one
