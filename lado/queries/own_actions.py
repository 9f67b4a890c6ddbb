"""Whose an action is. The owner was typed, so an action is a user's by their name."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lado.extensions import db
from lado.models import Action, Case, User
from lado.queries import access
from lado.rules.folding import fold
from lado.rules.vocabulary import LADO_SERVICE


def open_actions_of(user: User, reader: User, *options: Any) -> Sequence[Action]:
    """On whatever case, concluded or not, the soonest first. `options` load more of each."""
    query = (
        select(Action)
        .where(
            Action.case_id.in_(access.visible(reader, Case).with_only_columns(Case.id)),
            Action.done_on.is_(None),
            Action.waived_on.is_(None),
        )
        .order_by(Action.due_on, Action.id)
        .options(joinedload(Action.case), *options)
    )
    return [action for action in db.session.scalars(query) if is_of(action, user)]


def is_of(action: Action, user: User) -> bool:
    """SQLite knows capitals only of A to Z, so this is not asked of the database."""
    return fold(action.owner) == fold(user.name)


def is_ours(action: Action) -> bool:
    """The LADO service owes it, or whoever works on the case."""
    owner = action.case.owner
    return action.agency.code == LADO_SERVICE or (owner is not None and is_of(action, owner))
