"""A run of each process of the manual, walked on its pages from the working group to the report."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from helpdesk.programmes.models import Programme
from helpdesk.programmes.report_models import ProgrammeReport
from helpdesk.programmes.states import ReportState, State
from helpdesk.tickets.states import State as TicketState
from kernel.db import db
from kernel.thai import thai_digits
from office.approvals.models import Approval
from office.papers.models import IssuedPaper
from office.people.models import Person
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.office import viewer_for
from tests.factories.tickets import make_ticket
from tests.visitor import Visitor, missing, read

# Process 2 has the six steps of the others, process 7 five of its own.
WALKED = (2, 7)


def newest(table: Any) -> Any:
    db.session.rollback()
    return db.session.query(table).order_by(table.id.desc()).first()


def unsaid(visitor: Visitor, address: str, director: Person, *says: str) -> list[str]:
    """Let the director sign; return what the paper and the page behind its QR do not say."""
    me, approval = visitor.person, newest(Approval)
    visitor.sign(approval.id, director)
    visitor.be(me)
    pdf = visitor.pdf(address)
    wrong = missing(read(pdf), *says, director.name_th)
    return wrong + visitor.unconfirmed(pdf, newest(IssuedPaper), newest(Approval))


def proposed(visitor: Visitor, cast: Cast, number: int) -> str:
    """Begin a programme, appoint its group, plan and propose it; return its address."""
    visitor.be(cast.thep)
    visitor.open("/programmes/new")
    visitor.send("", process_no=str(number), fiscal_year="2570", name=f"โครงการที่ {number}",
                 objective="ให้บริการทันกำหนด", targets="ทุกโรงเรียน", owner=cast.thep.name_th,
                 unit_id=str(cast.office.id), starts_on="1/10/2569", ends_on="30/9/2570",
                 budget="30,000")  # fmt: skip
    here = visitor.address
    visitor.open(f"{here}/group")
    visitor.send("/add", person=cast.malee.name_th, duty="secretary", acting="ครูช่วยงานกลุ่ม")
    visitor.open(f"{here}/group")
    visitor.send("/order", order_no=f"{number}/2569", ordered_on="20/10/2569")
    visitor.open(f"{here}/plan")
    visitor.send("/activities", title="ออกตรวจโรงเรียน", starts_on="1/11/2569", ends_on="30/11/2569",
                 responsible=cast.malee.name_th, budget="12,000")  # fmt: skip
    visitor.open(f"{here}/plan")
    visitor.send("/indicators", name="งานที่รับแจ้ง", unit_word="เรื่อง", target="1", source="tickets")
    visitor.open(here)
    visitor.send("/propose")
    return here


def carried_out(visitor: Visitor, cast: Cast, here: str) -> None:
    """Tell those concerned, who confirm; do the activity, log a problem, finish the steps."""
    visitor.open(f"{here}/notices")
    visitor.send("", subject="แจ้งแนวทาง", body="ขอให้เตรียมเครื่อง", people="", group="y")
    visitor.be(cast.malee)
    visitor.open(f"{here}/notices")
    visitor.send("/confirm")
    visitor.be(cast.thep)
    assert "รับทราบแล้ว 1 จาก 1 คน" in visitor.open(f"{here}/notices")
    visitor.open(f"{here}/log")
    visitor.send("", kind="problem", on_day="20/11/2569", words="ฝนตกหนัก")
    visitor.open(f"{here}/plan")
    visitor.follow(f"{here}/plan/activities/")
    visitor.send("", spent="9,500")


def finish_steps(visitor: Visitor, here: str) -> None:
    """Finish every step that waits for a person, in their order."""
    for number in range(1, 6):
        page = visitor.open(f"{here}/steps/{number}")
        if f"{here}/steps/{number}/finish" in page:
            visitor.send("/finish")


def test_a_run_of_a_process_from_the_working_group_to_the_signed_report(
    cast: Cast, clock: Clock, client: FlaskClient
) -> None:
    visitor = Visitor(client)
    make_ticket(unit=cast.school, state=TicketState.ACCEPTED, technician=viewer_for(cast.thep))
    for number in WALKED:
        here = proposed(visitor, cast, number)
        says = (f"โครงการที่ {number}", "ให้บริการทันกำหนด", "ทุกโรงเรียน", "๓๐,๐๐๐.๐๐", "ออกตรวจโรงเรียน",
                "๑๒,๐๐๐.๐๐", "งานที่รับแจ้ง", cast.malee.name_th)  # fmt: skip
        assert unsaid(visitor, f"{here}/proposal.pdf", cast.chai, *says) == [], number
        order = read(visitor.pdf(f"{here}/order.pdf"))
        says = (thai_digits(f"{number}/2569"), "๒๐ ตุลาคม ๒๕๖๙", "ครูช่วยงานกลุ่ม", cast.malee.name_th)
        assert missing(order, *says) == [], number
        carried_out(visitor, cast, here)
        visitor.open(f"{here}/reports")
        visitor.send("/reports/new")
        report = visitor.address
        assert f"{report}/send" not in visitor.text  # steps are open
        visitor.send("", summary="ดำเนินการครบทุกโรงเรียน", suggestions="ขยายผลปีหน้า")
        finish_steps(visitor, here)
        visitor.open(report)
        visitor.send("/send")
        says = ("ดำเนินการครบทุกโรงเรียน", "ฝนตกหนัก", "ขยายผลปีหน้า", "๙,๕๐๐.๐๐", "งานที่รับแจ้ง")
        assert unsaid(visitor, f"{report}/report.pdf", cast.chai, *says) == [], number
        ended = newest(Programme).state, newest(ProgrammeReport).state
        assert ended == (State.CLOSED, ReportState.ACKNOWLEDGED), number
