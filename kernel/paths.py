"""What may stand in an address: numbers that a database can hold, and no NUL.

Without this a made-up address would reach the database, which answers with an error of its own
instead of "there is no such page".
"""

from __future__ import annotations

from flask import Flask, request
from werkzeug.routing import IntegerConverter

from kernel.errors import NotFound
from kernel.i18n import gettext as _


class RowNumber(IntegerConverter):
    """A number of a row: up to 18 digits, the most that always fits into a big integer."""

    regex = "[0-9]{1,18}"


def install(app: Flask) -> None:
    """Let ``<int:…>`` match numbers of rows only, and know no address with a NUL in it.

    Call it before the first address is registered.
    """
    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def refuse_nul() -> None:
        if "\0" in request.path:
            raise NotFound(_("There is no page at this address."))
