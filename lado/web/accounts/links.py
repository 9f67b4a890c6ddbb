"""Following a one-time link."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lado.models import Invitation, User
from lado.queries import users
from lado.rules.accounts import LinkPurpose
from lado.services import invitation as services
from lado.web import session
from lado.web.accounts import pending
from lado.web.accounts.blueprint import blueprint
from lado.web.accounts.forms import ConfirmForm, FirstAdministratorForm, NewPasswordForm
from lado.web.guard import public

LinkForm = ConfirmForm | FirstAdministratorForm | NewPasswordForm
Answer = str | tuple[str, int] | Response


@blueprint.route("/invitation", methods=["GET", "POST"])
@public
def invitation() -> Answer:
    """The token stands in the query, which no log keeps; the page sends it back with the form."""
    token = request.args.get("token", "")
    link = users.invitation(token)
    if link is None:
        return render_template("accounts/dead_link.html"), 410
    form = _form(link)
    if form.validate_on_submit() and form.run(lambda: _follow(token, form)):
        return _onward(form.result, link.purpose)
    return render_template("accounts/invitation.html", form=form, link=link)


def _form(link: Invitation) -> LinkForm:
    if link.user is None:
        return FirstAdministratorForm()
    return ConfirmForm() if link.purpose is LinkPurpose.SECOND_FACTOR else NewPasswordForm()


def _follow(token: str, form: LinkForm) -> User:
    typed = form.password.data
    if isinstance(form, ConfirmForm):
        address = request.remote_addr or ""
        return services.lose_second_factor(token, typed=typed, address=address)
    if isinstance(form, FirstAdministratorForm):
        name, email = form.name.data, form.email.data
        return services.take_up(token, new_password=typed, name=name, email=email)
    return services.take_up(token, new_password=typed)


def _onward(user: User, purpose: LinkPurpose) -> Response:
    """A link never stands in for a second factor that there is."""
    session.forget()
    if purpose is LinkPurpose.PASSWORD:
        flash("Your new password is set. Sign in with it.")
        return redirect(url_for("accounts.sign_in"))
    pending.begin(user, None)
    return redirect(url_for("accounts.set_up"))
