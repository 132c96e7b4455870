"""A browser of the tests."""

from __future__ import annotations

import contextvars
import hashlib
from typing import Any

from flask import has_app_context
from flask.globals import _cv_app, _cv_request
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
CSRF_VALUE = hashlib.sha256(b"a browser that loaded the form").hexdigest()


class FormClient(FlaskClient):
    """A browser that has loaded the form it sends, so that its CSRF token is right.

    Pass ``forged=True`` to send a form from another site. Each request runs in a context of its
    own, as in production: neither ``g`` nor the language leaks into the next one. Afterwards the
    test's own session forgets what it had read, so that it sees what the request changed.
    """

    def open(self, *args: Any, forged: bool = False, **options: Any) -> TestResponse:
        """Send a request."""
        changing = str(options.get("method", "GET")).upper() in CHANGING
        data = options.get("data")
        if changing and not forged and "json" not in options and not isinstance(data, str | bytes):
            options["data"] = self._with_token(data)
        # What is sent while it is written is read to its end in the context that it belongs to.
        options.setdefault("buffered", True)
        if self.preserve_context:
            return super().open(*args, **options)

        alone = contextvars.Context()
        for variable, value in contextvars.copy_context().items():
            if variable not in (_cv_app, _cv_request):
                alone.run(variable.set, value)
        answer = alone.run(super().open, *args, **options)
        if has_app_context():
            self.application.extensions["sqlalchemy"].session.rollback()
        return answer

    def _with_token(self, data: Any) -> Any:
        """Return the fields of a form with the token that belongs to this browser's session."""
        if data and "csrf_token" in data:
            return data
        with self.session_transaction() as session:
            value = session.setdefault("csrf_token", CSRF_VALUE)
        serializer = URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token")
        token = {"csrf_token": str(serializer.dumps(value))}
        if isinstance(data, MultiDict):
            return MultiDict([*data.items(multi=True), *token.items()])
        return {**(data or {}), **token}
