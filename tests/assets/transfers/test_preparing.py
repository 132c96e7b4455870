"""A transfer before it leaves: what may stand on its list, and until when."""

from __future__ import annotations

import pytest
from flask import Flask

from assets.transfers.rules import preparing, sending
from assets.transfers.states import TransferKind, TransferState
from kernel.errors import Refusal
from tests.assets.transfers.test_sending import acted, now
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.transfers import make_handover, make_transfer


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def test_an_item_that_waits_for_a_new_person_in_charge_is_neither_listed_nor_sent(
    cast: Cast,
) -> None:
    waiting, listed = make_asset(cast.office), make_asset(cast.office)
    make_handover(waiting, to=cast.malee, by=cast.sri)
    with pytest.raises(Refusal, match="สม"):
        make_transfer(waiting, to_unit=cast.school, sender=cast.sri)
    transfer = make_transfer(listed, to_unit=cast.school, sender=cast.sri)
    acted(preparing.approve, transfer, by=cast.chai)
    make_handover(listed, to=cast.malee, by=cast.sri)
    with pytest.raises(Refusal, match="สม"):
        acted(sending.send, transfer, by=cast.sri)


def test_cancelling_frees_the_items_and_needs_a_reason(cast: Cast) -> None:
    transfer = make_transfer(asset := make_asset(cast.office), sender=cast.sri)
    with pytest.raises(Refusal):
        acted(preparing.cancel, transfer, by=cast.sri, reason="")
    acted(preparing.cancel, transfer, by=cast.sri, reason="ทำซ้ำ")
    assert make_transfer(now(asset)).state == TransferState.PREPARED


def test_an_item_is_in_one_open_transfer_at_a_time(cast: Cast) -> None:
    make_transfer(asset := make_asset(cast.office))
    with pytest.raises(Refusal):
        make_transfer(asset)


def test_only_the_owner_gives_away_for_good(cast: Cast) -> None:
    held = make_asset(cast.school, holding_unit_id=cast.office.id)
    with pytest.raises(Refusal):
        make_transfer(held, to_unit=cast.other_school, kind=TransferKind.FOR_GOOD)
    assert make_transfer(held, to_unit=cast.other_school).state == TransferState.PREPARED


def test_an_item_of_another_unit_is_not_listed(cast: Cast) -> None:
    with pytest.raises(Refusal):
        make_transfer(make_asset(cast.school), to_unit=cast.other_school)


def test_after_the_approval_the_list_is_closed(cast: Cast) -> None:
    transfer = make_transfer(sender=cast.sri)
    acted(preparing.approve, transfer, by=cast.chai)
    extra = make_asset(cast.office)
    with pytest.raises(Refusal):
        acted(preparing.add, transfer, [extra], by=cast.sri)


def test_a_unit_does_not_send_to_itself(cast: Cast) -> None:
    with pytest.raises(Refusal):
        make_transfer(to_unit=cast.office)
