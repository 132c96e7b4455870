"""The messages of the room, each in the language of who gets it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from assets.register.models import Asset
from assets.transfers.models import Handover, Remark, Transfer, TransferLine
from assets.transfers.states import (
    LINES,
    REMARK_KINDS,
    HandoverAction,
    LineState,
    RemarkKind,
    RemarkState,
    TransferState,
)
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import ngettext, speaking
from office.bookkeeping import rules as bookkeeping
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

MINE = "/my-equipment"
NAMED = 12
RECEIVERS = (Role.STOREKEEPER, Role.COORDINATOR)
APPROVERS = (Role.APPROVER,)


def proposed(handover: Handover, to: Person, names: Sequence[str]) -> None:
    """Ask the recipient to confirm."""
    with speaking(to.language):
        _to(
            to,
            "handover_proposed",
            ngettext(
                "Please confirm %(number)s item that shall be in your name",
                "Please confirm %(number)s items that shall be in your name",
                len(names),
            ),
            _("Proposed by %(name)s, handover %(number)s:", **_who(handover)) + _list(names),
            MINE,
        )


def still_waiting(handover: Handover, to: Person, names: Sequence[str]) -> None:
    """Remind the recipient after a week."""
    with speaking(to.language):
        _to(
            to,
            "handover_waiting",
            ngettext(
                "Still waiting for your confirmation: %(number)s item",
                "Still waiting for your confirmation: %(number)s items",
                len(names),
            ),
            _("Proposed by %(name)s, handover %(number)s:", **_who(handover)) + _list(names),
            MINE,
        )


def answered(handover: Handover, action: HandoverAction, number: int, said: str) -> None:
    """Tell who proposed what became of it."""
    person = handover.proposed_by
    if person is None or person.left_on is not None or person.id == handover.to_person_id:
        return
    with speaking(person.language):
        if action == HandoverAction.ACCEPT:
            subject = ngettext(
                "%(name)s has taken over %(number)s item",
                "%(name)s has taken over %(number)s items",
                number,
                name=handover.to_person.name,
            )
        else:
            subject = ngettext(
                "%(name)s has declined %(number)s item",
                "%(name)s has declined %(number)s items",
                number,
                name=handover.to_person.name,
            )
        body = _("Handover %(number)s", number=handover.number) + (f"\n{said}" if said else "")
        _to(person, "handover_answered", subject, body, f"/handovers/{handover.id}")


def recalled(handover: Handover, number: int) -> None:
    """Tell the recipient that nothing needs to be confirmed any more."""
    person = handover.to_person
    if person.left_on is not None:
        return
    with speaking(person.language):
        subject = ngettext(
            "%(number)s item needs no confirmation any more",
            "%(number)s items need no confirmation any more",
            number,
        )
        said = _("Handover %(number)s was recalled.", number=handover.number)
        _to(person, "handover_recalled", subject, said, MINE)


def asked(transfer: Transfer, names: Sequence[str], *, by: Viewer) -> int:
    """Ask the approvers nearest to the sending unit; return how many people were told."""
    people = _nearest(transfer.from_unit, APPROVERS, but=(by.id, transfer.prepared_by_id))
    for person in people:
        with speaking(person.language):
            subject = ngettext(
                "Please approve a transfer of %(number)s item to %(unit)s",
                "Please approve a transfer of %(number)s items to %(unit)s",
                len(names),
                unit=transfer.to_unit.name,
            )
            said = _(
                "%(name)s asks for it. Transfer %(number)s: %(reason)s",
                name=by.name,
                number=transfer.number,
                reason=transfer.reason,
            )
            _to(person, "transfer_asked", subject, said + _list(names), _page(transfer))
    return len(people)


def decided(transfer: Transfer, *, by: Viewer) -> None:
    """Tell who prepared a transfer that it is approved or given up, unless they did it."""
    person = transfer.prepared_by
    if person is None or person.left_on is not None or person.id == by.id:
        return
    with speaking(person.language):
        if transfer.state == TransferState.APPROVED:
            subject = _("Transfer %(number)s is approved", number=transfer.number)
            said = _("%(name)s approved it. Send the things off next.", name=by.name)
        else:
            subject = _("Transfer %(number)s is given up", number=transfer.number)
            said = f"{by.name}: {transfer.answer}"
        _to(person, "transfer_decided", subject, said, _page(transfer))


def sent(transfer: Transfer, names: Sequence[str], *, by: Viewer) -> None:
    """Tell the receiving unit that things are on their way."""
    for person in _nearest(transfer.to_unit, RECEIVERS, but=(by.id,)):
        with speaking(person.language):
            subject = ngettext(
                "On its way to you: %(number)s item from %(unit)s",
                "On their way to you: %(number)s items from %(unit)s",
                len(names),
                unit=transfer.from_unit.name,
            )
            said = _("Transfer %(number)s:", number=transfer.number) + _list(names)
            _to(person, "transfer_sent", subject, said, _page(transfer))


def arrived(transfer: Transfer, lines: Sequence[TransferLine]) -> None:
    """Tell who sent the things what the receiving unit said of these items.

    What is not in order is named with what was said of it; so is what has a note.
    """
    person = transfer.sent_by
    if person is None or person.left_on is not None:
        return
    with speaking(person.language):
        known = {"unit": transfer.to_unit.name, "number": transfer.number}
        if all(line.state == LineState.ARRIVED and not line.damaged for line in lines):
            subject = _("%(unit)s has confirmed the arrival of %(number)s", **known)
        else:
            subject = _("%(unit)s has answered %(number)s: not everything is in order", **known)
        told = [said for said in (_said_of(line) for line in lines) if said]
        body = _("See the page of the transfer for every item.")
        body = "\n".join([*told[:NAMED], body])
        _to(person, "transfer_answered", subject, body, _page(transfer))


def declined(transfer: Transfer) -> None:
    """Tell who sent the things that the receiving unit does not take them, and why."""
    person = transfer.sent_by
    if person is None or person.left_on is not None:
        return
    with speaking(person.language):
        unit = transfer.to_unit.name
        subject = _("%(unit)s has declined %(number)s", unit=unit, number=transfer.number)
        _to(person, "transfer_answered", subject, transfer.answer, _page(transfer))


def entrusted(transfer: Transfer, to: Person, names: Sequence[str], *, by: Viewer) -> None:
    """Tell a person of what arrived and stands in the own name since, unless the person said so."""
    if not names or to.id == by.id or to.left_on is not None:
        return
    with speaking(to.language):
        subject = ngettext(
            "%(number)s item is in your name from now on",
            "%(number)s items are in your name from now on",
            len(names),
        )
        said = _(
            "Written down by %(name)s on the arrival of %(number)s. What is not yours or not there "
            "you can say on the page “My equipment”.",
            name=by.name,
            number=transfer.number,
        )
        _to(to, "transfer_entrusted", subject, said + _list(names), MINE)


def _nearest(
    unit: Unit, roles: Sequence[Role], *, but: Sequence[int | None] = ()
) -> Sequence[Person]:
    """Return who holds one of the roles nearest to a unit: in it, else above it.

    Whoever holds it for the whole office is asked after that, as the whole office is not woken for
    what a unit can do by itself; the administrators where nobody else may.
    """
    chain = [int(part) for part in unit.path.split("/") if part][::-1]
    grants = db.session.execute(
        select(RoleGrant.role, RoleGrant.unit_id, Person)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role.in_((*roles, Role.ADMIN)),
            RoleGrant.unit_id.in_(chain) | RoleGrant.unit_id.is_(None),
            Person.left_on.is_(None),
            Person.id.not_in([one for one in but if one is not None]),
        )
        .order_by(Person.id)
    ).all()
    for asked in (roles, (Role.ADMIN,)):
        for here in (*chain, None):
            found = {one.id: one for role, at, one in grants if at == here and role in asked}
            if found:
                return list(found.values())
    return []


def remarked(asset: Asset, kind: RemarkKind, said: str, *, by: Viewer) -> None:
    """Tell the store nearest to an item what its person in charge says of it."""
    for person in _nearest(asset.holding_unit, (Role.STOREKEEPER,), but=(by.id,)):
        with speaking(person.language):
            subject = _("A remark waits for you: %(name)s", name=asset.name)
            words = [f"{by.name}: {REMARK_KINDS[kind]}", asset.asset_no or asset.serial_no, said]
            _to(person, "handover_remarked", subject, "\n".join(filter(None, words)), "/remarks")


def settled(one: Remark, *, by: Viewer) -> None:
    """Tell who made a remark what became of it."""
    person = one.person
    if person.left_on is not None or person.id == by.id:
        return
    with speaking(person.language):
        subject = (
            _("Your remark was followed: %(name)s", name=one.asset.name)
            if one.state == RemarkState.FOLLOWED
            else _("Your remark was not followed: %(name)s", name=one.asset.name)
        )
        said = f"{by.name}: {one.answer}" if one.answer else by.name
        _to(person, "handover_settled", subject, said, MINE)


def _said_of(line: TransferLine) -> str:
    """Return what was said of an item that is not in order or has a note; else nothing."""
    if line.state == LineState.ARRIVED and not line.damaged and not line.note:
        return ""
    state = str(LINES.faces[LineState(line.state)].label)
    words = [state, _("damaged") if line.damaged else "", line.note]
    return f"{line.asset.name}: " + " · ".join(word for word in words if word)


def _page(transfer: Transfer) -> str:
    return f"/transfers/{transfer.id}"


def _to(person: Person, kind: str, subject: str, body: str, link: str) -> None:
    bookkeeping.send(
        kind=kind,
        subject=subject,
        body=body,
        language=person.language,
        person_id=person.id,
        link=link,
    )


def _list(names: Sequence[str]) -> str:
    shown = "".join(f"\n- {name}" for name in names[:NAMED])
    return shown + ("\n…" if len(names) > NAMED else "")


def _who(handover: Handover) -> dict[str, str]:
    return {"name": handover.proposed_by_name, "number": handover.number}
