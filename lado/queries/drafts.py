"""One's own drafts, as far as their forms and records are still one's own to use."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from lado import clock
from lado.errors import Forbidden, NotFound
from lado.extensions import db
from lado.models import AdviceTemplate, Case, Consultation, Draft, Enquiry, Report, User
from lado.queries import access, advice_templates, settings, vocabulary
from lado.queries.paging import count
from lado.rules.drafts import FORMS, DraftForm, deleted_on, first_words, is_warned_of
from lado.rules.permissions import Permission
from lado.rules.quarters import Period
from lado.rules.vocabulary import TermGroup

THINGS: dict[str, Any] = {
    "consultation": Consultation,
    "case": Case,
    "enquiry": Enquiry,
    "report": Report,
    "template": AdviceTemplate,
}
GETTERS: dict[str, Callable[[User, str, Permission], Any]] = {
    "consultation": access.get_consultation,
    "case": access.get_case,
    "enquiry": access.get_enquiry,
    "report": access.get_report,
    "template": lambda _user, public_id, _permission: advice_templates.get(public_id),
}


def _period_and_version(start: date, end: date, version: int) -> str:
    return f"{Period(start, end).label}, version {version}"


# What tells the reader which record a draft is about: columns, and the words made of them. A
# template's title is typed in its form.
CALLED: dict[str, tuple[Sequence[Any], Callable[..., str]]] = {
    "consultation": ([Consultation.reference], str),
    "case": ([Case.reference], str),
    "enquiry": ([Enquiry.reference], str),
    "report": ([Report.period_start, Report.period_end, Report.edition_number],
               _period_and_version),
}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """`reference` is empty where the record has none yet."""

    draft: Draft
    reference: str
    first_words: str
    deleted_on: date
    warned_of: bool


def own(user: User) -> Select[Draft]:
    """Those that are not finished."""
    usable = [form for form, rule in FORMS.items() if user.can(rule.permission)]
    return select(Draft).where(
        Draft.author_id == user.id,
        Draft.finished_at.is_(None),
        Draft.form.in_(usable),
        or_(Draft.record.is_(None), *(_of_visible(user, about) for about in THINGS)),
    )


def _of_visible(user: User, about: str) -> ColumnElement[Any]:
    thing = THINGS[about]
    visible = _visible(user, thing).with_only_columns(thing.public_id)
    forms = [form for form, rule in FORMS.items() if rule.about == about]
    return and_(Draft.form.in_(forms), Draft.record.in_(visible))


def _visible(user: User, thing: Any) -> Select[Any]:
    """Templates of letters are nobody's secret: their forms ask for the role alone."""
    return select(thing) if thing is AdviceTemplate else access.visible(user, thing)


def how_many(user: User) -> int:
    return count(own(user))


def get(user: User, public_id: str) -> Draft:
    """Raises NotFound where it is another's, finished, or about what they may not know of."""
    draft = db.session.scalar(own(user).where(Draft.public_id == public_id))
    if draft is None:
        raise NotFound
    return draft


def of_form(user: User, form: DraftForm, record: str | None, part: int | None) -> list[Draft]:
    """The last saved first."""
    found = own(user).where(Draft.form == form, Draft.record == record, Draft.part == part)
    return list(db.session.scalars(found.order_by(Draft.saved_at.desc(), Draft.id)))


def is_finished(user: User, public_id: str) -> bool:
    query = select(Draft.id).where(Draft.author_id == user.id, Draft.public_id == public_id)
    return db.session.scalar(query.where(Draft.finished_at.is_not(None))) is not None


def listed(user: User) -> list[Listed]:
    """The last saved first. There are few enough to show them all."""
    drafts = db.session.scalars(own(user).order_by(Draft.saved_at.desc(), Draft.id)).all()
    references, days = _references(user, drafts), settings.get_number("draft_days")
    roles = {str(role.id): role.label for role in vocabulary.terms(TermGroup.ROLE)}
    return [
        Listed(
            draft,
            references.get(draft.record or "", ""),
            first_words(draft.form, _with_labels(draft, roles)),
            *standing(draft, days),
        )
        for draft in drafts
    ]


def _with_labels(draft: Draft, roles: dict[str, str]) -> dict[str, str]:
    pairs = json.loads(draft.typed)
    return {name: roles.get(text, "") if name.endswith("role_id") else text for name, text in pairs}


def standing(draft: Draft, days: int) -> tuple[date, bool]:
    """The day it is deleted, and whether that is near."""
    saved_on = clock.day_of(draft.saved_at)
    return deleted_on(saved_on, days), is_warned_of(saved_on, days, clock.today())


def _references(user: User, drafts: Sequence[Draft]) -> dict[str, str]:
    found: dict[str, str] = {}
    wanted = {draft.record for draft in drafts}
    for about, (columns, called) in CALLED.items():
        thing = THINGS[about]
        rows = access.visible(user, thing).with_only_columns(thing.public_id, *columns)
        for public_id, *values in db.session.execute(rows.where(thing.public_id.in_(wanted))):
            found[public_id] = called(*values)
    return found


def check(user: User, form: DraftForm, record: str | None) -> None:
    """Raises Forbidden or NotFound where `user` could not open that form."""
    rule = FORMS[form]
    if not user.can(rule.permission):
        raise Forbidden
    if rule.about:
        GETTERS[rule.about](user, record or "", rule.permission)
