"""Reads every template and refuses what the pages of this house may not hold.

Inline scripts, styles and handlers (the content policy forbids them), `|safe`, text outside the
catalogues, images without a text, POST forms without a CSRF token, anything fetched from another
host, and files over 150 lines. Each template is parsed by Jinja too, so a broken one is found here.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 150
# The page of components shows sample words; it is open in development only.
SPECIMENS = ("templates/styleguide",)
CSRF_SIGNS = ("csrf_token", "hidden_tag")
EXTENSIONS = ("jinja2.ext.i18n", "jinja2.ext.do")
# Jinja's own tags become these two signs, so that what is left can be read as plain HTML.
EXPRESSION, STATEMENT = "\ue000", "\ue001"
JINJA = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
RAW = re.compile(r"\{%-?\s*(raw|trans)\b.*?end\1\s*-?%\}", re.DOTALL)
# A block that is filled with a name for the style sheet, inside an attribute of the layout.
CLASS_BLOCK = re.compile(r"\{%-?\s*block\s+\w*class\s*-?%\}[\w -]*\{%-?\s*endblock[^%]*%\}")
POSTS = re.compile(rf"method\s*=\s*[\"']?(post|{EXPRESSION})", re.IGNORECASE)
# Attributes put together in a {% set %} block; those that are spoken count if they hold a letter.
ATTRIBUTE = re.compile(
    rf"\b(alt|title|placeholder|label|aria-label|aria-description)=\"[^\"\w]*\""
    rf"|(?<![\w-])(?!(alt|title|placeholder|label|aria-label|aria-description)=)"
    rf"[a-z{EXPRESSION}-]+=\"[^\"]*\""
)
LETTER = re.compile(r"[^\W\d_]")
# The signs of a text that a person reads; other attributes are names and addresses.
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "label"}
# Keys have the same names on every keyboard.
UNSPOKEN = {"script", "style", "kbd"}
FETCHED = {"src", "href", "srcset", "action", "poster", "data"}
FETCHING = {"script", "link", "img", "iframe", "source", "video", "audio", "object", "use", "embed"}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where."""

    line: int
    sentence: str


def without_jinja(source: str) -> str:
    """Return the HTML with Jinja's tags replaced by one sign each, the lines kept."""

    def sign(found: re.Match[str]) -> str:
        lines = "\n" * found.group().count("\n")
        kind = found.group()[:2]
        return {"{{": EXPRESSION, "{%": STATEMENT}.get(kind, "") + lines

    bare = RAW.sub(lambda found: EXPRESSION + "\n" * found.group().count("\n"), source)
    html = JINJA.sub(sign, CLASS_BLOCK.sub(EXPRESSION, bare))
    # A tag whose name is computed is read as some tag.
    return html.replace(f"<{EXPRESSION}", "<computed").replace(f"</{EXPRESSION}", "</computed")


class Reader(HTMLParser):
    """Collects the faults that the tags and the text between them show."""

    def __init__(self, *, has_texts: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.has_texts = has_texts
        self.faults: list[Fault] = []
        self._unspoken = ""

    def _fault(self, sentence: str, further: int = 0) -> None:
        self.faults.append(Fault(self.getpos()[0] + further, sentence))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag and its attributes."""
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" not in given:
            self._fault("inline <script>; put it into static/ and name it with src")
        if tag == "style":
            self._fault("inline <style>; the content policy refuses it")
        if tag == "img" and "alt" not in given:
            self._fault("<img> without alt")
        if tag in UNSPOKEN:
            self._unspoken = tag
        for name, value in given.items():
            self._attribute(tag, name, value)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "style":
            self._fault("inline style=; use a class")
        if name.startswith("on") and name[2:].isalpha():
            self._fault(f"inline handler {name}=; listen in a script")
        if name in FETCHED and tag in FETCHING and re.match(r"\s*(https?:)?//", value):
            self._fault(f"<{tag} {name}> fetches from another host")
        if (
            self.has_texts
            and name in SPOKEN
            and LETTER.search(value)
            and not (name == "label" and tag == "track")
        ):
            self._fault(f"text outside the catalogues in {name}=: {value.strip()!r}")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element whose text is not a text to read."""
        if tag == self._unspoken:
            self._unspoken = ""

    def handle_data(self, data: str) -> None:
        """Look at the text between two tags."""
        if self._unspoken or not self.has_texts:
            return
        words = re.sub(f"[{EXPRESSION}{STATEMENT}]", " ", ATTRIBUTE.sub("", data))
        letter = LETTER.search(words)
        if letter:
            further = words.count("\n", 0, letter.start())
            self._fault(f"text outside the catalogues: {' '.join(words.split())!r}", further)


def form_faults(source: str, html: str) -> list[Fault]:
    """Return the POST forms that carry no CSRF token."""
    found = []
    for opening in re.finditer(r"<form\b[^>]*>", html, re.IGNORECASE):
        if not POSTS.search(opening.group()):
            continue
        first = html.count("\n", 0, opening.start())
        end = html.find("</form", opening.end())
        last = html.count("\n", 0, end) if end >= 0 else html.count("\n")
        inside = "\n".join(source.split("\n")[first : last + 1])
        if not any(sign in inside for sign in CSRF_SIGNS):
            found.append(Fault(first + 1, "a POST form without a CSRF token"))
    return found


def faults_in(source: str, environment: Environment, *, has_texts: bool = True) -> list[Fault]:
    """Return everything that is wrong with one template."""
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        return [Fault(error.lineno, f"Jinja cannot read it: {error.message}")]
    found = [
        Fault(node.lineno, "|safe; give Markup from Python, where it is made")
        for node in tree.find_all(nodes.Filter)
        if node.name == "safe"
    ]
    html = without_jinja(source)
    reader = Reader(has_texts=has_texts)
    reader.feed(html)
    reader.close()
    found += reader.faults + form_faults(source, html)
    length = source.count("\n")
    if length > LONGEST:
        found.append(Fault(length, f"{length} lines; {LONGEST} at most"))
    return sorted(found, key=lambda fault: fault.line)


def problems(root: Path) -> list[str]:
    """Return one sentence for each fault of each template below the root."""
    environment = Environment(autoescape=True, extensions=list(EXTENSIONS))
    found = []
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix not in (".html", ".txt", ".xml"):
            continue
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(root).as_posix()
        has_texts = path.suffix == ".html" and not name.startswith(SPECIMENS)
        found += [
            f"{name}:{fault.line}: {fault.sentence}"
            for fault in faults_in(source, environment, has_texts=has_texts)
        ]
    return found


def main() -> int:
    """Print the faults; return the exit code."""
    found = problems(ROOT)
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
