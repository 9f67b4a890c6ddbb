"""What an agency is asked to bring to a discussion, as a text to copy. It names nobody."""

from lado.papers.invitation import Invitation
from lado.queries.requests import Asked
from lado.rules.words import long_day


def request_list(asked: Asked, invitation: Invitation | None) -> str:
    what = [f"- {each.label}" for each in asked.requests]
    return "\n".join([f"For: {asked.agency.label}", "", _opening(invitation), *what]) + "\n"


def _opening(invitation: Invitation | None) -> str:
    if invitation is None:
        return "Please send:"
    return f"Please bring to {invitation.title} on {long_day(invitation.day)}, or send before:"
