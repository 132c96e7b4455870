"""Articles as text: Markdown made into a safe page, and into one plain line.

Markdown is drawn by markdown-it with raw HTML switched off, and what comes out is cleaned once
more by nh3: only the few elements of a text stay, and pictures are those of this service.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from kernel import thai

EXCERPT = 140
LONGEST_KEY = 60_000
TAGS = {
    "p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img",
    "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_PICTURE = re.compile(r"(!\[[^\]]*\])\(\s*picture:([0-9]{1,18})\s*\)")
_FOREIGN = re.compile(r'<img(?![^>]*\ssrc="/knowledge/pictures/[0-9]+\.jpg")[^>]*>')
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`#>|~]+|^\s*(?:[-+]|[0-9]+\.)\s+", re.MULTILINE)
_HEADINGS = re.compile(r"<(/?)h([1-6])>")


@lru_cache(1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(
        ["table", "strikethrough"]
    )


@lru_cache(512)
def page_of(markdown: str, root: str = "") -> Markup:
    """Return Markdown as HTML that is safe on a page; headings begin at the second level.

    Args:
        markdown: as it was written.
        root: the path under which the service lies, for its pictures.
    """
    named = _PICTURE.sub(r"\1(/knowledge/pictures/\2.jpg)", markdown)
    drawn = _HEADINGS.sub(_lower_heading, _reader().render(named))
    clean = nh3.clean(
        drawn,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    own = _FOREIGN.sub("", clean)
    return Markup(own.replace('src="/knowledge/', f'src="{root}/knowledge/'))  # noqa: S704 - cleaned above


def _lower_heading(found: re.Match[str]) -> str:
    return f"<{found[1]}h{min(max(int(found[2]), 1) + 1, 4)}>"


def plain_of(markdown: str) -> str:
    """Return Markdown as one line of words, without its marks."""
    return " ".join(_MARKS.sub(lambda found: found[1] or "", markdown).split())


def excerpt_of(markdown: str, most: int = EXCERPT) -> str:
    """Return the beginning of a text as one line, cut at a space where there is one."""
    line = plain_of(markdown)
    if len(line) <= most:
        return line
    begun = line[: most - 1]
    return (begun.rsplit(" ", 1)[0] if " " in begun else begun).rstrip() + "…"


def tags_in(typed: str) -> list[str]:
    """Return the tags that somebody typed, parted by commas or lines, each once."""
    found = [" ".join(part.split()) for part in re.split(r"[,،;\n]", typed)]
    return list(dict.fromkeys(one for one in found if one))


def search_key_of(*parts: str) -> str:
    """Return the words an article is found by."""
    return thai.search_key(" ".join(plain_of(part) for part in parts if part))[:LONGEST_KEY]
