"""Photos from a ZIP file onto the cards of the items whose numbers they are named after."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, insert, or_, select, update

from assets.register import slots
from assets.register.import_models import PhotoBatch, PhotoEntry
from assets.register.models import Asset
from assets.register.rules import items
from assets.register.states import BatchState, PhotoOutcome
from assets.register.workbook.photo_names import folders, guesses, number_key
from kernel import clock, thai
from kernel.access import Viewer
from kernel.archives import Member
from kernel.db import db
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.places.models import Unit

SILENT_SECONDS = 60
STEP = 20
AT_WORK = (BatchState.READING, BatchState.WRITING)
PROBLEMS = frozenset({"empty", "too_large", "too_many", "broken", "no_zip", "gone", "bug"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that a photo may belong to."""

    id: int
    asset_no: str
    name: str
    has_photo: bool
    unit_keys: frozenset[str]


@dataclass
class Album:
    """The numbered items of a unit and of what lies under it, by the key of their number.

    An item answers for one photo of a file: the first of several is taken, the others are told.
    """

    by_key: Mapping[str, Sequence[Candidate]]

    def look_up(self, member: Member) -> tuple[PhotoOutcome, Candidate | None, int]:
        """Return what a member is, whose photo it would be, and the how manieth."""
        if member.wrong is not None:
            return PhotoOutcome(member.wrong.value), None, 0
        for guess in guesses(member.path):
            found = self.by_key.get(guess.key, ())
            if len(found) > 1:
                found = _of_folder(found, member.path) or found
            if len(found) > 1:
                return PhotoOutcome.UNCLEAR, None, 0
            if found:
                one = found[0]
                outcome = PhotoOutcome.HAS_PHOTO if one.has_photo else PhotoOutcome.MATCHED
                return outcome, one, guess.turn
        return PhotoOutcome.UNKNOWN, None, 0


def _of_folder(found: Sequence[Candidate], path: str) -> list[Candidate]:
    """Return the items of the school after which the nearest folder is named."""
    for folder in folders(path):
        key = thai.search_key(folder)
        own = [one for one in found if key in one.unit_keys]
        if own:
            return own
    return []


def album(unit: Unit) -> Album:
    """Return what is needed to find items by the names of files."""
    query = (
        select(
            Asset.id, Asset.asset_no, Asset.name, Asset.photo_key,
            Unit.code, Unit.name_th, Unit.name_en,
        )
        .join(Unit, Unit.id == Asset.owner_unit_id)
        .where(Asset.asset_no_key.is_not(None), Unit.path.startswith(unit.path, autoescape=True))
        .order_by(Asset.id)
    )  # fmt: skip
    found: dict[str, list[Candidate]] = defaultdict(list)
    for row in db.session.execute(query):
        keys = frozenset(thai.search_key(t) for t in (row.code, row.name_th, row.name_en) if t)
        one = Candidate(row.id, row.asset_no, row.name[:200], bool(row.photo_key), keys)
        found[number_key(row.asset_no)].append(one)
    return Album(found)


def keep(unit: Unit, file_key: str, file_name: str, *, by: Viewer) -> PhotoBatch:
    """Note down a ZIP that was sent, to be read next.

    Args:
        unit: in whose books the items are.
        file_key: its name among the files that wait.
        file_name: what the person calls it.
        by: who brings it.
    """
    batch = PhotoBatch(
        unit_id=unit.id,
        by_id=by.id,
        at=clock.now(),
        file_key=file_key,
        file_name=file_name[:200],
        touched_at=clock.now(),
    )
    db.session.add(batch)
    db.session.flush()  # the page of the batch is named by its id
    return batch


def is_silent(batch: PhotoBatch) -> bool:
    """Tell whether the thread that worked on a batch is dead."""
    quiet = (clock.now() - batch.touched_at).total_seconds()
    return batch.state in AT_WORK and quiet > SILENT_SECONDS


def beat(batch_id: int, done: int, total: int) -> None:
    """Say that the thread lives, and how far it has read."""
    db.session.execute(
        update(PhotoBatch)
        .where(PhotoBatch.id == batch_id, PhotoBatch.state == BatchState.READING)
        .values(done=done, total=total, touched_at=clock.now())
    )


def sort_out(members: Iterable[Member], known: Album) -> list[dict[str, object]]:
    """Return the entry of every member; of several photos of one item the first one is taken."""
    rows: list[dict[str, object]] = []
    firsts: dict[int, tuple[int, int]] = {}
    for member in members:
        outcome, one, turn = known.look_up(member)
        rows.append(
            {
                "position": member.position,
                "path": member.path,
                "outcome": outcome.value,
                "asset_id": one.id if one else None,
                "asset_no": one.asset_no if one else "",
                "item_name": one.name if one else "",
            }
        )
        if one is None:
            continue
        place = len(rows) - 1
        first = firsts.get(one.id)
        if first is None or turn < first[0]:
            firsts[one.id] = (turn, place)
            place = first[1] if first else -1
        if place >= 0:
            rows[place]["outcome"] = PhotoOutcome.DOUBLED.value
    return rows


