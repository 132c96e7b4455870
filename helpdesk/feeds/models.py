"""Tables of feeds."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Model


class FeedAddress(Model):
    """How often a person has made a new address of the own feed; the older ones are void.

    Nobody has a feed before asking for one.
    """

    __tablename__ = "feed_address"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    edition: Mapped[int]
