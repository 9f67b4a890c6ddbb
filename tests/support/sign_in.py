"""The short way in for tests that are not about signing in."""

from flask.testing import FlaskClient

from lado.models import User
from lado.services import session


def sign_in(client: FlaskClient, user: User) -> None:
    token = session.start(user)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