def note_reading(batch: PhotoBatch, rows: Sequence[Mapping[str, object]]) -> None:
    """Keep what each file of the ZIP is, for people to look at."""
    db.session.execute(delete(PhotoEntry).where(PhotoEntry.batch_id == batch.id))
    if rows:
        db.session.execute(insert(PhotoEntry), [{**row, "batch_id": batch.id} for row in rows])
    batch.counts = dict(Counter(str(row["outcome"]) for row in rows))
    batch.total, batch.done, batch.touched_at = len(rows), 0, clock.now()
    batch.state = BatchState.READ


def fail(batch: PhotoBatch, code: str) -> None:
    """Note why a ZIP cannot be read; what was put on cards before stays there."""
    batch.problem = code if code in PROBLEMS else "bug"
    batch.state, batch.touched_at = BatchState.FAILED, clock.now()


def begin(batch: PhotoBatch, *, replace: bool, seen_version: int, by: Viewer) -> None:
    """Decide that the photos go onto the cards.

    Args:
        batch: a batch that waits for its decision.
        replace: also where the item has a photo already.
        seen_version: the version of the page.
        by: who decides.

    Refuses a batch without any photo to put on a card, and one that went on meanwhile.
    """
    if batch.state != BatchState.READ or batch.version != seen_version:
        raise Stale(_("This has gone on meanwhile. Please look at where it stands now."))
    if not wanted_ids(batch.id, replace=replace):
        raise Refusal(_("There is no photo here that could be put on a card."))
    batch.replace, batch.done = replace, 0
    batch.state, batch.touched_at = BatchState.WRITING, clock.now()
    audit.record("applied", batch, by=by, after={"replace": replace, **batch.counts})


def resume(batch: PhotoBatch) -> None:
    """Let another thread go on with a batch whose thread is dead; refuses one that is at work."""
    if not is_silent(batch):
        raise Refusal(_("This is not interrupted; nothing needs to be done."))
    batch.touched_at = clock.now()


def wanted_ids(batch_id: int, *, replace: bool) -> Sequence[int]:
    """Return the ids of the entries that are to be put on cards and are not yet.

    Further photos of an item go along with its first one.
    """
    outcomes = [PhotoOutcome.MATCHED, *([PhotoOutcome.HAS_PHOTO] if replace else [])]
    mine = PhotoEntry.batch_id == batch_id
    main = select(PhotoEntry.asset_id).where(
        mine, PhotoEntry.outcome.in_([*outcomes, PhotoOutcome.TAKEN])
    )
    further = and_(PhotoEntry.outcome == PhotoOutcome.DOUBLED, PhotoEntry.asset_id.in_(main))
    return db.session.scalars(
        select(PhotoEntry.id)
        .where(mine, or_(PhotoEntry.outcome.in_(outcomes), further))
        .order_by(PhotoEntry.outcome == PhotoOutcome.DOUBLED, PhotoEntry.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Pictured:
    """One entry after its photo was read: the keys of the photo, or what was wrong with it."""

    entry_id: int
    photo_key: str = ""
    thumbnail_key: str = ""
    wrong: PhotoOutcome | None = None


def put_on_cards(batch_id: int, pictures: Sequence[Pictured], *, by: Viewer) -> None:
    """Put one step's photos on their cards.

    An item that got a photo meanwhile keeps it, unless replacing was chosen.
    """
    batch = db.session.get_one(PhotoBatch, batch_id)
    if batch.state != BatchState.WRITING:
        raise Stale(_("This has gone on meanwhile. Please look at where it stands now."))
    entries = [(db.session.get_one(PhotoEntry, one.entry_id), one) for one in pictures]
    for entry, picture in sorted(entries, key=lambda pair: _is_further(pair[0])):
        if picture.wrong is not None:
            entry.outcome = picture.wrong.value
            continue
        asset = db.session.get(Asset, entry.asset_id) if entry.asset_id else None
        if asset is None:
            entry.outcome = PhotoOutcome.UNKNOWN.value
        elif _is_further(entry) and asset.photo_key:
            slots.pictured(asset, picture.photo_key, picture.thumbnail_key, by=by)
            entry.outcome = PhotoOutcome.TAKEN.value
        elif asset.photo_key and not batch.replace:
            entry.outcome = PhotoOutcome.HAS_PHOTO.value
        else:
            attach(asset, picture.photo_key, picture.thumbnail_key, by=by)
            entry.outcome = PhotoOutcome.TAKEN.value
    batch.done += len(pictures)
    batch.touched_at = clock.now()


def _is_further(entry: PhotoEntry) -> bool:
    return entry.outcome == PhotoOutcome.DOUBLED


def attach(asset: Asset, photo_key: str, thumbnail_key: str, *, by: Viewer) -> None:
    """Give an item a photo; the one place where a photo of a ZIP meets its item."""
    items.picture(asset, photo_key, thumbnail_key, by=by)


def end(batch_id: int, *, by: Viewer) -> None:
    """Note that every photo is on its card, with what became of each file."""
    batch = db.session.get_one(PhotoBatch, batch_id)
    outcomes = db.session.scalars(select(PhotoEntry.outcome).where(PhotoEntry.batch_id == batch_id))
    batch.counts = dict(Counter(outcomes))
    batch.state, batch.touched_at = BatchState.WRITTEN, clock.now()
    audit.record("brought_in", batch, by=by, after={"file": batch.file_name, **batch.counts})
