"""Sends kept files to browsers: whole or in parts, under their right name, unable to do harm.

What people sent is shown in a sandbox: it can run nothing and reach nothing, and no browser
guesses that it is something else. A PDF alone is not put into the sandbox, where browsers refuse
to open their viewer; that viewer has a sandbox of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from urllib.parse import quote

from flask import Response, request

from kernel.documents import PDF, TEXT
from kernel.files import store

SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; frame-ancestors 'self'"
)
VIEWER = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def send_kept(key: str, *, media: str, name: str, inline: bool) -> Response:
    """Return a file of the store as an answer; parts of it where the browser asks for them.

    Args:
        key: of the file.
        media: what it is, as was decided when it was taken.
        name: under which a browser saves it; Thai is fine.
        inline: to be looked at; otherwise to be saved.

    Raises:
        NotFound: it is not in the store.
        Busy: the store does not answer.
    """
    tag = key.partition(".")[0]
    if tag in request.if_none_match:
        return _dressed(Response(status=304), tag, media, name, inline=inline)
    size = store().look(key).size
    start, end, status = _asked(size, tag)
    if status == 416:
        refused = _dressed(Response(status=416), tag, media, name, inline=inline)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    body: Iterator[bytes] = iter(())
    if request.method != "HEAD":
        body = store().part(key, start, end - start)
    answer = Response(body, status=status, direct_passthrough=True)
    answer.headers["Content-Length"] = str(end - start)
    if status == 206:
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return _dressed(answer, tag, media, name, inline=inline)


def disposition(name: str, *, inline: bool) -> str:
    """Return the header that gives a download its name, for new and for old programs (RFC 5987)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    plain = "".join(one for one in plain if one.isalnum() or one in " ._-()").strip(" ")
    if plain.startswith(".") or not plain:
        plain = f"document{plain}"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _asked(size: int, tag: str) -> tuple[int, int, int]:
    """Return from where to where is asked, and with which status it is answered."""
    wanted = request.range
    condition = request.if_range
    stale = "If-Range" in request.headers and condition.etag != tag
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1 or stale:
        return 0, size, 200
    found = wanted.range_for_length(size)
    return (0, 0, 416) if found is None else (*found, 206)


def _dressed(answer: Response, tag: str, media: str, name: str, *, inline: bool) -> Response:
    answer.set_etag(tag)
    headers = answer.headers
    headers["Content-Type"] = f"{media}; charset=utf-8" if media == TEXT else media
    headers["Content-Disposition"] = disposition(name, inline=inline)
    headers["Content-Security-Policy"] = VIEWER if media == PDF else SANDBOX
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Accept-Ranges"] = "bytes"
    # Who may see it is asked every time; only the bytes are not sent again.
    headers["Cache-Control"] = "private, no-cache"
    return answer
