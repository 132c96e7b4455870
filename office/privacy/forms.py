"""What people may type about the privacy notice."""

from __future__ import annotations

from wtforms import TextAreaField

from kernel.forms import ActionForm, AtMost, Required
from kernel.i18n import lazy_gettext as _l


class NoticeForm(ActionForm):
    """Both texts of an edition."""

    text_th = TextAreaField(_l("Text in Thai"), [Required(), AtMost(20000)])
    text_en = TextAreaField(_l("Text in English"), [Required(), AtMost(20000)])
