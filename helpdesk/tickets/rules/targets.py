"""Setting how soon tickets want an answer and an end, and when a deadline is near."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from helpdesk.tickets.deadline_models import DeadlineChoice, TicketTarget
from helpdesk.tickets.states import Priority
from helpdesk.tickets.targets import AMBER_PERCENT, RED_PERCENT, Target, in_force
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping.rules import insert_or_skip

LONGEST = 400 * 3600


def set_targets(
    category: str, wanted: Mapping[Priority, Target | None], *, seen: int, by: Viewer
) -> None:
    """Set the targets of a category; None falls back to what holds for all categories.

    Open tickets are reckoned anew by the timetable within minutes (R-W5).

    Args:
        category: its code; blank for all of them.
        wanted: working seconds by priority.
        seen: the version that the page showed, 0 where nothing was set.

    Refuses an end before the first answer, a target of nothing or of more than 50 working days.
    """
    for priority, target in wanted.items():
        if target is not None:
            _check(priority, target)
    choice = _choice(seen)
    before = {key[0]: target for key, target in in_force().own.items() if key[1] == category}
    db.session.execute(delete(TicketTarget).where(TicketTarget.category == category))
    db.session.add_all(
        TicketTarget(
            priority=str(priority),
            category=category,
            response_seconds=target.response,
            resolution_seconds=target.resolution,
        )
        for priority, target in wanted.items()
        if target is not None
    )
    after = {str(priority): target for priority, target in wanted.items() if target is not None}
    audit.record(
        "set_targets",
        choice,
        by=by,
        before={"category": category, "targets": _told(before)},
        after={"category": category, "targets": _told(after)},
    )


def set_warnings(amber: int, red: int, *, seen: int, by: Viewer) -> None:
    """Set from which part of a target on, in percent, a deadline is amber and red.

    Refuses percents out of order: amber lies above 0 and below red, red at most at 100.
    """
    if not 0 < amber < red <= 100:
        raise Refusal(
            _("Amber comes before red, and both lie between 1 and 100 percent."), field="red"
        )
    choice = _choice(seen)
    changes = {"amber_percent": amber, "red_percent": red}
    audit.record_changes("set_warnings", choice, changes, by=by)


def _choice(seen: int) -> DeadlineChoice:
    """Return the office's row, made where it is missing; its version grows with every change."""
    made = insert_or_skip(
        DeadlineChoice,
        id=1,
        amber_percent=AMBER_PERCENT,
        red_percent=RED_PERCENT,
        reckoned_with="",
        version=0,
    )
    choice = db.session.scalars(select(DeadlineChoice)).one()
    if (0 if made else choice.version) != seen:
        raise Stale(
            _(
                "Someone else changed this while you were writing. What you typed is kept below; "
                "compare it with what is there now and save again."
            )
        )
    # Targets are rows of their own: this makes two who set them at once meet at this row.
    flag_modified(choice, "amber_percent")
    return choice


def _check(priority: Priority, target: Target) -> None:
    if not 0 < target.response <= LONGEST or not 0 < target.resolution <= LONGEST:
        raise Refusal(
            _("A target lies between one minute and 400 working hours."),
            field=f"response_{priority}",
        )
    if target.resolution < target.response:
        raise Refusal(
            _("The end cannot be due before the first answer."), field=f"resolution_{priority}"
        )


def _told(targets: Mapping[str, Target]) -> str:
    """Return targets in working minutes, ``urgent 30/120``."""
    return ", ".join(
        f"{key} {target.response // 60}/{target.resolution // 60}"
        for key, target in sorted(targets.items())
    )
