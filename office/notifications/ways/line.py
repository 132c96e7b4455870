"""LINE's Messaging API: push a text, answer an event, ask how many may still be sent, check a call.

Facts (2026): a push is repeated safely with the same ``X-Line-Retry-Key`` for 24 hours (409: it was
taken before); 429 says either "too fast" or that the month's number is used up; answers to an event
are free; what LINE calls us with is signed with the channel's secret over the raw body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import requests

from office.notifications.ways.fates import Answer, Fate

SECONDS = 15
LONGEST_TEXT = 4900
TOO_MANY, CONFLICT, SERVER_ERRORS = 429, 409, 500


class Line:
    """The office's LINE account.

    Args:
        url: where the API is, ``https://api.line.me``.
        token: the channel access token.
    """

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"}

    def push(self, user_id: str, text: str, retry_key: str) -> Answer:
        """Send one text to one account; the same key never arrives twice."""
        body = {"to": user_id, "messages": [{"type": "text", "text": shortened(text)}]}
        try:
            said = self._post("/v2/bot/message/push", body, {"X-Line-Retry-Key": retry_key})
        except requests.RequestException as error:
            return Answer(Fate.LATER, f"{type(error).__name__}: {error}", open=False)
        if said.ok or said.status_code == CONFLICT:
            return Answer(Fate.SENT)
        reason = f"{said.status_code} {_words(said)}"
        if said.status_code == TOO_MANY:
            used_up = "monthly limit" in reason
            return Answer(Fate.FULL if used_up else Fate.LATER, reason, open=False)
        if said.status_code in (401, 403) or said.status_code >= SERVER_ERRORS:
            return Answer(Fate.LATER, reason, open=False)
        return Answer(Fate.REFUSED, reason)

    def reply(self, reply_token: str, text: str) -> bool:
        """Answer an event, which costs nothing; tell whether LINE took it."""
        body = {"replyToken": reply_token, "messages": [{"type": "text", "text": shortened(text)}]}
        try:
            return self._post("/v2/bot/message/reply", body, {}).ok
        except requests.RequestException:
            return False

    def left_this_month(self) -> int | None:
        """Return how many messages may still be pushed this month; None: without a limit.

        Raises:
            requests.RequestException: LINE did not answer, or not with what it should.
        """
        limit = self._get("/v2/bot/message/quota")
        if limit.get("type") != "limited":
            return None
        used = self._get("/v2/bot/message/quota/consumption")
        return max(int(limit["value"]) - int(used["totalUsage"]), 0)

    def _post(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> requests.Response:
        return requests.post(
            self._url + path,
            json=body,
            headers={**self._headers, **headers},
            timeout=SECONDS,
            allow_redirects=False,
        )

    def _get(self, path: str) -> dict[str, Any]:
        said = requests.get(
            self._url + path, headers=self._headers, timeout=SECONDS, allow_redirects=False
        )
        said.raise_for_status()
        found: dict[str, Any] = said.json()
        return found


def shortened(text: str) -> str:
    """Return a text that LINE takes: it counts units of UTF-16, and takes 5,000 of them."""
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return text
    cut = text.encode("utf-16-le")[: LONGEST_TEXT * 2].decode("utf-16-le", "ignore")
    return cut + "…"


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Tell whether a call came from LINE: its signature is made of the raw body with our secret."""
    made = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(made), signature.encode())


def _words(said: requests.Response) -> str:
    try:
        return str(said.json().get("message", ""))[:200]
    except (ValueError, AttributeError):
        return said.text[:200]
