"""A person who uses the pages: reads a form as it is shown, fills it in, and presses its button.

A story told with it fails where a page does not offer what the story needs: a field, a choice, a
button. Only what stands on the page is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from kernel.thai import format_datetime
from office.approvals.models import Approval
from office.papers.models import IssuedPaper
from office.people.models import Person
from tests.factories.office import sign_in
from tests.office.papers.paper_reading import bare, codes, pages, texts

QR_DPI = 150
TICKS = ("checkbox", "radio")


@dataclass
class ShownForm:
    """One form of a page: where it goes, what stands in it, what may be chosen, its buttons."""

    action: str
    method: str
    values: MultiDict[str, Any] = field(default_factory=MultiDict)
    choices: dict[str, set[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[ShownForm] = []
        self._by_id: dict[str, ShownForm] = {}
        self._now: ShownForm | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._now = ShownForm(about.get("action", ""), about.get("method", "get").lower())
            self.forms.append(self._now)
            self._by_id[about.get("id", "")] = self._now
            return
        form = self._by_id.get(about["form"]) if "form" in about else self._now
        if form is None or "disabled" in about:
            return
        name = about.get("name", "")
        if tag == "button" and about.get("type", "submit") == "submit":
            form.buttons.append((name, about.get("value", "")))
        elif tag == "select":
            self._select = name
            form.choices[name] = set()
        elif tag == "option" and self._select:
            form.choices[self._select].add(about.get("value", ""))
            if "selected" in about or self._select not in form.values:
                form.values[self._select] = about.get("value", "")
        elif tag == "textarea" and name:
            self._area = name
            form.values[name] = ""
        elif tag == "input" and name:
            self._input(form, name, about)

    def _input(self, form: ShownForm, name: str, about: dict[str, str]) -> None:
        if about.get("type") in TICKS:
            form.choices.setdefault(name, set()).add(about.get("value", "on"))
            if "checked" in about:
                form.values.add(name, about.get("value", "on"))
        elif about.get("type") == "file":
            form.choices.setdefault(name, set())
        else:
            form.values.add(name, about.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area and self._now is not None:
            before = self._now.values[self._area]
            # A browser drops the line end that follows the tag.
            self._now.values[self._area] = before + (data if before else data.lstrip("\r\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._now = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def forms_of(html: str) -> list[ShownForm]:
    """Return the forms of a page in their order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


class Visitor:
    """Somebody at a browser, one page at a time."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        self.person: Person | None = None
        self.address = "/"
        self.text = ""

    def be(self, person: Person | None) -> None:
        """Sign in as somebody else."""
        assert person is not None
        self.person = sign_in(self._client, person)

    def another(self) -> Visitor:
        """Return a guest at another browser."""
        return Visitor(self._client.application.test_client())

    def open(self, address: str) -> str:
        """Open a page, which has to be there, and return it."""
        return self._arrived(self._client.get(address, follow_redirects=True))

    def pdf(self, address: str) -> bytes:
        """Return a paper that a page leads to."""
        answer = self._client.get(address, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.status_code)
        assert answer.data.startswith(b"%PDF"), address
        return answer.data

    def follow(self, stem: str) -> str:
        """Follow the first link of this page that begins so."""
        found = re.search(rf'href="({re.escape(stem)}[^"]*)"', self.text.split("<main")[-1])
        assert found, (self.address, "leads not to", stem)
        return self.open(unescape(found[1]))

    def send(self, action: str, button: str = "", /, **values: Any) -> str:
        """Fill in the form of this page that goes to an address, press its button, and go on.

        Args:
            action: how the form's address ends; "" for the form that goes to the page itself.
            button: the value of the button that is pressed, where there are several.
            values: what is typed or chosen; a list for several ticks.
        """
        form = self._form(action, values)
        data = form.values.copy()
        for name, value in values.items():
            assert name in data or name in form.choices, (self.address, name, "is no field")
            offered = form.choices.get(name) or set()
            wanted = value if isinstance(value, list) else [value]
            if offered:
                assert {str(one) for one in wanted} <= offered, (self.address, name, offered)
            data.setlist(name, wanted)
        plain = [one for one in form.buttons if not one[0]] or form.buttons
        pressed = [one for one in form.buttons if one[1] == button] if button else plain
        assert pressed, (self.address, action, "has no button", button)
        if pressed[0][0]:
            data[pressed[0][0]] = pressed[0][1]
        target = urljoin(self.address, form.action or self.address)
        files = any(isinstance(one, tuple) for one in data.values())
        kind = {"content_type": "multipart/form-data"} if files else {}
        return self._arrived(self._client.post(target, data=data, follow_redirects=True, **kind))

    def sign(self, approval_id: int, *signers: Person) -> None:
        """Let people find a request among what waits for them, and approve it."""
        for signer in signers:
            self.be(signer)
            page = f"/approvals/{approval_id}"
            assert page in self.open("/approvals"), (signer.name_th, "is not asked")
            self.open(page)
            self.send("/approve")

    def unconfirmed(self, pdf: bytes, issued: IssuedPaper, approval: Approval) -> list[str]:
        """Return what the page behind the QR of a paper does not confirm.

        It has to lie where the QR leads, and to say number, day, signers and the hash of what
        was signed.
        """
        found = {
            text.rsplit("/", 1)[-1] for page in pages(pdf, QR_DPI) for text, *_at in codes(page)
        }
        if issued.code not in found:
            return [f"the QR leads to {found}"]
        said = self._client.application.test_client().get(f"/papers/check/{issued.code}").text
        signed = [one["name"] for one in issued.signers]
        day = format_datetime(issued.issued_at, language="th")
        wanted = [approval.number, day, approval.snapshot_hash, *signed]
        wrong = [word for word in wanted if word not in said]
        return wrong if signed else [*wrong, "nobody signed"]

    def _form(self, action: str, values: dict[str, Any]) -> ShownForm:
        found = [
            one
            for one in forms_of(self.text)
            if one.method == "post"
            and set(values) <= set(one.values) | set(one.choices)
            and self._path(one).endswith(action or urlsplit(self.address).path)
        ]
        assert found, (self.address, action, [one.action for one in forms_of(self.text)])
        return found[0]

    def _path(self, form: ShownForm) -> str:
        return urlsplit(urljoin(self.address, form.action or self.address)).path

    def _arrived(self, answer: TestResponse) -> str:
        assert answer.status_code == 200, (answer.request.path, answer.status_code, told(answer))
        self.address, self.text = answer.request.path, answer.text
        return self.text


def told(answer: TestResponse) -> list[str]:
    """Return the sentences of a refused page that say what is wrong."""
    marked = re.findall(
        r'<p class="field-error".*?</p>|notice-danger.*?</div>', answer.text, re.DOTALL
    )
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in marked]


def read(pdf: bytes) -> str:
    """Return the text of a paper, without gaps."""
    return "".join(texts(pdf))


def missing(text: str, *words: str) -> list[str]:
    """Return the words that a paper's text does not hold."""
    return [word for word in words if bare(word) not in text]
