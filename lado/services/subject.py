"""The adults of a consultation: who they are, in what position, and what the concern is."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import select

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import (
    Case,
    Consultation,
    ConsultationSubject,
    GivenName,
    Person,
    Position,
    Term,
    User,
)
from lado.queries import settings
from lado.rules.audit import AuditAction
from lado.rules.naming import NamingPolicy
from lado.rules.retention import review_on
from lado.rules.threshold import is_non_recent
from lado.rules.vocabulary import ConsultationStatus, RetentionClass, Sameness, TermGroup
from lado.services import audit, pseudonym
from lado.services.checks import Checks
from lado.services.person import (
    PersonDetails,
    add_person_in_transaction,
    differs,
    known_as_given_in_transaction,
)
from lado.services.position import (
    PositionDetails,
    drop_if_unused,
    employer_of,
    find_or_add_position,
    with_sector,
)
from lado.services.same_person import judge_in_transaction

NOT_YET_CLEAR = "not_yet_clear"
FACTS = ("person_id", "organisation_id", "position_id", "category_id", "context_id", "non_recent")


@dataclass(frozen=True)
class AdultDetails:
    """`person` is somebody on record, somebody new, or None while they are not named. Without a
    category it is not yet clear.
    `non_recent` counts only where it is not known when it happened.

    `given` is what the caller called somebody who is on record.
    `judged` are those on record who fitted, and what was said of each: not the same person as
    somebody new, or not sure.
    `organisation_itself`: the concern is about the employer, with or without a person.
    """

    position: PositionDetails
    category_id: int | None
    person: Person | PersonDetails | None = None
    organisation_itself: bool = False
    further_positions: Sequence[PositionDetails] = ()
    context_id: int | None = None
    non_recent: bool | None = None
    given: PersonDetails | None = None
    judged: Sequence[tuple[Person, Sameness]] = ()


def add_subject_in_transaction(
    consultation: Consultation, adult: AdultDetails, *, by: User
) -> ConsultationSubject:
    if consultation.status is not ConsultationStatus.OPEN:
        raise Refused("This consultation is decided. Open it again to add somebody to it.")
    adult = _complete(adult)
    subject = ConsultationSubject(number=len(consultation.subjects) + 1)
    with db.session.no_autoflush:
        subject.person = _person(subject, consultation, adult, by=by)
        _describe(consultation, subject, adult, by=by)
        consultation.subjects.append(subject)
    _keep_given(subject, adult.given, by=by)
    return subject


def change_subject_in_transaction(
    subject: ConsultationSubject, adult: AdultDetails, *, by: User
) -> set[str]:
    """Take over what was typed, and give the names of the columns that differ now.

    One who was not named may be named. Another person may be put in the place of one named in
    error, while no case has come of it.
    """
    adult = _complete(adult)
    before = _facts(subject)
    old_position, old_positions = subject.position, [subject.position, *subject.other_positions]
    named = subject.person
    if adult.person is not None and adult.person is not named:
        if named is not None and subject.case is not None:
            raise Refused(
                f"This belongs to case {subject.case.reference}, which is about {named.name}. "
                "Whom it is about can be changed only before a case comes of it."
            )
        subject.person = _person(subject, subject.consultation, adult, by=by)
        if subject.person and named is None:
            _name_case(subject, by=by)
        _keep_given(subject, adult.given, instead_of=named, by=by)
    _describe(subject.consultation, subject, adult, stated=old_positions, by=by)
    if subject.position is not old_position:
        _correct_case(subject, old_position)
    after = _facts(subject)
    for position in old_positions:
        drop_if_unused(position)
    return {name for name, value in after.items() if value != before[name]}


def _complete(adult: AdultDetails) -> AdultDetails:
    """Checked, with the sectors that a quick log may leave out."""
    _check(adult)
    further = []
    for index, position in enumerate(adult.further_positions):
        with within(f"further_positions-{index}"):
            further.append(with_sector(position))
    return replace(adult, position=with_sector(adult.position), further_positions=further)


def _not_yet_clear() -> int:
    term = db.session.scalar(
        select(Term).where(Term.group == TermGroup.CATEGORY, Term.code == NOT_YET_CLEAR)
    )
    if term is None or not term.in_use_on(clock.today()):
        raise Invalid({"category_id": "Choose the category of concern"})
    return term.id


def _check(adult: AdultDetails) -> None:
    checks = Checks()
    checks.terms(
        {
            "category_id": (TermGroup.CATEGORY, adult.category_id),
            "context_id": (TermGroup.CONTEXT, adult.context_id),
            "sector_id": (TermGroup.SECTOR, adult.position.sector_id),
            "role_id": (TermGroup.ROLE, adult.position.role_id),
        }
    )
    checks.that(
        adult.position.organisation or not adult.organisation_itself,
        "organisation",
        "Enter the organisation that the concern is about",
    )
    checks.done()
    for index, position in enumerate(adult.further_positions):
        with within(f"further_positions-{index}"):
            checks.terms(
                {
                    "sector_id": (TermGroup.SECTOR, position.sector_id),
                    "role_id": (TermGroup.ROLE, position.role_id),
                }
            )
            checks.done()


def _person(
    subject: ConsultationSubject, consultation: Consultation, adult: AdultDetails, *, by: User
) -> Person | None:
    """A new name is kept where the council's policy says so, and always once there is a case."""
    subject.pseudonyms = []
    if isinstance(adult.person, PersonDetails):
        if subject.case is None and settings.naming_policy() is not NamingPolicy.NAMED:
            pseudonym.keep_in_transaction(subject, adult.person)
            consultation.retention_class = RetentionClass.SHORT
            consultation.retention_review_on = review_on(
                RetentionClass.SHORT, consultation.received_on
            )
            return None
        person = add_person_in_transaction(adult.person, by=by)
        db.session.flush()
        for other, sameness in adult.judged:
            judge_in_transaction(person, other, sameness=sameness, by=by)
        return person
    others = {subject.person_id for subject in consultation.subjects} - {None}
    if adult.person and adult.person.id in others:
        raise Invalid({"surname": "This person is in this consultation already"})
    return adult.person


