"""All pages of the lending desk on one blueprint."""

from helpdesk.desk.lending.views import after, counter
from helpdesk.desk.lending.views.blueprint import blueprint

__all__ = ["after", "blueprint", "counter"]
