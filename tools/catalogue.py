"""Keeps the Thai catalogues in step with the texts of the code: one catalogue a room.

    tools/catalogue.py update [ROOM]   bring translations/th/*.po up to date, new texts empty
    tools/catalogue.py check           fail on anything that is missing or wrong

A room's catalogue holds every text used in that room unless it stands in shared.po.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import thai_letters

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = Path("translations/th")
SHARED = "shared"
SOURCES = ("kernel", "office", "assets", "helpdesk", "templates")
FLOORS = ("office", "assets", "helpdesk")
# A role that has grown into a folder is not a room of its own.
ROLES = {"states", "models", "access", "queries", "rules", "forms", "views", "api", "jobs"}
Keyword = tuple[int | tuple[int, str], ...] | None
KEYWORDS: dict[str, Keyword] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "mark": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
}
TEMPLATE_OPTIONS = {
    "extensions": "jinja2.ext.do",
    "trimmed": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")

Key = tuple[str | None, str | tuple[str, ...]]


@dataclass
class Room:
    """The texts that one room uses, and where."""

    name: str
    uses: dict[Key, list[tuple[str, int]]] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where its catalogue lies, below the project's folder."""
        return CATALOGUES / f"{self.name}.po"


def room_of(path: Path, root: Path = ROOT) -> str:
    """Return the room that a source file belongs to.

    `assets/register/rules.py` and `templates/assets/register/list.html` belong to
    `assets.register`; `assets/register/workbook/reader.py` to `assets.register.workbook`; the
    kernel, the layout and whatever lies directly on a floor share one catalogue.
    """
    folders = path.parts[1:-1] if path.parts[0] == "templates" else path.parts[:-1]
    if len(folders) < 2 or folders[0] not in FLOORS:
        return SHARED
    is_subroom = (
        len(folders) > 2
        and folders[2] not in ROLES
        and (root / Path(*folders[:3]) / "__init__.py").exists()
    )
    return ".".join(folders[: 3 if is_subroom else 2])


def source_files(root: Path) -> list[Path]:
    """Return every file that may hold a text, below the root, in a fixed order."""
    found = []
    for source in SOURCES:
        for pattern in ("*.py", "*.html", "*.txt", "*.xml", "*.js"):
            if pattern == "*.py" or source == "templates":
                found += [p.relative_to(root) for p in (root / source).rglob(pattern)]
    return sorted(found)


def texts_in(root: Path, path: Path) -> list[tuple[Key, int]]:
    """Return the texts of one file with their lines."""
    if path.suffix == ".py":
        method, options = "python", {}
        keywords = {**KEYWORDS, **aliases((root / path).read_text(encoding="utf-8"))}
    else:
        method, options, keywords = "jinja2.ext:babel_extract", dict(TEMPLATE_OPTIONS), KEYWORDS
    found = extract_from_file(method, root / path, keywords=keywords, options=options)
    return [((context, message), line) for line, message, _comments, context in found]


def aliases(source: str) -> dict[str, Keyword]:
    """Return the other names under which a module imports the functions that take texts."""
    return {
        name.asname: KEYWORDS[name.name]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "kernel.i18n"
        for name in node.names
        if name.asname and name.name in KEYWORDS
    }


def rooms_in(root: Path) -> dict[str, Room]:
    """Read all sources; return the rooms by name, the shared one first."""
    rooms = {SHARED: Room(SHARED)}
    for path in source_files(root):
        name = room_of(path, root)
        room = rooms.setdefault(name, Room(name))
        for key, line in texts_in(root, path):
            room.uses.setdefault(key, []).append((path.as_posix(), line))
    return rooms


def catalogues_in(root: Path) -> dict[str, Catalog]:
    """Read all catalogues; return them by room."""
    found = {}
    for path in sorted((root / CATALOGUES).glob("*.po")):
        with path.open("rb") as file:
            found[path.stem] = read_po(file, locale="th", abort_invalid=True)
    return found


def key_of(message: Message) -> Key:
    """Return what a message is looked up by."""
    text = message.id
    return (message.context, tuple(text) if isinstance(text, list | tuple) else str(text))


def entries(catalogue: Catalog) -> dict[Key, Message]:
    """Return the messages without the head of the file."""
    return {key_of(message): message for message in catalogue if message.id}


def strings(message: Message) -> list[str]:
    """Return the Thai texts of a message; several where it has plural forms."""
    text = message.string
    return [str(part) for part in text] if isinstance(text, list | tuple) else [str(text or "")]


def needed(room: Room, shared: dict[Key, Message]) -> dict[Key, list[tuple[str, int]]]:
    """Return what the room's catalogue has to hold."""
    if room.name == SHARED:
        return room.uses
    return {key: uses for key, uses in room.uses.items() if key not in shared}


