"""The code of a scan by which a part was confirmed with its set.

Such a part carries no label of its own that was read, and the code of its scan says so. It means a
line of the frozen list and nothing else in the register.
"""

from __future__ import annotations

import re

SET_PART = re.compile(r"set-part:(\d{1,18})")


def part_code(asset_id: int) -> str:
    """Return the code that the confirmation of a part sends."""
    return f"set-part:{asset_id}"
