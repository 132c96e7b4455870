"""The home of an administrator leads an empty office through its first steps."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from helpdesk.desk.beginning import first_steps
from office.people.access import Role
from tests.factories.assets import make_asset
from tests.factories.office import make_person, make_unit, sign_in, viewer_for
from tests.factories.tickets import make_tag


def test_an_office_that_begins_has_everything_before_it(app: Flask) -> None:
    steps = first_steps(viewer_for(make_person(Role.ADMIN)))
    assert [step.done for step in steps] == [False, False, False, False]


def test_each_step_is_done_once_there_is_something_to_show_for_it(app: Flask) -> None:
    admin = make_person(Role.ADMIN)
    school = make_unit()
    assert [step.done for step in first_steps(viewer_for(admin))] == [True, False, False, False]
    make_person(unit=school)
    assert [step.done for step in first_steps(viewer_for(admin))] == [True, True, False, False]
    make_asset(school)
    assert [step.done for step in first_steps(viewer_for(admin))] == [True, True, True, False]


def test_the_steps_go_once_all_are_done(app: Flask) -> None:
    admin = make_person(Role.ADMIN)
    school = make_unit()
    make_person(unit=school)
    item = make_asset(school)
    make_tag(item)
    assert first_steps(viewer_for(admin)) == []


def test_only_an_administrator_of_the_whole_office_sees_them(client: FlaskClient) -> None:
    school = make_unit()
    sign_in(client, make_person(Role.ADMIN, over=school))
    assert "first-steps" not in client.get("/").text
    sign_in(client, make_person(Role.ADMIN))
    assert "first-steps" in client.get("/").text
