"""What is done while a training is held: attendance by card or by hand, and its end."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from helpdesk.trainings import access
from helpdesk.trainings.forms import DayForm, ScanForm
from helpdesk.trainings.rules import holding
from helpdesk.trainings.views import showing
from helpdesk.trainings.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import work


@blueprint.post("/trainings/<int:session_id>/scan")
@permit(access.ARRANGE)
def scan(session_id: int) -> ResponseReturnValue:
    """Note who shows their card at the door."""
    form = ScanForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.session_known(session_id)
                place = holding.scan(found, form.code.data or "", by=viewer())
                name = place.person.name
            flash(_("%(name)s is here.", name=name), "ok")
            return redirect(url_for("trainings.session", session_id=session_id))
    return showing.show(access.session_known(session_id), form)


@blueprint.post("/trainings/<int:session_id>/attend/<int:enrolment_id>")
@permit(access.ARRANGE)
def attend(session_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Note by hand that somebody was there on a day."""
    form = DayForm()
    form.insist()
    with work():
        place = access.enrolment_of(access.session_known(session_id), enrolment_id)
        holding.note(place, form.day.data, by=viewer())
        name = place.person.name
    flash(_("%(name)s is here.", name=name), "ok")
    return _back(session_id, form)


@blueprint.post("/trainings/<int:session_id>/unattend/<int:enrolment_id>")
@permit(access.ARRANGE)
def take_back(session_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Take back that somebody was there on a day."""
    form = DayForm()
    form.insist()
    with work():
        place = access.enrolment_of(access.session_known(session_id), enrolment_id)
        holding.take_back(place, form.day.data, by=viewer())
        name = place.person.name
    flash(_("%(name)s is not noted for this day any more.", name=name), "ok")
    return _back(session_id, form)


def _back(session_id: int, form: DayForm) -> ResponseReturnValue:
    return redirect(
        url_for("trainings.session", session_id=session_id, day=form.day.data.isoformat())
    )


@blueprint.post("/trainings/<int:session_id>/finish")
@permit(access.ARRANGE)
def finish(session_id: int) -> ResponseReturnValue:
    """Finish a session and give the certificates."""
    ActionForm().insist()
    with work():
        count = holding.finish(access.session_known(session_id), by=viewer())
    flash(
        ngettext("%(number)s certificate was given.", "%(number)s certificates were given.", count),
        "ok",
    )
    return redirect(url_for("trainings.session", session_id=session_id))
