"""The short way in for tests that are not about signing in."""

from flask.testing import FlaskClient

from lado.models import User


def sign_in(client: FlaskClient, user: User) -> None:
    raise NotImplementedError("waits for lado.services.session")
