"""Pages that work off the network: their worker, their files, and the token of what they send.

Such a page is installed by a service worker whose scope is the address of the page and nothing
else. Page, worker and list of files hold no data of the office: what the page shows it asks for
while there is a network, and keeps on the phone. All that it sends may be sent again at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Response, current_app, jsonify, request, url_for
from flask_wtf import csrf
from wtforms.validators import ValidationError

from kernel import clock
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import language

WORKER = "js/offline/worker.js"
DECODER = "vendor/jsqr-1.4.0/jsQR.js"
SHARED = (
    "js/offline/ask.js",
    "js/offline/database.js",
    "js/offline/page.js",
    "js/offline/view.js",
    "js/camera.js",
    "js/kedmanee.js",
    "js/signal.js",
    "js/theme.js",
    DECODER,
    "mark.svg",
    "css/scan.css",
    "css/offline.css",
    "vendor/sarabun-5.3.0/sarabun-thai-400-small.woff2",
)
# A phone's clock that is off by more than this is not believed at all.
BELIEVED = timedelta(days=60)


class ForeignToken(Refusal):
    """The token is of another session: the phone asks for a new one and sends again."""

    status = 400
    code = "csrf"


@dataclass(frozen=True)
class OfflinePage:
    """A page that a phone keeps.

    Attributes:
        blueprint: its endpoints are ``page``, ``worker``, ``files`` and ``manifest`` there.
        template: of the page.
        name: what a phone calls it once it is installed.
        own: its own files in the folder of static files, beside those that all such pages share.
    """

    blueprint: str
    template: str
    name: Any
    own: Sequence[str]

    @property
    def address(self) -> str:
        """Where the page is; its worker reaches no further."""
        return url_for(f"{self.blueprint}.page")

    def addresses(self) -> dict[str, str]:
        """Return what the script of the page must know: worker, scope, base, decoder."""
        return {
            "worker": url_for(f"{self.blueprint}.worker", v=self._edition()),
            "scope": self.address,
            "base": self.address,
            "decoder": url_for("static", filename=DECODER),
        }

    def worker(self) -> Response:
        """Return the service worker."""
        answer = Response((_folder() / WORKER).read_text("utf-8"), mimetype="text/javascript")
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    def files(self) -> Response:
        """Return the files that the page needs off the network, and the edition they are of."""
        named = [url_for("static", filename=name) for name in (*SHARED, *self.own)]
        return jsonify({"edition": self._edition(), "files": named, "page": self.address})

    def manifest(self) -> Response:
        """Describe the page to a phone that installs it."""
        icon = {
            "src": url_for("static", filename="mark.svg"),
            "sizes": "any",
            "type": "image/svg+xml",
            "purpose": "any",
        }
        answer = jsonify(
            {
                "id": self.address,
                "name": str(self.name),
                "short_name": str(self.name),
                "start_url": self.address,
                "scope": self.address,
                "display": "standalone",
                "lang": language(),
                "background_color": "#fbfaf8",
                "theme_color": "#0f5c63",
                "icons": [icon],
            }
        )
        answer.mimetype = "application/manifest+json"
        return answer

    def _edition(self) -> str:
        """Return a fingerprint of all files of the page: another one makes phones fetch anew."""
        parts = hashlib.sha256()
        for name in (*SHARED, *self.own, WORKER):
            parts.update((_folder() / name).read_bytes())
        loader = current_app.jinja_env.loader
        if loader is not None:
            source, _name, _fresh = loader.get_source(current_app.jinja_env, self.template)
            parts.update(source.encode())
        return parts.hexdigest()[:12]


def _folder() -> Path:
    return Path(current_app.static_folder or "")


def check_token() -> None:
    """Refuse what was not sent by the session that it was made in, told apart by its code.

    Raises:
        ForeignToken: the phone fetches a new token and sends the same again.
    """
    try:
        csrf.validate_csrf(request.headers.get("X-CSRFToken") or request.form.get("csrf_token"))
    except ValidationError:
        raise ForeignToken(_("Please sign in again, then send again.")) from None


def moment_of(said: object) -> datetime | None:
    """Read a phone's clock; what is not a moment near the present is left out."""
    try:
        moment = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    if moment.tzinfo is None or abs(moment - clock.now()) > BELIEVED:
        return None
    return moment.astimezone(UTC)
