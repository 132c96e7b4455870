"""The papers of requests: the office's form of each kind, or the memo of a simple one.

Places to sign are those of the path: who signed stands there with name, position and day, who has
not signed yet has a line for the pen. A draft prints as a form to fill in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpdesk.requests import answers, shapes, sorts
from helpdesk.requests.models import RequestFile, ServiceRequest
from helpdesk.requests.shapes import Shape
from helpdesk.requests.states import State
from kernel import clock, thai
from kernel.i18n import speaking
from office.approvals import papers as signed
from office.approvals import queries as approvals
from office.approvals.models import Approval
from office.approvals.states import StepState
from office.papers import engine
from office.papers.models import IssuedPaper
from office.papers.rules import check_mark

_FOLDER = Path(__file__).parent / "paper"
BLANK: Mapping[str, str | None] = {"note": None, "name": "", "position": "", "date": ""}


@dataclass(frozen=True)
class Letterhead:
    """The office: its name, its telephone, and where the codes of its papers lead."""

    office: str
    phone: str
    base_url: str


def long_day(day: Any) -> str:  # noqa: ANN401 - a day, a moment or None
    """Return a day as papers write it: ``๑ ตุลาคม ๒๕๖๙``."""
    if day is None:
        return ""
    plain = clock.local(day).date() if hasattr(day, "hour") else day
    return thai.format_date(plain, language="th", style="long", digits="thai")


def request_pdf(
    request: ServiceRequest,
    files: Sequence[RequestFile],
    issued: IssuedPaper | None,
    letterhead: Letterhead,
) -> bytes:
    """Return the paper of a request with the signatures that count.

    Args:
        request: in any state.
        files: that came with it.
        issued: its paper with the check code, once it is approved.
        letterhead: of the office.
    """
    sort = sorts.sort_of(request.kind)
    with speaking("th"):
        more = sort.paper(request) if sort else {}
    shape, places = shapes.of_request(request), _places(request.approval)
    return printed(request, Facts(shape, more, places, files, issued), letterhead)


@dataclass(frozen=True)
class Facts:
    """What belongs to a request: its form, what its kind adds, signatures, files, its paper."""

    shape: Shape
    more: Mapping[str, Any]
    places: Sequence[Mapping[str, Any]]
    files: Sequence[RequestFile] = ()
    issued: IssuedPaper | None = None


def printed(request: ServiceRequest, facts: Facts, letterhead: Letterhead) -> bytes:
    """Print the paper of a request from what is loaded."""
    shape, issued = facts.shape, facts.issued
    check, pictures = check_mark(issued, letterhead.base_url) if issued else (None, {})
    said = request.answers
    with speaking("th"):
        content = {
            **_head(shape, letterhead),
            "number": request.number or "",
            "date": long_day(request.sent_at),
            "title": request.title,
            "asker": request.asker_name,
            "position": request.asker_position,
            "unit": request.unit.name,
            "phone": request.asker.phone,
            "fields": [
                [field.th, answers.shown(said.get(field.key), "th"), field.kind.value]
                for field in shape.fields
                if field.kind != "file"
            ],
            "files": [file.name for file in facts.files],
            "places": [_asker_place(request), *facts.places],
            "refused": request.ended_why if request.state == State.REJECTED else "",
            "result": request.result,
            "check": check,
            **_more(facts.more),
        }
    return engine.render(_FOLDER / "request.typ", content, files=pictures)


def _head(shape: Shape, letterhead: Letterhead) -> dict[str, Any]:
    return {
        "memo": shape.is_simple,
        "paper_th": shape.paper_th,
        "paper_en": shape.paper_en,
        "office": letterhead.office,
        "office_phone": letterhead.phone,
        "text": shape.paper_text,
        "english": {field.th: field.en for field in shape.fields if field.en},
        "lines": None,
        "issued": None,
    }


def preview_pdf(shape: Shape, letterhead: Letterhead) -> bytes:
    """Return the paper of a kind with empty lines, as a form to fill in by hand."""
    content = {
        **_head(shape, letterhead),
        "number": "",
        "date": "",
        "title": shape.name_th,
        "asker": "",
        "position": "",
        "unit": "",
        "phone": "",
        "fields": [[f.th, "", f.kind.value] for f in shape.fields if f.kind != "file"],
        "files": [],
        "places": [{"role": "ผู้ขอ", "gloss": "Asked by", **BLANK}, *_places(None)],
        "refused": "",
        "result": "",
        "check": None,
    }
    return engine.render(_FOLDER / "request.typ", content)


def _asker_place(request: ServiceRequest) -> dict[str, Any]:
    sent = request.sent_at
    return {
        "role": "ผู้ขอ",
        "gloss": "Asked by",
        "note": None,
        "name": request.asker_name,
        "position": request.asker_position,
        "date": _short(sent),
    }


def _short(moment: Any) -> str:  # noqa: ANN401 - a moment or None
    if moment is None:
        return ""
    day = clock.local(moment).date()
    return thai.format_date(day, language="th", style="short", digits="thai")


def _places(approval: Approval | None) -> list[dict[str, Any]]:
    """Return the places to sign: the signatures given, then the steps that are not signed yet."""
    if approval is None:
        return [{"role": "ผู้อนุมัติ", "gloss": "Approved by", **BLANK}]
    given: list[dict[str, Any]] = [dict(place) for place in signed.places(approval)]
    open_steps = [
        step
        for step in approvals.steps_of(approval)
        if step.state in (StepState.OPEN, StepState.PENDING)
    ]
    return given + [
        {"role": step.plan.name_th, "gloss": step.plan.name_en, **BLANK} for step in open_steps
    ]


def _more(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a kind with code adds, with the people of its last slip as places to sign."""
    slip = told.get("issuer")
    issued = None
    if "issuer" in told:
        issued = [
            {
                "role": "ผู้จ่าย",
                "gloss": "Issued by",
                "note": None,
                "name": slip.issuer_name if slip else "",
                "position": slip.issuer_position if slip else "",
                "date": _short(slip.at) if slip else "",
            },
            {
                "role": "ผู้รับของ",
                "gloss": "Received by",
                "note": None,
                "name": slip.receiver_name if slip else "",
                "position": slip.receiver_position if slip else "",
                "date": _short(slip.at) if slip else "",
            },
        ]
    plain = {key: value for key, value in told.items() if key != "issuer"}
    return {**plain, "issued": issued}
