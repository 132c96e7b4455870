"""All pages of knowledge; importing them puts them on the blueprint."""

from helpdesk.knowledge.views import moving, reading, writing
from helpdesk.knowledge.views.blueprint import blueprint

__all__ = ("blueprint", "moving", "reading", "writing")
