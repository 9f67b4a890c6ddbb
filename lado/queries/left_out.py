"""What the columns of a register cannot hold, and on which records it stands."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lado.extensions import db
from lado.models import (
    Allegation,
    Case,
    Child,
    Confirmation,
    Consultation,
    ConsultationSubject,
    Decision,
    Document,
    FollowUp,
    GivenName,
    Note,
    Organisation,
    OrganisationName,
    OtherAuthority,
    Person,
    PersonName,
    Position,
    ReceivedTransfer,
    SubjectLimb,
    subject_other_position,
)
from lado.queries.courses import case_non_recent
from lado.queries.left_out_cases import CASES, Ids, Kinds, classed, filed, filled, told_here
from lado.queries.register import FIRST
from lado.rules.vocabulary import DatePrecision, NameKind
from lado.rules.words import MOST_CHILDREN, NOT_A_NAME


def on_consultations() -> Iterator[tuple[str, set[int]]]:
    """In words, and the ids of the consultations."""
    for what, query in CONSULTATIONS:
        yield what, _ids(query)


def on_cases() -> Iterator[tuple[str, set[int]]]:
    for what, query in CASES:
        yield what, _ids(query)


def people_apart() -> set[int]:
    """Those that no contact is about."""
    return _ids(select(Person.id).where(Person.id.not_in(_ids_in(ConsultationSubject.person_id))))


def organisations_apart() -> set[int]:
    named = union_all(_ids_in(Position.organisation_id), _ids_in(Consultation.setting_id))
    standing = select(Organisation.id).where(Organisation.merged_into_id.is_(None))
    return _ids(standing.where(Organisation.id.not_in(named)))


def _ids(query: Ids) -> set[int]:
    return set(db.session.scalars(query)) - {None}


def _ids_in(column: InstrumentedAttribute[Any]) -> Ids:
    return select(column).where(column.is_not(None))


subject, decision, link = ConsultationSubject, Decision, subject_other_position
other = link.c
about = select(subject.consultation_id)
first = about.where(subject.number == FIRST)
of_contact = select(Consultation.id)
decided = about.join(decision, decision.subject_id == subject.id)
of_person = about.join(Person, Person.id == subject.person_id)
named = of_person.join(PersonName, PersonName.person_id == Person.id)
told = about.join(Consultation).join(Case, Case.id == subject.case_id).where(told_here)

# Each position that a contact states or that its adult holds, and each organisation named.
stated = union_all(
    select(subject.consultation_id.label("contact"), subject.position_id.label("position")),
    about.join(link, other.subject_id == subject.id).add_columns(other.position_id),
    select(subject.consultation_id, Position.id).join(
        Position, Position.person_id == subject.person_id
    ),
).subquery()
in_position = select(stated.c.contact).join(Position, Position.id == stated.c.position)
places = union_all(
    select(stated.c.contact, Position.organisation_id.label("place")).join(
        Position, Position.id == stated.c.position
    ),
    select(Consultation.id, Consultation.setting_id),
).subquery()
at_place = select(places.c.contact).join(Organisation, Organisation.id == places.c.place)


def _elsewhere() -> ColumnElement[bool]:
    """The person is the first adult of another contact too."""
    another = aliased(subject)
    return exists().where(
        another.person_id == subject.person_id,
        another.number == FIRST,
        another.id != subject.id,
    )


def _first_sector() -> Any:
    """An import takes the sector of an organisation from the first row that names it."""
    oldest = select(Position.sector_id).where(Position.organisation_id == Organisation.id)
    return oldest.order_by(Position.id).limit(1).correlate(Organisation).scalar_subquery()


# An import knows people by name and date of birth, and organisations by their folded name.
_current = PersonName.kind == NameKind.CURRENT
_who = PersonName.folded, Person.date_of_birth
namesakes = select(*_who).join(Person).where(_current).group_by(*_who).having(func.count() > 1)
twins = (
    select(Organisation.folded)
    .where(Organisation.merged_into_id.is_(None))
    .group_by(Organisation.folded)
    .having(func.count() > 1)
)

CONSULTATIONS: Kinds = (
    ("Further adults", about.where(subject.number > FIRST)),
    ("Notes", select(Note.consultation_id)),
    ("Documents", select(Document.consultation_id)),
    ("Other authorities", select(OtherAuthority.consultation_id)),
    ("What another authority sent", select(ReceivedTransfer.consultation_id)),
    ("Letters that confirm advice", select(Confirmation.consultation_id)),
    ("Follow-ups", select(FollowUp.consultation_id)),
    ("Details of children", select(Child.consultation_id)),
    (
        f"Number of children, above {MOST_CHILDREN}",
        of_contact.where(Consultation.children_count > MOST_CHILDREN),
    ),
    (
        "When it happened",
        of_contact.where(Consultation.happened_precision != DatePrecision.NOT_KNOWN),
    ),
    (
        "How to reach the referrer, if they may be named, why it came late",
        of_contact.where(
            or_(
                Consultation.anonymous,
                filled(
                    Consultation.referrer_contact,
                    Consultation.referrer_may_be_named,
                    Consultation.late_report_reason,
                ),
            )
        ),
    ),
    (
        "Name of a referrer who may not be named",
        of_contact.where(
            Consultation.referrer_may_be_named.is_(False), Consultation.referrer_name.is_not(None)
        ),
    ),
    (
        "Time it was received, and when it was first answered",
        of_contact.where(filled(Consultation.received_at, Consultation.first_answered_on)),
    ),
    ("Who deals with it", of_contact.where(filled(Consultation.owner_id))),
    (
        "Relation of the referrer, whistle-blower, child's own report, who raised it first",
        of_contact.where(
            or_(
                Consultation.whistle_blower,
                Consultation.child_reported,
                filled(Consultation.referrer_relation, Consultation.raised_first_by),
            )
        ),
    ),
    (
        "Report under the statutory duty, and what the police were told",
        of_contact.where(
            or_(
                Consultation.statutory_duty,
                filled(Consultation.reporter_aware_on, Consultation.police_told),
            )
        ),
    ),
    ("Restriction to named users", of_contact.where(Consultation.restricted)),
    ("Restriction of a person to named users", of_person.where(Person.restricted)),
    (
        "Where it happened, other than at the employer, or that it is not known",
        first.join(Consultation)
        .join(Position, Position.id == subject.position_id)
        .where(Consultation.setting_id.is_distinct_from(Position.organisation_id)),
    ),
    ("Limbs of the threshold", about.join(SubjectLimb, SubjectLimb.subject_id == subject.id)),
    (
        "Names as the caller gave them",
        about.join(GivenName, GivenName.subject_id == subject.id),
    ),
    ("Earlier records considered", about.where(subject.earlier_records.is_not(None))),
    (
        "Advice given before the decision",
        decided.join(Consultation).where(
            subject.number == FIRST,
            Consultation.interim_advice.is_not(None),
            decision.advice.is_not(None),
        ),
    ),
    (
        "Reasons and tier of the decision, and who decided",
        decided.where(
            filled(
                decision.reasons,
                decision.tier_id,
                decision.decided_by_id,
                decision.recorded_by_id,
            )
        ),
    ),
    (
        "Other decisions, and that the consultation was opened again",
        decided.where(decision.ended_on.is_not(None)),
    ),
    ("Other names", named.where(PersonName.kind != NameKind.CURRENT)),
    (
        "Link to another record of the same person",
        of_person.where(
            or_(Person.same_as_id.is_not(None), Person.id.in_(_ids_in(Person.same_as_id)))
        ),
    ),
    ("Age in place of a date of birth", of_person.where(Person.stated_age.is_not(None))),
    (
        "A name that is none, such as “Unknown”",
        named.where(
            _current,
            or_(
                func.lower(PersonName.surname).in_(NOT_A_NAME),
                func.lower(PersonName.forename).in_(NOT_A_NAME),
            ),
        ),
    ),
    (
        "A date of birth after the contact",
        of_person.join(Consultation, Consultation.id == subject.consultation_id).where(
            Person.date_of_birth > Consultation.received_on
        ),
    ),
    (
        "Same person as in other contacts, without forename or date of birth to know them by",
        named.where(
            subject.number == FIRST,
            _current,
            or_(PersonName.forename == "", Person.date_of_birth.is_(None)),
            _elsewhere(),
        ),
    ),
    (
        "Another person of the same name and date of birth",
        named.where(_current, tuple_(*_who).in_(namesakes)),
    ),
    (
        "Whether a position is paid, and from when to when it is held",
        in_position.where(filled(Position.paid, Position.held_from, Position.held_to)),
    ),
    (
        "Further position of which the sector alone is known",
        about.join(link, other.subject_id == subject.id)
        .join(Position, Position.id == other.position_id)
        .where(Position.role_id.is_(None), Position.organisation_id.is_(None)),
    ),
    (
        "Sub-sector, school phase, school type, size and own sector of a setting",
        at_place.where(
            or_(
                filled(
                    Organisation.subsector_id,
                    Organisation.school_phase_id,
                    Organisation.school_type_id,
                    Organisation.small_voluntary,
                ),
                Organisation.sector_id != _first_sector(),
            )
        ),
    ),
    (
        "Address of a setting, its number in a public list, whether it is closed",
        at_place.where(
            or_(
                Organisation.closed,
                filled(
                    Organisation.urn,
                    Organisation.address,
                    Organisation.town,
                    Organisation.postcode,
                    Organisation.authority,
                ),
            )
        ),
    ),
    (
        "Other names of a setting",
        at_place.where(Organisation.id.in_(select(OrganisationName.organisation_id))),
    ),
    ("Another setting of the same name", at_place.where(Organisation.folded.in_(twins))),
    (
        "Category as it was first recorded: the row has the case's",
        told.join(Allegation, and_(Allegation.case_id == Case.id, Allegation.is_primary)).where(
            Allegation.category_id != subject.category_id
        ),
    ),
    (
        "Children as they were first recorded: the row has the case's",
        told.where(
            or_(
                Case.children.is_distinct_from(Consultation.children),
                Case.children_count.is_distinct_from(Consultation.children_count),
            )
        ),
    ),
    (
        "Whether it is non-recent as it was first recorded: the row has the case's",
        told.join(Allegation, and_(Allegation.case_id == Case.id, Allegation.is_primary)).where(
            subject.non_recent.is_distinct_from(case_non_recent)
        ),
    ),
    (
        "Role, setting, sector or institutional concern of the contact: the row has the case's",
        told.where(
            or_(
                Case.position_id != subject.position_id,
                Case.organisation_id.is_distinct_from(subject.organisation_id),
            )
        ),
    ),
    (
        "How long it is kept, and a legal hold",
        union_all(of_contact.where(filed(Consultation)), of_person.where(filed(Person))),
    ),
    (
        "Disclosure class of a text, and the agency it came from",
        union_all(
            of_contact.where(
                or_(
                    classed(Consultation),
                    and_(
                        Consultation.text_agency_id.is_not(None),
                        Consultation.text_agency_id.is_distinct_from(
                            Consultation.referrer_agency_id
                        ),
                    ),
                )
            ),
            decided.where(or_(classed(decision), decision.text_agency_id.is_not(None))),
        ),
    ),
)
