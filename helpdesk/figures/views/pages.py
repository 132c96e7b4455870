"""All pages of figures; importing them puts them on the blueprint."""

from helpdesk.figures.views import overview
from helpdesk.figures.views.blueprint import blueprint

__all__ = ("blueprint", "overview")
