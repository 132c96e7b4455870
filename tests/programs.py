"""Where the programs are that the tests drive; it runs before any package is installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

ADDRESS_VARIABLES = ("HELPDESK_TEST_POSTGRES_URL", "TEST_POSTGRES_URL")
OLDEST_VERSION = 15


def given_server() -> str | None:
    """Return the address of a server that the environment names, if any."""
    for name in ADDRESS_VARIABLES:
        if os.environ.get(name):
            return os.environ[name]
    return None


def postgres_programs() -> Path | None:
    """Return the folder of the newest installed server programs, 15 or newer."""
    found = []
    for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb"):
        version = initdb.parts[-3]
        if version.isdigit() and int(version) >= OLDEST_VERSION:
            found.append((int(version), initdb.parent))
    if found:
        return max(found)[1]
    on_path = shutil.which("initdb")
    if on_path is None:
        return None
    answer = subprocess.run([on_path, "--version"], capture_output=True, text=True, check=True)
    number = re.search(r"\d+", answer.stdout)
    if number and int(number.group()) >= OLDEST_VERSION:
        return Path(on_path).resolve().parent
    return None
