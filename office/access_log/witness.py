"""Sees every answer and leaves one line for those that the access log is about.

What each address means is told once by ``watch``; sign-ins, files and removals are seen by
themselves. Own data is nobody else's business: who looks at the own page leaves no line.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, g, request, session

from config import Settings
from kernel import clock
from kernel.access import viewer
from office.access_log.spool import Spool, log
from office.access_log.states import Action
from office.people import queries as people
from office.people.session import SignedIn

SPOOL = "access log spool"
GOOD = 400
REMOVING = re.compile(r"\.(remove|delete|forget|drop)(_|$)")
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Line/", "LINE"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


@dataclass(frozen=True)
class Watch:
    """What an address means to the log.

    Attributes:
        action: what it does.
        kind: of the thing it is about.
        name: of the number in the address that says which one; blank for lists.
    """

    action: Action
    kind: str
    name: str = ""


_watched: dict[str, Watch] = {}


def watch(table: Mapping[str, Watch]) -> None:
    """Say what addresses mean; a second word on one replaces the first."""
    _watched.update(table)


def watched() -> Mapping[str, Watch]:
    """Return what was said of addresses."""
    return _watched


def install(app: Flask, settings: Settings) -> None:
    """Look at every answer from here on."""
    app.extensions[SPOOL] = Spool(settings.var_dir / "access_log")

    @app.after_request
    def witness(answer: Response) -> Response:
        if request.endpoint not in (None, "static"):
            try:
                _look(answer)
            except (OSError, ValueError):
                log.exception("access log: a line could not be kept")
        return answer


def spool_here() -> Spool:
    """Return the lines of this host."""
    kept: Spool = current_app.extensions[SPOOL]
    return kept


def _look(answer: Response) -> None:
    endpoint, me = str(request.endpoint), viewer().id
    signed_in = _signed_in(endpoint, answer, me)
    if signed_in is not None:
        _write(*signed_in)
        return
    if me is None or answer.status_code >= GOOD:
        return
    seen = _seen(endpoint, answer)
    if seen is None:
        return
    subject_id = (request.view_args or {}).get(seen.name) if seen.name else None
    if seen.action == Action.READ and seen.kind == "person" and subject_id == me:
        return
    _write(seen.action, me, seen.kind, subject_id)


def _signed_in(
    endpoint: str, answer: Response, me: int | None
) -> tuple[Action, int | None, str, int | None] | None:
    if request.method != "POST":
        return None
    if me is None:
        now = SignedIn.from_cookie(str(session.get("_user_id", "")))
        if now is not None:
            return Action.SIGNED_IN, now.person_id, "person", now.person_id
        if endpoint == "people.sign_in" and answer.status_code >= GOOD:
            # What was typed is not kept: it may be a password in the wrong place.
            known = people.by_login(request.form.get("login", "")[:254])
            return Action.SIGN_IN_FAILED, None, "person", known.id if known else None
    elif endpoint in ("people.sign_out", "people.sign_out_everywhere"):
        return Action.SIGNED_OUT, me, "person", me
    return None


def _seen(endpoint: str, answer: Response) -> Watch | None:
    told = _watched.get(endpoint)
    changing = request.method == "POST"
    if told is not None and changing == (told.action in (Action.RIGHTS, Action.REMOVED)):
        return told
    if answer.headers.get("Content-Disposition", "").startswith("attachment"):
        return Watch(
            Action.EXPORTED, told.kind if told else endpoint[:40], told.name if told else ""
        )
    if changing and REMOVING.search(endpoint):
        numbers = [name for name, value in (request.view_args or {}).items() if type(value) is int]
        return Watch(Action.REMOVED, endpoint[:40], numbers[-1] if numbers else "")
    return None


def _write(action: Action, person_id: int | None, kind: str, subject_id: Any) -> None:  # noqa: ANN401 - from the address
    line = {
        "key": secrets.token_hex(16),
        "at": clock.now().isoformat(),
        "person_id": person_id,
        "address": (request.remote_addr or "")[:45],
        "device": device_words(request.headers.get("User-Agent", "")),
        "action": action.value,
        "subject_kind": kind,
        "subject_id": subject_id if isinstance(subject_id, int) else None,
        "path": request.full_path.rstrip("?").replace("\0", "")[:300],
        "request_id": str(g.get("request_id", ""))[:32],
    }
    spool_here().write(line)


def device_words(agent: str) -> str:
    """Return a device as people call it: ``Chrome, Android``; blank where nothing is known."""
    browser = next((word for sign, word in BROWSERS if sign in agent), "")
    system = next((word for sign, word in SYSTEMS if sign in agent), "")
    known = ", ".join(word for word in (browser, system) if word)
    return known or agent.partition(" ")[0][:80]
