"""Every place of a sentence is filled in: a forgotten one is a page that breaks when it speaks."""

from __future__ import annotations

import ast
import re

from tests.architecture import sources

# At which arguments the texts stand, from and until; what is no function of words has none.
SPEAKING = {"_": (0, 1), "gettext": (0, 1), "pgettext": (1, 2), "ngettext": (0, 2)}
# The places that the function itself fills.
FILLED = {"ngettext": {"number"}}
PLACE = re.compile(r"%\((\w+)\)")


def _forgotten(tree: ast.AST) -> list[tuple[int, set[str]]]:
    """Return lines and places; a text without any value is filled in by nobody, or later."""
    found = []
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        first, last = SPEAKING.get(call.func.id, (0, 0))
        given = {one.arg for one in call.keywords}
        if None in given or (not given and call.func.id != "ngettext"):
            continue
        said = [one.value for one in call.args[first:last] if isinstance(one, ast.Constant)]
        places = {place for text in said for place in PLACE.findall(str(text))}
        if missing := places - given - FILLED.get(call.func.id, set()):
            found.append((call.lineno, missing))
    return found


def test_every_place_of_a_sentence_is_filled_in() -> None:
    wrong = [
        (sources.name(path), *one)
        for path in sources.modules()
        for one in _forgotten(sources.tree(path))
    ]
    assert wrong == []


def test_a_forgotten_place_is_found() -> None:
    source = 'ngettext("%(num)s one", "%(num)s many", 3)\n_("%(who)s and %(what)s", who=1)\n'
    assert _forgotten(ast.parse(source)) == [(1, {"num"}), (2, {"what"})]
