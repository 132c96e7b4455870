"""Addresses for templates, made cheaply: a page of a list holds a hundred of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app, request, url_for
from jinja2.filters import do_urlencode

KEPT = "addresses without values"
HERE = "helpdesk.here"  # where a request keeps its own path and query, made ready


def address(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - whatever stands in an address
    """Return the address of an endpoint, as ``url_for`` does; one without values is made once."""
    if values or endpoint.startswith("."):
        return url_for(endpoint, **values)
    kept: dict[tuple[str, str], str] = current_app.extensions[KEPT]
    key = (request.script_root, endpoint)
    if key not in kept:
        kept[key] = url_for(endpoint)
    return kept[key]


def stem(endpoint: str, name: str) -> str:
    """Return what stands before the number at the end of an address.

    Args:
        endpoint: of pages like ``/tickets/<int:ticket_id>``.
        name: of the number, ``ticket_id``.
    """
    values: dict[str, Any] = {name: 0}
    return url_for(endpoint, **values).removesuffix("0")


def here(changes: Mapping[str, Any]) -> str:
    """Return the address of this page with some of its query changed; None takes a value out."""
    known = request.environ.get(HERE)
    if known is None:
        known = request.environ[HERE] = (
            do_urlencode(request.script_root + request.path),
            [
                (name, do_urlencode([(name, entry)]))
                for name, entries in request.args.lists()
                for entry in entries
            ],
        )
    path, asked = known
    parts = [part for name, part in asked if name not in changes]
    for name, value in changes.items():
        if value is not None:
            values = value if isinstance(value, list | tuple) else (value,)
            parts += [do_urlencode([(name, one)]) for one in values]
    return f"{path}?{'&'.join(parts)}" if parts else path


def install(app: Flask) -> None:
    """Give the templates their addresses."""
    app.extensions[KEPT] = {}
    app.jinja_env.globals.update(url_for=address, address_here=here, address_stem=stem)
