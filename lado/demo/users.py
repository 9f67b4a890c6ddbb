"""Those who can sign in to the demonstration."""

from lado.models import User
from lado.queries import users
from lado.rules.permissions import Role
from lado.services import invitation, user
from lado.services.audit import COMMAND_LINE

# No secret: the command prints it, and what it opens holds invented people only.
SHARED_WORDS = "paper lantern meadow kettle"

USERS = {
    Role.LADO: ("lado@example.test", "Lucy Samplebrook"),
    Role.MANAGER: ("manager@example.test", "Martin Examplebridge"),
    Role.BUSINESS_SUPPORT: ("support@example.test", "Rose Paperhurst"),
    Role.SUB_GROUP: ("sub-group@example.test", "Owen Fictionwood"),
    Role.AUDITOR: ("auditor@example.test", "Nadia Specimenford"),
    Role.ADMINISTRATOR: ("administrator@example.test", "Frank Inventedmoor"),
}


def add_users() -> dict[Role, User]:
    return {role: _add(role, email, name) for role, (email, name) in USERS.items()}


def _add(role: Role, email: str, name: str) -> User:
    _, token = user.invite(email=email, name=name, role=role, by=COMMAND_LINE)
    return invitation.take_up(token, new_password=SHARED_WORDS)


def who_can_sign_in() -> list[User]:
    """Of the demonstration's own users those that are there."""
    found = (users.by_email(email) for email, _ in USERS.values())
    return [user for user in found if user and user.active]
