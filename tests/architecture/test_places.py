"""Everything stands where the house plan says."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

from config import BASE_DIR
from tests.architecture import sources

FORBIDDEN = {"utils", "util", "helpers", "common", "misc", "base", "manager", "service", "services"}
COMMITTER = "kernel/work.py"
READS_ENVIRONMENT = "config.py"
TEMPLATE_FOLDERS = {"_layout", "_components", "errors", "styleguide"}


def calls_of(method: str, path: Path) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
    ]


def comment_lines(path: Path) -> set[int]:
    with path.open("rb") as file:
        content = file.read()
    tokens = tokenize.tokenize(io.BytesIO(content).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.COMMENT}


def test_only_the_unit_of_work_commits() -> None:
    committers = {sources.name(path) for path in sources.modules() if calls_of("commit", path)}
    assert committers == {COMMITTER}


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        sources.name(path)
        for path in sources.modules()
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
        if isinstance(node.value, ast.Name) and node.value.id == "os"
    }
    assert readers == {READS_ENVIRONMENT}


def test_package_files_hold_only_a_docstring() -> None:
    fuller = [
        sources.name(path)
        for path in sources.modules()
        if path.name == "__init__.py"
        if len(sources.tree(path).body) != 1 or not ast.get_docstring(sources.tree(path))
    ]
    assert fuller == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    everything = [*sources.modules(), *sources.test_modules()]
    assert [
        sources.name(path)
        for path in everything
        if path.stem in FORBIDDEN or path.parent.name in FORBIDDEN
    ] == []


def test_the_kernel_has_no_tables() -> None:
    with_tables = {
        sources.name(path)
        for path in (BASE_DIR / "kernel").glob("*.py")
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Name) and node.id == "__tablename__"
    }
    assert with_tables == set()


def test_every_flush_says_which_id_it_needs() -> None:
    silent = [
        f"{sources.name(path)}:{call.lineno}"
        for path in sources.modules()
        for call in calls_of("flush", path)
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith("session")
        if not {call.lineno, call.lineno - 1} & comment_lines(path)
    ]
    assert silent == []


def test_templates_stand_where_their_rooms_stand() -> None:
    rooms = {folder.relative_to(BASE_DIR).as_posix() for folder in sources.rooms()}
    homeless = []
    for template in sorted((BASE_DIR / "templates").rglob("*.*")):
        folders = template.relative_to(BASE_DIR / "templates").parts[:-1]
        whole_site = not folders or folders[0] in TEMPLATE_FOLDERS
        at_home = whole_site or "/".join(folders[:2]) in rooms
        if template.is_file() and not at_home:
            homeless.append(sources.name(template))
    assert homeless == []


def test_tests_stand_where_their_rooms_stand() -> None:
    rooms = {folder.relative_to(BASE_DIR).as_posix() for folder in sources.rooms()}
    homeless = {
        sources.name(path)
        for path in sources.test_modules()
        if path.relative_to(BASE_DIR / "tests").parts[0] in sources.FLOORS[1:]
        and path.name.startswith("test_")
        if "/".join(path.relative_to(BASE_DIR / "tests").parts[:2]) not in rooms
        and len(path.relative_to(BASE_DIR / "tests").parts) > 2
    }
    assert homeless == set()


def test_every_room_introduces_itself_in_at_most_fifteen_lines() -> None:
    long = {
        sources.name(folder): docstring.count("\n") + 1
        for folder in sources.rooms()
        if (docstring := ast.get_docstring(sources.tree(folder / "__init__.py")) or "")
        if docstring.count("\n") + 1 > 15
    }
    assert long == {}
