"""Starts the service the way `make run` and `make demo` do.

    tools/serve.py run     your own data; settings come from the environment, then from .env
    tools/serve.py demo    a fictitious office in var/demo/, whatever the office's settings say

The database is brought up to date first; then this process becomes the production server.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PREPARE = {
    "run": [["database", "upgrade"]],
    "demo": [["database", "upgrade"]],
}


def settings_of_file(path: Path) -> dict[str, str]:
    """Return NAME=VALUE lines of a file; quotes around a value are taken off."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    return {name.strip(): " ".join(shlex.split(value)) for name, value in pairs}


def environment_for(mode: str, given: dict[str, str]) -> dict[str, str]:
    """Return the variables to serve with.

    The demonstration keeps nothing but the address of the office's own settings, so that it can
    neither touch real data nor send mail to real people.
    """
    if mode == "run":
        return {**settings_of_file(ROOT / ".env"), **given}
    kept = {name: value for name, value in given.items() if not name.startswith("HELPDESK_")}
    if "HELPDESK_BASE_URL" in given:
        kept["HELPDESK_BASE_URL"] = given["HELPDESK_BASE_URL"]
    return {**kept, "HELPDESK_VAR_DIR": str(ROOT / "var" / "demo")}


def main() -> int:
    """Prepare the database and become the server; return an exit code when that fails."""
    mode = sys.argv[1]
    environment = environment_for(mode, dict(os.environ))
    os.chdir(ROOT)
    for command in PREPARE[mode]:
        done = subprocess.run(
            [str(BIN / "flask"), "--app", "wsgi", *command], env=environment, check=False
        )
        if done.returncode:
            return done.returncode
    os.execve(BIN / "gunicorn", ["gunicorn", "-c", "gunicorn.conf.py"], environment)  # noqa: S606
    return 1


if __name__ == "__main__":
    sys.exit(main())
