"""What every page that prints shares: our symbol's size, the offered papers, the PDF's answer."""

from __future__ import annotations

import io
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Response, current_app, send_file

from assets.labels import queries, wording
from assets.labels.forms.printing import PaperForm
from kernel.access import viewer


def base_url() -> str:
    """Return the public address of the service, which every symbol holds."""
    return str(current_app.extensions["settings"].base_url)


def reaches_no_phone(address: str) -> bool:
    """Tell whether an address leads nowhere but to the machine that serves it."""
    host = urlsplit(address).hostname or ""
    try:
        found = ip_address(host)
    except ValueError:
        return host == "localhost"
    return found.is_loopback or found.is_unspecified


def modules() -> int:
    """Return how many modules our symbols have on a side."""
    return wording.modules_of(base_url())


def offer(form: PaperForm) -> None:
    """Fill the choices of a form; what the person printed on last is chosen already."""
    form.offer(queries.layouts(), queries.printers())
    form.only_here = base_url() if reaches_no_phone(base_url()) else ""
    if form.is_submitted():
        return
    last = queries.last_run(viewer())
    if last is not None:
        form.choose(last.layout.key, last.printer_id)


def pdf(data: bytes, name: str) -> Response:
    """Return a PDF as the browser shows it, under a name."""
    answer = send_file(io.BytesIO(data), mimetype="application/pdf", download_name=f"{name}.pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
