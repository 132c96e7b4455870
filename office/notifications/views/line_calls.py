"""What LINE calls us with: somebody sent a code, added the office's account, or blocked it.

The answer is given at once, as LINE wants it; replies cost nothing and are the only thing sent
here. A text that is no code is answered with where to go, a few times an hour.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from config import Settings
from kernel.access import public
from kernel.errors import NotFound, TooMany
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.work import work
from office.bookkeeping.rules import count_try
from office.notifications.rules import line
from office.notifications.ways import line as line_way
from office.notifications.ways.line import Line

blueprint = Blueprint("line_calls", __name__)
MOST_ANSWERS, ANSWERS_IN = 6, 3600


@blueprint.post("/line/webhook")
@public
def called() -> ResponseReturnValue:
    """Take LINE's events; a call that LINE did not sign is refused without a word."""
    settings: Settings = current_app.extensions["settings"]
    if not (settings.line_secret and settings.line_token):
        raise NotFound(_("There is no such page."))
    body = request.get_data(cache=False)
    signature = request.headers.get("X-Line-Signature", "")
    if not line_way.is_signed(body, signature, settings.line_secret):
        return "", 403
    try:
        events = json.loads(body).get("events", [])
    except (ValueError, AttributeError):
        return "", 400
    api = Line(settings.line_url, settings.line_token)
    for event in events if isinstance(events, list) else []:
        if isinstance(event, dict):
            _take(event, api)
    return "", 200


def _take(event: dict[str, Any], api: Line) -> None:
    source = event.get("source")
    user_id = str(source.get("userId", "")) if isinstance(source, dict) else ""
    if not user_id or not isinstance(source, dict) or source.get("type") != "user":
        return
    if event.get("type") == "unfollow":
        with work():
            line.forget(user_id)
        return
    answer = _answer_to(event, user_id)
    token = str(event.get("replyToken", ""))
    if answer and token and _may_answer(user_id):
        api.reply(token, answer)


def _answer_to(event: dict[str, Any], user_id: str) -> str:
    message = event.get("message")
    with speaking("th"):
        if event.get("type") == "follow":
            return _("Please send the code that stands on your page “How I am told”.")
        if event.get("type") != "message" or not isinstance(message, dict):
            return ""
        with work():
            person = line.bind(str(message.get("text", ""))[:100], user_id)
        if person is None:
            return _(
                "Nobody reads here. To get messages, send the code that stands on your page "
                "“How I am told” of the service desk."
            )
        return _("%(name)s: messages come here from now on.", name=person.name_th)


def _may_answer(user_id: str) -> bool:
    try:
        with work():
            count_try(f"line:{user_id}", most=MOST_ANSWERS, seconds=ANSWERS_IN, sentence="")
    except TooMany:
        return False
    return True
