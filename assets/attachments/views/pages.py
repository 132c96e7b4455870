"""All pages of attachments; importing them puts them on the blueprint."""

from assets.attachments.views import of_item, of_model, single
from assets.attachments.views.blueprint import blueprint

__all__ = ("blueprint", "of_item", "of_model", "single")
