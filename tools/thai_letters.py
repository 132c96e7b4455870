"""Finds Thai letters where texts do not belong: in string literals and templates.

Comments and docstrings may quote Thai; what people read comes from the catalogues.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

LETTER = re.compile("[\u0e00-\u0e7f]")

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)

# Files whose subject is Thai writing itself, each with its reason. A folder ends with a slash.
ALLOWED = {
    "kernel/thai.py": "reads and writes Thai digits, dates and amounts in words",
    "kernel/keyboard.py": "undoes a Thai keyboard layout under a wedge scanner",
    "assets/loans/rules/lending.py": "holds the prefix of loan numbers",
    "assets/transfers/rules/handing.py": "holds the prefix of handover numbers",
    "assets/disposals/methods.py": "knows phones, tablets and notebooks by words of their cards",
    "assets/disposals/rules/deciding.py": "brings along the Thai name of the step of its path",
    "assets/disposals/rules/proposing.py": "holds the prefix of disposal numbers",
    "assets/transfers/rules/preparing.py": "holds the prefix of transfer numbers",
    "assets/stock/opening_list.py": "recognises the column heads and words of Thai stock lists",
    "assets/stock/papers.py": "writes the places to sign of Thai papers",
    "assets/stock/rules/counting.py": "brings along the Thai name of the step of its path",
    "assets/stock/rules/writing_off.py": "brings along the Thai name of the step of its path",
    "assets/stock/series.py": "holds the prefixes of the documents of stores",
    "assets/register/rules/imports.py": "knows again the heading of its own file of refused rows",
    "helpdesk/incidents/samples.py": "shows a paper with made-up Thai words",
    "helpdesk/incidents/papers.py": "writes the labels and sentences of a Thai paper",
    "helpdesk/incidents/rules/handling.py": "holds the prefix of incident numbers",
    "helpdesk/privacy_requests/rules/asking.py": "holds the prefix of requests about own data",
    "office/privacy/papers.py": "writes the heads of a Thai paper",
    "helpdesk/annual/": "writes the heads and sentences of the annual report",
    "helpdesk/repairs/rules/approving.py": "brings along the Thai name of the step of its path",
    "helpdesk/repairs/rules/outside.py": "holds the prefix of letters to vendors",
    "helpdesk/programmes/approving.py": "brings along the Thai names of its step and its papers",
    "helpdesk/programmes/papers.py": "writes the sentences and heads of Thai papers",
    "office/cards/approving.py": "brings along the Thai names of its step and its paper",
    "office/cards/rules/requesting.py": "holds the prefix of card numbers",
    "office/papers/specimen.py": "names the fictitious office and people of sample papers",
    "office/papers/fonts.py": "measures a Thai letter in each font",
    "helpdesk/purchases/approving.py": "brings along the Thai names of the steps of its path",
    "helpdesk/purchases/earned.py": "recognises the percent in the words of a Thai penalty",
    "helpdesk/purchases/order_paper.py": "names a Thai paper and its two sides",
    "helpdesk/purchases/papers.py": "writes the places to sign of Thai papers",
    "helpdesk/purchases/rules/drafting.py": "holds the prefix of purchase numbers",
    "helpdesk/purchases/rules/receiving.py": "holds the prefix of acceptance numbers",
    "helpdesk/purchases/states.py": "brings along the Thai titles of the form F01",
    "kernel/baht.py": "spells amounts of baht in Thai words",
    "helpdesk/requests/approving.py": "brings along the Thai names of the steps of its paths",
    "helpdesk/requests/works.py": "brings along the form F04: its Thai labels, its prefix",
    "helpdesk/requests/materials.py": "brings along the form F01: its Thai labels, its prefix",
    "helpdesk/requests/papers.py": "writes the places to sign of Thai papers",
    "helpdesk/access_rights/asking.py": "brings along the form F13: its Thai labels, its prefix",
    "helpdesk/specifications/approving.py": "brings along the Thai names of the steps of its path",
    "helpdesk/specifications/papers.py": "writes the labels and places to sign of Thai papers",
    "helpdesk/specifications/sentences.py": "recognises the words of Thai requirements",
    "helpdesk/specifications/rules/criteria.py": "says of the shipped prices that they are samples",
    "helpdesk/specifications/rules/criteria_list.py": "recognises the column heads of Thai lists",
    "helpdesk/specifications/rules/drafting.py": "writes which item of a Thai notice was used",
    "helpdesk/specifications/rules/pasting.py": "recognises the column heads of Thai tables",
    "helpdesk/specifications/rules/sorts.py": "holds the prefixes and titles of its papers",
    "helpdesk/studies/approving.py": "brings along the Thai names of its step and its papers",
    "helpdesk/studies/rules/developing.py": "holds the prefix of numbers of developments",
    "helpdesk/studies/rules/studying.py": "holds the prefix of numbers of studies",
    "helpdesk/studies/samples.py": "holds the fictitious content of Thai papers",
    "helpdesk/surveys/approving.py": "brings along the Thai names of its steps and its paper",
    "helpdesk/surveys/rules/reporting.py": "holds the prefix of reports on surveys",
    "helpdesk/trainings/approving.py": "brings along the Thai name of the step of its path",
    "helpdesk/trainings/papers.py": "writes the days of Thai certificates",
    "helpdesk/trainings/rules/holding.py": "holds the prefix and the title of certificates",
    "office/letters/papers.py": "writes the heads of Thai registers of letters",
    "office/letters/rules/registering.py": "writes the sign of circulars in their numbers",
    "office/letters/samples.py": "shows sample registers",
    "helpdesk/minutes/papers.py": "writes the sentences and heads of Thai papers",
    "helpdesk/minutes/samples.py": "shows sample papers of a meeting",
    "helpdesk/minutes/shipped.py": "brings along the customary items of a Thai agenda",
    "helpdesk/risks/papers.py": "writes the heads of the Thai papers of internal control",
    "helpdesk/risks/samples.py": "shows sample papers of internal control",
    "templates/styleguide/": "shows sample words in every size, in development only",
    "assets/register/workbook/": "recognises the column heads and words of Thai workbooks",
}

# Every room shows its papers once, filled in with fictitious Thai words.
SAMPLES = "samples.py"


def allowed(path: Path) -> bool:
    """Tell whether a file may hold Thai literals."""
    name = path.as_posix()
    return path.name == SAMPLES or any(
        name == entry or (entry[-1] == "/" and name.startswith(entry)) for entry in ALLOWED
    )


def literal_lines(source: str) -> list[int]:
    """Return the lines of a module's string literals with Thai letters; docstrings are none."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and LETTER.search(node.value)
    ]


def template_lines(source: str) -> list[int]:
    """Return the lines of a template with Thai letters outside its comments."""
    bare = re.sub(
        r"\{#.*?#\}", lambda found: "\n" * found.group().count("\n"), source, flags=re.DOTALL
    )
    return [number for number, line in enumerate(bare.splitlines(), 1) if LETTER.search(line)]


def problems(root: Path, paths: list[Path]) -> list[str]:
    """Return one sentence for each line with Thai letters outside the catalogues."""
    found = []
    for path in paths:
        if allowed(path):
            continue
        source = (root / path).read_text(encoding="utf-8")
        if not LETTER.search(source):
            continue
        lines = literal_lines(source) if path.suffix == ".py" else template_lines(source)
        found += [f"{path}:{line}: Thai letters belong into a catalogue" for line in lines]
    return found
