"""A case as a whole: how it begins, whose it is, what is known of it, who may see it."""

from datetime import date

from sqlalchemy import select

from lado import clock
from lado.errors import Invalid, Refused
from lado.extensions import db
from lado.models import (
    Allegation,
    AllegationLimb,
    Case,
    CaseSpell,
    Child,
    Consultation,
    ConsultationSubject,
    NamedAccess,
    Note,
    Strand,
    User,
)
from lado.queries import access
from lado.rules.audit import AuditAction
from lado.rules.vocabulary import (
    CaseStatus,
    Children,
    DisclosureClass,
    Origin,
    StrandKind,
    TermGroup,
)
from lado.services import audit
from lado.services.audit import Actor
from lado.services.case_writing import lock, refuse_unless_open, refuse_while_closing
from lado.services.checks import Checks, next_number
from lado.services.note import PLAIN, NoteContact
from lado.services.references import next_reference
from lado.services.transaction import check_version, writes

CHILD_FIELDS = (
    "name", "age", "sex", "looked_after", "social_care_reference", "voice",
    "voice_reason", "view", "origin", "text_agency_id", "disclosure",
)  # fmt: skip

TO_BE_RESTRICTED = (
    "This consultation is restricted, and more people may see {case}, which would hold what it "
    "says. Restrict {case} to people who are named on the consultation first, or open a new case"
)


def open_case_in_transaction(
    subject: ConsultationSubject, *, opened_on: date, owner: User, by: Actor
) -> Case:
    """Called while the consultation is decided, in that transaction."""
    if subject.case is not None:
        raise Refused("There is already a case about this person from this consultation.")
    consultation = subject.consultation
    case = Case(
        reference=next_reference("PT", opened_on),
        owner=owner,
        person=subject.person,
        organisation=subject.organisation,
        position=subject.position,
        received_on=consultation.received_on,
        children=consultation.children,
        children_count=consultation.children_count,
        restricted=consultation.restricted,
        spells=[CaseSpell(number=1, opened_on=opened_on)],
        strands=[Strand(kind=kind) for kind in StrandKind],
    )
    case.child_records = _children_of(subject)
    db.session.add(case)
    subject.case, subject.opened_case = case, True
    case.allegations = [_allegation_of(subject, case.child_records, number=1)]
    _name_as_on_consultation(case, subject)
    audit.record(AuditAction.CASE_OPENED, case, by=by)
    return case


def _allegation_of(
    subject: ConsultationSubject, children: list[Child], *, number: int
) -> Allegation:
    """What this consultation says of this adult. The first is the case's primary one."""
    consultation = subject.consultation
    return Allegation(
        number=number,
        is_primary=number == 1,
        subject=subject,
        # A consultation from a register may have no summary to take over.
        origin=Origin.ENTERED if consultation.summary else consultation.origin,
        description=consultation.summary,
        text_agency_id=consultation.text_agency_id,
        disclosure=consultation.disclosure,
        category=subject.category,
        context=subject.context,
        non_recent=subject.non_recent,
        happened_precision=consultation.happened_precision,
        happened_from=consultation.happened_from,
        happened_to=consultation.happened_to,
        limbs=[AllegationLimb(limb=row.limb, is_primary=row.is_primary) for row in subject.limbs],
        children=list(children),
    )


def _children_of(subject: ConsultationSubject, *, known: int = 0) -> list[Child]:
    """The consultation keeps its own: what the case learns later is not what was first said.
    They are numbered after the `known` ones of the case."""
    told = db.session.scalars(
        select(Child).where(Child.consultation_id == subject.consultation_id).order_by(Child.number)
    )
    return [
        Child(number=number, **{field: getattr(child, field) for field in CHILD_FIELDS})
        for number, child in enumerate(told, start=known + 1)
    ]


def _name_as_on_consultation(case: Case, subject: ConsultationSubject) -> None:
    """Who may see a restricted consultation may see the case that came of it."""
    if not case.restricted:
        return
    db.session.flush()
    on_consultation = select(NamedAccess.user_id).where(
        NamedAccess.consultation_id == subject.consultation_id
    )
    named = set(db.session.scalars(on_consultation)) | {case.owner_id}
    db.session.add_all(NamedAccess(user_id=user_id, case_id=case.id) for user_id in named)


def join_case_in_transaction(
    subject: ConsultationSubject, case: Case, *, further_allegation: bool, by: Actor
) -> None:
    """Called while the consultation is decided, in that transaction. What it tells is a further
    allegation with an outcome of its own, unless somebody else told of the same before."""
    if subject.case is not None:
        raise Refused("This consultation already belongs to a case.")
    if case.status is CaseStatus.CONCLUDED:
        raise Refused(f"{case.reference} is concluded. Reopen it before a consultation joins it.")
    refuse_while_closing(case, by=by)
    institutional = case.organisation_id is not None
    both_named = None not in {subject.person_id, case.person_id}
    if not institutional and both_named and subject.person_id != case.person_id:
        raise Refused(f"{case.reference} is about somebody else. Choose another case.")
    if not institutional and case.person_id is None:
        case.person = subject.person
    _refuse_to_publish(subject.consultation, case)
    subject.case = case
    case.received_on = min(case.received_on, subject.consultation.received_on)
    if further_allegation:
        _add_allegation_of(subject, case)
    audit.record(AuditAction.CASE_JOINED, case, by=by, allegations=int(further_allegation))


def _refuse_to_publish(consultation: Consultation, case: Case) -> None:
    """What a restricted consultation tells is read by those named on it only, in its case too."""
    if not consultation.restricted:
        return
    if not case.restricted or access.named_on(case) - access.named_on(consultation):
        raise Invalid({"case": TO_BE_RESTRICTED.format(case=case.reference)})


