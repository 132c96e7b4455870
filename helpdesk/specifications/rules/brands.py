"""Brands in a specification: found in its text, allowed with a reason only (R-F5, section 9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import delete

from helpdesk.specifications import criteria_queries
from helpdesk.specifications.criteria_models import BrandWord
from helpdesk.specifications.models import Specification
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_WORDS, LONGEST = 500, 80
# The background may tell what the office has today, the source who was asked for prices.
SEARCHED = ("title", "objective", "characteristics", "qualification", "delivery")


def found_in(text: str, words: Iterable[str]) -> list[str]:
    """Return the brands that a text names, in the order of the words.

    Latin words count as whole words only, so that HP is not found in PHP; Thai has no spaces.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [word for word in words if _pattern(word).search(plain)]


def _pattern(word: str) -> re.Pattern[str]:
    said = re.escape(unicodedata.normalize("NFKC", word).casefold())
    if word.isascii():
        return re.compile(rf"(?<![a-z0-9]){said}(?![a-z0-9])")
    return re.compile(said)


def named_by(specification: Specification) -> list[str]:
    """Return the brands that a specification names in what it demands."""
    said = [getattr(specification, part) for part in SEARCHED]
    said += [item.name for item in specification.items]
    said += [f"{one.name} {one.amount}" for one in specification.requirements]
    return found_in("\n".join(said), criteria_queries.brands())


def keep(words: Sequence[str], *, by: Viewer) -> None:
    """Keep the list of brand words; it takes the place of the one before.

    Refuses an empty list, more than 500 words, and a word of more than 80 characters.
    """
    wanted: dict[str, str] = {}
    for word in words:
        clean = thai.normalize(word)
        if len(clean) > LONGEST:
            raise Refusal(_("A word has %(most)s characters at most.", most=LONGEST), field="words")
        if key := thai.search_key(clean):
            wanted.setdefault(key[:LONGEST], clean)
    if not 0 < len(wanted) <= MOST_WORDS:
        raise Refusal(
            _("Please write 1 to %(most)s words, one in each line.", most=MOST_WORDS), field="words"
        )
    before = list(criteria_queries.brands())
    db.session.execute(delete(BrandWord))
    db.session.add_all(BrandWord(word=word, same_key=key) for key, word in wanted.items())
    db.session.flush()  # the trail names a row
    first = db.session.query(BrandWord).order_by(BrandWord.id).limit(1).one()
    audit.record(
        "edited", first, by=by, before={"words": before}, after={"words": list(wanted.values())}
    )
