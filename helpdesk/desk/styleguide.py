"""Every component of the service on one page, for those who build it; not served in production."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from kernel.access import public

blueprint = Blueprint("styleguide", __name__)


@blueprint.get("/styleguide")
@public
def show() -> ResponseReturnValue:
    """Show every component with sample words."""
    return render_template("styleguide.html")
