"""Writing a specification: the form, new and of a draft, with what is pasted from Excel."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.specifications import access, criteria_queries, queries
from helpdesk.specifications.forms import SpecificationForm
from helpdesk.specifications.models import Specification
from helpdesk.specifications.rules import brands, drafting, flow, pasting
from helpdesk.specifications.rules.sorts import SPECIFICATION
from helpdesk.specifications.views.blueprint import blueprint
from kernel import clock
from kernel.access import permit, viewer
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places.sheet import MOST_BYTES

SHOWN_ONLY = ("more", "paste")


def _offer(form: SpecificationForm, unit_id: int | None, found: Specification | None) -> None:
    kept = [one.person_id for one in found.members] if found else []
    criteria = list(criteria_queries.in_force(clock.today()))
    known = {row.id for row in criteria}
    for item in found.items if found else ():
        if item.criterion is not None and item.criterion_id not in known:
            criteria.append(item.criterion)
            known.add(item.criterion.id)
    form.offer(queries.people_for(unit_id, kept), criteria)


def _paste(form: SpecificationForm) -> None:
    """Put what was pasted, or stands in the file, into rows of the form; nothing is kept yet."""
    with form.refusals():
        files = sent_files("file")
        if files:
            found = pasting.of_file(files[0].stream.read(MOST_BYTES + 1))
        else:
            found = pasting.of_text(request.form.get("pasted", ""))
        many = form.add(found)
        form.pasted.data, form.pasted.raw_data = "", None
        said = ngettext(
            "%(number)s requirement was added below. Please look through it.",
            "%(number)s requirements were added below. Please look through them.",
            many,
        )
        flash(said % {"number": many}, "ok")


@blueprint.route("/specifications/new", methods=["GET", "POST"])
@permit(access.WRITE)
def new() -> ResponseReturnValue:
    """Write a specification from nothing."""
    form, act = SpecificationForm(), request.form.get("act", "")
    if not form.is_submitted():
        form.begin()
    if act == "paste":
        _paste(form)
    _offer(form, viewer().unit_id, None)
    if act not in SHOWN_ONLY and form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = drafting.begin(form.draft(), by=viewer())
                if act == "send":
                    flow.send(SPECIFICATION, made, by=viewer())
                there = url_for("specifications.show", specification_id=made.id)
                bookkeeping.settle_key(form.act_key, there)
            flash(_said(act), "ok")
            return redirect(there)
    return _form(form, None, act)


@blueprint.route("/specifications/<int:specification_id>/edit", methods=["GET", "POST"])
@permit(access.READ)
def edit(specification_id: int) -> ResponseReturnValue:
    """Go on with a draft, or mend what was sent back; its author sends it."""
    found = access.specification_written(viewer(), specification_id)
    drafting.demand_editable(found)
    queries.load_whole(found)
    form, act = SpecificationForm(), request.form.get("act", "")
    if not form.is_submitted():
        form.show(found)
    if act == "paste":
        _paste(form)
    _offer(form, found.unit_id, found)
    if act not in SHOWN_ONLY and form.accepted():
        with form.refusals():
            with work():
                found = access.specification_written(viewer(), specification_id)
                drafting.locked(specification_id)
                check_version(found.version, form.seen_version)
                drafting.keep(found, form.draft(), by=viewer())
                if act == "send":
                    access.specification_owned(viewer(), specification_id)
                    _send(found, form)
            flash(_said(act), "ok")
            return redirect(url_for("specifications.show", specification_id=specification_id))
        form.stand_at(found.version)
    return _form(form, found, act)


def _send(found: Specification, form: SpecificationForm) -> None:
    if drafting.is_sent_back(found):
        flow.answer(SPECIFICATION, found, form.words.data or "", by=viewer())
    else:
        flow.send(SPECIFICATION, found, by=viewer())


def _said(act: str) -> str:
    if act == "send":
        return _("Sent for approval. You can follow it here.")
    return _("Kept as a draft. Only its author and working group see it.")


def _form(form: SpecificationForm, found: Specification | None, act: str) -> ResponseReturnValue:
    page = render_template(
        "helpdesk/specifications/form.html",
        form=form,
        one=found,
        own=found is None or found.author_id == viewer().id,
        sent_back=found is not None and drafting.is_sent_back(found),
        brands=brands.named_by(found) if found is not None else [],
    )
    return page, 200 if act in SHOWN_ONLY and not form.refused_with else form.status
