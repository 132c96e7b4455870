"""All pages of the catalogue; importing them puts them on the blueprint."""

from assets.catalogue.views import classes, fields, products, symptoms
from assets.catalogue.views.blueprint import blueprint

__all__ = ("blueprint", "classes", "fields", "products", "symptoms")
