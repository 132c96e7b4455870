"""Every blueprint of the service on one screen."""

from __future__ import annotations

from flask import Blueprint

from assets.attachments.views.pages import blueprint as attachments
from assets.catalogue.views.pages import blueprint as catalogue
from assets.counts.api import blueprint as counting
from assets.counts.views.pages import blueprint as counts
from assets.disposals.views.pages import blueprint as disposals
from assets.labels.views.pages import blueprint as labels
from assets.licences.views.pages import blueprint as licences
from assets.loans.views.pages import blueprint as loans
from assets.maintenance.api import blueprint as visiting
from assets.maintenance.views.pages import blueprint as maintenance
from assets.register.views.imports import blueprint as register_imports
from assets.register.views.numbers import blueprint as numbers
from assets.register.views.pages import blueprint as register
from assets.register.views.photo_batches import blueprint as photo_batches
from assets.register.views.saved_mappings import blueprint as saved_mappings
from assets.stock.views.pages import blueprint as stock
from assets.transfers.views.pages import blueprint as transfers
from assets.values.views.pages import blueprint as values
from assets.vendors.views.pages import blueprint as vendors
from config import Settings
from helpdesk.access_rights.views.pages import blueprint as access_rights
from helpdesk.annual.views import blueprint as annual
from helpdesk.backups.views import blueprint as backups
from helpdesk.coming.views.pages import blueprint as coming
from helpdesk.desk.lending.views.pages import blueprint as lending
from helpdesk.desk.lessons import blueprint as lessons
from helpdesk.desk.room import blueprint as room
from helpdesk.desk.scan import blueprint as scan
from helpdesk.desk.styleguide import blueprint as styleguide
from helpdesk.desk.views import blueprint as desk
from helpdesk.desk.year_pages import blueprint as year
from helpdesk.feeds.views import blueprint as feeds
from helpdesk.figures.views.pages import blueprint as figures
from helpdesk.gallery.views import blueprint as gallery
from helpdesk.health import blueprint as health
from helpdesk.incidents.views.pages import blueprint as incidents
from helpdesk.knowledge.views.pages import blueprint as knowledge
from helpdesk.mail_in.views.pages import blueprint as mail_in
from helpdesk.metrics import blueprint as metrics
from helpdesk.minutes.views.pages import blueprint as meetings
from helpdesk.privacy_requests.views.pages import blueprint as privacy_requests
from helpdesk.programmes.views.pages import blueprint as programmes
from helpdesk.purchases.views.pages import blueprint as purchases
from helpdesk.repairs.views.pages import blueprint as repairs
from helpdesk.requests.views.pages import blueprint as requests
from helpdesk.risks.views.pages import blueprint as risks
from helpdesk.specifications.views.pages import blueprint as specifications
from helpdesk.studies.views.pages import blueprint as studies
from helpdesk.studies.views.pages import developments_blueprint as developments
from helpdesk.surveys.views.pages import blueprint as surveys
from helpdesk.tickets.categories.views.pages import blueprint as categories
from helpdesk.tickets.views.pages import blueprint as tickets
from helpdesk.timetable.views import blueprint as timetable
from helpdesk.trainings.views.pages import blueprint as trainings
from office.access_log.views import blueprint as access_log
from office.approvals.views.pages import blueprint as approvals
from office.bookkeeping.views import blueprint as audit
from office.calendar.views import blueprint as calendar
from office.cards.views.pages import blueprint as cards
from office.letters.views.pages import blueprint as letters
from office.notifications.views.choosing import blueprint as told
from office.notifications.views.inbox import blueprint as inbox
from office.notifications.views.line_calls import blueprint as line_calls
from office.notifications.views.outgoing import blueprint as outgoing
from office.notifications.views.setting_up import blueprint as messaging
from office.papers.views import blueprint as papers
from office.people.views import blueprint as people
from office.places.views.imports import blueprint as lists
from office.places.views.rooms import blueprint as rooms
from office.places.views.setup import blueprint as setup
from office.places.views.staff import blueprint as staff
from office.places.views.units import blueprint as places
from office.privacy.views.pages import blueprint as privacy
from office.saved_views.views import blueprint as saved_views

SERVED = (
    desk,
    year,
    annual,
    tickets,
    repairs,
    categories,
    mail_in,
    knowledge,
    figures,
    lessons,
    scan,
    room,
    people,
    places,
    rooms,
    staff,
    lists,
    setup,
    calendar,
    audit,
    access_log,
    privacy,
    catalogue,
    attachments,
    register,
    numbers,
    register_imports,
    saved_mappings,
    photo_batches,
    labels,
    inbox,
    outgoing,
    told,
    line_calls,
    messaging,
    timetable,
    backups,
    health,
    metrics,
    feeds,
    maintenance,
    visiting,
    loans,
    counts,
    counting,
    stock,
    transfers,
    disposals,
    values,
    vendors,
    licences,
    coming,
    lending,
    approvals,
    cards,
    requests,
    specifications,
    purchases,
    programmes,
    access_rights,
    incidents,
    privacy_requests,
    surveys,
    studies,
    developments,
    trainings,
    gallery,
    papers,
    letters,
    meetings,
    risks,
    saved_views,
)


def blueprints(settings: Settings) -> list[Blueprint]:
    """Return the blueprints to serve."""
    return [*SERVED, styleguide] if settings.environment == "development" else list(SERVED)
