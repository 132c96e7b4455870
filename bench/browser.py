"""A browser that keeps its cookies, who is signed in with it, and the forms that it sends."""

from __future__ import annotations

import http.client
import re
from urllib.parse import urlencode

from flask.testing import FlaskClient

from office.people.session import SignedIn


class Refused(RuntimeError):
    """The server answered with a problem; ``status`` says which."""

    def __init__(self, status: int, about: str) -> None:
        super().__init__(f"{status} {about}")
        self.status = status


class Browser:
    """One connection that keeps its cookies."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._port, self._cookie = port, cookie
        self.location = ""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> bytes:
        """Return a page; anything but 200 is an error of the bench."""
        return self._send("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> bytes:
        """Send a form and return the answer."""
        return self._send("POST", path, urlencode(fields))

    def _send(self, method: str, path: str, body: str | None) -> bytes:
        headers = {"Cookie": self._cookie} if self._cookie else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        data = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self._cookie = line.split(";", 1)[0]
        self.location = answer.headers.get("Location", "")
        if answer.status not in (200, 302, 303):
            raise Refused(answer.status, f"{method} {path}: {data[:300]!r}")
        return data


def cookie_of(client: FlaskClient, person_id: int) -> str:
    """Sign a seeded person in with a test browser and return the cookie for any other one."""
    with client.session_transaction() as session:
        session["_user_id"] = SignedIn(person_id, 1).get_id()
        session["_fresh"] = True
    cookie = client.get_cookie("helpdesk")
    if cookie is None:
        raise RuntimeError("no cookie after signing in")
    return f"helpdesk={cookie.value}"


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page."""
    fields = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            fields[name.group(1)] = value.group(1) if value else ""
    return fields


def form_of(page: str, ending: str) -> str:
    """Return the part of a page that is the form whose address ends so."""
    found = re.search(rf'<form[^>]*action="[^"]*{re.escape(ending)}".*?</form>', page, re.DOTALL)
    if found is None:
        raise RuntimeError(f"no form {ending}")
    return found.group()


def report_fields(page: str) -> dict[str, str]:
    """Return what a browser sends from a report page that a guest filled in."""
    chip = re.search(r'name="symptoms"[^>]*value="(\d+)"', page)
    filled = {"detail": "เปิดไม่ติด", "name": "ครูตัวอย่าง", "contact": "0800000000", "about": "other"}
    return {**hidden(page), **filled, **({"symptoms": chip.group(1)} if chip else {})}
