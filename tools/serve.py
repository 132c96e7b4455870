"""Starts the service the way `make run` and `make demo` do.

    tools/serve.py run     your own data, with the settings of the office (docs/configuration.md)
    tools/serve.py demo    a fictitious office in var/demo/, whatever the office's settings say

The database is brought up to date first; then this process becomes the production server.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config import Settings, environment_of

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PREPARE = {
    "run": [["database", "upgrade"], ["register", "classes"]],
    "demo": [["demo", "fill"]],
}
OFFICE = {
    "HELPDESK_OFFICE_NAME_TH": "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง",
    "HELPDESK_OFFICE_NAME_EN": "Example Secondary Education Service Area Office",
}
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - recognised, not listened on
MAKING_READY = (
    "กำลังเตรียมระบบ ครั้งแรกใช้เวลาราวหนึ่งนาที · Making the service ready; the first time takes a minute"
)
IS_OPEN = "เปิดใช้งานระบบได้ที่ · The service is open at"
FIRST_START = (
    "เปิดลิงก์นี้เพื่อสร้างผู้ดูแลระบบคนแรก (ใช้ได้ครั้งเดียว) · "
    "Open this link to make the first administrator (works once):"
)


def names_in(path: Path) -> list[str]:
    """Return the names of the variables that a file of settings gives a value."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return re.findall(r"^([A-Z0-9_]+)[ ]*=", text, re.MULTILINE)


def own_address() -> str:
    """Return the address at which the local network knows this machine: a phone can scan it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(("192.0.2.1", 9))  # chooses the way out; nothing is sent
        except OSError:
            return "127.0.0.1"
        return str(line.getsockname()[0])


def environment_for(
    mode: str,
    given: dict[str, str],
    address: Callable[[], str] = own_address,
    file: Path = ROOT / ".env",
) -> dict[str, str]:
    """Return the variables to serve with.

    The demonstration keeps nothing but the address of the office's own settings, so that it can
    neither touch real data nor send mail to real people. What is set to nothing is not read from
    the office's file either.
    """
    if mode == "run":
        return given
    nothing = dict.fromkeys(names_in(file), "")
    kept = {name: value for name, value in given.items() if not name.startswith("HELPDESK_")}
    if "HELPDESK_BASE_URL" in given:
        kept["HELPDESK_BASE_URL"] = given["HELPDESK_BASE_URL"]
    elif kept.get("HOST") in EVERYWHERE:
        kept["HELPDESK_BASE_URL"] = f"http://{address()}:{kept.get('PORT') or '8000'}"
    return {**nothing, **kept, **OFFICE, "HELPDESK_VAR_DIR": str(ROOT / "var" / "demo")}


def flask(*command: str, environment: dict[str, str], quiet: bool = False) -> tuple[int, str]:
    """Run a command of the service; return its exit code, and what it said where it is quiet."""
    calm = {"HELPDESK_LOG_LEVEL": "WARNING"}  # its sentences are not to drown in the log
    done = subprocess.run(
        [str(BIN / "flask"), "--app", "wsgi", *command],
        env={**environment, **calm},
        capture_output=quiet,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout or ""


def main() -> int:
    """Prepare the database and become the server; return an exit code when that fails."""
    mode = sys.argv[1]
    environment = environment_for(mode, dict(os.environ))
    os.chdir(ROOT)
    if mode == "run":
        print(f"\n  {MAKING_READY}", flush=True)
    for command in PREPARE[mode]:
        failed, _said = flask(*command, environment=environment)
        if failed:
            return failed
    if mode == "run":
        refused, link = flask("setup", "link", environment=environment, quiet=True)
        if not refused:
            print(f"\n  {FIRST_START}\n    {link.strip()}", flush=True)
        address = Settings.from_environment(environment_of()).base_url
        print(f"\n  {IS_OPEN}\n    {address}\n", flush=True)
    os.execve(BIN / "gunicorn", ["gunicorn", "-c", "gunicorn.conf.py"], environment)  # noqa: S606
    return 1


if __name__ == "__main__":
    sys.exit(main())
