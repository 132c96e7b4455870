"""Handovers and transfers for tests."""

from __future__ import annotations

from assets.register.models import Asset
from assets.transfers.models import Handover, Transfer
from assets.transfers.rules import handing, preparing, sending
from assets.transfers.states import TransferKind
from kernel.db import db
from office.people.access import Role
from office.people.models import Person
from office.places.models import Unit
from tests.factories.assets import make_asset
from tests.factories.office import in_work, make_office, make_person, make_unit, viewer_for


def make_handover(
    *assets: Asset, to: Person | None = None, by: Person | None = None, reason: str = "ย้ายงาน"
) -> Handover:
    """Return a handover of these items (of one new item where none is given) that waits."""
    with in_work():
        officer = viewer_for(by or make_person(Role.STOREKEEPER))
        things = [db.session.merge(asset) for asset in assets] or [make_asset()]
        recipient = db.session.merge(to) if to else make_person()
        return handing.propose(things, recipient, reason=reason, by=officer)


def make_transfer(
    *assets: Asset,
    from_unit: Unit | None = None,
    to_unit: Unit | None = None,
    kind: TransferKind = TransferKind.FOR_USE,
    sent: bool = False,
    sender: Person | None = None,
) -> Transfer:
    """Return a transfer with a list, being prepared or, where asked for, on its way.

    Args:
        assets: its list; one new item of the sending unit when left out.
        from_unit: the office when left out.
        to_unit: a new school when left out.
        kind: for use when left out.
        sent: approved by somebody else and sent.
        sender: who prepares and sends; a new storekeeper when left out.
    """
    with in_work():
        home = db.session.merge(from_unit) if from_unit else make_office()
        there = db.session.merge(to_unit) if to_unit else make_unit()
        officer = viewer_for(sender or make_person(Role.STOREKEEPER))
        head = preparing.Head(kind, home, there, "โรงเรียนขาดแคลน", letter_no="ศธ 04002/12")
        made = preparing.prepare(head, by=officer)
        things = [db.session.merge(asset) for asset in assets] or [make_asset(home)]
        preparing.add(made, things, by=officer)
        if sent:
            preparing.approve(made, by=viewer_for(make_person(Role.APPROVER)))
            sending.send(made, by=officer)
    return made
