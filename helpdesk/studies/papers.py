"""The four forms as PDF, drawn from the plain values of ``content``: Thai, or Thai and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from helpdesk.access_rights.states import WHOSE, Whose
from helpdesk.studies import parts
from helpdesk.studies.states import DEVELOPMENTS, SORTS, Sort, State
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p
from kernel.i18n import speaking
from kernel.thai import format_date, thai_digits
from office.papers import engine, rules, variant
from office.papers.models import IssuedPaper

TEMPLATE = Path(__file__).parent / "paper" / "form.typ"
DIRECTOR, OWNER, RECORDER = _l("Director of the office"), _l("Who answers for it"), _l("Recorder")
BLANK = {"name": "", "position": "", "date": "", "note": None}
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Head:
    """What a paper needs beside its content.

    Attributes:
        office: the name of the office in Thai.
        base_url: of the service.
        sent_on: the day on which a report was sent, None for a paper to be signed by hand.
        places: the signatures as ``office.approvals.papers.places`` gives them.
        comments: what the signers wrote.
        issued: the paper with its check code, once it is signed.
        pictures: the photos by their keys, JPEG.
    """

    office: str
    base_url: str = ""
    sent_on: date | None = None
    places: Sequence[Mapping[str, Any]] = ()
    comments: Sequence[str] = ()
    issued: IssuedPaper | None = None
    pictures: Mapping[str, bytes] | None = None


@dataclass(frozen=True)
class _Words:
    """Says a label in Thai, with its English gloss on a bilingual paper."""

    bilingual: bool

    def of(self, label: Any) -> dict[str, str]:  # noqa: ANN401 - a lazy text
        with speaking("th"):
            thai = str(label)
        with speaking("en"):
            english = str(label) if self.bilingual else ""
        return {"label": thai, "gloss": english if english != thai else ""}

    def fact(self, label: Any, value: str) -> dict[str, str]:  # noqa: ANN401 - a lazy text
        return {**self.of(label), "value": value}

    def value(self, label: Any) -> str:  # noqa: ANN401 - a lazy text
        said = self.of(label)
        return f"{said['label']} ({said['gloss']})" if said["gloss"] else said["label"]

    def written(self, words: Mapping[str, str], names: Sequence[str]) -> list[dict[str, Any]]:
        return [
            {**self.of(parts.LABELS[name]), "lines": _lines(words.get(name, ""))} for name in names
        ]


def pdf(content: Content, head: Head) -> bytes:
    """Return a form as PDF, in the variant that is wanted.

    Args:
        content: of ``content``, or of the snapshot that was signed.
        head: the office, signatures and pictures.
    """
    say, code = _Words(variant.wanted() == "en"), str(content["form"])
    photos, files = _photos(content, head)
    check = None
    if head.issued is not None:
        check, mark = rules.check_mark(head.issued, head.base_url)
        files |= mark
    data = {
        "code": code,
        "title": say.of(parts.TITLES[code]),
        "number": thai_digits(str(content["number"])),
        "office": head.office,
        "photos": photos,
        "photos-title": say.of(_l("Photos")),
        "comment": _comment(head, say),
        "places": _places(content, head, say),
        "check": check,
        "table": None,
        "after": [],
        **BODIES[code](content, say),
    }
    data["after"] = [*data["after"], *_attached(content, say)]
    return engine.render(TEMPLATE, data, files=files)


def _f12(content: Content, say: _Words) -> dict[str, Any]:
    body = {"title": say.of(""), "fields": [], "parts": say.written(content["words"], parts.F12)}
    fields = [
        [say.fact(_p("paper", "Number"), thai_digits(str(content["number"]))),
         say.fact(_l("Date"), _day(content["day"]))],
        [say.fact(_l("Topic"), content["title"])],
        [say.fact(_l("System studied"), content["system"])],
        [say.fact(_l("Unit"), content["unit"])],
        [say.fact(RECORDER, content["person"])],
    ]  # fmt: skip
    return {"fields": fields, "sections": [body]}


def _f14(content: Content, say: _Words) -> dict[str, Any]:
    sections = [_section(number, one, say) for number, one in enumerate(content["records"], 1)]
    fields = [
        [say.fact(_p("paper", "Number"), thai_digits(str(content["number"]))),
         say.fact(_l("Begun on"), _day(content["day"]))],
        [say.fact(_l("Study"), content["title"])],
        [say.fact(_l("System studied"), content["system"])],
        [say.fact(_l("Unit"), content["unit"])],
        [say.fact(OWNER, content["person"])],
    ]  # fmt: skip
    return {
        "fields": fields,
        "sections": sections,
        "after": say.written(content["words"], parts.F14),
    }


def _section(number: int, record: Content, say: _Words) -> dict[str, Any]:
    title = {"label": f"{thai_digits(str(number))}. {record['title']}", "gloss": ""}
    fields = [
        [say.fact(_l("System studied"), record["system"])],
        [say.fact(RECORDER, record["person"]), say.fact(_l("Date"), _day(record["day"]))],
    ]
    written = say.written(record["words"], parts.F12)
    return {"title": title, "fields": fields, "parts": [one for one in written if one["lines"]]}


def _f15(content: Content, say: _Words) -> dict[str, Any]:
    body = {"title": say.of(""), "fields": [], "parts": say.written(content["words"], parts.F15)}
    state = DEVELOPMENTS.faces[State(str(content["state"]))].label
    fields = [*_work(content, say), [say.fact(_p("development", "Status"), say.value(state))]]
    return {"fields": fields, "sections": [body], "table": _figures(content, say, done=False)}


def _f16(content: Content, say: _Words) -> dict[str, Any]:
    before = say.written(content["words"], parts.F15)
    after = say.written(content["words"], parts.F16)
    by_name = dict(zip(parts.F16, after, strict=True))
    if content["user_count"] is not None:
        count = say.value(_l("Number of users"))
        by_name["users"]["lines"].insert(0, f"{count} {_number(content['user_count'])}")
    if content["satisfaction_mean"]:
        by_name["satisfaction"]["lines"].insert(0, _mean(content, say))
    fields = [*_work(content, say), [say.fact(_l("Finished on"), _day(content["finished_on"]))]]
    return {
        "fields": fields,
        "sections": [{"title": say.of(""), "fields": [], "parts": before}],
        "table": _figures(content, say, done=True),
        "after": after,
    }


def _work(content: Content, say: _Words) -> list[list[dict[str, str]]]:
    return [
        [say.fact(_p("paper", "Number"), thai_digits(str(content["number"]))),
         say.fact(_l("Date"), _day(content["day"]))],
        [say.fact(_l("Name of the work or innovation"), content["title"])],
        [say.fact(_l("Sort"), say.value(SORTS[Sort(str(content["sort"]))])),
         say.fact(_l("System of"), say.value(WHOSE[Whose(str(content["whose"]))]))],
        [say.fact(_l("Linked system"), content["system"])],
        [say.fact(_l("Unit"), content["unit"])],
        [say.fact(OWNER, content["person"])],
        [say.fact(_l("Schedule"), f"{_day(content['starts_on'])} – {_day(content['ends_on'])}")],
        [say.fact(_l("Budget (baht)"), thai_digits(f"{Decimal(content['budget']):,.2f}"))],
    ]  # fmt: skip


def _figures(content: Content, say: _Words, *, done: bool) -> dict[str, Any] | None:
    if not content["indicators"]:
        return None
    heads = [
        (_l("Indicator"), 0, False), (_l("Counted in"), 24, False),
        (_l("Before"), 22, True), (_l("Target"), 22, True),
    ]  # fmt: skip
    if done:
        heads += [(_l("After"), 22, True), (_l("Change (%)"), 22, True), (_l("Met"), 20, False)]
    columns = [{**say.of(label), "width": width, "right": right} for label, width, right in heads]
    met = {True: say.of(_l("met"))["label"], False: say.of(_l("not met"))["label"], None: "-"}
    rows = []
    for one in content["indicators"]:
        row = [one["name"], one["unit"] or "-", _number(one["before"]), _number(one["target"])]
        if done:
            row += [_number(one["after"]), thai_digits(one["change"]) or "-", met[one["met"]]]
        rows.append(row)
    title = _l("Figures before and after") if done else _l("Figures before the work")
    return {"title": say.of(title), "columns": columns, "rows": rows}


def _mean(content: Content, say: _Words) -> str:
    mean, n = thai_digits(content["satisfaction_mean"]), _number(content["satisfaction_n"])
    told = f"{say.value(_l('Mean'))} {mean} · {say.value(_p('survey', 'Number of answers'))} {n}"
    return f"{told} · {content['survey']}" if content["survey"] else told


def _attached(content: Content, say: _Words) -> list[dict[str, Any]]:
    files = list(content["files"])
    return [{**say.of(_l("Enclosures")), "lines": files}] if files else []


def _photos(content: Content, head: Head) -> tuple[list[dict[str, str]], dict[str, bytes]]:
    """Return the photos that are at hand, and their pictures for the engine."""
    found, files = [], {}
    for number, one in enumerate(content["photos"], 1):
        picture = (head.pictures or {}).get(one["key"])
        if picture is not None:
            name = f"photo-{number}.jpg"
            files[name] = picture
            found.append({"picture": f"/files/{name}", "caption": one["caption"]})
    return found, files


def _comment(head: Head, say: _Words) -> dict[str, Any] | None:
    words = [line for comment in head.comments for line in _lines(comment)]
    return {**say.of(_l("Comment of the director")), "lines": words} if words else None


def _places(content: Content, head: Head, say: _Words) -> list[dict[str, Any]]:
    """Return the places to sign: of who wrote it, and the director's or one for the pen."""
    writer = say.of(RECORDER if content["form"] == "F12" else OWNER)
    director = say.of(DIRECTOR)
    sent = head.sent_on
    day = format_date(sent, language="th", style="short", digits="thai") if sent else ""
    named = {"name": content["person"], "position": content["position"], "date": day}
    first = {**BLANK, "role": writer["label"], "gloss": writer["gloss"], **named}
    empty = {**BLANK, "role": director["label"], "gloss": director["gloss"]}
    signed = [{**one, "gloss": one["gloss"] if say.bilingual else ""} for one in head.places]
    return [first, *(signed or [empty])]


def _lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()]


def _day(day: str) -> str:
    if not day:
        return ""
    return format_date(date.fromisoformat(day), language="th", style="long", digits="thai")


def _number(figure: str | int | None) -> str:
    if figure in ("", None):
        return "-"
    return thai_digits(f"{Decimal(str(figure)):,f}")


BODIES = {"F12": _f12, "F14": _f14, "F15": _f15, "F16": _f16}
