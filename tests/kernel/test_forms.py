"""What the base of all forms makes of numbers and amounts that no column can hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask

from kernel.errors import Refusal
from kernel.forms import ActionForm, Form, MoneyField, WholeField
from kernel.i18n import speaking


class Card(ActionForm):
    """A form with one field of each kind."""

    price = MoneyField()
    count = WholeField()


def sent(app: Flask, **typed: str) -> Card:
    with app.test_request_context("/", method="POST", data=typed), speaking("en"):
        form = Card(meta={"csrf": False})
        form.accepted()
    return form


@pytest.mark.parametrize("typed", ["1.234", "0.001", "๑.๒๓๔"])
def test_an_amount_finer_than_a_satang_is_refused(app: Flask, typed: str) -> None:
    form = sent(app, price=typed)
    assert form.price.errors == ["An amount has two places behind the point at most."]
    assert form.price._value() == typed


@pytest.mark.parametrize(
    ("typed", "amount"), [("1.50", "1.5"), ("1.500", "1.5"), ("4,370.-", "4370")]
)
def test_an_amount_in_satang_is_taken(app: Flask, typed: str, amount: str) -> None:
    assert sent(app, price=typed).price.data == Decimal(amount)


def test_a_number_of_too_many_figures_is_called_too_large(app: Flask) -> None:
    for typed in ("123456789012345", "๑๒๓,๔๕๖,๗๘๙,๐๑๒,๓๔๕.๐๐", "9" * 5000):
        (said,) = sent(app, price=typed).price.errors
        assert "is too large" in said
    (said,) = sent(app, price="1.2.3").price.errors
    assert "is not an amount in baht" in said


@pytest.mark.parametrize("typed", ["9" * 19, "9" * 5000])
def test_a_number_that_no_column_holds_is_refused(app: Flask, typed: str) -> None:
    form = sent(app, count=typed)
    assert form.count.data is None
    assert len(form.count.errors) == 1


@pytest.mark.parametrize("typed", ["9" * 5000, "-1", "²", "", "1; DROP"])
def test_a_version_that_is_nonsense_is_no_version(app: Flask, typed: str) -> None:
    assert sent(app, version=typed).seen_version == -1


def test_a_version_that_was_not_sent_is_none_of_what_the_page_is_built_of(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"price": "1"}):
        assert Card(meta={"csrf": False}, version=7).seen_version == -1


def test_a_button_with_a_stale_token_says_so(app: Flask) -> None:
    with (
        app.test_request_context("/", method="POST", data={"csrf_token": "old"}),
        speaking("en"),
        pytest.raises(Refusal, match="open for too long"),
    ):
        Form().insist()
