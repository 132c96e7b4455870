"""Two people, or one person twice, at the same moment: exactly one outcome on both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval, ApprovalAct
from office.approvals.rules import asking, links, signing
from office.approvals.states import Act, State
from office.people.access import Role
from tests.factories.office import make_person, viewer_for
from tests.office.approvals.conftest import People
from tests.office.approvals.test_links import link_to
from tests.office.approvals.wishes import DIRECTOR, HEAD, Wishes, ask, registered, wish
from tests.office.at_once import in_threads


def tried(act: Callable[[], Any]) -> str:
    """Do an act in a unit of work; return "done", or the sentence of the refusal."""
    try:
        with work():
            act()
    except Refusal as refusal:
        return refusal.message
    return "done"


def count(approval_id: int, *acts: Act) -> int:
    db.session.rollback()  # what the threads did was not there when this session began to read
    query = select(func.count()).where(
        ApprovalAct.approval_id == approval_id, ApprovalAct.act.in_(acts)
    )
    return db.session.scalars(query).one()


def one(approval_id: int) -> Approval:
    return db.session.get_one(Approval, approval_id)


def test_of_two_in_a_group_one_signs_and_the_other_reads_who_did(
    app: Flask, people: People
) -> None:
    second = make_person(Role.APPROVER, over=people.cast.school)
    with registered(HEAD, DIRECTOR):
        approval_id = ask(people.malee).id
        viewers = [viewer_for(people.head), viewer_for(second)]
        said = in_threads(
            app,
            2,
            lambda n: tried(lambda: signing.approve(one(approval_id), by=viewers[n])),
        )
        assert said.count("done") == 1
        assert count(approval_id, Act.APPROVED) == 1


def test_approving_and_recalling_at_once_has_one_outcome(app: Flask, people: People) -> None:
    with registered(HEAD):
        approval_id = ask(people.malee).id
        head, malee = viewer_for(people.head), viewer_for(people.malee)

        def act(number: int) -> str:
            if number:
                return tried(lambda: asking.recall(one(approval_id), by=malee))
            return tried(lambda: signing.approve(one(approval_id), by=head))

        said = in_threads(app, 2, act)
        assert said.count("done") == 1
        assert all("done" in word or len(word) > 10 for word in said)
        assert count(approval_id, Act.APPROVED, Act.RECALLED) == 1


def test_a_double_tap_signs_once(app: Flask, people: People, room: Wishes) -> None:
    approval_id = ask(people.malee).id
    head = viewer_for(people.head)
    said = in_threads(app, 4, lambda _n: tried(lambda: signing.approve(one(approval_id), by=head)))
    assert said.count("done") == 1
    assert count(approval_id, Act.APPROVED) == 1


def test_the_link_and_the_page_at_once_count_once(app: Flask, people: People, room: Wishes) -> None:
    approval_id = ask(people.malee).id
    secret, head = link_to(people.head).rsplit("/", 1)[1], viewer_for(people.head)

    def act(number: int) -> str:
        def by_link() -> None:
            link = links.link_of(secret)
            by = links.spend(link)
            signing.approve(link.step.approval, by=by, step_id=link.step_id, by_link=True)

        return tried(by_link if number else lambda: signing.approve(one(approval_id), by=head))

    said = in_threads(app, 2, act)
    assert said.count("done") == 1
    assert count(approval_id, Act.APPROVED) == 1


def test_all_of_a_group_at_once_finish_it_together(app: Flask, people: People) -> None:
    from office.approvals.kinds import StepPlan
    from office.approvals.states import Place

    others = [make_person(Role.APPROVER, over=people.cast.school) for _n in range(3)]
    with registered(StepPlan("คณะกรรมการ", "", Place.OWN_UNIT, all_sign=True)) as room:
        approval_id = ask(people.malee).id
        viewers = [viewer_for(person) for person in (people.head, *others)]
        said = in_threads(
            app,
            4,
            lambda n: tried(lambda: signing.approve(one(approval_id), by=viewers[n])),
        )
        db.session.rollback()
        assert said == ["done"] * 4
        assert one(approval_id).state == State.APPROVED
        assert room.events == [("approved", 1)]


def test_two_requests_for_one_subject_at_once_are_one(
    app: Flask, people: People, room: Wishes
) -> None:
    malee = viewer_for(people.malee)
    said = in_threads(app, 3, lambda _n: tried(lambda: asking.submit(wish(people.malee), by=malee)))
    assert said.count("done") == 1
