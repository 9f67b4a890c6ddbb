"""Forms of signing in and of one's own account."""

from typing import Any

from wtforms.validators import StopValidation

from lado.rules import passwords
from lado.web.forms import Choice, ChoiceField, DateField, EmailField, Form, TextField
from lado.web.forms.field import KitField

LONGEST_CODE = 60
LONGEST_NAME = 100


class PasswordField(KitField):
    """Taken exactly as it was typed, and never put back on a page."""

    kind = "password"

    autocomplete = "current-password"

    def process_formdata(self, valuelist: list[object]) -> None:
        typed = valuelist[0] if len(valuelist) == 1 else ""
        self.data = typed if isinstance(typed, str) else ""


class NewPasswordField(PasswordField):
    """The service decides whether it is good; here only what needs no thought."""

    autocomplete = "new-password"

    def __init__(self, label: str, **options: str) -> None:
        hint = (
            f"At least {passwords.SHORTEST} characters. Three random words are easy to remember "
            "and hard to guess. Do not use a password that you have elsewhere."
        )
        super().__init__(label, hint=hint, required="Enter a new password", **options)

    def look_closer(self) -> None:
        if len(self.data) > passwords.LONGEST:
            raise StopValidation(passwords.TOO_LONG)


class CodeField(TextField):
    kind = "code"


class SignInForm(Form):
    email = EmailField("Email address", required="Enter your email address")
    password = PasswordField("Password", required="Enter your password")


class CodeForm(Form):
    code = CodeField(
        "Code",
        longest=LONGEST_CODE,
        hint="The 6 digits that your authenticator app shows now, or one of your recovery codes.",
        required="Enter the code from your authenticator app",
    )


class SetUpForm(Form):
    code = CodeField(
        "Code from the app",
        longest=LONGEST_CODE,
        hint="The 6 digits that the app shows for this account.",
        required="Enter the code that the app shows",
    )


class ReplaceForm(SetUpForm):
    password = PasswordField("Your password", required="Enter your password")


class ConfirmForm(Form):
    password = PasswordField("Your password", required="Enter your password")


class ChangePasswordForm(Form):
    current_password = PasswordField(
        "Your password now", required="Enter your password as it is now"
    )
    password = NewPasswordField("New password")


class NewPasswordForm(Form):
    password = NewPasswordField("Password")


class FirstAdministratorForm(Form):
    name = TextField("Your name", required="Enter your name")
    email = EmailField("Your email address", required="Enter your email address")
    password = NewPasswordField("Password")


class DeclarationForm(Form):
    myself = ChoiceField(
        "Who is it?",
        choices=[
            Choice("close", "Somebody close to me", False),
            Choice("myself", "Myself: another name of mine, or my date of birth", True),
        ],
        required="Say who it is",
        called="Who it is",
    )
    connection = TextField(
        "If it is somebody close, how are you connected?",
        hint="For example, sister, neighbour, or former colleague and friend",
        called="The connection",
    )
    surname = TextField("Surname", required="Enter the surname", longest=LONGEST_NAME, width=20)
    forename = TextField("Forenames", longest=LONGEST_NAME, width=20)
    date_of_birth = DateField(
        "Date of birth, if you know it",
        hint="For example, 27 3 1985. It keeps people of the same name apart",
        called="Date of birth",
        past=True,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if self.myself.data is False and not self.connection.data:
            self.connection.errors = ["Enter how you are connected"]
            return False
        return valid
