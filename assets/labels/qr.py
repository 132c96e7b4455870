"""The address that a label carries in its QR.

Scheme and host are written in capitals: a QR holds capitals and digits in about half the room, and
both mean the same in any case. A path is kept as it is, because a server may tell its cases apart.
"""

from urllib.parse import urlsplit


def address(base_url: str, code: str) -> str:
    """Build the text of the QR for the tag `code`, e.g. HTTPS://HELP.EXAMPLE.GO.TH/Q/7K3QF9AB.

    `base_url` is the public address of the service, with a port or a path if it has one. Refuses
    (ValueError) what is not http or https, has no host, or brings a user, a query or a fragment.
    """
    parts = urlsplit(base_url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise ValueError(f"not a public address: {base_url!r}")
    if parts.query or parts.fragment:
        raise ValueError(f"a public address ends with its path: {base_url!r}")
    host = parts.netloc if parts.netloc.isascii() else _ascii_host(parts.hostname, parts.port)
    return f"{parts.scheme}://{host}".upper() + f"{parts.path.rstrip('/')}/Q/{code.upper()}"


def _ascii_host(host: str, port: int | None) -> str:
    """Write a host name in Thai letters as the network knows it."""
    return host.encode("idna").decode("ascii") + (f":{port}" if port else "")
