"""Addresses of other systems that are told of acts: set one up, and how far each has been told."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from fnmatch import fnmatch
from urllib.parse import urlsplit

from sqlalchemy import func, select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping.models import AuditEntry
from office.notifications.models import Hook
from office.notifications.rules.deliveries import LONGEST_REASON, PAUSES

ACT = re.compile(r"[a-z_*]+\.[a-z_*]+")
# So many entries are looked through at once; most of them are of no interest to a hook.
A_STRETCH = 500


def add(name: str, url: str, acts: str, *, by: Viewer) -> Hook:
    """Set up a hook that is told of what happens from now on.

    Args:
        name: what the office calls the other system.
        url: where it listens; ``http`` or ``https``.
        acts: the wanted acts, one a line: ``ticket.closed``, ``ticket.*``.
        by: who sets it up.

    Refuses an address that is none, and acts of which a line is no act.
    """
    last = db.session.scalar(select(func.max(AuditEntry.id))) or 0
    hook = Hook(
        name=name,
        url=_address(url),
        acts=_acts(acts),
        secret=secrets.token_urlsafe(32),
        last_entry_id=last,
        next_try_at=clock.now(),
    )
    db.session.add(hook)
    audit.record("set_up", hook, by=by, after={"name": name, "url": hook.url, "acts": hook.acts})
    return hook


def edit(hook: Hook, name: str, url: str, acts: str, *, active: bool, by: Viewer) -> None:
    """Change a hook. One that is switched on again is told of what happens from then on."""
    if active and not hook.active:
        hook.last_entry_id = db.session.scalar(select(func.max(AuditEntry.id))) or 0
    changes = {"name": name, "url": _address(url), "acts": _acts(acts), "active": active}
    if audit.record_changes("edited", hook, changes, by=by):
        hook.attempts, hook.next_try_at, hook.last_error = 0, clock.now(), ""


def remove(hook: Hook, *, by: Viewer) -> None:
    """Take a hook away."""
    audit.record("removed", hook, by=by, before={"name": hook.name, "url": hook.url})
    db.session.delete(hook)


def due() -> Sequence[int]:
    """Return the hooks that may be told now."""
    return db.session.scalars(
        select(Hook.id).where(Hook.active, Hook.next_try_at <= clock.now()).order_by(Hook.id)
    ).all()


def next_entry(hook: Hook) -> AuditEntry | None:
    """Return the next act to tell, passing over what the hook does not want."""
    wanted = hook.acts.split()
    found = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.id > hook.last_entry_id)
        .order_by(AuditEntry.id)
        .limit(A_STRETCH)
    )
    for entry in found:
        if any(fnmatch(event_of(entry), one) for one in wanted):
            return entry
        hook.last_entry_id = entry.id
    return None


def event_of(entry: AuditEntry) -> str:
    """Return what an act is called outside: ``ticket.closed``."""
    return f"{entry.subject_kind}.{entry.act}"


def told(hook: Hook, entry_id: int) -> None:
    """Write down that the other system took an act."""
    if hook.last_entry_id < entry_id:
        hook.last_entry_id = entry_id
        hook.told_at, hook.attempts, hook.last_error = clock.now(), 0, ""


def postpone(hook: Hook, reason: str) -> None:
    """Try later; after a day in vain the hook is switched off, so that somebody looks."""
    hook.attempts += 1
    hook.last_error = reason[:LONGEST_REASON]
    if hook.attempts > len(PAUSES):
        hook.active = False
        audit.record("gave_up", hook, by=Viewer(name="timetable"), after={"reason": reason[:200]})
        return
    hook.next_try_at = clock.now() + PAUSES[hook.attempts - 1]


def _address(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise Refusal(_("Write the whole address, beginning with https://"), field="url")
    return url.strip()


def _acts(typed: str) -> str:
    acts = typed.split()
    for act in acts:
        if ACT.fullmatch(act) is None:
            raise Refusal(
                _("“%(act)s” is not an act. Write them like ticket.closed or ticket.*", act=act),
                field="acts",
            )
    if not acts:
        raise Refusal(_("Say at least one act, such as ticket.*"), field="acts")
    return "\n".join(acts)
