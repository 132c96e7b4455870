"""What each method of disposal asks for (clauses 215 and 217; rules R-D4 and R-D5).

Checked when the method is submitted, and again when the things are struck off: a price may have
been mended meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assets.disposals.states import Method
from assets.register.models import Asset
from assets.register.states import Condition, Lifecycle
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import show_money

SPECIFIC_LIMIT = Decimal("500000.00")
HEAD_LIMIT = Decimal("1000000.00")
LIMITED = (Method.SELL_SPECIFIC_A, Method.WRITE_OFF)
RECEIVED = (
    Method.SELL_SPECIFIC_B,
    Method.SELL_SPECIFIC_C,
    Method.EXCHANGE,
    Method.TRANSFER,
)
WITNESSED = (Method.CONVERT, Method.DESTROY)
OF_AN_OFFICIAL = re.compile(
    r"โน[้๊]?ตบุ[๊้]?[กค]|แท็บเล็ต|แทบเล็ต|โทรศัพท์เคลื่อนที่|โทรศัพท์มือถือ|สมาร์[ตท]โฟน"
    r"|notebook|laptop|tablet|ipad|smart ?phone|mobile phone",
    re.IGNORECASE,
)


def total_of(assets: Sequence[Asset]) -> Decimal | None:
    """Return what things cost together in baht; None where a price is not known."""
    if any(asset.price is None for asset in assets):
        return None
    return sum((asset.price * asset.quantity for asset in assets if asset.price), Decimal("0.00"))


def check(method: Method, recipient: str, assets: Sequence[Asset]) -> None:
    """Refuse a method that the regulation does not allow for these things.

    Args:
        method: what is asked for.
        recipient: who is to get them.
        assets: the things.

    Refuses to sell, hand over or destroy what is missing; a specific sale (a) above 500,000 baht in
    all (R-D4); a specific sale (c) of what is no phone, tablet or notebook of that very official;
    a limited method where a price is not known; a method without its recipient.
    """
    _check_there(method, assets)
    if method in RECEIVED and not recipient.strip():
        raise Refusal(_("Please write who gets the things."), field="recipient")
    if method in LIMITED:
        _check_total(method, assets)
    if method == Method.SELL_SPECIFIC_C:
        _check_official(recipient, assets)


def needs_ministry(method: Method | None, assets: Sequence[Asset]) -> bool:
    """Tell whether the Ministry of Finance approves: a write-off above 1,000,000 baht (R-D5)."""
    total = total_of(assets)
    return method == Method.WRITE_OFF and total is not None and total > HEAD_LIMIT


def lifecycle_after(method: Method, condition: Condition) -> Lifecycle:
    """Return where an item stands after the disposal (R-D2)."""
    if method == Method.TRANSFER:
        return Lifecycle.TRANSFERRED_OUT
    if method == Method.WRITE_OFF and condition == Condition.MISSING:
        return Lifecycle.LOST
    return Lifecycle.DISPOSED


def is_of_an_official(asset: Asset) -> bool:
    """Tell whether an item is a phone, tablet or notebook, by the words of its card and class."""
    known: Any = asset.asset_class
    words = [asset.name, asset.class_text]
    words += [known.name_th, known.name_en] if known else []
    return any(OF_AN_OFFICIAL.search(word or "") for word in words)


def _check_there(method: Method, assets: Sequence[Asset]) -> None:
    missing = [asset for asset in assets if asset.condition == Condition.MISSING]
    if missing and method != Method.WRITE_OFF:
        raise Refusal(
            _(
                "“%(name)s” is missing and can only be written off as lost (clause 217).",
                name=missing[0].name,
            ),
            field="method",
        )


def _check_total(method: Method, assets: Sequence[Asset]) -> None:
    unknown = next((asset for asset in assets if asset.price is None), None)
    if unknown is not None:
        raise Refusal(
            _(
                "The price of “%(name)s” is not known, and this method has a limit. "
                "Write the price on its card first.",
                name=unknown.name,
            ),
            field="method",
        )
    total = total_of(assets)
    if method == Method.SELL_SPECIFIC_A and total is not None and total > SPECIFIC_LIMIT:
        raise Refusal(
            _(
                "The things cost %(total)s baht together; a specific sale is for %(limit)s baht "
                "at most (clause 215 (1) (a)). Sell them by auction.",
                total=show_money(total),
                limit=show_money(SPECIFIC_LIMIT),
            ),
            field="method",
        )


def _check_official(recipient: str, assets: Sequence[Asset]) -> None:
    for asset in assets:
        if not is_of_an_official(asset):
            raise Refusal(
                _(
                    "“%(name)s” is no phone, tablet or notebook (clause 215 (1) (c)).",
                    name=asset.name,
                ),
                field="method",
            )
        person = asset.custodian
        holder = person.name_th if person else asset.custodian_text
        names = {holder, person.name_en if person else ""} - {""}
        if recipient.strip() not in names:
            raise Refusal(
                _(
                    "“%(name)s” is sold only to the official it was issued to: %(holder)s "
                    "(clause 215 (1) (c)).",
                    name=asset.name,
                    holder=holder or _("nobody"),
                ),
                field="recipient",
            )
