"""How the stories of forms go: sign, print, compare."""

from __future__ import annotations

from typing import Any

from kernel.db import db
from office.approvals.models import Approval
from office.papers.models import IssuedPaper
from office.people.models import Person
from tests.visitor import Visitor, missing, read

TODAY = "๒๓ พฤศจิกายน ๒๕๖๙"


def newest(table: Any) -> Any:
    db.session.rollback()
    return db.session.query(table).order_by(table.id.desc()).first()


def signed_paper(visitor: Visitor, address: str, *signers: Person, says: tuple[str, ...]) -> None:
    """Let people sign the newest request; its paper and the page behind its QR say everything."""
    me, approval = visitor.person, newest(Approval)
    visitor.sign(approval.id, *signers)
    visitor.be(me)
    approval, issued = newest(Approval), newest(IssuedPaper)
    assert approval.state == "approved", (address, approval.state)
    assert [one["name"] for one in issued.signers][-len(signers) :] == [
        one.name_th for one in signers
    ]
    pdf = visitor.pdf(address)
    wrong = missing(read(pdf), *says, *(one.name_th for one in signers))
    assert wrong + visitor.unconfirmed(pdf, issued, approval) == [], address


def printed(visitor: Visitor, address: str, *says: str) -> None:
    """A paper that is not signed by itself says everything."""
    assert missing(read(visitor.pdf(address)), *says) == [], address
