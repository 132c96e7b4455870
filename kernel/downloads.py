"""Tables as files that a browser keeps; sent while they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar
from urllib.parse import quote

from flask import Response, stream_with_context

from kernel import i18n
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.tables import Column, writers

Row = TypeVar("Row")


def table(
    ending: str, columns: Sequence[Column[Row]], rows: Iterable[Row], *, name: str, plain_name: str
) -> Response:
    """Return a table as a download, in the language of who asks.

    Args:
        ending: ``csv`` or ``xlsx``.
        columns: in their order.
        rows: read while they are sent; nothing is held.
        name: of the file and of the sheet, without its ending; Thai is fine.
        plain_name: the same in ASCII, for programs that know no other.

    Raises:
        NotFound: another ending.
    """
    if ending not in writers():
        raise NotFound(_("There is no such file."))
    media, write = writers()[ending]
    spoken = i18n.language()

    def body() -> Iterator[bytes]:
        parts = write(columns, rows, name)
        while True:
            # Whoever sends the parts may speak another language between two of them.
            with i18n.speaking(spoken):
                part = next(parts, None)
            if part is None:
                return
            yield part

    answer = Response(stream_with_context(body()), content_type=media)
    whole = quote(f"{name}.{ending}", safe="")
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain_name}.{ending}\"; filename*=UTF-8''{whole}"
    )
    return answer