def update(root: Path, only: str | None) -> None:
    """Write every catalogue anew: old translations kept, new texts empty, unused texts dropped.

    A text in shared.po stays there as long as any room uses it.
    """
    rooms, catalogues = rooms_in(root), catalogues_in(root)
    shared = entries(catalogues.get(SHARED, Catalog(locale="th")))
    used_anywhere = {key for room in rooms.values() for key in room.uses}
    known = {key: m for catalogue in catalogues.values() for key, m in entries(catalogue).items()}
    for name in sorted(rooms.keys() | catalogues.keys()):
        if only not in (None, name):
            continue
        room = rooms.get(name, Room(name))
        wanted = set(needed(room, shared))
        if name == SHARED:
            wanted |= shared.keys() & used_anywhere
        _write(root / room.path, room, wanted, {**known, **entries_or_none(catalogues.get(name))})


def entries_or_none(catalogue: Catalog | None) -> dict[Key, Message]:
    """Return the messages of a catalogue that may not exist yet."""
    return entries(catalogue) if catalogue is not None else {}


def _write(path: Path, room: Room, wanted: set[Key], known: dict[Key, Message]) -> None:
    if not wanted:
        path.unlink(missing_ok=True)
        return
    fresh = Catalog(locale="th", fuzzy=False)
    fresh.header_comment = f"# Thai texts of {room.name}."
    for context, text in sorted(wanted, key=lambda key: (str(key[1]), key[0] or "")):
        old = known.get((context, text))
        files = sorted({file for file, _line in room.uses.get((context, text), [])})
        fresh.add(
            text,
            old.string if old else None,
            context=context,
            locations=[(file, None) for file in files],  # type: ignore[misc]
            flags=(old.flags - {"python-format"}) if old else (),
            user_comments=old.user_comments if old else (),
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=100, omit_header=False, include_lineno=False)
    _drop_dates(path)


def _drop_dates(path: Path) -> None:
    """Take the dates out of the head, so that an unchanged catalogue stays unchanged."""
    kept = ("Language", "MIME-Version", "Content-T", "Plural-Forms")
    lines = path.read_text(encoding="utf-8").split("\n")
    head_end = lines.index("")
    head = [
        line for line in lines[:head_end] if not line.startswith('"') or line[1:].startswith(kept)
    ]
    path.write_text("\n".join(head + lines[head_end:]), encoding="utf-8")


def problems(root: Path) -> list[str]:
    """Return one sentence for each thing that is wrong."""
    rooms, catalogues = rooms_in(root), catalogues_in(root)
    shared = entries_or_none(catalogues.get(SHARED))
    used_anywhere = {key for room in rooms.values() for key in room.uses}
    found: list[str] = []
    for name in sorted(rooms.keys() | catalogues.keys()):
        room = rooms.get(name, Room(name))
        held = entries_or_none(catalogues.get(name))
        wanted = needed(room, shared)
        for key in wanted.keys() - held.keys():
            file, line = wanted[key][0]
            found.append(f"{file}:{line}: {key[1]!r} is missing in {room.path}")
        useful = used_anywhere if name == SHARED else wanted.keys()
        found += [f"{room.path}: {key[1]!r} is not used" for key in held.keys() - useful]
        found += [f"{room.path}: {fault}" for m in held.values() for fault in faults(m)]
        if name in catalogues and catalogues[name].obsolete:
            found.append(f"{room.path}: holds obsolete entries (#~)")
    found += conflicts(catalogues)
    found += thai_letters.problems(root, source_files(root))
    return sorted(found)


def faults(message: Message) -> list[str]:
    """Return what is wrong with one entry by itself."""
    found = []
    texts = strings(message)
    ids = list(message.id) if isinstance(message.id, list | tuple) else [message.id]
    if message.fuzzy:
        found.append(f"{message.id!r} is fuzzy")
    if not all(texts):
        found.append(f"{message.id!r} has no Thai text")
    if any(thai_letters.LETTER.search(text) for text in ids):
        found.append(f"{message.id!r} has Thai letters; the message id is plain English")
    asked = {mark for text in ids for mark in PLACEHOLDER.findall(text)}
    for text in texts:
        given = set(PLACEHOLDER.findall(text))
        # Thai has one plural form; it may leave the number of the singular out, never add one.
        if text and given != asked:
            found.append(f"{message.id!r}: placeholders {sorted(asked)} became {sorted(given)}")
    return found


def conflicts(catalogues: dict[str, Catalog]) -> list[str]:
    """Return the texts that two rooms translate differently."""
    first: dict[Key, tuple[str, list[str]]] = {}
    found = []
    for name, catalogue in catalogues.items():
        for key, message in entries(catalogue).items():
            other, texts = first.setdefault(key, (name, strings(message)))
            if all(texts) and all(strings(message)) and texts != strings(message):
                found.append(
                    f"{CATALOGUES / name}.po: {key[1]!r} has another Thai text in {other}.po; "
                    "two senses want pgettext"
                )
    return found


def main() -> int:
    """Do what the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check")
    commands.add_parser("update").add_argument("room", nargs="?")
    asked = parser.parse_args()
    if asked.command == "update":
        update(ROOT, asked.room)
        return 0
    found = problems(ROOT)
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
