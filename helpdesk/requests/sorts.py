"""The kinds of requests that need code: this room's own, and those of the rooms above.

A room registers one ``Sort`` when the application is built. Its callbacks run inside the unit of
work of the act: what they raise undoes the act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpdesk.requests.answers import Reading
from helpdesk.requests.fields import Field
from helpdesk.requests.models import ServiceRequest
from kernel.access import Viewer
from office.approvals.kinds import Content, StepPlan


def _no_fields() -> tuple[Field, ...]:
    return ()


def _nothing(_request: ServiceRequest, _by: Viewer) -> None:
    """Do nothing: a kind that needs nothing done."""


def _no_check(_request: ServiceRequest, _reading: Reading) -> None:
    """Find nothing wrong."""


def _no_content(_request: ServiceRequest) -> Mapping[str, Any]:
    return {}


def _nobody(_request: ServiceRequest) -> Mapping[str, Sequence[int]]:
    return {}


def _no_facts(_content: Content) -> Sequence[tuple[str, str]]:
    return ()


def _nothing_taken(_request: ServiceRequest) -> None:
    """Do nothing: a kind whose answers are all it asks."""


def _no_answer(_request: ServiceRequest, _words: str, _by: Viewer) -> None:
    """Do nothing: a kind that has nothing to take up again."""


def _no_context(_request: ServiceRequest, _viewer: Viewer) -> Mapping[str, Any]:
    return {}


def _no_form(
    _request: ServiceRequest | None, _typed: Mapping[str, str], _viewer: Viewer
) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Sort:
    """A kind of request with code.

    Attributes:
        key: ``work``; stands in the rows for ever. Its path of approval is ``request_<key>``.
        name_th, name_en: what it is called; intro: a sentence about it in both languages.
        paper_th, paper_en: the title of its form; form_no: the office's number of the form.
        series: the prefix of its numbers.
        icon: of the design system.
        fields: returns the fields of the form as it is now.
        first_path: the path until the office writes its own; slots: (lazy) names of the people
            that a request itself names.
        by_hand: whether staff say by hand that it is carried out.
        title: one line for lists and approvals; the first answer where left out.
        check: adds to a reading what is wrong beyond single fields.
        taken: writes down what the form's own part says, when it is sent.
        content: what is signed beside the answers; facts: its lines on the card of who signs.
        given: ids of people by slot.
        approved: called when it is approved; stopped: when an approval that was given ends, to
            undo or refuse; finished: when it is carried out; complained: when the asker says in
            these words that it is not.
        page_part, page_context: a template on the request's page and what it needs.
        form_part, form_context: the same on the form; it is given what was typed, and no request
            while nothing was kept.
        draft: keeps what the part of the form typed, from the sent values.
        paper: what its paper needs beside the answers.
    """

    key: str
    name_th: str
    name_en: str
    intro_th: str
    intro_en: str
    paper_th: str
    paper_en: str
    form_no: str
    series: str
    icon: str
    first_path: tuple[StepPlan, ...]
    fields: Callable[[], tuple[Field, ...]] = _no_fields
    slots: Mapping[str, Any] = field(default_factory=dict)
    by_hand: bool = True
    title: Callable[[ServiceRequest], str] | None = None
    check: Callable[[ServiceRequest, Reading], None] = _no_check
    taken: Callable[[ServiceRequest], None] = _nothing_taken
    content: Callable[[ServiceRequest], Mapping[str, Any]] = _no_content
    facts: Callable[[Content], Sequence[tuple[str, str]]] = _no_facts
    given: Callable[[ServiceRequest], Mapping[str, Sequence[int]]] = _nobody
    approved: Callable[[ServiceRequest, Viewer], None] = _nothing
    stopped: Callable[[ServiceRequest, Viewer], None] = _nothing
    finished: Callable[[ServiceRequest, Viewer], None] = _nothing
    complained: Callable[[ServiceRequest, str, Viewer], None] = _no_answer
    page_part: str = ""
    page_context: Callable[[ServiceRequest, Viewer], Mapping[str, Any]] = _no_context
    form_part: str = ""
    form_context: Callable[
        [ServiceRequest | None, Mapping[str, str], Viewer], Mapping[str, Any]
    ] = _no_form
    draft: Callable[[ServiceRequest, Mapping[str, str]], None] | None = None
    paper: Callable[[ServiceRequest], Mapping[str, Any]] = _no_content


_sorts: dict[str, Sort] = {}


def register(sort: Sort) -> None:
    """Make a kind known; registering it a second time takes the place of the first."""
    _sorts[sort.key] = sort


def sort_of(key: str) -> Sort | None:
    """Return the code of a kind, None where it is a simple one."""
    return _sorts.get(key)


def registered() -> tuple[Sort, ...]:
    """Return every kind with code, in the order of registering."""
    return tuple(_sorts.values())
