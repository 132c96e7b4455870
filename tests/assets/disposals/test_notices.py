"""Who learns of a case that waits for them: the store, the committee; nobody of the own act."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from assets.disposals.models import Disposal
from assets.disposals.rules import deciding, finding_out, proposing
from assets.disposals.rules.finding_out import Order
from assets.disposals.rules.proposing import Ground
from assets.disposals.states import Cause, Duty, Method, Origin, State
from kernel import clock
from kernel.db import db
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from tests.assets.disposals.steps import act
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.disposals import Team, make_disposal, sign
from tests.factories.office import make_person, sign_in, viewer_for


def told(kind: str) -> list[int | None]:
    """Return who has a message of a kind, one entry for each message."""
    found = select(OutgoingMessage.person_id).where(OutgoingMessage.kind == kind)
    return list(db.session.scalars(found.order_by(OutgoingMessage.person_id)))


def from_a_ticket(cast: Cast, number: str) -> None:
    asset = make_asset(cast.office)
    with work():
        ground = Ground(Origin.TICKET, number, "ซ่อมไม่คุ้มค่า")
        proposing.propose([db.session.merge(asset)], ground, by=viewer_for(cast.thep))


def test_the_store_hears_once_of_a_case_that_tickets_fill(cast: Cast) -> None:
    from_a_ticket(cast, "ซ.1/2570")
    from_a_ticket(cast, "ซ.2/2570")
    assert told("disposal_proposed") == [cast.sri.id]


def test_the_store_is_not_told_of_what_it_proposed_itself(cast: Cast) -> None:
    make_disposal()
    assert told("disposal_proposed") == []


def test_who_asked_hears_of_the_approval_once_and_the_rest_of_the_store_too(
    cast: Cast, team: Team
) -> None:
    other = make_person(Role.STOREKEEPER)
    case = make_disposal(team=team, state=State.SUBMITTED)
    with work():
        sign(db.session.get_one(Disposal, case.id), team.head)
    assert told("disposal_approved") == [other.id]
    assert told("approval_decided") == [team.keeper.id]


def test_a_storekeeper_who_appoints_themself_is_not_told(cast: Cast, team: Team) -> None:
    case = make_disposal(team=team)
    seats = list(zip((team.keeper, *team.committee[:2]), Duty, strict=True))
    with work():
        one = db.session.get_one(Disposal, case.id)
        members = [(db.session.merge(person), duty) for person, duty in seats]
        order = Order("12/2570", clock.today())
        finding_out.appoint(one, Cause.DAMAGED, order, members, by=viewer_for(team.keeper))
    assert told("disposal_appointed") == sorted(one.id for one in team.committee[:2])


def test_the_page_tells_why_the_head_did_not_approve(
    cast: Cast, team: Team, client: FlaskClient
) -> None:
    case = make_disposal(team=team, state=State.SUBMITTED)
    sign_in(client, team.keeper)
    here = f"/disposals/{case.id}"
    answered(case, team, "send_back", "ขอราคาประเมิน")
    page = client.get(here).text
    assert "ขอราคาประเมิน" in page
    assert "hourglass-split" not in page.split('id="next"')[1].split('id="items"')[0]
    act(deciding.take_back, case, by=team.keeper)
    assert "ขอราคาประเมิน" not in client.get(here).text
    act(deciding.submit, case, Method.SELL_AUCTION, "", "แนบราคาแล้ว", by=team.keeper)
    answered(case, team, "reject", "ยังใช้งานได้")
    assert "ยังใช้งานได้" in client.get(here).text


def answered(case: Disposal, team: Team, verb: str, words: str) -> None:
    with work():
        approval_id = db.session.get_one(Disposal, case.id).approval_id
        approval = db.session.get_one(Approval, approval_id)
        getattr(signing, verb)(approval, words, by=viewer_for(team.head))
