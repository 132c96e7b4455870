"""Messages about approvals: to who can sign, to who asked, to the administrators; reminders.

A step reminds a person at most once a day; what waits for one person is gathered in one message.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import exists, select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import ngettext, speaking
from kernel.pages import show_date, show_money
from office.approvals import kinds
from office.approvals.models import Approval, ApprovalNotice, ApprovalStep
from office.approvals.rules import links
from office.approvals.states import APPROVALS
from office.bookkeeping import rules as bookkeeping
from office.calendar import queries as calendar
from office.people.access import Role
from office.people.models import Person, RoleGrant

REMINDED, ESCALATED, STUCK = "reminded", "escalated", "stuck"
MINE = "/approvals"


def tell_signers(step: ApprovalStep, people: Iterable[int]) -> None:
    """Tell people that a step waits for them, each with a link of their own."""
    approval = step.approval
    for person_id in sorted(people):
        person = db.session.get_one(Person, person_id)
        with speaking(person.language):
            bookkeeping.send(
                kind="approval_waiting",
                subject=_("Please approve: %(title)s", title=kinds.title_of(approval)),
                body="\n".join(_lines(approval)),
                language=person.language,
                person_id=person.id,
                link=links.issue(step.id, person.id),
            )


def _lines(approval: Approval) -> list[str]:
    lines = [
        _("%(name)s asks for your approval.", name=approval.asker.name),
        f"{kinds.label_of(approval.kind)} {approval.number}".strip(),
        kinds.title_of(approval),
    ]
    if approval.amount is not None:
        lines.append(_("Amount: %(amount)s baht", amount=show_money(approval.amount)))
    return lines


def tell_asker(approval: Approval, *, by: Viewer, words: str = "") -> None:
    """Tell the asker what became of the request, unless the asker did it."""
    if by.id == approval.asker_id:
        return
    asker = approval.asker
    with speaking(asker.language):
        face = APPROVALS.faces[approval.state]
        lines = [
            f"{kinds.label_of(approval.kind)} {approval.number}".strip(),
            kinds.title_of(approval),
            _("%(state)s by %(name)s.", state=face.label, name=by.name),
        ]
        bookkeeping.send(
            kind="approval_decided",
            subject=f"{face.label}: {kinds.title_of(approval)}",
            body="\n".join([*lines, words]).strip(),
            language=asker.language,
            person_id=asker.id,
            link=f"/approvals/{approval.id}",
        )


def remind_of(step: ApprovalStep, people: Sequence[int]) -> int:
    """Remind people of one step because its asker wishes it; return how many were told.

    Refuses on a closed day, and where everybody was reminded of it today.
    """
    today = clock.today()
    if not calendar.is_open_day(today):
        raise Refusal(_("The office is closed today; please remind on the next open day."))
    told = [person_id for person_id in people if _note(step.id, person_id, REMINDED, today)]
    if not told:
        raise Refusal(_("They were reminded today already."))
    tell_signers(step, told)
    return len(told)


def _note(step_id: int, person_id: int, kind: str, day: date) -> bool:
    return bookkeeping.insert_or_skip(
        ApprovalNotice,
        step_id=step_id,
        person_id=person_id,
        kind=kind,
        on_day=day,
        at=clock.now(),
    )


def working_days(since: datetime, today: date) -> int:
    """Return how many working days have passed since the day of a moment."""
    first = clock.local(since).date()
    return max(calendar.calendar_for().open_days(first, today) - 1, 0)


def remind_person(person_id: int, steps: Sequence[ApprovalStep], today: date) -> int:
    """Leave one message for a person about all that waits; return how many steps are new in it."""
    due = [step for step in steps if _note(step.id, person_id, REMINDED, today)]
    if not due:
        return 0
    person = db.session.get_one(Person, person_id)
    with speaking(person.language):
        number = len(steps)
        bookkeeping.send(
            kind="approval_reminder",
            subject=ngettext(
                "%(number)s request waits for your approval",
                "%(number)s requests wait for your approval",
                number,
            ),
            body="\n".join(_waiting_line(step) for step in steps),
            language=person.language,
            person_id=person.id,
            link=MINE,
            dedupe_key=f"approval-reminder:{person.id}:{today.isoformat()}",
        )
    return len(due)


def _waiting_line(step: ApprovalStep) -> str:
    approval = step.approval
    return _(
        "- %(title)s, asked by %(name)s, waiting since %(day)s",
        title=f"{approval.number} {kinds.title_of(approval)}".strip(),
        name=approval.asker.name,
        day=show_date(step.opened_at, "short"),
    )


def tell_administrators(steps: Sequence[ApprovalStep], kind: str, today: date) -> int:
    """Tell the administrators of the whole office about steps, once for each step.

    Args:
        steps: those that nobody can sign, or that wait for too long.
        kind: ``STUCK`` or ``ESCALATED``.
        today: the day in Bangkok.

    Returns:
        how many steps were new to them.
    """
    told = set()
    for person in _administrators():
        news = [step for step in steps if _first_time(step.id, person.id, kind, today)]
        if not news:
            continue
        told |= {step.id for step in news}
        with speaking(person.language):
            subject = (
                ngettext(
                    "%(number)s request can be signed by nobody",
                    "%(number)s requests can be signed by nobody",
                    len(news),
                )
                if kind == STUCK
                else ngettext(
                    "%(number)s request waits for approval for too long",
                    "%(number)s requests wait for approval for too long",
                    len(news),
                )
            )
            bookkeeping.send(
                kind="approval_stuck",
                subject=subject,
                body="\n".join(_waiting_line(step) for step in news),
                language=person.language,
                person_id=person.id,
                link="/approvals/stuck",
            )
    return len(told)


def _first_time(step_id: int, person_id: int, kind: str, today: date) -> bool:
    had = exists().where(
        ApprovalNotice.step_id == step_id,
        ApprovalNotice.person_id == person_id,
        ApprovalNotice.kind == kind,
    )
    return not db.session.scalar(select(had)) and _note(step_id, person_id, kind, today)


def _administrators() -> Sequence[Person]:
    return db.session.scalars(
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.role == Role.ADMIN.value,
            RoleGrant.unit_id.is_(None),
            Person.left_on.is_(None),
        )
        .order_by(Person.id)
    ).all()
