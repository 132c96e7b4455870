"""What was approved, as one text that can be hashed: the same content gives the same text.

Keys are sorted, Unicode is kept, no space is wasted; money and days become text. Floats are
refused, because two machines may write them differently.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any


def canonical(content: Mapping[str, Any]) -> str:
    """Return the content as canonical JSON.

    Raises:
        TypeError: it holds a float, or something that has no plain form.
    """
    return json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> dict[str, Any]:
    """Return what a canonical text holds, in plain values."""
    found: dict[str, Any] = json.loads(text)
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON is any of its kinds
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_plain(entry) for entry in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")
