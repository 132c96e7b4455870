"""After signing in, remember in the session whether the privacy notice is still to be read.

The question is asked once per sign-in, so no page pays for it.
"""

from __future__ import annotations

from flask import Flask, Response, request, session

from kernel.access import viewer
from office.people.session import SignedIn
from office.privacy import queries

UNREAD = "privacy_unread"


def install(app: Flask) -> None:
    """Look at every sign-in from here on."""

    @app.after_request
    def welcome(answer: Response) -> Response:
        if request.method == "POST" and request.endpoint and viewer().is_guest:
            now = SignedIn.from_cookie(str(session.get("_user_id", "")))
            if now is not None and not queries.has_read(now.person_id):
                session[UNREAD] = True
        return answer
