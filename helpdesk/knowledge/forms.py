"""What people may type about an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from assets.catalogue.models import AssetClass, ProductModel
from helpdesk.knowledge.states import AUDIENCES, Audience
from helpdesk.knowledge.text import tags_in
from kernel.forms import ActionForm, AtMost, Form, Required
from kernel.i18n import lazy_gettext as _l

LONGEST_BODY = 40_000


class ArticleForm(ActionForm):
    """An article: texts in two languages, what it is about, who reads it."""

    title_th = StringField(_l("Title in Thai"), validators=[Required(), AtMost(160)])
    body_th = TextAreaField(_l("Text in Thai"), validators=[Required(), AtMost(LONGEST_BODY)])
    title_en = StringField(_l("Title in English"), validators=[AtMost(160)])
    body_en = TextAreaField(_l("Text in English"), validators=[AtMost(LONGEST_BODY)])
    tags = StringField(
        _l("Words people use for it"),
        description=_l(
            "Parted by commas, Thai and English: paper jam, does not print. A report that holds "
            "one of them is shown this article."
        ),
        validators=[AtMost(400)],
    )
    class_id = SelectField(_l("Class of items"), coerce=int, default=0)
    product_model_id = SelectField(_l("Brand and model"), coerce=int, default=0)
    audience = SelectField(
        _l("Who may read it"),
        choices=[(str(one), label) for one, label in AUDIENCES.items()],
        default=str(Audience.PUBLIC),
    )
    note = StringField(_l("What was changed"), validators=[AtMost(200)])
    pictures = MultipleFileField(
        _l("Pictures"),
        description=_l("After saving, each picture shows the words that put it into the text."),
    )
    ticket = HiddenField(validators=[AtMost(18)])

    def offer(self, classes: Sequence[AssetClass], products: Sequence[ProductModel]) -> None:
        """Fill the lists of what an article may be about."""
        self.class_id.choices = [
            (0, _l("General, no class")),
            *((one.id, f"{one.code} {one.name}") for one in classes),
        ]
        self.product_model_id.choices = [
            (0, _l("No certain model")),
            *((one.id, one.full_name) for one in products),
        ]

    def fields(self) -> dict[str, Any]:
        """Return what was typed as columns of the article."""
        return {
            "title_th": self.title_th.data or "",
            "title_en": self.title_en.data or "",
            "body_th": self.body_th.data or "",
            "body_en": self.body_en.data or "",
            "tags": ", ".join(tags_in(self.tags.data or "")),
            "class_id": self.class_id.data or None,
            "product_model_id": self.product_model_id.data or None,
            "audience": Audience(self.audience.data),
        }

    @property
    def from_ticket(self) -> int | None:
        """The ticket that the text was made from."""
        said = self.ticket.data or ""
        return int(said) if said.isdecimal() else None


class VoteForm(Form):
    """Whether an article helped, and what was missing."""

    remark = TextAreaField(_l("What was missing?"), validators=[AtMost(400)])
