"""Reading the catalogue: the tree of classes, the extra fields an item has, models."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from assets.catalogue.models import AssetClass, ExtraField, ProductModel, Symptom
from kernel import thai
from kernel.db import db, thai_order
from kernel.search import contains

PAGE = 50
MOST_OFFERED = 300
DEEPEST = 12


@dataclass(frozen=True)
class ClassLine:
    """One line of the tree, and how deep it stands in it."""

    asset_class: AssetClass
    depth: int


@dataclass(frozen=True)
class SymptomLine:
    """One symptom, wherever it is offered; where it is retired, wherever it was."""

    symptom: Symptom
    classes: list[AssetClass]
    for_everything: bool
    retired: bool


def classes(*, retired: bool = True) -> Sequence[AssetClass]:
    """Return all classes in the order of their codes."""
    query = select(AssetClass).order_by(AssetClass.code)
    if not retired:
        query = query.where(AssetClass.retired_on.is_(None))
    return db.session.scalars(query).all()


def tree(words: str = "", *, retired: bool = False) -> list[ClassLine]:
    """Return the classes as a tree, in the order of their codes.

    Args:
        words: part of a code or name; what fits is shown with all above it.
        retired: show retired classes too.
    """
    found = classes(retired=retired)
    below: dict[int | None, list[AssetClass]] = defaultdict(list)
    known = {one.id for one in found}
    for one in found:
        below[one.parent_id if one.parent_id in known else None].append(one)
    lines = list(_lines(below, None, 0))
    return lines if not words else _fitting(lines, thai.search_key(words))


def _lines(
    below: dict[int | None, list[AssetClass]], parent: int | None, depth: int
) -> Iterable[ClassLine]:
    for one in below.get(parent, ()):
        yield ClassLine(one, depth)
        if depth < DEEPEST:
            yield from _lines(below, one.id, depth + 1)


def _fitting(lines: list[ClassLine], key: str) -> list[ClassLine]:
    kept: list[ClassLine] = []
    above = 0  # what stands less deep than this is above something that fits
    for line in reversed(lines):
        one = line.asset_class
        fits = key in thai.search_key(f"{one.code} {one.name_th} {one.name_en}")
        if fits or line.depth < above:
            kept.append(line)
            above = line.depth
    return kept[::-1]


def lineage(class_id: int | None) -> list[int]:
    """Return the ids of a class and of all above it, the widest first."""
    if class_id is None:
        return []
    parents = _parents()
    return lineage_in(parents, class_id)


def _parents() -> dict[int, int | None]:
    rows = db.session.execute(select(AssetClass.id, AssetClass.parent_id))
    return {row.id: row.parent_id for row in rows}


def lineage_in(parents: dict[int, int | None], class_id: int) -> list[int]:
    """Return the ids of a class and of all above it, the widest first, from known parents."""
    line: list[int] = []
    at: int | None = class_id
    while at is not None and at not in line:
        line.append(at)
        at = parents.get(at)
    return line[::-1]


def below(class_id: int) -> set[int]:
    """Return the ids of a class and of everything under it."""
    parents = _parents()
    return {one for one in parents if class_id in lineage_in(parents, one)}


def symptoms_of(class_id: int) -> Sequence[Symptom]:
    """Return the symptoms that are offered for a class, in their order."""
    return db.session.scalars(
        select(Symptom)
        .where(Symptom.class_id == class_id, Symptom.retired.is_(False))
        .order_by(Symptom.position, Symptom.id)
    ).all()


def symptom_lines() -> list[SymptomLine]:
    """Return all symptoms with the classes that offer them, retired ones last."""
    rows = db.session.execute(
        select(Symptom, AssetClass)
        .outerjoin(AssetClass, AssetClass.id == Symptom.class_id)
        .order_by(Symptom.class_id.is_not(None), AssetClass.code, Symptom.position, Symptom.id)
    ).all()
    found: dict[tuple[str, str], list[tuple[Symptom, AssetClass | None]]] = defaultdict(list)
    for symptom, of_class in rows:
        found[symptom.text_th, symptom.text_en].append((symptom, of_class))
    return sorted(map(_symptom_line, found.values()), key=lambda line: line.retired)


def symptom_line(symptom: Symptom) -> SymptomLine:
    """Return the line of one symptom."""
    return next(
        line
        for line in symptom_lines()
        if (line.symptom.text_th, line.symptom.text_en) == (symptom.text_th, symptom.text_en)
    )


def _symptom_line(rows: Sequence[tuple[Symptom, AssetClass | None]]) -> SymptomLine:
    offered = [pair for pair in rows if not pair[0].retired]
    shown = offered or rows
    return SymptomLine(
        symptom=rows[0][0],
        classes=[of_class for _symptom, of_class in shown if of_class is not None],
        for_everything=any(of_class is None for _symptom, of_class in shown),
        retired=not offered,
    )


def extra_fields_for(class_id: int | None) -> list[ExtraField]:
    """Return the fields that items of a class have in use: inherited ones first, each in order."""
    line = lineage(class_id)
    if not line:
        return []
    found = db.session.scalars(
        select(ExtraField).where(ExtraField.class_id.in_(line), ExtraField.retired.is_(False))
    ).all()
    return sorted(found, key=lambda one: (line.index(one.class_id), one.position, one.id))


def fields_of(class_id: int) -> Sequence[ExtraField]:
    """Return the fields that a class itself has, retired ones last."""
    return db.session.scalars(
        select(ExtraField)
        .where(ExtraField.class_id == class_id)
        .order_by(ExtraField.retired, ExtraField.position, ExtraField.id)
    ).all()


def _with_wider(class_ids: Iterable[int]) -> Select[tuple[int]]:
    """Return the ids of classes and of all above them, as a part of another question."""
    own = select(AssetClass.id, AssetClass.parent_id).where(AssetClass.id.in_(list(class_ids)))
    line = own.cte(recursive=True)
    wider = select(AssetClass.id, AssetClass.parent_id).join(
        line, AssetClass.id == line.c.parent_id
    )
    return select(line.union(wider).c.id)


def extra_columns(class_ids: Iterable[int] | None = None) -> list[ExtraField]:
    """Return the extra fields a list or export may show, also inherited and retired ones.

    Retired fields come last, because values may still stand in them.

    Args:
        class_ids: the classes of the items; all fields of the catalogue when left out.
    """
    query = select(ExtraField).options(joinedload(ExtraField.asset_class))
    if class_ids is not None:
        query = query.where(ExtraField.class_id.in_(_with_wider(class_ids)))
    found = db.session.scalars(query).all()
    return sorted(found, key=lambda one: (one.retired, one.asset_class.code, one.position, one.id))


def products(
    words: str = "", *, class_id: int | None = None, retired: bool = False, page: int = 1
) -> Sequence[ProductModel]:
    """Return one page of models by brand and name, and one more where another page follows."""
    query = select(ProductModel).options(joinedload(ProductModel.asset_class))
    if words:
        query = query.where(contains(ProductModel.search_key, words))
    if class_id:
        query = query.where(ProductModel.class_id.in_(below(class_id)))
    if not retired:
        query = query.where(ProductModel.retired_on.is_(None))
    return db.session.scalars(
        query.order_by(
            thai_order(ProductModel.brand), thai_order(ProductModel.name), ProductModel.id
        )
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()


def products_offered(class_id: int | None = None, also: int | None = None) -> list[ProductModel]:
    """Return the models to choose from on a card: those of the class and of none first.

    Args:
        class_id: the class of the item; all models where it is left out.
        also: a model that is offered though it is retired, because the card has it.
    """
    query = select(ProductModel)
    in_use = ProductModel.retired_on.is_(None)
    query = query.where(or_(in_use, ProductModel.id == also) if also else in_use)
    fitting = set(lineage(class_id)) | (below(class_id) if class_id else set())
    # The database sorts those of the class to the front, so that a long list never hides them.
    first = ProductModel.class_id.in_(fitting) if fitting else ProductModel.class_id.is_not(None)
    query = query.order_by((ProductModel.id == (also or 0)).desc(), first.desc())
    query = query.order_by(thai_order(ProductModel.brand), thai_order(ProductModel.name))
    return list(db.session.scalars(query.limit(MOST_OFFERED)).all())


def product_like(brand: str, name: str) -> ProductModel | None:
    """Return the record of a brand and model, however it is spelt."""
    return db.session.scalar(
        select(ProductModel).where(ProductModel.same_key == same_key(brand, name))
    )


def same_key(brand: str, name: str) -> str:
    """Return what two spellings of one brand and model have in common."""
    return f"{thai.search_key(brand)}|{thai.search_key(name)}"[:260]


def count_products() -> int:
    """Return how many models are in use."""
    query = select(func.count()).select_from(ProductModel).where(ProductModel.retired_on.is_(None))
    return db.session.scalar(query) or 0
