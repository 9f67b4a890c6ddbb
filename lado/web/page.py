"""What each page carries around its content: the council's name, the navigation, who is here."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Flask, Request, current_app, request, url_for
from flask_login import current_user
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from lado.models import User
from lado.queries import settings
from lado.rules.accounts import WARNED_BEFORE
from lado.rules.permissions import Permission
from lado.web import filters, lists
from lado.web.forms.clean import without_hidden
from lado.web.session_left import Left, session_left

SERVICE_NAME = "LADO register"


@dataclass(frozen=True)
class Entry:
    """A place in the navigation, for those who hold any of `permissions` but not `unless`: they
    come to it another way."""

    label: str
    endpoint: str
    permissions: tuple[Permission, ...]
    unless: Permission | None = None

    @property
    def area(self) -> str:
        return self.endpoint.partition(".")[0]


P = Permission

NAVIGATION = (
    Entry("Search", "search.index", (P.CONSULTATION_VIEW,)),
    Entry("Work", "work.index", (P.CASE_VIEW,)),
    Entry("Consultations", "consultations.index", (P.CONSULTATION_VIEW,)),
    Entry("Enquiries", "enquiries.index", (P.CONSULTATION_VIEW,)),
    Entry("Cases", "cases.index", (P.CASE_VIEW,)),
    Entry("Cover", "cover.rota", (P.CONSULTATION_VIEW,)),
    Entry("People", "people.index", (P.PERSON_VIEW,)),
    Entry("Organisations", "organisations.index", (P.ORGANISATION_VIEW,)),
    Entry("Reports", "reports.index", (P.REPORT_VIEW,)),
    Entry("Actions", "sub_group.index", (P.REPORT_VIEW,), unless=P.CASE_VIEW),
    Entry("Register", "register.index", (P.REGISTER_IMPORT, P.REGISTER_EXPORT)),
    Entry("Users", "users.index", (P.USER_MANAGE,)),
    Entry("Lists", "vocabulary.index", (P.VOCABULARY_EDIT,)),
    Entry("Settings", "settings.index", (P.SETTINGS_EDIT,)),
    Entry("Audit trail", "audit.index", (P.AUDIT_VIEW,)),
)


def url_to(endpoint: str, **values: Any) -> str | None:
    """The address of a view, or None where its area is not part of this installation."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


class PageFrame:
    """Asks the database only for what a template uses, and once."""

    service_name = SERVICE_NAME

    @cached_property
    def viewer(self) -> User | None:
        if not hasattr(current_app, "login_manager") or not current_user.is_authenticated:
            return None
        return current_user._get_current_object()  # type: ignore[no-any-return]

    @cached_property
    def council(self) -> str:
        return settings.get_text("council_name")

    warned_before = int(WARNED_BEFORE.total_seconds())

    @cached_property
    def session(self) -> Left | None:
        return session_left() if self.viewer else None

    @property
    def demonstration(self) -> bool:
        return bool(current_app.config["LADO"].demonstration)

    @property
    def navigation(self) -> list[dict[str, Any]]:
        return [
            {
                "text": entry.label,
                "href": url_for(entry.endpoint),
                "active": request.blueprint == entry.area,
            }
            for entry in NAVIGATION
            if self.viewer
            and any(self.viewer.can(permission) for permission in entry.permissions)
            and not (entry.unless and self.viewer.can(entry.unless))
            and entry.endpoint in current_app.view_functions
        ]

    link = staticmethod(url_to)

    def can(self, permission: str) -> bool:
        """`{% if frame.can("case_edit") %}`: the same question as the view's guard asks."""
        return self.viewer is not None and self.viewer.can(Permission[permission.upper()])


class TypedRequest(Request):
    """What the framework lets through, and this does not."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """Cleaned as what is typed is: PostgreSQL fails on a NUL in what is looked for."""
        sent = super().args.items(multi=True)
        return ImmutableMultiDict((name, without_hidden(value)) for name, value in sent)

    @property
    def max_content_length(self) -> int | None:
        """Werkzeug holds only forms with files to MAX_FORM_MEMORY_SIZE; this holds the others."""
        if self.mimetype == "multipart/form-data":
            return super().max_content_length
        return self.max_form_memory_size

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value


def init_app(app: Flask) -> None:
    app.jinja_loader = ChoiceLoader(
        [
            *([app.jinja_loader] if app.jinja_loader else []),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    filters.init_app(app)
    app.add_template_global(url_to)
    app.add_template_global(lists.list_url)
    app.request_class = TypedRequest
    app.context_processor(lambda: {"frame": PageFrame()})
