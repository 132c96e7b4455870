"""What is kept beside the cards follows the session; who writes cards by statements is known."""

from __future__ import annotations

import ast

from tests.architecture import sources

STATEMENTS = {"insert", "update", "delete", "inserting"}
# Through ``session.execute`` such a statement upsets the kept book values (`register.worth_kept`).
# The first two write columns that tell no value, past it; the third lets the kept values go too.
KNOWN = {
    ("assets/register/custodians.py", "update"),
    ("assets/register/in_step.py", "update"),
    ("assets/register/rules/import_undo.py", "delete"),
}


def writers() -> set[tuple[str, str]]:
    """Every module that makes a statement which writes the table of items."""
    found = set()
    for path in sources.modules():
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.Call) and node.args and "Asset" in names_in(node.args[0]):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in STATEMENTS:
                    found.add((sources.name(path), name))
    return found


def names_in(node: ast.expr) -> set[str]:
    """The names of a plain argument: ``Asset``, ``models.Asset``, ``Asset.__table__``."""
    return {
        getattr(one, "attr", getattr(one, "id", ""))
        for one in ast.walk(node)
        if isinstance(one, ast.Name | ast.Attribute)
    }


def test_no_other_statement_writes_items_than_those_that_are_known() -> None:
    assert writers() == KNOWN
