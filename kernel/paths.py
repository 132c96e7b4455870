"""What may stand in an address: numbers that a database can hold, and no NUL.

Without this a made-up address would reach the database, which answers with an error of its own
instead of "there is no such page".
"""

from __future__ import annotations

from flask import Flask, request
from werkzeug.routing import IntegerConverter

from kernel.errors import NotFound
from kernel.i18n import gettext as _

# So many digits always fit into a big integer; a year has no more than four.
LONGEST, YEAR = 18, 4


class RowNumber(IntegerConverter):
    """A number of a row."""

    regex = f"[0-9]{{1,{LONGEST}}}"


def whole(said: str | None, *, digits: int = LONGEST) -> int | None:
    """Return a whole number that an address or a form says; None where it says none.

    Nothing, words, a sign and too long a number are none.

    Args:
        said: by the address or the form.
        digits: the most that it may have; as many as the number of a row, or ``YEAR``.
    """
    known = said is not None and said.isascii() and said.isdecimal() and len(said) <= digits
    return int(said or "") if known else None


def install(app: Flask) -> None:
    """Let ``<int:…>`` match numbers of rows only, and let no NUL come in with an address.

    Call it before the first address is registered.
    """
    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def refuse_nul() -> None:
        if "\0" in request.path:
            raise NotFound(_("There is no page at this address."))
        # Nobody types one, and PostgreSQL takes no text with one in it.
        request.query_string = request.query_string.replace(b"%00", b"")
