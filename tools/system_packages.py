"""Sees that the programs the tests drive are there: PostgreSQL and Chromium.

As root the missing Debian packages are installed; otherwise the exact command is printed and the
run fails. Nothing is skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import programs

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.d/no-main-cluster.conf")


def missing_packages() -> list[str]:
    """Return the Debian packages that are needed and absent."""
    missing = []
    if programs.given_server() is None and programs.postgres_programs() is None:
        missing.append("postgresql")
    if not any(shutil.which(name) for name in CHROMIUM_NAMES):
        missing.append("chromium")
    return missing


def install(packages: list[str]) -> None:
    """Install Debian packages; no database server is started on the machine by it."""
    if "postgresql" in packages and not CLUSTER_SETTINGS.parent.parent.exists():
        # The tests start their own throw-away server; Debian would start one of its own beside it.
        CLUSTER_SETTINGS.parent.mkdir(parents=True)
        CLUSTER_SETTINGS.write_text("create_main_cluster = false\n", encoding="utf-8")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], check=True, env=environment)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    subprocess.run(command, check=True, env=environment)


def main() -> int:
    """Install what is missing, or say how; return the exit code."""
    missing = missing_packages()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = missing_packages()
    if missing:
        command = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
        print(f"The tests need programs that are not here. As root run: {command}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
