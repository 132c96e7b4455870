"""Labels of bins on the sheets of the labels room: QR, name of the bin, what lies in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.labels import qr, sheets, shipped
from assets.labels.geometry import Layout
from assets.labels.sheets import Label
from assets.stock.models import StockBin, Store


@dataclass(frozen=True)
class Offered:
    """A paper to print on, and how it is called."""

    layout: Layout
    name: str


def papers() -> Mapping[str, Offered]:
    """Return the shipped papers by key, each with how many labels it takes and their size."""
    return {key: Offered(layout, _name(layout)) for key, layout in shipped.layouts().items()}


def _name(layout: Layout) -> str:
    wide, high = layout.label
    return f"{layout.key} · {wide:g} × {high:g} mm"


def sheet(
    store: Store, bins: Sequence[StockBin], *, paper_key: str, base_url: str, office: str
) -> bytes:
    """Print the labels of bins as PDF.

    Args:
        bins: of this store, at least one.
        paper_key: of a shipped paper; an unknown one is the usual one.
        base_url: the public address of the service.
        office: its name, where the paper has room for it.
    """
    known = shipped.layouts()
    layout = known.get(paper_key, known[shipped.DEFAULT])
    labels = [
        Label(
            code=one.code,
            url=qr.address(base_url, one.code),
            asset_no=one.name,
            name=one.item.name_th if one.item else "",
            place=store.name_th,
            office=office,
        )
        for one in bins
    ]
    return sheets.sheet(labels, layout)
