"""One row of the plan: what it is, why, and what it would become."""

from dataclasses import dataclass, field
from typing import Any

from assets.register.workbook.reasons import Reason
from assets.register.workbook.rows import Kind


@dataclass(slots=True)
class PlannedRow:
    """One row of the file and what shall become of it.

    `numbers` are all asset numbers of the row (a range gives many, each its own item of quantity
    one); `asset_number` is the cell's number as a person reads it. `same_as` is the (sheet, row)
    that a match repeats; `room` says whether a match confirms that item's room or proposes one.
    """

    sheet: str
    row: int
    kind: Kind
    reason: Reason | None = None
    asset_number: str | None = None
    quantity: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    remarks: tuple[Reason, ...] = ()
    same_as: tuple[str, int] | None = None
    room: str | None = None

    @property
    def cell(self) -> str | None:
        """The cell the reason is about, such as `C96`, where it is about one."""
        return self.reason.cell if self.reason else None
