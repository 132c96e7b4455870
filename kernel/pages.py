"""What every page shares: filters, headers, fingerprints, paging and the pages for problems."""

from __future__ import annotations

import gzip
import hashlib
import logging
import re
import secrets
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import psycopg
from flask import (
    Flask,
    Response,
    current_app,
    g,
    has_request_context,
    jsonify,
    render_template,
    request,
    url_for,
)
from flask.templating import Environment
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from kernel import addresses, clock, errors, i18n, markup, thai
from kernel.db import db
from kernel.i18n import gettext as _

log = logging.getLogger(__name__)
Row = TypeVar("Row")

CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
SMALLEST_GZIP = 900
PLAIN_BUG = '<!doctype html><meta charset="utf-8"><title>{}</title><p>{} <code>{}</code>'
MOST_COUNTED = 999
DRAINED_BYTES = 300 * 1024 * 1024


PAGE_ASKED = re.compile(r"([0-9]{1,6})(?:(after|before)([0-9]{1,15}))?", re.ASCII)


@dataclass(frozen=True)
class Mark:
    """A row beside the page: the last one before it, or ``is_behind``, the first one after it."""

    row_id: int
    is_behind: bool = False


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list: its rows, its number from 1, and whether another one follows."""

    rows: Sequence[Row]
    number: int
    more: bool
    size: int


def page_number() -> int:
    """Return the page that the address asks for, 1 where it asks for none or for nonsense."""
    asked = _page_asked()
    return min(max(int(asked[1]), 1), 100_000) if asked else 1


def page_mark() -> Mark | None:
    """Return the row that the address says the page lies beside: ``21after4711``."""
    asked = _page_asked()
    return Mark(int(asked[3]), asked[2] == "before") if asked and asked[2] else None


def _page_asked() -> re.Match[str] | None:
    return PAGE_ASKED.fullmatch(request.args.get("page", "1"))


def paged(found: Sequence[Row], number: int, size: int) -> Page[Row]:
    """Make a page out of up to ``size + 1`` rows, the last one telling that more follow."""
    return Page(found[:size], number, len(found) > size, size)


def local_address(target: str | None, fallback: str) -> str:
    """Return an address of this service to go on to, never one of another site."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    if not target.isprintable():  # a line break would begin a header of its own
        return fallback
    parts = urlsplit(target)
    return fallback if parts.netloc or parts.scheme else target


class Templates(Environment):
    """The templates, each of which has what all of them have in a dictionary of its own.

    Every import in a template compares these names with those of the page; Jinja's chain of two
    dictionaries compares them one by one, which took a twentieth of a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names that a template knows; nothing may be added to them afterwards."""
        return {**self.globals, **(d or {})}


def install_pages(app: Flask) -> None:
    """Put filters, globals, headers and problem pages into the application."""
    app.jinja_environment = Templates
    # There are more templates than the 400 that Jinja keeps; the rest were compiled each time.
    app.jinja_options = {**app.jinja_options, "cache_size": -1}
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    markup.install(app)
    addresses.install(app)
    _install_filters(app)
    static = Path(app.static_folder or "")
    app.jinja_env.globals["static_url"] = lambda name: _static_url(static, name)
    app.before_request(_name_request)
    app.after_request(_harden)
    app.after_request(_compress)
    app.register_error_handler(errors.Refusal, _show_refusal)
    app.register_error_handler(HTTPException, _show_http_problem)
    app.register_error_handler(OperationalError, _show_unreachable)
    app.register_error_handler(Exception, _show_bug)


def _install_filters(app: Flask) -> None:
    filters = app.jinja_env.filters
    filters["date"] = lambda day: show_date(day, "short")
    filters["date_long"] = lambda day: show_date(day, "long")
    filters["date_weekday"] = lambda day: show_date(day, "weekday")
    filters["date_numeric"] = lambda day: show_date(day, "numeric")
    filters["datetime"] = show_moment
    filters["time"] = show_time
    filters["ago"] = ago
    filters["money"] = show_money
    filters["number"] = lambda number: "" if number is None else f"{number:,}"
    filters["counted"] = show_count


def show_date(day: date | datetime | None, style: thai.Style) -> str:
    """Return a day in the reader's language: Buddhist era in Thai, Common Era in English."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = clock.local(day).date()
    return thai.format_date(day, language=i18n.language(), style=style)


def show_moment(moment: datetime | None) -> str:
    """Return day and time in Bangkok in the reader's language."""
    return "" if moment is None else thai.format_datetime(moment, language=i18n.language())


def show_time(moment: datetime) -> str:
    """Return the time of day in Bangkok as the reader writes it: 13.30 or 13:30."""
    return clock.local(moment).strftime("%H.%M" if i18n.language() == "th" else "%H:%M")


def show_money(amount: Decimal | None) -> str:
    """Return an amount with two places and commas."""
    return "" if amount is None else f"{amount:,.2f}"


def show_count(count: int, most: int = MOST_COUNTED) -> str:
    """Return a count that stopped at ``most`` + 1: ``999+`` for what is more."""
    return f"{most:,}+" if count > most else f"{count:,}"


