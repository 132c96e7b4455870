"""The paper of this room for the gallery: the records as they are shipped."""

from __future__ import annotations

from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.privacy import papers, records


def _records(language: str) -> bytes:
    office = specimen.OFFICE if language == "th" else specimen.OFFICE_EN
    found = list(records.shipped().values())
    return papers.records_pdf(found, office=office, day=specimen.DAY, language=language)


SAMPLES: specimen.Samples = {
    "processing-records": (_l("Records of processing of personal data"), _records)
}
