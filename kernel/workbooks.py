"""Looks into a workbook before this process does: one file must not end the whole service.

A workbook of a kilobyte can say that its last cell is the ten-billionth, or unpack to a hundred
gigabytes, and it can lie about both to whoever only looks at its outside. The quick reader makes
room for all of it, and ends its process when there is none. So a process of its own opens the
workbook first, with little memory and little time; what it cannot bear is not opened here.
"""

from __future__ import annotations

import subprocess
import sys

MEGABYTES, CPU_SECONDS, SECONDS = 800, 60, 600
_LOOK = """
import io, resource, sys
megabytes, seconds = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from python_calamine import CalamineError, CalamineWorkbook
try:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for number in range(len(book.sheet_names)):
        book.get_sheet_by_index(number)
except (CalamineError, OSError, ValueError):
    pass  # whoever opens it next is told the same, and tells the person
"""


def is_bearable(data: bytes) -> bool:
    """Tell whether a workbook can be opened here.

    One that is broken can: opening it says what is wrong.

    Args:
        data: a file of any kind that the quick reader knows.
    """
    try:
        looked = subprocess.run(  # noqa: S603 - our own words; the file is only read
            [sys.executable, "-I", "-c", _LOOK, str(MEGABYTES), str(CPU_SECONDS)],
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return looked.returncode == 0
