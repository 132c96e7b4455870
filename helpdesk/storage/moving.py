"""Copies all files from one store to another, each verified by its hash; may be broken off."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from kernel.errors import NotFound
from kernel.files import FileStore, key_of


@dataclass(frozen=True)
class Copied:
    """What became of one file.

    Attributes:
        key: its name.
        size: in bytes.
        said: ``copied``; ``there`` where the other store has it whole; ``broken`` where the bytes
            of the first store are not those of the key, so that nothing was copied; ``gone``
            where it was removed meanwhile.
    """

    key: str
    size: int
    said: str


def copy_all(source: FileStore, target: FileStore) -> Iterator[Copied]:
    """Copy every file, and yield what became of each. The first store stays as it is.

    What the other store holds in the right size and with the right bytes is not sent again, so a
    copy that was broken off goes on where it stood.
    """
    for one in source.everything():
        if _whole(target, one.key, one.size):
            yield Copied(one.key, one.size, "there")
            continue
        try:
            data = source.read(one.key)
        except NotFound:
            yield Copied(one.key, one.size, "gone")
            continue
        ending = one.key.partition(".")[2]
        if key_of(data, ending) != one.key:
            yield Copied(one.key, one.size, "broken")
            continue
        target.remove(one.key)
        target.put(data, ending)
        said = "copied" if _whole(target, one.key, len(data)) else "broken"
        yield Copied(one.key, len(data), said)


def _whole(place: FileStore, key: str, size: int) -> bool:
    try:
        if place.look(key).size != size:
            return False
        digest = hashlib.sha256()
        for part in place.part(key, 0, size):
            digest.update(part)
    except NotFound:
        return False
    return digest.hexdigest() == key.partition(".")[0]
