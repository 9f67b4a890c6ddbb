"""What every view of a consultation begins and ends with."""

from werkzeug.wrappers import Response

from lado.models import Consultation
from lado.queries import access
from lado.rules.permissions import Permission
from lado.web.guard import user
from lado.web.saved import saved
from lado.web.viewing import noted

Answer = str | Response


def opened(public_id: str, permission: Permission) -> Consultation:
    return noted(access.get_consultation(user(), public_id, permission))


def done(consultation: Consultation, message: str) -> Response:
    return saved(consultation, message)
