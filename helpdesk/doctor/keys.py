"""Checks of what is derived: the columns by which rows are found and put in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import select

from assets.catalogue import queries as catalogue
from assets.register import availability, valuation, worth_kept
from assets.register.book_value import Convention
from assets.register.models import (
    CUSTODIAN_SORT,
    SORT_KEYS,
    Asset,
    EarlierNumber,
    sort_key_of,
)
from assets.register.rules import items, search_keys
from assets.register.worth_models import AssetWorth, WorthState
from helpdesk.doctor.findings import CHUNK, Check, named, rows
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake
from kernel.db import db
from kernel.i18n import lazy_gettext as _l
from office.people import rules as people
from office.people.models import Person
from office.places.models import Room

SAVE_AGAIN = _l("Change something on the page, the note for example, save, and change it back.")


def item_keys() -> Iterator[str]:
    """Yield items whose keys are not what the rules derive from their cards.

    The order of words is not compared: it makes no difference to the search.
    """
    fields_of = cache(catalogue.extra_fields_for)
    searched = [getattr(Asset, name) for name in sorted(search_keys.READ)]
    orders = [getattr(Asset, name) for name in (*SORT_KEYS.values(), CUSTODIAN_SORT)]
    keys = (Asset.asset_no_key, Asset.asset_no_sort, Asset.serial_key, Asset.search_key, *orders)
    names = (Room.name.label("room_name"), Person.name_th.label("custodian_name"))
    query = (
        select(Asset.id, *searched, *keys, *names)
        .outerjoin(Room, Room.id == Asset.room_id)
        .outerjoin(Person, Person.id == Asset.custodian_id)
        .order_by(Asset.id)
        .execution_options(yield_per=CHUNK)
    )
    for part in db.session.execute(query).partitions():
        earlier = _earlier_numbers([row.id for row in part])
        for row in part:
            right = items.keys_of(row.asset_no, row.serial_no) | _orders_of(row)
            own = search_keys.own_words(row, fields_of)
            words = search_keys.search_key_of(
                row, row.room_name or "", earlier.get(row.id, ()), own
            )
            keys_right = all(getattr(row, name) == key for name, key in right.items())
            if not keys_right or set(row.search_key.split()) != set(words.split()):
                yield f"asset {row.id}"


def item_obstacles() -> Iterator[str]:
    """Yield items that stand in the order of another reason than why they are not available."""
    kept = Asset.obstacle_sort.is_distinct_from(availability.obstacle())
    return named("asset", select(Asset.id).where(kept).order_by(Asset.id))


def item_worths() -> Iterator[str]:
    """Yield items whose kept value is not what the one function says, where the kept ones are read.

    All of them stand in the order as well, by the number on their card.
    """
    kept = worth_kept.mark()
    if kept is None or kept.state != WorthState.WHOLE or kept.told_by != worth_kept.fingerprint():
        return
    beside = (AssetWorth.net.label("kept_net"), AssetWorth.asset_no_sort.label("kept_number"))
    query = worth_kept.cards().add_columns(*beside)
    query = query.outerjoin(AssetWorth, AssetWorth.asset_id == Asset.id)
    for row in rows(query.order_by(Asset.id)):
        worth = valuation.of_row(row, kept.day, Convention(kept.convention))
        right = (worth.net if worth else None, row.asset_no_sort)
        if (row.kept_net, row.kept_number) != right:
            yield f"asset {row.id}"


def _orders_of(row: Any) -> dict[str, str]:  # noqa: ANN401 - a row of the query above
    said = {key: getattr(row, name) for name, key in SORT_KEYS.items()}
    said[CUSTODIAN_SORT] = row.custodian_name or row.custodian_text
    return {key: sort_key_of(words) for key, words in said.items()}


def _earlier_numbers(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(
        select(EarlierNumber.asset_id, EarlierNumber.number).where(EarlierNumber.asset_id.in_(ids))
    ):
        found[row.asset_id].append(row.number)
    return found


def ticket_keys() -> Iterator[str]:
    """Yield tickets that cannot be found by their own words.

    Their item and room stand in the key as they were on the day of the report, so only the
    ticket's own words are compared.
    """
    own: tuple[Any, ...] = (
        Ticket.id,
        Ticket.search_key,
        Ticket.number,
        Ticket.subject,
        Ticket.subject_en,
        Ticket.detail,
        Ticket.reporter_name,
        Ticket.place_text,
    )
    for row in rows(select(*own).order_by(Ticket.id)):
        if not row.search_key.startswith(intake.search_key_of(row, None, None)):
            yield f"ticket {row.id}"


def person_keys() -> Iterator[str]:
    """Yield people whose search key is not what the rules derive."""
    columns: tuple[Any, ...] = (
        Person.id,
        Person.search_key,
        Person.name_th,
        Person.name_en,
        Person.position,
        Person.email,
        Person.username,
        Person.phone,
    )
    for row in rows(select(*columns).order_by(Person.id)):
        if row.search_key != people.search_key_of(row):
            yield f"person {row.id}"


CHECKS = (
    Check(
        "item_keys",
        _l("Items are found and put in order by what stands on their cards."),
        SAVE_AGAIN,
        item_keys,
    ),
    Check(
        "item_obstacles",
        _l("Items are put in order by why they are not available now."),
        _l("Lend the item and take it back, or save another condition and change it back."),
        item_obstacles,
    ),
    Check(
        "item_worths",
        _l("Items are put in order by what they are worth in the books."),
        _l("The values are counted anew at midnight; look again then."),
        item_worths,
    ),
    Check(
        "ticket_keys",
        _l("Tickets are found by their own words."),
        _l("Restore the tickets from a backup of before; no page of the service writes this."),
        ticket_keys,
    ),
    Check(
        "person_keys",
        _l("People are found by what stands on their pages."),
        SAVE_AGAIN,
        person_keys,
    ),
)
