"""The verbs of papers: issue one with a code that anybody can check, and make it void."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.papers import queries
from office.papers.models import IssuedPaper
from office.papers.records import Signer, check_address, new_code, qr_svg


def issue(
    kind: str,
    number: str,
    *,
    title_th: str,
    content_hash: str,
    by: Viewer,
    title_en: str = "",
    signers: Sequence[Signer] = (),
) -> IssuedPaper:
    """Give a paper its code; the same content again keeps the code it has.

    Other content under the same number makes the earlier paper void. Call it where the thing is
    decided, not where it is printed: printing only reads.

    Args:
        kind: which form, ``loan_slip``.
        number: of the paper.
        title_th: the name of the form, without names of people: everybody may read it.
        content_hash: SHA-256 of what was signed, in hexadecimal.
        by: who issues it.
        title_en: the name of the form in English.
        signers: who signed, with positions; nothing else of them is kept.
    """
    earlier = queries.valid_paper(kind, number)
    said = [_as_plain(signer) for signer in signers]
    if earlier is not None:
        if (earlier.content_hash, earlier.signers) == (content_hash, said):
            return earlier
        void(earlier, _("Replaced by a newer paper with this number."), by=by)
    paper = IssuedPaper(
        code=new_code(),
        kind=kind,
        number=number,
        title_th=title_th,
        title_en=title_en,
        content_hash=content_hash,
        signers=said,
        issued_at=clock.now(),
    )
    db.session.add(paper)
    audit.record("issued", paper, by=by, after={"kind": kind, "number": number})
    return paper


def _as_plain(signer: Signer) -> dict[str, str]:
    return {
        "step": signer.step,
        "name": signer.name,
        "position": signer.position,
        "capacity": signer.capacity,
        "at": signer.at.isoformat(),
    }


def void(paper: IssuedPaper, reason: str, *, by: Viewer) -> None:
    """Make a paper void. Refuses one that is void, and an empty reason."""
    if paper.voided_at is not None:
        raise Refusal(_("This paper is void already."))
    if not reason.strip():
        raise Refusal(_("Please give the reason."))
    paper.voided_at, paper.void_reason = clock.now(), reason.strip()[:300]
    audit.record("voided", paper, by=by, after={"reason": paper.void_reason})


def void_number(kind: str, number: str, reason: str, *, by: Viewer) -> int:
    """Make every valid paper of a kind and number void; return how many there were."""
    papers = db.session.scalars(
        select(IssuedPaper).where(
            IssuedPaper.kind == kind,
            IssuedPaper.number == number,
            IssuedPaper.voided_at.is_(None),
        )
    ).all()
    for paper in papers:
        void(paper, reason, by=by)
    return len(papers)


def check_mark(paper: IssuedPaper, base_url: str) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return what a template needs to print the mark: its data, and its picture for ``render``.

    In typst: ``#check-mark(data.check)``.
    """
    address = check_address(base_url, paper.code)
    data = {"code": paper.shown_code, "address": address, "picture": "/files/check.svg"}
    return data, {"check.svg": qr_svg(address)}
