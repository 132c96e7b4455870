"""Badges, deadlines, addresses and the parts that are drawn once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from markupsafe import Markup

from kernel import addresses, i18n, markup
from kernel.pages import show_count


@pytest.fixture
def asked(app: Flask) -> Iterator[None]:
    with app.test_request_context("/tickets?view=late&q=a%26b&page=3"), i18n.speaking("en"):
        yield


def test_a_badge_escapes_its_word_and_leaves_markup_as_it_is(asked: None) -> None:
    assert "&lt;b&gt;" in markup.badge("<b>", "ok")
    assert "<b>" in markup.badge(Markup("<b>"), "ok")
    assert "&lt;b&gt;" in markup.badge("<b>", "ok")


@pytest.mark.parametrize(
    ("seconds", "tone", "words"),
    [
        (-5400, "danger", "1 h 30 min late"),
        (0, "warn", "0 min left"),
        (14400, "warn", "4 h left"),
        (14460, "neutral", "4 h 1 min left"),
        (2 * 86400 + 3600, "neutral", "2 d 1 h left"),
        (3 * 86400 + 3600, "neutral", "3 d left"),
    ],
)
def test_time_left_is_said_in_plain_words(asked: None, seconds: int, tone: str, words: str) -> None:
    said = markup.due(seconds)
    assert f"due-{tone}" in said
    assert f"<span>{words}</span>" in said


def test_words_of_a_deadline_are_escaped(asked: None) -> None:
    assert "&lt;i&gt;" in markup.due(text="<i>")


def test_an_address_keeps_the_rest_of_the_query(asked: None) -> None:
    assert addresses.here({"page": None}) == "/tickets?view=late&q=a%26b"
    assert addresses.here({"view": "mine", "page": 4}) == "/tickets?q=a%26b&view=mine&page=4"


def test_an_address_is_built_from_its_stem(asked: None) -> None:
    stem = addresses.stem("tickets.show", "ticket_id")
    assert f"{stem}12" == addresses.address("tickets.show", ticket_id=12)


def test_an_address_follows_the_root_of_the_service(app: Flask) -> None:
    for root in ("", "/desk"):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
            assert addresses.address("tickets.queue") == f"{root}/tickets"


@pytest.mark.parametrize("part", ["office_head", "find_box", "key_help", "theme_switch"])
def test_a_part_for_everybody_holds_no_token(asked: None, part: str) -> None:
    drawn = markup.part(f"_layout/{part}.html")
    assert drawn.strip()
    assert "csrf" not in drawn


def test_a_part_speaks_the_readers_language(app: Flask) -> None:
    drawn = {}
    for language in ("th", "en"):
        with app.test_request_context("/"), i18n.speaking(language):
            drawn[language] = markup.part("_layout/key_help.html")
    assert "next and previous row" in drawn["en"]
    assert drawn["th"] != drawn["en"]


@pytest.mark.parametrize(("count", "said"), [(0, "0"), (999, "999"), (1000, "999+")])
def test_a_count_stops_at_999(count: int, said: str) -> None:
    assert show_count(count) == said
