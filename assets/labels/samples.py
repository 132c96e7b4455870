"""A sample of a sheet of labels, for things that do not exist."""

from __future__ import annotations

from assets.labels import sheets, shipped
from assets.labels.sheets import Label
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen


def _labels(_variant: str) -> bytes:
    labels = [
        Label(
            code=f"SAMPLE{number:02}",
            url=f"HTTPS://DESK.EXAMPLE.GO.TH/Q/SAMPLE{number:02}",
            asset_no=f"7440-001-00{number:02}/70",
            name="เครื่องคอมพิวเตอร์โน้ตบุ๊ก",
            place="ห้องปฏิบัติการคอมพิวเตอร์ ๑",
            office=specimen.OFFICE,
        )
        for number in range(1, 7)
    ]
    return sheets.sheet(labels, shipped.layouts()["a4-24"])


SAMPLES: specimen.Samples = {"labels": (_l("Sheet of labels"), _labels)}
