"""Files in a bucket of an S3-compatible store, spoken to over HTTP.

A store that does not answer, or answers nonsense, is a readable refusal to the person and an alarm
in ``/readyz``; it is asked again twice at most, and never waited for longer than a person waits.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError

from kernel.errors import Busy, NotFound
from kernel.files import CHUNK, KEY, Lying, checked, key_of
from kernel.i18n import gettext as _

GONE = frozenset({"NoSuchKey", "NoSuchObject", "ResourceNotFound", "NotFound"})
CONNECT_SECONDS, READ_SECONDS = 3.0, 30.0
PROBE = ".probe"


class BucketStore:
    """A bucket, or what stands under a prefix of it.

    Args:
        endpoint: host and port of the store.
        bucket: its name; it must be there already.
        key, secret: who we are to the store.
        prefix: a folder inside the bucket, empty or without slashes at its ends.
        secure: speak TLS.
        region: the store's region; stores of one's own mostly take any.
    """

    def __init__(
        self,
        endpoint: str,
        bucket: str,
        *,
        key: str,
        secret: str,
        prefix: str = "",
        secure: bool = True,
        region: str = "us-east-1",
    ) -> None:
        self.bucket, self.prefix = bucket, f"{prefix}/" if prefix else ""
        self._client = Minio(
            endpoint,
            access_key=key,
            secret_key=secret,
            secure=secure,
            region=region,
            http_client=_pool(),
        )

    def put(self, data: bytes, ending: str) -> str:
        """Keep the bytes and return their key.

        Raises:
            Busy: the store did not take them.
        """
        key = key_of(data, ending)
        with _answered():
            self._client.put_object(self.bucket, self._name(key), io.BytesIO(data), len(data))
        return key

    def read(self, key: str) -> bytes:
        """Return the bytes.

        Raises:
            NotFound: there is no such file.
            Busy: the store does not answer.
        """
        with _answered():
            answer = self._open(key, 0, 0)
            try:
                return bytes(answer.read())
            finally:
                _end(answer)

    def part(self, key: str, start: int, length: int) -> Iterator[bytes]:
        """Open the file now, and return its bytes as they arrive; refuses as ``read`` does."""
        if not length:
            return iter(())
        with _answered():
            return _portions(self._open(key, start, length))

    def look(self, key: str) -> Lying:
        """Tell the size of the file and since when it lies there; refuses as ``read`` does."""
        with _answered():
            said = self._client.stat_object(self.bucket, self._name(key))
        return Lying(key, said.size or 0, said.last_modified or datetime.now(UTC))

    def has(self, key: str) -> bool:
        """Tell whether the file is there.

        Raises:
            Busy: the store does not answer.
        """
        try:
            self.look(key)
        except NotFound:
            return False
        return True

    def remove(self, key: str) -> None:
        """Take the file away; refuses as ``put`` does."""
        with _answered():
            self._client.remove_object(self.bucket, self._name(key))

    def everything(self) -> Iterator[Lying]:
        """Yield every file under the prefix whose name is a key; refuses as ``put`` does."""
        with _answered():
            found = self._client.list_objects(self.bucket, prefix=self.prefix, recursive=True)
            for one in found:
                name = (one.object_name or "").rsplit("/", 1)[-1]
                if KEY.match(name):
                    yield Lying(name, one.size or 0, one.last_modified or datetime.now(UTC))

    def check(self) -> None:
        """Write and remove a small file.

        Raises:
            OSError: the store takes nothing, or does not answer.
        """
        probe = f"{self.prefix}{PROBE}-{secrets.token_hex(6)}"
        try:
            self._client.put_object(self.bucket, probe, io.BytesIO(b"probe"), 5)
            self._client.remove_object(self.bucket, probe)
        except (MinioException, HTTPError) as error:
            raise OSError(f"the store of files: {error}") from error

    def _open(self, key: str, start: int, length: int) -> Any:  # noqa: ANN401 - urllib3's answer
        return self._client.get_object(self.bucket, self._name(key), offset=start, length=length)

    def _name(self, key: str) -> str:
        return f"{self.prefix}{key[:2]}/{key[2:4]}/{checked(key)}"


def _pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        maxsize=8,
        retries=urllib3.Retry(total=2, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504)),
    )


@contextmanager
def _answered() -> Iterator[None]:
    """Turn what the store says into refusals that a person can read."""
    try:
        yield
    except S3Error as error:
        if error.code in GONE:
            raise NotFound(_("This file is not there any more.")) from None
        raise _silent() from error
    except (MinioException, HTTPError, OSError) as error:
        raise _silent() from error


def _silent() -> Busy:
    return Busy(
        _(
            "The store of photos and documents does not answer right now. Nothing was saved; "
            "please try again in a moment."
        )
    )


def _portions(answer: Any) -> Iterator[bytes]:  # noqa: ANN401 - urllib3's answer
    try:
        yield from answer.stream(CHUNK)
    finally:
        _end(answer)


def _end(answer: Any) -> None:  # noqa: ANN401 - urllib3's answer
    answer.close()
    answer.release_conn()
