"""Pages for problems: there is always one, even when the layout itself is broken."""

from __future__ import annotations

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from kernel import pages


def test_a_mistake_in_the_layout_still_gets_a_page(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str, **context: object) -> str:
        if name.startswith("errors/"):
            raise RuntimeError("the layout is broken")
        return render_template(name, **context)

    monkeypatch.setattr(pages, "render_template", broken)
    monkeypatch.setitem(app.view_functions, "health.alive", _fails)

    answer = client.get("/healthz")
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert answer.headers["X-Request-Id"] in answer.text


def _fails() -> str:
    raise RuntimeError("a mistake in a view")


_fails.access = "public"  # type: ignore[attr-defined]
