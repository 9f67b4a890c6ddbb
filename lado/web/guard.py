"""Each view says who may use it, on the line above `def`. A test refuses a view that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, current_app
from flask_login import current_user

from lado.errors import Forbidden
from lado.models import User
from lado.rules.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission) -> Callable[[View], View]:
    """Signed in, with a role that holds `permission`; else the sign-in page, or 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if not user().can(permission):
                raise Forbidden
            return view(*args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def permission_of(view: Callable[..., Any]) -> Permission:
    """What `requires` was told."""
    return cast(Permission, view.access)  # type: ignore[attr-defined]


def signed_in(view: View) -> View:
    """Anybody who is signed in: their own account, the home page."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return view(*args, **kwargs)

    guarded.access = "signed in"  # type: ignore[attr-defined]
    return cast(View, guarded)


def public(view: View) -> View:
    """Anybody at all: a page with nothing on it to protect."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def user() -> User:
    """The one who is signed in."""
    if not current_user.is_authenticated:
        abort(401)
    return cast(User, current_user._get_current_object())
