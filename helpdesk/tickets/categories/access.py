"""Who may see and change the list of categories; the loaders that refuse."""

from __future__ import annotations

from sqlalchemy import select

from helpdesk.tickets.categories import queries
from helpdesk.tickets.categories.models import CategoryQuestion, TicketCategory
from helpdesk.tickets.categories.shipped import Category
from kernel.access import permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role

# One list serves the office and its schools, so only who has the whole office changes it.
EDIT = permission("helpdesk:category:edit", roles=(Role.ADMIN,), office_wide=True)


def category_shown(code: str) -> Category:
    """Return a category, of the office's own list or of the shipped one.

    Raises:
        NotFound: there is none.
    """
    found = next((one for one in queries.known() if one.code == code), None)
    if found is None:
        raise NotFound(_("There is no such category."))
    return found


def category_row(code: str) -> TicketCategory | None:
    """Return a category of the office's own list; None while it uses the shipped one."""
    return db.session.scalar(select(TicketCategory).where(TicketCategory.code == code))


def question_row(code: str) -> CategoryQuestion | None:
    """Return a question of the office's own list."""
    return db.session.scalar(select(CategoryQuestion).where(CategoryQuestion.code == code))
