from lado.rules.accounts import LONGEST_NAME, LinkPurpose
from lado.rules.permissions import ROLES, Role
from lado.web.forms import EmailField, EnumField, Form, TextField, VersionedForm

DESCRIPTIONS = {role: rule.description for role, rule in ROLES.items()}


class InviteForm(Form):
    name = TextField("Name", longest=LONGEST_NAME, required="Enter their name")
    email = EmailField("Email address", required="Enter their email address")
    role = EnumField("Role", enum=Role, hints=DESCRIPTIONS, required="Choose a role")


class UserForm(VersionedForm):
    name = TextField("Name", longest=LONGEST_NAME, required="Enter their name")
    role = EnumField("Role", enum=Role, hints=DESCRIPTIONS, required="Choose a role")


class LinkForm(Form):
    purpose = EnumField(
        "What have they lost?",
        enum=LinkPurpose,
        required="Choose what they have lost",
    )
