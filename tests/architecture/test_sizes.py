"""Files and functions stay small enough to be read in one sitting."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture import sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_TEST_FILE = 300
# "path" or "path:function" -> why it may be longer. Three at most: a fourth wants a second noun.
EXCEPTIONS: dict[str, str] = {}


def lines_of(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring left out: explaining is not punished."""
    docstring = 0
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        docstring = first.end_lineno - first.lineno + 1
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1 - docstring


def test_files_stay_under_400_lines() -> None:
    long = {sources.name(p): lines_of(p) for p in sources.modules() if lines_of(p) > LONGEST_FILE}
    assert {name: size for name, size in long.items() if name not in EXCEPTIONS} == {}


def test_test_files_stay_under_300_lines() -> None:
    sizes = {sources.name(path): lines_of(path) for path in sources.test_modules()}
    long = {name: size for name, size in sizes.items() if size > LONGEST_TEST_FILE}
    assert {name: size for name, size in long.items() if name not in EXCEPTIONS} == {}


def test_functions_stay_under_40_lines() -> None:
    long = {
        f"{sources.name(path)}:{node.name}": length(node)
        for path in sources.modules()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and length(node) > LONGEST_FUNCTION
    }
    assert {name: size for name, size in long.items() if name not in EXCEPTIONS} == {}


def test_there_are_at_most_three_exceptions() -> None:
    assert len(EXCEPTIONS) <= 3
