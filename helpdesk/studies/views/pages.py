"""The blueprints with all pages of the room."""

from helpdesk.studies.views import (
    development_report,
    developments,
    files,
    records,
    studies,
    study_report,
)
from helpdesk.studies.views.blueprint import blueprint, developments_blueprint

__all__ = [
    "blueprint",
    "development_report",
    "developments",
    "developments_blueprint",
    "files",
    "records",
    "studies",
    "study_report",
]
