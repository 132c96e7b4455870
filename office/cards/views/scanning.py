"""What the QR of a card leads to: whose it is, or to a stranger only whether it works."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kernel import clock
from kernel.access import public, viewer
from office.cards import access, queries
from office.cards.codes import read_code
from office.cards.standing import validity
from office.cards.states import VALIDITIES
from office.cards.views.blueprint import blueprint


def is_card(code: str) -> bool:
    """Tell whether what a label or card holds is the code of a card."""
    return read_code(code) is not None


def scanned(code: str) -> ResponseReturnValue:
    """Lead from the address in the QR to the page of the check."""
    return redirect(url_for("cards.check", code=read_code(code)))


@blueprint.get("/check/<code>")
@public
def check(code: str) -> ResponseReturnValue:
    """Tell whether a card works; its number only to who may see it, to a stranger no name."""
    read = read_code(code)
    card = queries.card_by_code(read) if read else None
    if card is None:
        page = render_template(
            "office/cards/check.html", card=None, face=None, phone=queries.office_phone()
        )
        return page, 404
    works = validity(card, card.person.left_on, clock.today())
    known = access.may_see(viewer(), card)
    return render_template(
        "office/cards/check.html",
        card=card if known else None,
        face=VALIDITIES[works],
        own=known and card.person_id == viewer().id,
        phone=queries.office_phone(),
    )
