"""Opens the store of files that the settings name; what speaks to a bucket is loaded only then."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from kernel.files import FileStore, FolderStore


def open_store(address: str, *, key: str = "", secret: str = "") -> FileStore:
    """Return the store at an address.

    Args:
        address: ``file:///FOLDER`` or ``s3://BUCKET/PREFIX?endpoint=…&region=…``, as ``config``
            has checked it.
        key, secret: who we are to a bucket's store.
    """
    parts = urlsplit(address)
    if parts.scheme == "file":
        return FolderStore(Path(unquote(parts.path)))
    from kernel.bucket import BucketStore

    said = {name: values[0] for name, values in parse_qs(parts.query).items()}
    endpoint = urlsplit(said["endpoint"])
    return BucketStore(
        endpoint.netloc,
        parts.netloc,
        key=key,
        secret=secret,
        prefix=parts.path.strip("/"),
        secure=endpoint.scheme == "https",
        region=said.get("region", "us-east-1"),
    )
