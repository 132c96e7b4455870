"""What the asker does before a request is decided: begin, keep, send, answer, take back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from helpdesk.requests import answers, shapes, sorts
from helpdesk.requests.answers import Reading
from helpdesk.requests.models import RequestFile, ServiceRequest
from helpdesk.requests.rules import story
from helpdesk.requests.shapes import Shape
from helpdesk.requests.states import REQUESTS, Act, Action, FieldKind, State
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.states import State as ApprovalState
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

MOST_DRAFTS, MOST_FILES = 30, 20
LONGEST_TYPED = 8000


def locked(request_id: int) -> ServiceRequest | None:
    """Return a request that nobody else moves until the unit of work ends."""
    return db.session.scalar(
        select(ServiceRequest)
        .where(ServiceRequest.id == request_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def begin(key: str, typed: Mapping[str, str], *, by: Viewer) -> ServiceRequest:
    """Begin a draft of a kind; it has no number yet and nobody else sees it.

    Refuses a kind that takes no new requests, and more than 30 drafts of one person.
    """
    shape = shapes.now_of(key)
    if not shape.is_open:
        raise Refusal(_("“%(kind)s” takes no new requests at present.", kind=shape.name))
    drafts = select(ServiceRequest.id).where(
        ServiceRequest.asker_id == by.id, ServiceRequest.state == State.DRAFT
    )
    if len(db.session.scalars(drafts.limit(MOST_DRAFTS)).all()) >= MOST_DRAFTS:
        raise Refusal(_("You have %(most)s drafts. Please send or cancel some.", most=MOST_DRAFTS))
    person = db.session.get_one(Person, by.id)
    request = ServiceRequest(
        kind=key,
        edition_id=shape.edition_id,
        asker_id=person.id,
        asker_name=person.name_th,
        asker_position=person.position,
        unit_id=person.unit_id,
        handling_unit_id=shapes.handling_unit(shape),
        typed=_kept(shape, typed),
        made_at=clock.now(),
    )
    request.title = _title(request, shape)
    db.session.add(request)
    db.session.flush()  # moments and files name the request
    story.note(request, Act.DRAFTED, by=by)
    return request


def keep(request: ServiceRequest, typed: Mapping[str, str], *, by: Viewer) -> None:
    """Keep what was typed so far, also where it is not complete or right.

    Refuses a request that is not a draft and was not sent back.
    """
    demand_editable(request)
    shape = shapes.of_request(request)
    request.typed = _kept(shape, typed)
    sort = sorts.sort_of(request.kind)
    if sort is not None and sort.draft is not None:
        sort.draft(request, typed)
    if request.state == State.DRAFT:
        request.title = _title(request, shape)
    audit.record("kept", request, by=by)


def demand_editable(request: ServiceRequest) -> None:
    """Refuse to edit what was sent, telling the way out."""
    if is_editable(request):
        return
    if request.state == State.WAITING:
        raise Refusal(
            _("This request is waiting for approval. Take it back first, then change it.")
        )
    if request.state == State.APPROVED:
        raise Refusal(
            _(
                "This was approved as it stands. “Change what was approved” makes the approval "
                "void; then you change it and everybody signs anew."
            )
        )
    raise Refusal(_("This request has ended. Ask anew; “Copy as new” brings what you typed."))


def is_editable(request: ServiceRequest) -> bool:
    """Tell whether the asker may change the content now."""
    return request.state == State.DRAFT or is_sent_back(request)


def is_sent_back(request: ServiceRequest) -> bool:
    """Tell whether somebody sent it back with a question that is not answered."""
    approval = request.approval
    return (
        request.state == State.WAITING
        and approval is not None
        and approval.state == ApprovalState.SENT_BACK
    )


def _kept(shape: Shape, typed: Mapping[str, str]) -> dict[str, str]:
    return {
        field.key: typed[field.key][:LONGEST_TYPED]
        for field in shape.fields
        if typed.get(field.key) and field.kind != FieldKind.FILE
    }


def _title(request: ServiceRequest, shape: Shape) -> str:
    """Return one line in Thai: what it is about, else what kind of request it is."""
    reading = answers.read(shape.fields, request.typed, unit_id=request.unit_id)
    sort = sorts.sort_of(request.kind)
    said = ""
    if sort is not None and sort.title is not None:
        said = sort.title(request)
    elif shape.fields:
        first = next((f for f in shape.fields if f.key in reading.answers), None)
        said = answers.shown(reading.answers[first.key], "th") if first else ""
    line = said.strip().split("\n", 1)[0]
    return (f"{shape.name_th}: {line}" if line else shape.name_th)[:300]


def add_files(
    request: ServiceRequest, field: str, files: Sequence[Mapping[str, Any]], *, by: Viewer
) -> None:
    """Add checked files that lie in the store already: ``key``, ``media``, ``name``, ``size``.

    Refuses more than 20 files of one request, and a field that asks for none.
    """
    demand_editable(request)
    shape = shapes.of_request(request)
    if not any(f.key == field and f.kind == FieldKind.FILE for f in shape.fields):
        raise Refusal(_("There is no such field."))
    if len(files_of(request)) + len(files) > MOST_FILES:
        raise Refusal(_("Up to %(most)s files in one request.", most=MOST_FILES), field=field)
    for file in files:
        db.session.add(
            RequestFile(request_id=request.id, field=field, added_at=clock.now(), **file)
        )
    audit.record("added_files", request, by=by, after={"files": [file["name"] for file in files]})


def drop_file(request: ServiceRequest, file_id: int, *, by: Viewer) -> None:
    """Take a file out of a draft."""
    demand_editable(request)
    file = db.session.get(RequestFile, file_id)
    if file is None or file.request_id != request.id:
        return
    audit.record("dropped_file", request, by=by, before={"file": file.name})
    db.session.delete(file)


def files_of(request: ServiceRequest) -> Sequence[RequestFile]:
    """Return the files of a request in the order they came."""
    return db.session.scalars(
        select(RequestFile).where(RequestFile.request_id == request.id).order_by(RequestFile.id)
    ).all()


def reading_of(request: ServiceRequest, shape: Shape) -> Reading:
    """Return what a draft says and what is wrong with it, as sending would judge it."""
    with_files = {file.field for file in files_of(request)}
    reading = answers.read(
        shape.fields, request.typed, unit_id=request.unit_id, with_files=with_files
    )
    sort = sorts.sort_of(request.kind)
    if sort is not None:
        sort.check(request, reading)
    return reading


def _take(request: ServiceRequest, shape: Shape) -> None:
    """Take the draft over as the answers that are signed.

    Refuses where something is missing or wrong.
    """
    reading = reading_of(request, shape)
    if reading.wrong:
        raise Refusal(_("Something is missing or not right. Please look at the marked fields."))
    request.answers = reading.answers
    sort = sorts.sort_of(request.kind)
    if sort is not None:
        sort.taken(request)
    request.title = _title(request, shape)
    person = request.asker
    request.asker_name, request.asker_position = person.name_th, person.position
    request.search_key = search_key_of(request)


def search_key_of(request: ServiceRequest) -> str:
    """Return the words people look for a request by."""
    said = " ".join(str(one["th"]) for one in request.answers.values())
    return thai.search_key(f"{request.number or ''} {request.title} {request.asker_name} {said}")[
        :8000
    ]


def content_of(request: ServiceRequest) -> dict[str, Any]:
    """Return everything that is signed, in plain values."""
    shape = shapes.of_request(request)
    sort = sorts.sort_of(request.kind)
    return {
        "kind": request.kind,
        "edition": shape.edition,
        "number": request.number,
        "asker": request.asker_name,
        "answers": [
            {
                "key": field.key,
                "label_th": field.th,
                "label_en": field.en,
                **request.answers[field.key],
            }
            for field in shape.fields
            if field.key in request.answers
        ],
        "files": [[file.name, file.key] for file in files_of(request)],
        **(sort.content(request) if sort else {}),
    }


def _asked(request: ServiceRequest, shape: Shape) -> asking.Request:
    sort = sorts.sort_of(request.kind)
    return asking.Request(
        kind=shape.path,
        subject_id=request.id,
        number=request.number or "",
        title=request.title,
        content=content_of(request),
        asker_id=request.asker_id,
        unit_id=request.unit_id,
        responsible_unit_id=request.handling_unit_id,
        variant=shape.variant,
        given=sort.given(request) if sort else {},
    )


def send(request: ServiceRequest, *, by: Viewer) -> Approval:
    """Send a draft for approval; the first time it gets its number, without gaps in the year.

    A draft of a simple kind that has a newer edition keeps the edition it was begun with. Refuses
    a kind that was closed meanwhile, and whatever is missing or wrong.
    """
    target = REQUESTS.target(State(request.state), Action.SEND)
    shape = shapes.of_request(request)
    if not shape.is_open:
        raise Refusal(_("“%(kind)s” takes no new requests at present.", kind=shape.name))
    _take(request, shape)
    if request.number is None:
        request.number = bookkeeping.next_number(shape.series)
        request.search_key = search_key_of(request)
    with speaking("th"):
        approval = asking.submit(_asked(request, shape), by=by)
    request.approval_id, request.approval = approval.id, approval
    request.state, request.sent_at = target, clock.now()
    audit.record("sent", request, by=by, after={"number": request.number})
    return approval


def answer(request: ServiceRequest, words: str, *, by: Viewer) -> None:
    """Answer the question of who sent it back, with what was changed; changes are signed anew.

    Refuses where nothing was asked, and an empty answer.
    """
    if not is_sent_back(request) or request.approval is None:
        raise Refusal(_("This request was not sent back; it cannot be changed now."))
    shape = shapes.of_request(request)
    _take(request, shape)
    with speaking("th"):
        asking.answer(request.approval, words, by=by, request=_asked(request, shape))
    audit.record("answered", request, by=by)


def recall(request: ServiceRequest, *, by: Viewer) -> None:
    """Take a request back that is not decided; it becomes a draft again and keeps its number."""
    REQUESTS.target(State(request.state), Action.RECALL)
    if request.approval is not None:
        asking.recall(request.approval, by=by)  # calls back and makes it a draft


def change(request: ServiceRequest, *, by: Viewer) -> None:
    """Make the approval of an approved request void so that its asker can change it.

    Refuses where a part was carried out already.
    """
    REQUESTS.target(State(request.state), Action.CHANGE)
    if request.approval is not None:
        asking.void(request.approval, _("The asker changes what was approved."), by=by)


def copy(request: ServiceRequest, *, by: Viewer) -> ServiceRequest:
    """Begin a new draft with what an earlier request of one's own says, without its files."""
    shape = shapes.now_of(request.kind)
    return begin(shape.key, {key: str(value) for key, value in request.typed.items()}, by=by)
