"""Sending photos and documents as a browser does, for tests."""

from __future__ import annotations

import io
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from assets.attachments.models import Attachment
from assets.register.models import Asset
from kernel.db import db


def send(
    client: FlaskClient, address: str, field: str, *files: tuple[bytes, str], **typed: str
) -> TestResponse:
    data: MultiDict[str, Any] = MultiDict(list(typed.items()))
    for content, name in files:
        data.add(field, (io.BytesIO(content), name))
    return client.post(address, data=data, content_type="multipart/form-data")


def send_documents(
    client: FlaskClient, asset: Asset, *files: tuple[bytes, str], **typed: str
) -> TestResponse:
    said = {"kind": "manual", "title": "", "dated_on": "", **typed}
    return send(client, f"/items/{asset.id}/files/documents", "files", *files, **said)


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(Attachment)) or 0


def newest() -> Attachment:
    return db.session.scalars(select(Attachment).order_by(Attachment.id.desc())).all()[0]
