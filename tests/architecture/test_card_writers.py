"""What is kept beside the cards follows the session; who writes cards by statements is known."""

from __future__ import annotations

import ast
import re

from tests.architecture import sources

STATEMENTS = {"insert", "update", "delete", "inserting", "insert_new", "insert_or_skip"}
IN_WORDS = re.compile(r"\b(UPDATE|INTO|DELETE FROM) asset\b", re.IGNORECASE)
# Through ``session.execute`` such a statement upsets the kept book values (`register.worth_kept`).
# The first two write columns that tell no value, past it; the others let the kept values go too, or
# keep them.
KNOWN = {
    ("assets/register/custodians.py", "update"),
    ("assets/register/in_step.py", "update"),
    ("assets/register/rules/import_undo.py", "delete"),
    ("assets/register/rules/many_rows.py", "update"),
}


def writers() -> set[tuple[str, str]]:
    """Every module that makes a statement which writes the table of items."""
    found = set()
    for path in sources.modules():
        text = path.read_text(encoding="utf-8")
        if "Asset" not in text and not IN_WORDS.search(text):
            continue
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.Call) and "Asset" in written_by(node):
                found.add((sources.name(path), name_of(node.func)))
            if isinstance(node, ast.Constant) and IN_WORDS.search(str(node.value)):
                found.add((sources.name(path), "words"))
    return found


def written_by(call: ast.Call) -> set[str]:
    """The names of what a statement writes: ``update(Asset)``, ``Asset.__table__.update()``."""
    if name_of(call.func) not in STATEMENTS:
        return set()
    first = names_in(call.args[0]) if call.args else set()
    return first | (names_in(call.func.value) if isinstance(call.func, ast.Attribute) else set())


def name_of(function: ast.expr) -> str:
    return str(getattr(function, "attr", getattr(function, "id", "")))


def names_in(node: ast.expr) -> set[str]:
    """The names of a plain argument: ``Asset``, ``models.Asset``, ``Asset.__table__``."""
    return {
        getattr(one, "attr", getattr(one, "id", ""))
        for one in ast.walk(node)
        if isinstance(one, ast.Name | ast.Attribute)
    }


def test_no_other_statement_writes_items_than_those_that_are_known() -> None:
    assert writers() == KNOWN
