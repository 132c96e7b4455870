"""What requests tell the engine of approvals: a path for each kind with code, one for simple kinds.

The path of the simple kinds tells four ways apart; an administrator who makes a kind chooses one,
and the office may write the steps of each anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpdesk.requests import answers, shapes, sorts
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import deciding, drafting
from helpdesk.requests.sorts import Sort
from helpdesk.requests.states import ROUTES, Route
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext
from kernel.i18n import lazy_gettext as _l
from office.approvals import kinds
from office.approvals.kinds import Content, Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.states import Place

HEAD = StepPlan("หัวหน้าหน่วยงานของผู้ขอ", "Head of the asker's unit", Place.OWN_UNIT)
HANDLER = StepPlan("หัวหน้าหน่วยงานผู้ดำเนินการ", "Head of who carries it out", Place.RESPONSIBLE)


@dataclass(frozen=True)
class Named:
    """A name in both languages, said in the one spoken when it is asked for."""

    th: str
    en: str

    def __str__(self) -> str:
        """Return the name in the language spoken now."""
        return self.en if language() == "en" else self.th


def _of(route: Route, step: StepPlan) -> StepPlan:
    return StepPlan(step.name_th, step.name_en, step.place, variant=route.value)


DIRECTOR = StepPlan("ผู้อำนวยการสำนักงาน", "Director of the office", Place.OFFICE)
SIMPLE_PATH = (
    _of(Route.HEAD, HEAD),
    _of(Route.HEAD_HANDLER, HEAD),
    _of(Route.HEAD_HANDLER, HANDLER),
    _of(Route.HEAD_DIRECTOR, HEAD),
    _of(Route.HEAD_DIRECTOR, DIRECTOR),
    _of(Route.HANDLER, HANDLER),
)


def register_sort(sort: Sort) -> None:
    """Make a kind with code known to this room and its path to the engine."""
    sorts.register(sort)
    kinds.register(_kind_of(sort))


def register() -> None:
    """Make the path of the simple kinds known to the engine."""
    kinds.register(
        Kind(
            key=shapes.SIMPLE,
            label=_l("Simple requests"),
            facts=_facts,
            title=_simple_title,
            page=_page,
            first_path=SIMPLE_PATH,
            may_repeat=True,
            variants={route.value: label for route, label in ROUTES.items()},
            approved=_approved,
            rejected=_rejected,
            recalled=_withdrawn,
            voided=_withdrawn,
        )
    )


def _kind_of(sort: Sort) -> Kind:
    def facts(content: Content) -> Sequence[tuple[str, str]]:
        return [*sort.facts(content), *_facts(content)]

    return Kind(
        key=shapes.path_key(sort.key),
        label=Named(sort.name_th, sort.name_en),
        facts=facts,
        title=lambda _content, kept: shapes.title_in(kept, sort.name_th, sort.name_en),
        page=_page,
        first_path=sort.first_path,
        may_repeat=True,
        slots=sort.slots,
        approved=_approved,
        rejected=_rejected,
        recalled=_withdrawn,
        voided=_withdrawn,
    )


def _facts(content: Content) -> Sequence[tuple[str, str]]:
    english = language() == "en"
    lines = [
        (
            str(one["label_en"] if english and one["label_en"] else one["label_th"]),
            answers.shown(one),
        )
        for one in content["answers"]
    ]
    files = len(content["files"])
    if files:
        lines.append((_("Files"), ngettext("%(number)s file", "%(number)s files", files)))
    return lines


def _simple_title(content: Content, kept: str) -> str:
    if language() == "th":
        return kept
    names = shapes.names_of_edition(content["kind"], content["edition"])
    return shapes.title_in(kept, *names)


def _page(request_id: int) -> str:
    return f"/requests/{request_id}"


def _request(approval: Approval) -> ServiceRequest | None:
    """Return the request, locked; None where another approval decides it by now."""
    request = drafting.locked(approval.subject_id)
    return request if request is not None and request.approval_id == approval.id else None


def _approved(approval: Approval, by: Viewer) -> None:
    request = _request(approval)
    if request is not None:
        deciding.approve(request, approval, by=by)


def _rejected(approval: Approval, by: Viewer) -> None:
    request = _request(approval)
    if request is not None:
        deciding.reject(request, deciding.last_words(approval), by=by)


def _withdrawn(approval: Approval, by: Viewer) -> None:
    request = _request(approval)
    if request is not None:
        deciding.withdraw(request, by=by)
