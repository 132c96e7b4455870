"""Pages of the privacy notice."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from kernel.access import permit, public, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.work import work
from office.privacy import access, queries, rules
from office.privacy.forms import NoticeForm
from office.privacy.views import records  # noqa: F401 - its pages hang on the same blueprint
from office.privacy.views.blueprint import blueprint
from office.privacy.welcoming import UNREAD

__all__ = ["blueprint"]


@blueprint.get("/privacy")
@public
def notice() -> ResponseReturnValue:
    """Show how personal data are handled."""
    shown, me = queries.newest(), viewer()
    form = ActionForm(formdata=None, version=str(shown.edition))
    return render_template(
        "office/privacy/notice.html",
        shown=shown,
        text=shown.text_en if language() == "en" else shown.text_th,
        form=form,
        has_read=me.id is not None and queries.has_read(me.id),
        may_publish=me.may(access.PUBLISH),
        may_read_records=me.may(access.RECORDS),
    )


@blueprint.post("/privacy/read")
@permit(access.READ)
def read() -> ResponseReturnValue:
    """Write down that the viewer has read the notice."""
    form = ActionForm()
    form.insist()
    with work():
        rules.read(form.seen_version, by=viewer())
    session.pop(UNREAD, None)
    flash(_("Thank you. It is written down that you have read it."), "ok")
    return redirect(f"{request.script_root}/")


@blueprint.route("/privacy/edit", methods=["GET", "POST"])
@permit(access.PUBLISH)
def publish() -> ResponseReturnValue:
    """Publish an edition, and see the earlier ones."""
    now = queries.newest()
    form = NoticeForm(
        data={"text_th": now.text_th, "text_en": now.text_en, "version": str(now.edition)}
    )
    if form.accepted():
        with form.refusals():
            with work():
                th, en = form.text_th.data or "", form.text_en.data or ""
                rules.publish(th, en, form.seen_version, by=viewer())
            flash(_("The edition is published. Everybody is asked to read it."), "ok")
            return redirect(url_for("privacy.notice"))
    page = render_template(
        "office/privacy/publish.html",
        form=form,
        editions=queries.editions(),
        readers=queries.readers(),
    )
    return page, form.status
