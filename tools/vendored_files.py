"""Compares every vendored file with the hash that the VENDOR.tsv of its folder records.

VENDOR.tsv names one file a line; of its columns this check reads `file` (below that folder) and
`sha512` (hexadecimal, or as npm writes it: `sha512-` and base 64).
"""

from __future__ import annotations

import base64
import csv
import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("static/vendor", "tests/vendor")


def recorded_hashes(folder: Path) -> dict[str, str]:
    """Return file -> hash as VENDOR.tsv states them."""
    with (folder / "VENDOR.tsv").open(encoding="utf-8", newline="") as table:
        return {row["file"]: row["sha512"] for row in csv.DictReader(table, delimiter="\t")}


def same_hash(content: bytes, recorded: str) -> bool:
    """Tell whether the content has the recorded SHA-512, in either notation."""
    digest = hashlib.sha512(content)
    npm = "sha512-" + base64.b64encode(digest.digest()).decode("ascii")
    return recorded in (digest.hexdigest(), npm)


def problems(folder: Path) -> list[str]:
    """Return one sentence for each file that is changed, missing or not recorded."""
    recorded = recorded_hashes(folder)
    found = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path.name != "VENDOR.tsv"
    }
    changed = [
        f"{name}: differs from the hash in VENDOR.tsv"
        for name, path in sorted(found.items())
        if name in recorded and not same_hash(path.read_bytes(), recorded[name])
    ]
    missing = [f"{name}: in VENDOR.tsv, but missing" for name in sorted(recorded.keys() - found)]
    unknown = [f"{name}: not in VENDOR.tsv" for name in sorted(found.keys() - recorded)]
    return changed + missing + unknown


def main() -> int:
    """Print the problems; return the exit code."""
    found = [f"{folder}/{line}" for folder in FOLDERS for line in problems(ROOT / folder)]
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
