"""Which pages take a larger file than the others."""

from flask import Flask, current_app, request
from flask_login import current_user

from lado.errors import Forbidden
from lado.rules.documents import MEGABYTE
from lado.rules.settings import MOST_MEGABYTES
from lado.web.guard import permission_of, user

# Beside the file itself there is what was typed with it.
MARGIN = MEGABYTE
LARGEST_TRANSFER = 1024
MEGABYTES = {
    "cases.add_document": MOST_MEGABYTES,
    "consultations.add_document": MOST_MEGABYTES,
    "transfers.index": LARGEST_TRANSFER,
}


def init_app(app: Flask) -> None:
    app.url_value_preprocessor(_allow)
    app.teardown_request(_close)


def _allow(endpoint: str | None, _values: object) -> None:
    """Before anything reads the request, the check of its token included. Whoever may not use the
    page fills no disk with what is refused afterwards."""
    if endpoint in MEGABYTES and current_user.is_authenticated:
        if not user().can(permission_of(current_app.view_functions[endpoint])):
            raise Forbidden
        request.max_content_length = MEGABYTES[endpoint] * MEGABYTE + MARGIN


def _close(_error: BaseException | None) -> None:
    """A large file that was sent lies on the disk until it is closed."""
    request.close()
