"""All pages of the lending desk on one blueprint."""

from helpdesk.desk.lending.views import after, counter, standing_in
from helpdesk.desk.lending.views.blueprint import blueprint

__all__ = ["after", "blueprint", "counter", "standing_in"]
