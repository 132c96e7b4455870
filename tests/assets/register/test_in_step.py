"""The order by availability follows whatever happens to items and their holds."""

from __future__ import annotations

import random

from flask import Flask
from sqlalchemy import select, update

from assets.register.models import Asset
from assets.register.rules import holds, items
from assets.register.states import Condition, HoldKind, Lifecycle
from helpdesk.doctor import keys
from kernel.db import db
from kernel.work import work
from tests.factories.assets import make_asset
from tests.factories.office import TESTER


def test_the_kept_order_says_at_every_step_why_an_item_is_not_available(app: Flask) -> None:
    ids = [make_asset(lifecycle=one).id for one in (Lifecycle.IN_SERVICE, Lifecycle.DRAFT)]
    ids += [make_asset(condition=one).id for one in (Condition.GOOD, Condition.MISSING)]
    dice, seen = random.Random(7), set()  # noqa: S311 - a fixed order of acts

    def step(asset: Asset) -> None:
        kind = dice.choice([*HoldKind])
        acts = (
            lambda: holds.hold(asset, kind, "ย.1/2569"),
            lambda: holds.release(asset, kind, "ย.1/2569"),
            lambda: items.judge(asset, dice.choice([*Condition]), by=TESTER),
            lambda: setattr(asset, "lifecycle", dice.choice([*Lifecycle])),
        )
        dice.choice(acts)()

    for _turn in range(60):
        with work():
            step(db.session.get_one(Asset, dice.choice(ids)))
        assert list(keys.item_obstacles()) == []
        seen |= set(db.session.scalars(select(Asset.obstacle_sort)))
    assert len(seen) > 6
    with work():
        db.session.execute(update(Asset).where(Asset.id == ids[0]).values(obstacle_sort="x"))
    assert list(keys.item_obstacles()) == [f"asset {ids[0]}"]
