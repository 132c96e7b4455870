"""The small things of every page, in Python because a list draws hundreds of them.

Words, icons, badges and times left are made once for each language and kept. Translations come
from our own catalogues, so they are markup already; the values put into them are escaped. An icon
points into the sprite, or is drawn inline on guest pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request
from markupsafe import Markup

from kernel import i18n, thai

MOST_KEPT = 8192
SOON = 4 * 3600
OPTION = Markup('<option value="{}"{}>{}</option>')
SELECTED = Markup(" selected")
BADGE = Markup('<span class="badge badge-{}"{}>{}{}</span>')
DUE = Markup('<span class="due due-{}">{}<span>{}</span>')
DUE_END = Markup("</span>")
DUE_AT = Markup(' <time class="due-at" datetime="{}">{}</time>')


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
    """Return the form that fits the number; ``%(number)s`` and ``%(num)s`` filled in: ``1,009``."""
    said = i18n.catalogue(i18n.language()).ngettext(one, many, number)
    return Markup(said) % {"number": f"{number:,}", "num": f"{number:,}", **values}  # noqa: S704 - our catalogue


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


def badge(label: object, tone: str = "neutral", icon: str | None = None, title: str = "") -> Markup:
    """Return what state a thing is in: always a word, with an icon where one helps."""
    said = label if isinstance(label, Markup) else str(label)
    return _badge(said, isinstance(said, Markup), tone, icon, title, bool(g.get("guest_page")))


@lru_cache(MOST_KEPT)
def _badge(
    label: str,
    _ready: bool,  # noqa: FBT001 - a cache key
    tone: str,
    icon: str | None,
    title: str,
    guest: bool,  # noqa: FBT001
) -> Markup:
    drawn = _plain_icon(icon, "", guest) if icon else ""
    return BADGE.format(tone, Markup(' title="{}"').format(title) if title else "", drawn, label)


def span(seconds: float) -> Markup:
    """Return a length of time in words, without sign: ``1 h 20 min``."""
    minutes = int(abs(seconds) // 60)
    hours = minutes // 60
    days = hours // 24
    if days >= 1:
        said = gettext("%(days)s d", days=f"{days:,}")
        rest = gettext("%(hours)s h", hours=hours % 24) if hours % 24 and days < 3 else None
    elif hours >= 1:
        said = gettext("%(hours)s h", hours=hours)
        rest = gettext("%(minutes)s min", minutes=minutes % 60) if minutes % 60 else None
    else:
        said, rest = gettext("%(minutes)s min", minutes=minutes), None
    return said + " " + rest if rest else said


def due(
    seconds: float | None = None,
    at: datetime | None = None,
    soon: int = SOON,
    text: str | None = None,
    tone: str | None = None,
) -> Markup:
    """Return how long is left: plain words, amber when near, brick when past.

    Args:
        seconds: working (or plain) seconds left, negative when past; None with no text: nothing.
        at: the deadline, shown beside it.
        soon: from how many seconds on it turns amber.
        text: ready words instead of seconds.
        tone: ``neutral``, ``warn``, ``danger`` or ``muted``, instead of what the seconds say.
    """
    if seconds is None and not text:
        return Markup("")
    left = 0 if seconds is None else seconds
    if not tone:
        tone = "danger" if left < 0 else "neutral"
        if seconds is not None and 0 <= left <= soon:
            tone = "warn"
    words = text or (
        gettext("%(span)s late", span=span(left))
        if left < 0
        else gettext("%(span)s left", span=span(left))
    )
    drawn = _due(tone, str(words), isinstance(words, Markup), bool(g.get("guest_page")))
    if at is None:
        return drawn
    moment = thai.format_datetime(at, language=i18n.language())
    return Markup("{}{}{}").format(
        drawn[: -len(DUE_END)], DUE_AT.format(at.isoformat(), moment), DUE_END
    )


@lru_cache(MOST_KEPT)
def _due(tone: str, words: str, ready: bool, guest: bool) -> Markup:  # noqa: FBT001 - a cache key
    drawn = _plain_icon("clock", "", guest) if tone in {"warn", "danger"} else ""
    said = Markup(words) if ready else words  # noqa: S704 - it was markup before
    return DUE.format(tone, drawn, said) + DUE_END


def options(choices: Iterable[tuple[object, object]], chosen: str) -> Markup:
    """Return the options of a select: of each (value, label), the chosen value selected."""
    return _options(tuple((str(value), str(label)) for value, label in choices), chosen)


@lru_cache(MOST_KEPT)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> Markup:
    return Markup("").join(
        OPTION.format(value, SELECTED if chosen and value == chosen else "", label)
        for value, label in choices
    )


def part(template: str) -> Markup:
    """Return a part of a page that is the same for all who read this language; drawn once.

    The template knows nothing of the person: what every page is given is not given to it.
    """
    if current_app.debug:
        return _drawn_part(template)
    return _part(template, i18n.language(), request.script_root)


@lru_cache(MOST_KEPT)
def _part(template: str, _language: str, _root: str) -> Markup:
    return _drawn_part(template)


def _drawn_part(template: str) -> Markup:
    personal = dict.fromkeys(("csrf_token", "g", "session", "get_flashed_messages"))
    drawn = current_app.jinja_env.get_template(template).render(personal)
    return Markup(drawn)  # noqa: S704 - a template


def install(app: Flask) -> None:
    """Give the templates their words, icons and badges."""
    app.jinja_env.globals.update(
        _=gettext,
        gettext=gettext,
        pgettext=pgettext,
        ngettext=ngettext,
        draw_icon=icon,
        draw_badge=badge,
        draw_due=due,
        draw_span=span,
        draw_part=part,
        draw_options=options,
    )