def ago(moment: datetime) -> str:
    """Return how far a moment lies back or ahead, roughly, in words."""
    seconds = (clock.now() - moment).total_seconds()
    minutes = int(abs(seconds) // 60)
    if minutes < 1:
        return _("just now")
    amount, unit = _rough(minutes)
    if seconds < 0:
        return _("in %(time)s", time=unit % {"number": amount})
    return _("%(time)s ago", time=unit % {"number": amount})


def _rough(minutes: int) -> tuple[int, str]:
    hours, days = minutes // 60, minutes // 1440
    if hours < 1:
        return minutes, i18n.ngettext("%(number)s minute", "%(number)s minutes", minutes)
    if days < 1:
        return hours, i18n.ngettext("%(number)s hour", "%(number)s hours", hours)
    return days, i18n.ngettext("%(number)s day", "%(number)s days", days)


@cache
def _fingerprint(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


@cache
def _lasting_url(folder: Path, name: str, _root: str) -> str:
    return _fresh_url(folder, name)


def _fresh_url(folder: Path, name: str) -> str:
    path = folder / name
    return url_for("static", filename=name, v=_fingerprint(path, path.stat().st_mtime_ns))


def _static_url(folder: Path, name: str) -> str:
    if current_app.debug:
        return _fresh_url(folder, name)
    return _lasting_url(folder, name, request.script_root if has_request_context() else "")


def _name_request() -> None:
    g.request_id = secrets.token_hex(8)


def _harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers["X-Request-Id"] = g.get("request_id", "")
    if request.endpoint == "static" and "v" in request.args:
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _compress(response: Response) -> Response:
    kinds = ("text/", "application/json", "application/javascript", "image/svg+xml")
    wanted = "gzip" in request.headers.get("Accept-Encoding", "").lower()
    if not wanted or not (response.mimetype or "").startswith(kinds):
        return response
    if response.is_streamed and not response.direct_passthrough:
        return response
    if response.status_code in (204, 206, 304) or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) >= SMALLEST_GZIP:
        response.set_data(gzip.compress(data, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def wants_json() -> bool:
    """Tell whether the caller is a program that asked for JSON."""
    return request.path.startswith("/api/") or (
        request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    )


def problem(
    status: int, code: str, title: str, sentence: str, advice: str = ""
) -> ResponseReturnValue:
    """Return the page (or the JSON) that tells about a problem."""
    db.session.rollback()
    if wants_json():
        return jsonify(code=code, message=sentence, request_id=g.get("request_id", "")), status
    page = render_template(
        "errors/problem.html",
        title=title,
        sentence=sentence,
        advice=advice,
        code=status,
        kind=code,
        request_id=g.get("request_id", ""),
    )
    return page, status


def _show_refusal(refusal: errors.Refusal) -> ResponseReturnValue:
    titles = {
        403: _("This is not open to you"),
        404: _("Not found"),
        409: _("Changed by someone else"),
        413: _("Too large"),
        429: _("Too many at once"),
        503: _("Please try again in a moment"),
    }
    title = titles.get(refusal.status, _("This cannot be done"))
    if isinstance(refusal, errors.Gone):
        title = _("This link does not work any more")
    if wants_json():
        body = {"code": refusal.code, "message": refusal.message, "field": refusal.field}
        db.session.rollback()
        return jsonify(body), refusal.status
    return problem(refusal.status, refusal.code, title, refusal.message)


def _show_http_problem(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    if isinstance(error, RequestEntityTooLarge):
        _drain()
        return problem(
            413,
            "too_large",
            _("Too large"),
            _("What was sent is too large for the service, so nothing was saved."),
            _("Send fewer or smaller photos; one photo may weigh up to 15 MB."),
        )
    if error.code == 404:
        return problem(404, "not_found", _("Not found"), _("There is no page at this address."))
    if error.code == 405:
        return problem(
            405, "not_allowed", _("Not found"), _("This address cannot be opened this way.")
        )
    return problem(
        error.code,
        "bad_request",
        _("This cannot be done"),
        _("The request could not be understood."),
    )


def _drain() -> None:
    """Read on what the browser still sends, so that it listens to the answer."""
    stream, left = request.environ["wsgi.input"], DRAINED_BYTES
    while left > 0:
        chunk = stream.read(min(left, 1 << 20))
        if not chunk:
            return
        left -= len(chunk)


def _show_unreachable(error: OperationalError) -> ResponseReturnValue:
    """Ask for patience while the database server restarts; what else it says is a bug."""
    if not isinstance(error.orig, psycopg.OperationalError):
        return _show_bug(error)
    log.warning("request %s: the database is out of reach: %s", g.get("request_id", ""), error.orig)
    said = _(
        "The service cannot reach its database right now. What you sent may not have been saved. "
        "Please send it again in a moment; it is saved only once."
    )
    try:
        return problem(503, "unreachable", _("Please try again in a moment"), said)
    except Exception:
        # The layout may ask the database too; then the plainest page must do.
        log.exception("request %s: the page about it failed", g.get("request_id", ""))
        return Response(PLAIN_BUG.format(503, said, g.get("request_id", "")), 503)


def _show_bug(error: Exception) -> ResponseReturnValue:
    log.error("request %s failed", g.get("request_id", ""), exc_info=error)
    try:
        return _bug_page()
    except Exception:
        # The mistake may lie in the layout itself; then the plainest page must do.
        log.exception("the page about it failed too")
        said = _("The service made a mistake. What you sent may not have been saved.")
        return Response(PLAIN_BUG.format(500, said, g.get("request_id", "")), 500)


def _bug_page() -> ResponseReturnValue:
    return problem(
        500,
        "bug",
        _("Something went wrong on our side"),
        _("The service made a mistake. What you sent may not have been saved."),
        _("Try again; if it happens once more, tell the ICT group the code below."),
    )