def _add_allegation_of(subject: ConsultationSubject, case: Case) -> None:
    children = _children_of(subject, known=max((c.number for c in case.child_records), default=0))
    case.child_records += children
    count_children_in_transaction(case)
    case.allegations.append(_allegation_of(subject, children, number=next_number(case.allegations)))


def count_children_in_transaction(case: Case) -> None:
    """A case concerns at least as many children as are recorded on it."""
    recorded = len(case.child_records)
    if not recorded:
        return
    if case.children in (None, Children.NONE_IDENTIFIED):
        case.children, case.children_count = Children.COUNTED, recorded
    elif case.children_count is not None:
        case.children_count = max(case.children_count, recorded)


def leave_case_in_transaction(subject: ConsultationSubject, case: Case, *, by: Actor) -> None:
    """The consultation joined it in error. An allegation it brought goes with it, unless that was
    judged already."""
    subject.case = None
    case.received_on = min(other.consultation.received_on for other in case.subjects)
    for allegation in list(case.allegations):
        if allegation.subject is subject and not allegation.outcomes:
            db.session.delete(allegation)
    db.session.flush()
    db.session.expire(case, ["allegations"])
    audit.record(AuditAction.CASE_CHANGED, case, by=by, fields=["consultations"])


@writes(AuditAction.CASE_CHANGED)
def change_facts(
    case: Case,
    *,
    children: Children | None,
    children_count: int | None,
    legal_position_of_trust: bool | None,
    version: int,
    by: Actor,
) -> None:
    lock(case)
    check_version(case, version)
    refuse_unless_open(case)
    counted = children is Children.COUNTED
    if counted and (children_count is None or children_count < 1):
        raise Invalid({"children_count": "Enter how many children, 1 or more"})
    case.children = children
    case.children_count = children_count if counted else None
    case.legal_position_of_trust = legal_position_of_trust
    audit.record(
        AuditAction.CASE_CHANGED,
        case,
        by=by,
        fields=["children", "children_count", "legal_position_of_trust"],
    )


@writes(AuditAction.CASE_CHANGED)
def impose_reporting_restriction(case: Case, *, version: int, by: Actor) -> None:
    """A teacher accused of an offence against a pupil of their school may not be named (R-44)."""
    lock(case)
    check_version(case, version)
    if case.reporting_restriction and case.reporting_restriction_lifted_on is None:
        raise Refused("A reporting restriction is already recorded on this case.")
    case.reporting_restriction = True
    case.reporting_restriction_lifted_on = None
    case.reporting_restriction_lift_reason = None
    case.not_reporting_restricted_on = case.not_reporting_restricted_reason = None
    audit.record(AuditAction.CASE_CHANGED, case, by=by, fields=["reporting_restriction"])


@writes(AuditAction.CASE_CHANGED)
def need_no_reporting_restriction(case: Case, *, reason: str, version: int, by: Actor) -> None:
    """That somebody looked, so that it is not asked again (R-44)."""
    lock(case)
    check_version(case, version)
    if case.reporting_restriction:
        raise Refused("A reporting restriction is recorded on this case. Lift it instead.")
    if not reason.strip():
        raise Invalid({"reason": "Enter why no reporting restriction is needed"})
    case.not_reporting_restricted_on = clock.today()
    case.not_reporting_restricted_reason = reason
    audit.record(AuditAction.CASE_CHANGED, case, by=by, fields=["not_reporting_restricted_on"])


@writes(AuditAction.CASE_CHANGED)
def lift_reporting_restriction(
    case: Case, *, lifted_on: date, reason: str, version: int, by: Actor
) -> None:
    lock(case)
    check_version(case, version)
    if not case.reporting_restriction or case.reporting_restriction_lifted_on is not None:
        raise Refused("There is no reporting restriction on this case to lift.")
    checks = Checks()
    checks.past(lifted_on, "lifted_on", "The date the restriction was lifted")
    checks.that(reason.strip(), "reason", "Enter why the restriction was lifted")
    checks.done()
    case.reporting_restriction_lifted_on = lifted_on
    case.reporting_restriction_lift_reason = reason
    audit.record(AuditAction.CASE_CHANGED, case, by=by, fields=["reporting_restriction_lifted_on"])


@writes(AuditAction.CASE_NOTED)
def add_note(
    case: Case,
    *,
    happened_on: date,
    text: str,
    by: User,
    agency_id: int | None = None,
    disclosure: DisclosureClass = DisclosureClass.UNDETERMINED,
    contact: NoteContact = PLAIN,
    corrects: Note | None = None,
) -> Note:
    """Also on a concluded case. A note is never changed: a correction is a new one."""
    checks = Checks()
    checks.past(happened_on, "happened_on", "The date of a note")
    checks.that(text.strip(), "text", "Enter the note")
    checks.terms({"agency_id": (TermGroup.AGENCY, agency_id)})
    contact.check(checks)
    own = corrects is None or corrects.case_id == case.id
    checks.that(own, "corrects", "Choose a note on this case")
    checks.done()
    note = note_in_transaction(case, happened_on=happened_on, text=text, by=by)
    note.corrects_id = corrects.id if corrects else None
    note.text_agency_id, note.disclosure = agency_id, disclosure
    for name, value in contact.columns().items():
        setattr(note, name, value)
    audit.record(AuditAction.CASE_NOTED, case, by=by)
    return note


def note_in_transaction(case: Case, *, happened_on: date, text: str, by: User) -> Note:
    note = Note(case_id=case.id, happened_on=happened_on, text=text, author_id=by.id)
    db.session.add(note)
    return note
