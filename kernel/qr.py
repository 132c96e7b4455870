"""The QR of a text, as modules and as vector; one way for labels, papers and pages."""

from __future__ import annotations

from functools import lru_cache

import qrcode
from qrcode import exceptions, util
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_M, ERROR_CORRECT_Q

BORDER = 4
"""Modules of white around the symbol, as the standard asks."""
# Any mask is valid. Trying all eight takes six times as long; this one has the fewest of the
# patterns that disturb readers, over addresses of our kind.
_MASK = 0
# A character that needs the mode: digits, capitals, anything else.
_SAMPLES = {1: b"0", 2: b"A", 4: b"a"}


@lru_cache(maxsize=4096)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Make the QR of `text`, row by row, dark modules true, without the white border.

    The smallest symbol at level M, then as much error correction as that symbol has room for.
    """
    version, level = _fit(len(text.encode()), util.optimal_mode(text.encode()))
    symbol = qrcode.QRCode(version=version, error_correction=level, border=0, mask_pattern=_MASK)
    symbol.add_data(text, optimize=0)
    symbol.make(fit=False)
    return tuple(tuple(bool(dark) for dark in row) for row in symbol.modules)


@lru_cache(maxsize=4096)
def svg(text: str) -> str:
    """Draw the QR of `text` as one SVG path on a white square, four modules of border included."""
    rows = modules(text)
    side = len(rows) + 2 * BORDER
    runs = "".join(
        f"M{start + BORDER} {y + BORDER}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{runs}"/></svg>'
    )


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """List the dark stretches of `row` as (start, length)."""
    edges = [
        x
        for x, (before, here) in enumerate(zip((False, *row), (*row, False), strict=True))
        if before != here
    ]
    return [(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]


@lru_cache(maxsize=256)
def _fit(length: int, mode: int) -> tuple[int, int]:
    """Choose version and error level for `length` characters of a QR mode."""
    sample = util.QRData(_SAMPLES[mode] * length)
    smallest = qrcode.QRCode(error_correction=ERROR_CORRECT_M)
    smallest.add_data(sample)
    version = smallest.best_fit(start=1)
    for level in (ERROR_CORRECT_H, ERROR_CORRECT_Q):
        richer = qrcode.QRCode(version=version, error_correction=level, mask_pattern=_MASK)
        richer.add_data(sample)
        try:
            richer.make(fit=False)
        except exceptions.DataOverflowError:
            continue
        return version, level
    return version, ERROR_CORRECT_M
