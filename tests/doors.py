"""What every role is answered at an address; looking at many doors in one test costs a tenth."""

from __future__ import annotations

from collections.abc import Iterable

from flask.testing import FlaskClient

from office.people.access import Role
from tests.cast import Cast
from tests.factories.office import sign_in


def answers(
    client: FlaskClient,
    cast: Cast,
    addresses: Iterable[str],
    *,
    roles: Iterable[Role] = tuple(Role),
    method: str = "GET",
) -> dict[tuple[str, Role], int]:
    """Return the status that each role gets at each address, one role after the other."""
    people, doors = cast.by_role(), tuple(addresses)
    found = {}
    for role in roles:
        sign_in(client, people[role])
        for door in doors:
            found[door, role] = client.open(door, method=method).status_code
    return found
