"""What a label says and what its papers are called: the only words of labels besides the pages'."""

from __future__ import annotations

from assets.labels import qr, sheets
from assets.labels.models import Tag
from assets.register.models import Asset
from kernel.i18n import lazy_gettext as _l

LAYOUT_NAMES = {
    "a4-24": _l("A4 sheet, 24 labels of 70 × 37 mm"),
    "a4-21": _l("A4 sheet, 21 labels of 70 × 42.3 mm"),
    "a4-14": _l("A4 sheet, 14 labels of 99.1 × 38.1 mm"),
    "a4-10": _l("A4 sheet, 10 large labels of 99.1 × 57 mm"),
    "single-50x30": _l("Label printer, single labels of 50 × 30 mm"),
    "single-70x40": _l("Label printer, single labels of 70 × 40 mm"),
    "tape-62": _l("Label printer, 62 mm tape"),
}
DEFAULT_LAYOUT = "a4-24"


def label_of(tag: Tag, asset: Asset, *, base_url: str, office: str) -> sheets.Label:
    """Return what the label of an item says: in Thai, because it is read by everybody."""
    place = asset.holding_unit.name_th
    if asset.room is not None:
        place = f"{asset.room.name} · {place}"
    return sheets.Label(
        code=tag.code,
        url=qr.address(base_url, tag.code),
        asset_no=asset.asset_no or "",
        name=asset.name,
        place=place,
        office=office,
    )


def blank_label(tag: Tag, *, base_url: str, office: str) -> sheets.Label:
    """Return what a label says that stands for no item yet; number and name are for the pen."""
    url = qr.address(base_url, tag.code)
    return sheets.Label(code=tag.code, url=url, asset_no="", name="", place="", office=office)
