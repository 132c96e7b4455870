"""The list of vendors, one vendor, adding, editing, retiring."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.vendors import access, queries, rules
from assets.vendors.forms import VendorForm
from assets.vendors.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import check_version, work

FORM_PAGE = "assets/vendors/vendor_form.html"

__all__ = ["blueprint"]


@blueprint.get("/vendors")
@permit(access.SEE)
def vendors() -> ResponseReturnValue:
    """List the vendors."""
    words, retired = request.args.get("q", "").strip()[:100], request.args.get("retired") == "1"
    number = page_number()
    found = queries.vendors(words, retired=retired, page=number)
    return render_template(
        "assets/vendors/vendors.html",
        page=paged(found, number, queries.PAGE),
        words=words,
        retired=retired,
        may_edit=viewer().may(access.EDIT),
    )


@blueprint.get("/vendors/<int:vendor_id>")
@permit(access.SEE)
def vendor(vendor_id: int) -> ResponseReturnValue:
    """Show how a vendor is reached."""
    return render_template(
        "assets/vendors/vendor.html",
        vendor=access.vendor_known(vendor_id),
        may_edit=viewer().may(access.EDIT),
    )


@blueprint.route("/vendors/new", methods=["GET", "POST"])
@permit(access.EDIT)
def add() -> ResponseReturnValue:
    """Write down a vendor."""
    form = VendorForm()
    if form.accepted():
        with form.refusals():
            with work():
                made = rules.add(form.changes(), by=viewer())
                here = url_for("vendors.vendor", vendor_id=made.id)
            flash(_("“%(name)s” is written down.", name=made.name), "ok")
            return redirect(here)
    return render_template(FORM_PAGE, form=form, vendor=None), form.status


@blueprint.route("/vendors/<int:vendor_id>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit(vendor_id: int) -> ResponseReturnValue:
    """Change what is written down of a vendor."""
    found = access.vendor_known(vendor_id)
    form = VendorForm(obj=found, version=str(found.version))
    if form.accepted():
        with form.refusals():
            with work():
                found = access.vendor_known(vendor_id)
                check_version(found.version, form.seen_version)
                rules.edit(found, form.changes(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("vendors.vendor", vendor_id=vendor_id))
        found = access.vendor_known(vendor_id)
        form.stand_at(found.version)
    return render_template(FORM_PAGE, form=form, vendor=found), form.status


@blueprint.post("/vendors/<int:vendor_id>/retire")
@permit(access.EDIT)
def retire(vendor_id: int) -> ResponseReturnValue:
    """Offer a vendor no more."""
    ActionForm().insist()
    with work():
        rules.retire(access.vendor_known(vendor_id), by=viewer())
    flash(_("The vendor is not offered any more; what was done with it stays."), "ok")
    return redirect(url_for("vendors.vendor", vendor_id=vendor_id))


@blueprint.post("/vendors/<int:vendor_id>/reopen")
@permit(access.EDIT)
def reopen(vendor_id: int) -> ResponseReturnValue:
    """Offer a vendor again."""
    ActionForm().insist()
    with work():
        rules.reopen(access.vendor_known(vendor_id), by=viewer())
    flash(_("The vendor is offered again."), "ok")
    return redirect(url_for("vendors.vendor", vendor_id=vendor_id))
