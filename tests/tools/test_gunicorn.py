"""How the production server is set up where a mistake would open a door."""

from __future__ import annotations

import runpy

from config import BASE_DIR


def test_only_the_settings_say_whom_to_believe() -> None:
    served = runpy.run_path(str(BASE_DIR / "gunicorn.conf.py"))
    assert served["forwarded_allow_ips"] == ""
