"""What can go wrong in a way that a person should be told about."""


class LadoError(Exception):
    """The parent of the project's own exceptions; its text may be shown on screen."""


class Refused(LadoError):
    """A rule says no. The message says why, and what can be done."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(LadoError):
    """What was typed cannot be used: a message for each field."""

    def __init__(self, messages: dict[str, str]) -> None:
        super().__init__("; ".join(messages.values()))
        self.messages = messages


class Conflict(LadoError):
    """Somebody else changed the record in the meantime."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(LadoError):
    """There is no such record, or none that this user may know of."""


class Forbidden(LadoError):
    """The user's role does not allow this."""
