"""Who signed an approval, for any paper: the signatures that count, in the order of the steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel import clock, thai
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.approvals import queries
from office.approvals.models import Approval
from office.approvals.states import CAPACITIES, Capacity
from office.papers import queries as papers
from office.papers import rules
from office.papers.models import IssuedPaper
from office.papers.records import Signer


@dataclass(frozen=True)
class Signature:
    """One signature, with name and positions as they were on that day.

    Attributes:
        step_th, step_en: what the step is called.
        for_name, for_position: of whom the signer stood in for; "" where they signed themselves.
        snapshot_hash: SHA-256 of what was signed.
    """

    step_th: str
    step_en: str
    name: str
    position: str
    capacity: Capacity
    for_name: str
    for_position: str
    at: datetime
    words: str
    snapshot_hash: str

    @property
    def capacity_th(self) -> str:
        """How a paper says in which capacity: ``รักษาราชการแทน ผู้อำนวยการโรงเรียน…``."""
        with speaking("th"):
            said = str(CAPACITIES[self.capacity])
        return f"{said} {self.for_position or self.for_name}".strip()


def signatures(approval: Approval) -> list[Signature]:
    """Return who signed when, in which capacity; only those whose signature still counts."""
    return [
        Signature(
            step_th=plan.name_th,
            step_en=plan.name_en or plan.name_th,
            name=act.name,
            position=act.position,
            capacity=Capacity(act.capacity),
            for_name=act.for_name,
            for_position=act.for_position,
            at=act.at,
            words=act.words,
            snapshot_hash=act.snapshot_hash,
        )
        for act, _step, plan in queries.signature_acts(approval)
    ]


def signers_for_record(approval: Approval) -> tuple[Signer, ...]:
    """Return the signatures as the public check of a paper shows them."""
    return tuple(
        Signer(one.step_th, one.name, one.position, one.capacity_th, one.at)
        for one in signatures(approval)
    )


def places(approval: Approval) -> list[dict[str, str | None]]:
    """Return the signatures as ``#signatures`` of ``official.typ`` prints them."""
    return [
        {
            "role": one.step_th,
            "gloss": one.step_en,
            "note": one.capacity_th or None,
            "name": one.name,
            "position": one.position,
            "date": thai.format_date(
                clock.local(one.at).date(), language="th", style="short", digits="thai"
            ),
        }
        for one in signatures(approval)
    ]


def issue(approval: Approval, title: Any, *, by: Viewer) -> IssuedPaper:  # noqa: ANN401 - a lazy text
    """Give the paper that an approval has signed its code; call it where the last one has signed.

    Args:
        approval: given just now.
        title: of the form in both languages, without names of people.
        by: who signed last.
    """
    with speaking("th"):
        thai_title = str(title)
    with speaking("en"):
        english_title = str(title)
    return rules.issue(
        approval.kind,
        _number(approval),
        title_th=thai_title,
        title_en=english_title,
        content_hash=approval.snapshot_hash,
        signers=signers_for_record(approval),
        by=by,
    )


def void(approval: Approval, *, by: Viewer) -> None:
    """Make the papers void that an approval signed, because it counts no more."""
    rules.void_number(approval.kind, _number(approval), _("The approval was made void."), by=by)


def check_of(
    approval: Approval | None, base_url: str
) -> tuple[dict[str, str] | None, dict[str, bytes]]:
    """Return the mark to check the paper of an approval, and its picture; none while unsigned.

    Args:
        approval: of the paper, if it needed one.
        base_url: of the service.
    """
    issued = papers.valid_paper(approval.kind, _number(approval)) if approval else None
    return rules.check_mark(issued, base_url) if issued is not None else (None, {})


def _number(approval: Approval) -> str:
    """Return the number of the paper; its own where what was approved has none."""
    return approval.number or str(approval.id)
