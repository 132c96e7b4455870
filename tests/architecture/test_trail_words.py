"""The audit page reads in words: every act, every kind of thing and every field has one."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from kernel.db import Model
from kernel.i18n import speaking
from office.bookkeeping import words
from office.bookkeeping.field_words import FIELDS
from tests.architecture import sources

RECORDERS = {"audit.record", "audit.record_changes", "record_all"}
LAST_NAMES = {name.rpartition(".")[2] for name in RECORDERS}
# Where the act is worked out, the rule's own words: what it can come to.
WORKED_OUT = {
    "office/approvals/rules/moving.py": {
        "answered",
        "approved",
        "assigned",
        "delegated",
        "recalled",
        "rejected",
        "reminded",
        "sent_back",
        "submitted",
        "voided",
    },
    "helpdesk/incidents/rules/handling.py": {
        "closed",
        "contained",
        "dismissed",
        "reopened",
        "repaired",
    },
    "helpdesk/programmes/rules/planning.py": {"dropped", "finished"},
    "helpdesk/programmes/rules/stepping.py": {"begun", "finished", "reopened"},
    "assets/loans/rules/extending.py": {"granted", "refused"},
    "assets/loans/rules/sending.py": {"cancelled", "closed", "expired"},
    "office/cards/rules/issuing.py": {"replaced", "reported_lost", "revoked"},
    "office/cards/rules/requesting.py": {"cancelled", "rejected"},
    "assets/labels/rules/tags.py": {"printed", "tagged"},
    "assets/register/rules/bulk.py": {"applied", "undone"},
    "assets/register/rules/sets.py": {"put_together", "taken_apart"},
    "assets/stock/rules/counting.py": {
        "approved",
        "cancelled",
        "closed",
        "finished",
        "reopened",
        "returned",
        "submitted",
    },
    "assets/stock/rules/slips.py": {
        "accepted",
        "adjusted",
        "counted",
        "declined",
        "given_back",
        "issued",
        "opened",
        "recalled",
        "received",
        "refused",
        "sent",
        "submitted",
        "written_off",
    },
    "assets/transfers/rules/handing.py": {"accepted", "declined", "recalled", "signed"},
    "assets/transfers/rules/remarks.py": {"settled", "dismissed"},
    "helpdesk/knowledge/rules.py": {"published", "reopened", "retired", "withdrawn"},
    "helpdesk/repairs/rules/approving.py": {"approved", "rejected", "returned"},
    "helpdesk/repairs/rules/checklists.py": {"ticked", "unticked"},
    "helpdesk/tickets/rules/talk.py": {"answered", "noted"},
    "helpdesk/tickets/rules/work.py": {
        "accepted",
        "cancelled",
        "closed",
        "reopened",
        "resolved",
        "resumed",
        "started",
        "waited",
    },
}


@cache
def recorded() -> tuple[tuple[Path, ast.Call, ast.FunctionDef], ...]:
    """Every call that writes into the trail, with the function it stands in."""
    return tuple(
        (path, node, function)
        for path in sources.modules()
        if any(name in path.read_text(encoding="utf-8") for name in LAST_NAMES)
        for function in ast.walk(sources.tree(path))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and _writes(node.func) and node.args
    )


def _writes(called: ast.expr) -> bool:
    last = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return last in LAST_NAMES and ast.unparse(called) in RECORDERS


def acts() -> dict[str, str]:
    """Return every act with a file that records it."""
    found: dict[str, str] = {}
    for path, call, _function in recorded():
        name = sources.name(path)
        if isinstance(call.args[0], ast.Constant | ast.IfExp):
            texts = (one.value for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant))
            found |= {text: name for text in texts if isinstance(text, str)}
        else:
            found |= dict.fromkeys(
                WORKED_OUT.get(name, {f"? {ast.unparse(call.args[0])} in {name}"}), name
            )
    return found


def kinds() -> dict[str, str]:
    """Return every table that is audited, as far as the code says by a type what the subject is."""
    models = [mapper.class_ for mapper in Model.registry.mappers]
    tables = {model.__name__: str(model.__tablename__) for model in models}
    found: dict[str, str] = {}
    for path, call, function in recorded():
        subject = call.args[1] if len(call.args) > 1 else None
        if isinstance(subject, ast.Name):
            for arg in (*function.args.args, *function.args.kwonlyargs):
                told = ast.unparse(arg.annotation) if arg.annotation else ""
                if arg.arg == subject.id and told in tables:
                    found[tables[told]] = sources.name(path)
    return found


def fields() -> dict[str, str]:
    """Return every key that a call writes into before or after by its name."""
    found: dict[str, str] = {}
    for path, call, _function in recorded():
        told = [one.value for one in call.keywords if one.arg in ("before", "after")]
        if ast.unparse(call.func) == "audit.record_changes":
            told += call.args[2:3]
        for one in told:
            keys = one.keys if isinstance(one, ast.Dict) else ()
            names = (key.value for key in keys if isinstance(key, ast.Constant))
            found |= {str(name): sources.name(path) for name in names}
    return found


def test_every_act_that_is_written_down_has_a_word(app: Flask) -> None:
    assert app.name
    assert {act: file for act, file in acts().items() if act not in words.ACTS} == {}


def test_every_table_that_is_audited_has_a_word(app: Flask) -> None:
    assert app.name
    found = kinds()
    assert len(found) > 20
    assert {kind: file for kind, file in found.items() if kind not in words.KINDS} == {}


def test_every_field_that_is_written_down_by_name_has_a_word(app: Flask) -> None:
    assert app.name
    assert {name: file for name, file in fields().items() if name not in FIELDS} == {}


@pytest.mark.parametrize(
    ("field", "raw", "thai", "english"),
    [
        ("condition", "damaged", "ชำรุด", "damaged"),
        ("lendable", True, "ใช่", "yes"),
        ("acquired_on", "2026-10-01", "1 ต.ค. 2569", "1 Oct 2026"),
        ("note", "", "–", "–"),
        ("items", [1, 2], "1, 2", "1, 2"),
    ],
)
def test_values_are_told_in_the_words_of_the_reader(
    app: Flask, field: str, raw: object, thai: str, english: str
) -> None:
    with app.test_request_context():
        with speaking("th"):
            assert words.value("asset", field, raw) == thai
        with speaking("en"):
            assert words.value("asset", field, raw).lower() == english.lower()
