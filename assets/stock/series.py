"""How the number of each document begins; every kind has its own series in a fiscal year."""

from __future__ import annotations

from assets.stock.states import SlipKind

NUMBERS = {
    SlipKind.OPENING: "ยม.",
    SlipKind.RECEIPT: "รว.",
    SlipKind.ISSUE: "บ.",
    SlipKind.RETURN: "คว.",
    SlipKind.ADJUSTMENT: "ปว.",
    SlipKind.TRANSFER: "อว.",
    SlipKind.LOSS: "จว.",
    SlipKind.COUNT: "ตว.",
}
