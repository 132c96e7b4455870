"""Every door of the service says who may use it, and none opens to a forged form."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import AnyConverter, BaseConverter, Rule

from kernel.access import Permission
from kernel.db import Model, db
from office.people.access import Role
from tests.architecture import sources
from tests.cast import make_cast
from tests.conftest import ENGINES
from tests.factories.office import sign_in

Browser = tuple[Role | None, FlaskClient]
SERVER_ERROR = 500
# What a view reads of the query: ``args.get("unit")``, ``_day("since")``.
ASKED = re.compile(r"""(?:args\.get(?:list)?|_day|_id|_whole)\(\s*"([a-z_]+)\"""")
MANY_NAMES = 50
# What an engine, or the reading before it, may stumble over: too large a number, a day without a
# successor; a number beyond the keys of a table, signs that a text may not hold.
NONSENSE = {"sqlite": ("9" * 23, "9999-12-31"), "postgresql": ("9" * 17, "\0%_'")}
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
# What a variable part of an address is filled with; anything well-formed does.
SAMPLES = {"RowNumber": 1, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}
# The last one is of calls that another system signs; no browser can make them.
FORM_CHECKS = {
    "accepted",
    "insist",
    "validate_on_submit",
    "validate_csrf",
    "check_token",
    "is_signed",
}


def rules(app: Flask) -> Iterator[Rule]:
    """The addresses of the service, without those of static files."""
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.endswith("static"):
            yield rule


def address(app: Flask, rule: Rule) -> str:
    """An address that the rule matches."""
    values = {name: _sample(converter) for name, converter in rule._converters.items()}
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=_method(rule))


def _sample(converter: BaseConverter) -> Any:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return SAMPLES.get(type(converter).__name__, "x")


def _method(rule: Rule) -> str:
    methods = rule.methods or set()
    return next(iter(sorted(methods & CHANGING)), "GET")


def contents(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Everything the database holds, by table."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in Model.metadata.sorted_tables
        }


def test_every_endpoint_is_permitted_or_public(app: Flask) -> None:
    undeclared = {
        rule.endpoint
        for rule in rules(app)
        if not isinstance(
            access := getattr(app.view_functions[rule.endpoint], "access", None), Permission
        )
        and access != "public"
    }
    assert undeclared == set()


def test_every_permission_of_an_endpoint_is_held_by_a_role(app: Flask) -> None:
    nobodys = {
        rule.endpoint
        for rule in rules(app)
        if isinstance(
            access := getattr(app.view_functions[rule.endpoint], "access", None), Permission
        )
        and not access.roles
    }
    assert nobodys == set()


def test_every_view_that_changes_something_checks_a_form(app: Flask) -> None:
    unchecked = set()
    for rule in rules(app):
        if not (rule.methods or set()) & CHANGING:
            continue
        view = inspect.unwrap(app.view_functions[rule.endpoint])
        module = inspect.getmodule(view)
        assert module is not None
        if not _checks_form(view.__name__, ast.parse(inspect.getsource(module))):
            unchecked.add(rule.endpoint)
    assert unchecked == set()


def _checks_form(function: str, module: ast.Module) -> bool:
    """Tell whether the function, or one of its module that it calls, checks a form."""
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    waiting, seen = [function], set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in functions:
            continue
        seen.add(name)
        for node in ast.walk(functions[name]):
            if isinstance(node, ast.Attribute) and node.attr in FORM_CHECKS:
                return True
            if isinstance(node, ast.Name):
                waiting.append(node.id)
    return False


def access_of(app: Flask, rule: Rule) -> Any:
    """What the view of the rule declares: a permission, or that it is public."""
    return getattr(app.view_functions[rule.endpoint], "access", None)


def _lets_in(app: Flask, rule: Rule, role: Role | None) -> bool:
    """Tell whether the guard of a view lets a role in, or a guest where there is none."""
    access = access_of(app, rule)
    return access == "public" or (isinstance(access, Permission) and role in access.roles)


def signed_in(app: Flask) -> Iterator[Browser]:
    """A guest's browser, then one of a person of each role."""
    people = make_cast().by_role()
    for role in (None, *Role):
        client = app.test_client()
        if role:
            sign_in(client, people[role])
        yield role, client


def turns(engine_name: str, browsers: Iterable[Browser]) -> list[Browser]:
    """An administrator's browser, and of the others every second one on each engine.

    What a role sees is the same on both; an administrator sees most.
    """
    mine = ENGINES.index(engine_name)
    return [
        (role, client)
        for number, (role, client) in enumerate(browsers)
        if role == Role.ADMIN or number % len(ENGINES) == mine
    ]


def test_the_guard_refuses_who_lacks_the_permission_of_a_view(app: Flask) -> None:
    doors = {(access_of(app, rule), _method(rule)): rule for rule in rules(app)}
    let_in = {
        (role, door.endpoint, method)
        for role, client in signed_in(app)
        for (access, method), door in doors.items()
        if access != "public" and role not in access.roles
        if client.open(address(app, door), method=method).status_code != (403 if role else 302)
    }
    assert let_in == set()


def test_a_forged_form_changes_nothing(app: Flask, engine_name: str) -> None:
    """Somebody who may come through each door forges its form, on each engine somebody else."""
    browsers = list(signed_in(app))
    before = contents(app)
    forged = {"csrf_token": "made on another site"}
    for rule in rules(app):
        if (rule.methods or set()) & CHANGING:
            able = [client for role, client in browsers if _lets_in(app, rule, role)]
            client = able[ENGINES.index(engine_name) % len(able)]
            client.open(address(app, rule), method=_method(rule), data=forged, forged=True)
    assert contents(app) == before


def test_reading_changes_nothing_and_nothing_breaks(app: Flask, engine_name: str) -> None:
    """Each door is opened by each role it lets in, by every second of them on each engine."""
    browsers = list(signed_in(app))
    before = contents(app)
    opened = [
        (role, client, rule)
        for rule in rules(app)
        if "GET" in (rule.methods or set())
        for role, client in browsers
        if _lets_in(app, rule, role)
    ]
    broken = {
        (role, rule.endpoint)
        for role, client, rule in opened[ENGINES.index(engine_name) :: len(ENGINES)]
        if client.get(address(app, rule)).status_code == SERVER_ERROR
    }
    assert broken == set()
    assert contents(app) == before


def test_no_nonsense_in_the_query_of_an_address_breaks_a_page(
    app: Flask, client: FlaskClient, engine_name: str
) -> None:
    sign_in(client, make_cast().by_role()[Role.ADMIN])
    names = {
        name
        for file in sources.modules()
        for name in ASKED.findall(file.read_text(encoding="utf-8"))
    }
    assert len(names) > MANY_NAMES
    broken = {
        (rule.endpoint, nonsense)
        for rule in rules(app)
        if "GET" in (rule.methods or set()) and not rule.arguments
        for nonsense in NONSENSE[engine_name]
        if client.get(rule.rule, query_string=dict.fromkeys(names, nonsense)).status_code
        == SERVER_ERROR
    }
    assert broken == set()
