"""The application: rooms, error pages, and what every page and request shares; nothing else."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from flask import Flask, g, redirect, request, url_for
from flask_login import LoginManager, current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix

from assets.attachments import on_item as attachments_on_item
from assets.catalogue import slots as catalogue_slots
from assets.counts import on_item as counts_on_item
from assets.disposals import on_item as disposals_on_item
from assets.disposals.rules import losing
from assets.disposals.rules.deciding import DISPOSAL
from assets.labels.views import on_item as labels_on_item
from assets.licences import leaving as licences_leaving
from assets.licences import on_item as licences_on_item
from assets.loans import leaving as loans_leaving
from assets.loans import slots as loans_slots
from assets.loans.rules import approving as loans_approving
from assets.maintenance import on_item as maintenance_on_item
from assets.register import slots
from assets.register.views import together
from assets.stock.rules.counting import COUNT
from assets.stock.rules.writing_off import LOSS
from assets.transfers import leaving as transfers_leaving
from config import BASE_DIR, Settings
from helpdesk import cli
from helpdesk.access_rights import filling as access_filling
from helpdesk.coming import filling as coming_filling
from helpdesk.desk import alarms, guarded, letter_matters, meetings, room
from helpdesk.desk import filling as desk_filling
from helpdesk.desk.lending import on_item as loans_on_item
from helpdesk.desk.navigation import drawn, navigation_for
from helpdesk.incidents import filling as incidents_filling
from helpdesk.privacy_requests import filling as privacy_filling
from helpdesk.programmes import filling as programmes_filling
from helpdesk.purchases import filling as purchases_filling
from helpdesk.requests import filling as requests_filling
from helpdesk.rooms import blueprints
from helpdesk.specifications import filling as specifications_filling
from helpdesk.studies import filling as studies_filling
from helpdesk.surveys import filling as surveys_filling
from helpdesk.timetable import alarm as timetable_alarm
from helpdesk.trainings import filling as trainings_filling
from helpdesk.visits import filling as visits_filling
from kernel import access, clock, i18n, pages, paths
from kernel.db import NUMBERED, db
from kernel.stores import open_store
from office.access_log import witness
from office.approvals import kinds
from office.bookkeeping import actors
from office.cards import approving as cards_approving
from office.people import leaving
from office.people import queries as people
from office.people.session import SignedIn
from office.places import slots as places_slots
from office.places.access import viewer_of
from office.places.naming import office_name
from office.privacy import welcoming

SESSION_DAYS = 30


def create_app(settings: Settings) -> Flask:
    """Build the application.

    Args:
        settings: everything that may differ between two machines.
    """
    app = Flask(
        "helpdesk",
        root_path=str(BASE_DIR / "helpdesk"),
        template_folder=str(BASE_DIR / "templates"),
        static_folder=str(BASE_DIR / "static"),
    )
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(message)s")
    _configure(app, settings)
    db.init_app(app)
    app.extensions["settings"] = settings
    app.extensions["file_store"] = open_store(
        settings.files_url, key=settings.files_key, secret=settings.files_secret
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count)  # type: ignore[method-assign]
    pages.install_pages(app)
    paths.install(app)
    _know_viewers(app)
    for blueprint in blueprints(settings):
        app.register_blueprint(blueprint)
    access.install_guard(app, _sign_in_first)
    witness.install(app, settings)
    welcoming.install(app)
    _fill_templates(app)
    _fill_slots()
    cli.install(app)
    return app


def _fill_slots() -> None:
    """Let rooms speak in the rooms below them: of an item on its page, of who wants to leave."""
    catalogue_slots.fill_items(together.items_of)
    catalogue_slots.fill_files(attachments_on_item.product_panel)
    _fill_item_page()
    for kind in (DISPOSAL, LOSS, COUNT):
        kinds.register(kind)
    letter_matters.fill()
    alarms.fill("timetable", timetable_alarm.of_jobs)
    alarms.fill("backups", timetable_alarm.of_backups)
    alarms.fill("incidents", guarded.notice_due)
    places_slots.fill("desk", unit=room.ways_of_unit, person=room.ways_of_person)
    places_slots.fill("licences", person=licences_on_item.ways_of_person)
    places_slots.fill_room_page(room.address, room.may_see)
    actors.fill(people.english_names)
    cards_approving.register()
    surveys_filling.fill()
    trainings_filling.fill()
    programmes_filling.fill()
    studies_filling.fill()
    desk_filling.fill()
    kinds.register(loans_approving.kind())
    loans_slots.fill_setup(meetings.order)
    loans_slots.fill_losses(losing.lost, losing.found)
    requests_filling.fill()
    specifications_filling.fill()
    purchases_filling.fill()
    access_filling.fill()
    incidents_filling.fill()
    privacy_filling.fill()
    coming_filling.fill()
    visits_filling.fill()
    leaving.ask("loans", loans_leaving.still_out)
    leaving.ask("loan_requests", loans_leaving.still_asking)
    leaving.ask("transfers", transfers_leaving.still_in_charge)
    leaving.ask("licences", licences_leaving.still_seated)


def _fill_item_page() -> None:
    slots.fill_files(
        attachments_on_item.shown,
        attachments_on_item.pictured,
        present=attachments_on_item.present(),
    )
    slots.fill(
        "labels",
        timeline=labels_on_item.timeline,
        present=labels_on_item.present(),
        acts=labels_on_item.acts,
    )
    slots.fill_printing(labels_on_item.may_print)
    slots.fill("counts", timeline=counts_on_item.timeline, present=counts_on_item.present())
    slots.fill(
        "maintenance",
        timeline=maintenance_on_item.timeline,
        present=maintenance_on_item.present(),
        acts=maintenance_on_item.acts,
    )
    slots.fill("licences", panel=licences_on_item.panel, present=licences_on_item.present())
    slots.fill(
        "disposals",
        timeline=disposals_on_item.timeline,
        present=disposals_on_item.present(),
        acts=disposals_on_item.acts,
    )
    slots.fill(
        "loans",
        timeline=loans_on_item.timeline,
        present=loans_on_item.present(),
        acts=loans_on_item.acts,
    )


def _configure(app: Flask, settings: Settings) -> None:
    # The database and the files of the office are for nobody else on this machine.
    settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        MAX_CONTENT_LENGTH=settings.upload_megabytes * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_NAME="helpdesk",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION_DAYS),
        WTF_CSRF_TIME_LIMIT=None,
        TEMPLATES_AUTO_RELOAD=settings.environment == "development",
    )
    app.debug = settings.environment == "development"
    app.testing = settings.environment == "test"


def _engine_options(settings: Settings) -> dict[str, Any]:
    # The connection that was used last is the warmest. The service has some three thousand
    # statements: of the 500 kept by default many would be thrown out before they are asked again.
    kept: dict[str, Any] = {
        "pool_size": settings.web_threads + 2,
        "max_overflow": 4,
        "pool_use_lifo": True,
        "query_cache_size": 4000,
    }
    return kept | (NUMBERED if settings.database_url.startswith("postgresql") else {})


def _know_viewers(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # sessions end by epoch; phones change address all day

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(value: str) -> SignedIn | None:
        signed_in = SignedIn.from_cookie(value)
        viewer = signed_in and viewer_of(signed_in.person_id, signed_in.epoch)
        if not viewer:
            return None
        g.viewer = viewer
        return signed_in

    @app.before_request
    def meet_viewer() -> None:
        settings: Settings = app.extensions["settings"]
        if request.endpoint == "static":
            return
        known = current_user.is_authenticated  # loads the viewer
        chosen = request.cookies.get("language", settings.default_language)
        i18n.speak(g.viewer.language if known else chosen)


def _sign_in_first() -> Any:  # noqa: ANN401 - a response
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("people.sign_in", next=wanted or None))


def _fill_templates(app: Flask) -> None:
    app.jinja_env.globals.update(csrf_token=generate_csrf, drawn_nav=drawn)

    @app.context_processor
    def shared() -> dict[str, Any]:
        viewer = access.viewer()
        code = i18n.language()
        # A page is drawn in parts, each of which asks again.
        kept: tuple[Any, dict[str, Any]] = g.get("shared", (None, {}))
        for_whom, known = kept
        if for_whom == (id(viewer), code):
            return known
        known = {
            "language": code,
            "me": None if viewer.is_guest else viewer,
            "may": viewer.may,
            "nav": navigation_for(viewer),
            "office_name": office_name(code),
            "now": clock.now(),
            "unread": viewer.unread,
        }
        g.shared = ((id(viewer), code), known)
        return known
