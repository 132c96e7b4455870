"""Two people at the same moment: one item, one case; one step, one act."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.rules import proposing, removing
from assets.disposals.rules.proposing import Ground
from assets.disposals.states import Origin, State
from assets.register.models import Asset
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.disposals import make_disposal, make_team
from tests.factories.office import viewer_for
from tests.office.at_once import in_threads


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def test_of_two_who_propose_one_item_one_is_refused(app: Flask, cast: Cast) -> None:
    asset_id, keeper = make_asset().id, viewer_for(cast.sri)
    refused = []

    def act(_number: int) -> None:
        try:
            with work():
                asset = db.session.get_one(Asset, asset_id)
                proposing.propose([asset], Ground(Origin.HAND, "", "เก่า"), by=keeper)
        except Refusal as refusal:
            db.session.rollback()
            refused.append(refusal.message)

    db.session.rollback()
    in_threads(app, 4, act)
    db.session.rollback()
    assert len(refused) == 3
    assert len(db.session.scalars(select(DisposalLine)).all()) == 1
    numbers = db.session.scalars(select(Disposal.number)).all()
    assert [number.split("/")[0] for number in numbers] == ["จน.1"]


def test_of_two_who_strike_off_one_does_it(app: Flask, cast: Cast) -> None:
    team = make_team(keeper=cast.sri, head=cast.chai)
    case_id = make_disposal(state=State.CARRIED_OUT, team=team).id
    keeper = viewer_for(cast.sri)
    done = []

    def act(_number: int) -> None:
        try:
            with work():
                done.append(removing.strike_off(db.session.get_one(Disposal, case_id), by=keeper))
        except Refusal:
            db.session.rollback()

    db.session.rollback()
    in_threads(app, 4, act)
    assert done == [1]
