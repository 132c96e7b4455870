"""What the register tells on the pages of the catalogue: the items of a model.

The catalogue knows nothing of items. ``helpdesk.app`` puts the register's answer in once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assets.catalogue.models import ProductModel
from kernel.access import Viewer


@dataclass(frozen=True)
class Items:
    """The items of a model that a viewer may see.

    ``first`` are some of them, with ``name``, ``number``, ``place`` and ``href``; ``more`` says
    that there are others. ``alike`` counts items that carry the same brand and model but do not
    belong to the record yet; ``gather`` is where they may be taken under it, None who may not.
    """

    first: Sequence[Any] = ()
    more: bool = False
    alike: int = 0
    gather: str | None = None


Told = Callable[[ProductModel, Viewer], Items]
Files = Callable[[ProductModel, Viewer], dict[str, Any]]
_told: list[Told] = []
_files: list[Files] = []


def fill_items(told: Told) -> None:
    """Let the register tell of the items of a model; a second call replaces the first."""
    _told[:] = [told]


def items_of(product: ProductModel, viewer: Viewer) -> Items:
    """Return what the register tells of a model."""
    return _told[0](product, viewer) if _told else Items()


def fill_files(files: Files) -> None:
    """Let the room of photos and documents show those of a model; a second call replaces it."""
    _files[:] = [files]


def files_of(product: ProductModel, viewer: Viewer) -> dict[str, Any]:
    """Return what a model's page shows of photos and documents; empty where no room does."""
    return _files[0](product, viewer) if _files else {}
