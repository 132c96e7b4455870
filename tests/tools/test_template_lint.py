from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from tools import template_lint

ENVIRONMENT = Environment(autoescape=True, extensions=template_lint.EXTENSIONS)


def sentences(source: str) -> list[str]:
    return [fault.sentence for fault in template_lint.faults_in(source, ENVIRONMENT)]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<script>alert(1)</script>", "inline <script>"),
        ("<style>p { color: red }</style>", "inline <style>"),
        ('<p style="color: red"></p>', "inline style="),
        ('<p onclick="go()"></p>', "inline handler onclick="),
        ("{{ text|safe }}", "|safe"),
        ("<p>Hello</p>", "text outside the catalogues: 'Hello'"),
        ("{% if a %}word{% endif %}", "text outside the catalogues: 'word'"),
        ("<p>สวัสดี</p>", "text outside the catalogues"),
        ('<input placeholder="Your name">', "text outside the catalogues in placeholder="),
        ('{% set extra %} title="Hello"{% endset %}', "text outside the catalogues"),
        ('<img src="/x.png">', "<img> without alt"),
        ('<form method="post"></form>', "a POST form without a CSRF token"),
        ('<form method="{{ way }}"></form>', "a POST form without a CSRF token"),
        ('<script src="https://cdn.example/x.js"></script>', "fetches from another host"),
        ('<link href="//cdn.example/x.css">', "fetches from another host"),
        ("{% if a %}", "Jinja cannot read it"),
        ("\n" * 151, "151 lines"),
    ],
)
def test_a_fault_is_named(source: str, said: str) -> None:
    assert any(sentence.startswith(said) or said in sentence for sentence in sentences(source))


@pytest.mark.parametrize(
    "source",
    [
        '<p>{{ _("Hello") }}</p>',
        "{% trans %}Hello{% endtrans %}",
        "{# Hello #}",
        "<p>12 – {{ number }}&nbsp;%</p>",
        "<kbd>Esc</kbd>",
        "<script src=\"{{ static_url('js/x.js') }}\"></script>",
        '<a href="https://www.example.go.th">{{ name }}</a>',
        '<form method="get"></form>',
        '<form method="post"><input name="csrf_token" value="{{ csrf_token() }}"></form>',
        "{% block body_class %}wide{% endblock %}",
        '{% set extra %} id="{{ id }}" role="img" title="{{ words }}"{% endset %}',
        '<img alt="" src="/x.png">',
    ],
)
def test_a_good_template_passes(source: str) -> None:
    assert sentences(source) == []


def test_the_line_of_a_text_is_the_line_of_its_first_letter() -> None:
    (fault,) = template_lint.faults_in("{{ x }}\n<p>\n\n Hello</p>", ENVIRONMENT)
    assert fault.line == 4


def test_mails_in_plain_text_may_hold_no_safe_filter(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "late.body.txt").write_text("{{ x|safe }}", encoding="utf-8")
    assert len(template_lint.problems(tmp_path)) == 1
