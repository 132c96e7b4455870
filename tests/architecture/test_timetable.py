"""Everything that happens because time passed stands on one page."""

from __future__ import annotations

import ast
from pathlib import Path

from config import BASE_DIR
from tests.architecture import sources

TIMETABLE = (BASE_DIR / "helpdesk" / "timetable.py", BASE_DIR / "helpdesk" / "timetable")


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(BASE_DIR).with_suffix("").parts)


def job_modules() -> list[Path]:
    return [
        path
        for path in sources.modules()
        if path.name == "jobs.py" or (path.parent.name == "jobs" and path.name != "__init__.py")
    ]


def jobs() -> set[str]:
    """Every public function of a jobs.py, by its full name."""
    return {
        f"{module_name(path)}.{node.name}"
        for path in job_modules()
        for node in sources.tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def scheduled() -> set[str]:
    """Every function of another module that the timetable names."""
    found: set[str] = set()
    for path in sources.modules():
        if path not in TIMETABLE and TIMETABLE[1] not in path.parents:
            continue
        tree = sources.tree(path)
        imported = {
            name.asname or name.name: f"{node.module}.{name.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for name in node.names
        }
        found |= {
            f"{imported[node.value.id]}.{node.attr}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in imported
        }
        found |= {
            imported[node.id]
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and node.id in imported
        }
    return found


def test_every_job_stands_in_the_timetable() -> None:
    assert jobs() - scheduled() == set()
