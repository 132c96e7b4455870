"""After the approval: carried out, confirmed, complained of, cancelled; and words in between."""

from __future__ import annotations

from datetime import timedelta

from helpdesk.requests import sorts
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import story
from helpdesk.requests.states import REQUESTS, Act, Action, State
from kernel import clock
from kernel.access import Viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.approvals.rules import asking
from office.bookkeeping import audit
from office.people.access import Role

CONFIRM_DAYS = 14


def finish(request: ServiceRequest, result: str, *, by: Viewer) -> None:
    """Say that an approved request is carried out; the asker is asked to confirm it.

    Args:
        request: approved.
        result: what was done; refused where it is empty.
        by: who carried it out, or the timetable.
    """
    target = REQUESTS.target(State(request.state), Action.FINISH)
    if not result.strip():
        raise Refusal(_("Please write what was done."), field="words")
    request.state, request.finished_at, request.result = target, clock.now(), result.strip()
    story.note(request, Act.FINISHED, by=by, words=request.result)
    sort = sorts.sort_of(request.kind)
    if sort is not None:
        sort.finished(request, by)
    story.tell_finished(request, days=CONFIRM_DAYS)
    audit.record("finished", request, by=by, after={"result": request.result})


def confirm(request: ServiceRequest, *, by: Viewer, words: str = "") -> None:
    """Say as the asker that it is done; the timetable says it after fourteen silent days."""
    request.state = REQUESTS.target(State(request.state), Action.CONFIRM)
    request.ended_at = clock.now()
    story.note(request, Act.CONFIRMED, by=by, words=words)
    audit.record("confirmed", request, by=by)


def silent_since(request: ServiceRequest) -> bool:
    """Tell whether the asker has said nothing for fourteen days."""
    done = request.finished_at
    return done is not None and clock.now() - done >= timedelta(days=CONFIRM_DAYS)


def complain(request: ServiceRequest, words: str, *, by: Viewer) -> None:
    """Say as the asker that it is not done; it is open again for those who carry it out.

    Refuses without a word on what is missing.
    """
    target = REQUESTS.target(State(request.state), Action.COMPLAIN)
    if not words.strip():
        raise Refusal(_("Please write what is missing."), field="words")
    request.state, request.finished_at = target, None
    story.note(request, Act.COMPLAINED, by=by, words=words.strip())
    sort = sorts.sort_of(request.kind)
    if sort is not None:
        sort.complained(request, words.strip(), by)
    roles = (Role.TECHNICIAN.value, Role.STOREKEEPER.value)
    people = story.holders(roles, request.handling_unit_id)
    story.tell_complained(request, people, words.strip())
    audit.record("complained", request, by=by, after={"words": words.strip()})


def cancel(request: ServiceRequest, why: str, *, by: Viewer) -> None:
    """End a request: its asker at any time before it is done, staff once it is approved.

    Refuses staff without a reason, and where a part was carried out: then it is finished with what
    was done instead.
    """
    target = REQUESTS.target(State(request.state), Action.CANCEL)
    own = by.id == request.asker_id
    if not own and request.state != State.APPROVED:
        raise Refusal(_("Only the asker can cancel what is not approved."))
    if not own and not why.strip():
        raise Refusal(_("Please give the reason."), field="words")
    said = why.strip()[:500] or _("Not needed any more.")
    if request.approval is not None and request.state == State.WAITING:
        asking.recall(request.approval, by=by, words=said)
    elif request.approval is not None and request.state == State.APPROVED:
        asking.void(request.approval, said, by=by)
    request.state = target
    request.ended_at, request.ended_why = clock.now(), said
    story.note(request, Act.CANCELLED, by=by, words=said)
    if not own:
        story.tell_ended(request, said)
    audit.record("cancelled", request, by=by, after={"why": said})


def comment(request: ServiceRequest, words: str, *, by: Viewer) -> None:
    """Write a word into the story; the other side is told. Refuses an empty one."""
    if not words.strip():
        raise Refusal(_("Please write something."), field="words")
    story.note(request, Act.COMMENTED, by=by, words=words.strip())
    audit.record("commented", request, by=by)
    if by.id != request.asker_id:
        story.tell_commented(request, [request.asker], words.strip())
    elif request.state == State.APPROVED:
        roles = (Role.TECHNICIAN.value, Role.STOREKEEPER.value)
        people = story.holders(roles, request.handling_unit_id)
        story.tell_commented(request, people, words.strip())
