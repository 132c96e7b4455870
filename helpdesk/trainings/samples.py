"""A sample of the certificate, with a fictitious person and course."""

from __future__ import annotations

from helpdesk.trainings import papers
from helpdesk.trainings.models import (
    TrainingCertificate,
    TrainingCourse,
    TrainingEnrolment,
    TrainingSession,
)
from kernel.i18n import lazy_gettext as _l
from office.papers import records, specimen


def _certificate(_variant: str) -> bytes:
    course = specimen.row(
        TrainingCourse,
        title_th="การใช้ปัญญาประดิษฐ์ช่วยเตรียมการสอนอย่างปลอดภัย",
        title_en="Preparing lessons safely with artificial intelligence",
        hours=12,
    )
    session = specimen.row(
        TrainingSession,
        course=course,
        first_day=specimen.DAY,
        last_day=specimen.NEXT_DAY,
        place="ห้องประชุมสำนักงานเขตพื้นที่การศึกษาตัวอย่าง",
        seats=40,
    )
    certificate = specimen.row(
        TrainingCertificate,
        enrolment=specimen.row(TrainingEnrolment, session=session, state="enrolled"),
        number="วฒ.1/2570",
        code="SAMP1E000000",
        name_th=specimen.TEACHER.name,
        name_en="Miss Sommut Jaidee",
        hours=12,
        issued_on=specimen.LATER,
        fiscal_year=specimen.YEAR,
    )
    address = records.check_address(specimen.BASE_URL, certificate.code)
    return papers.certificate_pdf(certificate, office=specimen.OFFICE, address=address)


SAMPLES: specimen.Samples = {"certificate": (_l("Certificate of a training"), _certificate)}
