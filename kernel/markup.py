"""Words and icons for templates, each made once: a list page draws hundreds of them.

Translations come from our own catalogues, so they are markup already; the values put into them
are escaped. An icon points into the sprite, or is drawn inline on guest pages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g
from markupsafe import Markup

from kernel import i18n

MOST_KEPT = 8192


@lru_cache(MOST_KEPT)
def _said(language: str, context: str | None, message: str) -> Markup:
    words = i18n.catalogue(language)
    return Markup(words.pgettext(context, message) if context else words.gettext(message))  # noqa: S704 - our own catalogue


def gettext(message: str, **values: Any) -> Markup:  # noqa: ANN401 - anything that can be shown
    """Return a message as markup in the language spoken now; values are escaped."""
    said = _said(i18n.language(), None, message)
    return said % values if values else said


def pgettext(context: str, message: str, **values: Any) -> Markup:  # noqa: ANN401
    """Return a message in the sense named by the context."""
    said = _said(i18n.language(), context, message)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, **values: Any) -> Markup:  # noqa: ANN401
    """Return the form that fits the number; ``%(number)s`` and ``%(num)s`` are filled in."""
    said = i18n.catalogue(i18n.language()).ngettext(one, many, number)
    return Markup(said) % {"number": number, "num": number, **values}  # noqa: S704 - our catalogue


def icon(name: str, label: object = None, cls: str = "") -> Markup:
    """Return one icon.

    Args:
        name: of the sprite's icons, listed in ``tools/icons.txt``.
        label: for an icon that stands alone: what a screen reader says.
        cls: ``icon-lg`` or ``icon-xl`` for a larger one.
    """
    guest = bool(g.get("guest_page"))
    if label:
        return _icon(name, str(label), cls, guest)
    return _plain_icon(name, cls, guest)


@lru_cache(MOST_KEPT)
def _plain_icon(name: str, cls: str, guest: bool) -> Markup:  # noqa: FBT001 - a cache key
    return _icon(name, "", cls, guest)


def _icon(name: str, label: str, cls: str, guest: bool) -> Markup:  # noqa: FBT001
    role = Markup('role="img" aria-label="{}"').format(label) if label else 'aria-hidden="true"'
    drawn = _inline(name) if guest else Markup("")
    head = Markup('<svg class="icon{}" {}').format(f" {cls}" if cls else "", Markup(role))  # noqa: S704
    if drawn:
        return Markup('{} viewBox="0 0 16 16">{}</svg>').format(head, drawn)
    sprite = current_app.jinja_env.globals["static_url"]("icons.svg")  # type: ignore[operator]
    return Markup('{}><use href="{}#{}"></use></svg>').format(head, sprite, name)


def _inline(name: str) -> Markup:
    drawings: Any = current_app.jinja_env.get_template("_components/inline_icons.html").module
    return Markup(drawings.drawing(name))  # noqa: S704 - our own drawing


def install(app: Flask) -> None:
    """Give the templates their words and icons."""
    app.jinja_env.globals.update(
        _=gettext, gettext=gettext, pgettext=pgettext, ngettext=ngettext, draw_icon=icon
    )
