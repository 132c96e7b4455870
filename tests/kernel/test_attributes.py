"""Attributes of fields are written as the library writes them."""

from __future__ import annotations

import importlib.util
from html.parser import HTMLParser

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from wtforms import SelectField, StringField
from wtforms.widgets import core

from kernel.attributes import attributes
from kernel.forms import Form

# The library's own module, loaded a second time, as `install` left nothing of it in the first.
_spec = importlib.util.find_spec("wtforms.widgets.core")
assert _spec is not None
assert _spec.loader is not None
library = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(library)

HOSTILE = '"><script>alert(1)</script>'


class Attributes(HTMLParser):
    """What a browser reads: the tags, and the values of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.values: set[str | None] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.values |= {value for _name, value in attrs}


NAMES = st.sampled_from(
    ["class_", "id", "data_key", "aria_label", "value", "required", "for_", 'x"']
)
VALUES = st.one_of(
    st.booleans(), st.integers(), st.text(max_size=20), st.text(max_size=20).map(Markup), st.none()
)


@given(st.dictionaries(NAMES, VALUES))
def test_attributes_are_those_of_the_library(given_: dict[str, object]) -> None:
    assert attributes(**given_) == library.html_params(**given_)


def test_every_kind_of_field_is_drawn_with_them() -> None:
    assert core.html_params is attributes
    assert core.Input.html_params is attributes
    assert library.html_params is not attributes


def test_hostile_words_stay_inside_their_attribute(app: Flask) -> None:
    class Card(Form):
        line = StringField()
        choice = SelectField(choices=[(HOSTILE, "x")])

    with app.test_request_context():
        form = Card(meta={"csrf": False}, data={"line": HOSTILE})
        found = (form.line(), form.choice(), form.line.label(title=HOSTILE))
    for drawn in found:
        read = Attributes()
        read.feed(drawn)
        assert read.tags <= {"input", "select", "option", "label"}
        assert HOSTILE in read.values
