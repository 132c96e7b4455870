"""The words of the room: how items come and go, why a value cannot be told, the conventions."""

from __future__ import annotations

from assets.register.book_value import Convention
from assets.register.valuation import Untold
from assets.values.queries.changes import Way
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face

WAYS = {
    Way.ACQUIRED: Face(_lp("change of the books", "Acquired"), "ok", "plus-lg"),
    Way.TRANSFERRED_IN: Face(_lp("change of the books", "Transferred in"), "ok", "truck"),
    Way.STRUCK_OFF: Face(_lp("change of the books", "Struck off"), "muted", "archive"),
    Way.TRANSFERRED_OUT: Face(_lp("change of the books", "Transferred out"), "muted", "truck"),
}
UNTOLD = {
    Untold.NO_PRICE: _l("no price on the card"),
    Untold.NO_DATE: _l("no day of acquisition on the card"),
    Untold.NO_LIFE: _l("no useful life on the card or its class"),
}
CONVENTIONS = {
    Convention.A: _l("convention A: whole months; days 1–15 count, later ones from the next month"),
    Convention.B: _l("convention B: days of 365, on the cost less 1 baht"),
    Convention.C: _l("convention C: complete months"),
}
