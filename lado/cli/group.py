"""What stops a command is said in words and what to do next, never with what a record holds."""

from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError

from lado.database import is_locked, is_not_migrated
from lado.errors import LadoError

NOT_MIGRATED = "The database is empty, or older than this program. Run: flask db upgrade"
LOCKED = "Somebody else is writing to the database and did not end in time. Try again in a minute."
NOT_REACHED = "The database cannot be reached: look at LADO_DATABASE_URL, and whether it runs."
STOPPED = "The database stopped this command:"


class AskedWrongly(click.ClickException):
    """Or with input that will not do."""

    exit_code = 2


class Group(AppGroup):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LadoError as error:
            raise AskedWrongly(str(error)) from None
        except (OperationalError, InterfaceError, ProgrammingError) as error:
            if isinstance(error, ProgrammingError) and not is_not_migrated(error):
                raise
            raise AskedWrongly(in_words(error)) from None


def in_words(error: OperationalError | InterfaceError | ProgrammingError) -> str:
    if is_not_migrated(error):
        return NOT_MIGRATED
    if is_locked(error):
        return LOCKED
    reason = str(error.orig).partition("\n")[0]
    return f"{STOPPED if error.statement else NOT_REACHED} ({reason})"