def _keep_given(
    subject: ConsultationSubject,
    given: PersonDetails | None,
    *,
    instead_of: Person | None = None,
    by: User,
) -> None:
    """What is not on record of the person already, where the council's policy keeps names. From
    then on a call with that spelling finds them too."""
    person = subject.person
    had_one = subject.given is not None
    subject.given = None
    if had_one:
        db.session.flush()
    keeps = subject.case is not None or settings.naming_policy() is NamingPolicy.NAMED
    if person and given and keeps and differs(given, person):
        subject.given = GivenName(
            surname=given.surname, forename=given.forename, date_of_birth=given.date_of_birth
        )
        known_as_given_in_transaction(person, by=by)
    if instead_of and had_one:
        known_as_given_in_transaction(instead_of, by=by)


def _describe(
    consultation: Consultation,
    subject: ConsultationSubject,
    adult: AdultDetails,
    *,
    stated: Sequence[Position] = (),
    by: User,
) -> None:
    employer = employer_of(adult.position, by=by)
    subject.organisation = employer if adult.organisation_itself else None
    subject.position = find_or_add_position(subject.person, adult.position, employer, stated=stated)
    further: list[Position] = []
    for index, details in enumerate(adult.further_positions):
        with within(f"further_positions-{index}"):
            organisation = employer_of(details, by=by)
        position = find_or_add_position(
            subject.person, details, organisation, stated=[subject.position, *stated, *further]
        )
        if position is not subject.position and position not in further:
            further.append(position)
    subject.other_positions = further
    subject.category_id = adult.category_id or _not_yet_clear()
    subject.context_id = adult.context_id
    subject.non_recent = _non_recent(consultation, stated=adult.non_recent)


def _non_recent(consultation: Consultation, *, stated: bool | None) -> bool | None:
    """Worked out by the council's rule where a date is known, else as stated (R-36)."""
    months = settings.get_number("non_recent_after_months")
    happened = consultation.happened_to or consultation.happened_from
    computed = is_non_recent(happened, consultation.received_on, after_months=months)
    return stated if computed is None else computed


def _name_case(subject: ConsultationSubject, *, by: User) -> None:
    """A case about an adult not yet named is about this person now."""
    case = subject.case
    if case and case.person_id is None and case.organisation_id is None:
        case.person = subject.person
        audit.record(AuditAction.CASE_CHANGED, case, by=by, fields=["person_id"])


def _correct_case(subject: ConsultationSubject, old_position: Position) -> None:
    """What was mistyped here was taken over by the case that this adult's concern opened."""
    case: Case | None = subject.case if subject.opened_case else None
    if case and case.position is old_position:
        case.position = subject.position


def _facts(subject: ConsultationSubject) -> dict[str, object]:
    db.session.flush()
    facts: dict[str, object] = {name: getattr(subject, name) for name in FACTS}
    facts["other_positions"] = {position.id for position in subject.other_positions}
    return facts


@contextmanager
def within(part: str) -> Iterator[None]:
    """Messages about a part of what was typed say which part: `adults-1-surname`."""
    try:
        yield
    except Invalid as invalid:
        named = {f"{part}-{field}": message for field, message in invalid.messages.items()}
        raise Invalid(named) from invalid
