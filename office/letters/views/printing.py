"""Sending a PDF to be looked at."""

from __future__ import annotations

from flask import Response

from kernel.sending import disposition


def pdf(made: bytes, name: str) -> Response:
    """Return a PDF that is shown by the browser and kept by nobody on the way."""
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline=True)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
