"""What another authority recorded comes into the case that is opened or joined here, inside the
transaction of that decision. Nothing that the case holds already comes a second time."""

from collections.abc import Iterable

from lado import clock
from lado.errors import Invalid
from lado.extensions import db
from lado.models import (
    Allegation,
    AllegationLimb,
    Case,
    Child,
    ConsultationSubject,
    Note,
    Organisation,
    Person,
    Position,
    Term,
    User,
)
from lado.queries.received_transfer import TakenOver, told_before
from lado.rules.audit import AuditAction
from lado.rules.folding import fold
from lado.rules.received_facts import SentAllegation, SentChild, SentPosition, Source
from lado.rules.usual_sectors import NOT_KNOWN
from lado.rules.vocabulary import DisclosureClass, Origin, TermGroup, VoiceSought
from lado.services import audit
from lado.services.audit import Actor
from lado.services.case import count_children_in_transaction
from lado.services.case_allegations import non_recent
from lado.services.checks import next_number
from lado.services.organisation import find_or_add_organisation_in_transaction
from lado.services.position import (
    PositionDetails,
    find_or_add_position,
    sector_called,
    sector_of_role,
)

WHICH_CATEGORY = "Choose the category of what is called otherwise there"


def take_over_in_transaction(
    subject: ConsultationSubject,
    case: Case,
    sent: TakenOver,
    *,
    category_id: int | None,
    by: User,
) -> None:
    """`category_id` is of allegations whose category is in no list here. What the call said of this
    adult gives way to what the file tells, where it tells of an allegation; where the consultation
    brought none to the case, the file brings none either."""
    db.session.flush()
    own = [each for each in case.allegations if each.subject is subject]
    children = _children(case, sent) if own else {}
    made = _allegations(subject, case, sent, children, category_id, by) if own else 0
    for position in sent.further_positions:
        _position(subject, position, sent, by=by)
    _complete_main(subject.position, sent)
    _case_facts(case, sent)
    audit.record(
        AuditAction.TRANSFER_TAKEN_OVER,
        case,
        by=by,
        allegations=made,
        children=len(children),
        positions=len(sent.further_positions),
    )


def _complete_main(position: Position, sent: TakenOver) -> None:
    """Unless the consultation says that it is another one."""
    for told in sent.facts.positions[:1]:
        role = sent.term(TermGroup.ROLE, told.role)
        if role and position.role_id == role.id:
            _complete(position, told)


def _case_facts(case: Case, sent: TakenOver) -> None:
    """A restriction in force elsewhere is in force here (R-44)."""
    if case.legal_position_of_trust is None:
        case.legal_position_of_trust = sent.facts.legal_position_of_trust
    if sent.facts.reporting_restriction:
        case.reporting_restriction = True
        case.reporting_restriction_lifted_on = case.reporting_restriction_lift_reason = None


def _children(case: Case, sent: TakenOver) -> dict[int, Child]:
    """By their numbers there. One who is on the case already is who they are here."""
    unmatched = list(case.child_records)
    found: dict[int, Child] = {}
    for told in sent.facts.children:
        child = next((each for each in unmatched if _is_same_child(each, told)), None)
        if child is None:
            child = Child(number=next_number(case.child_records), origin=Origin.TRANSFER)
            child.text_agency_id, child.disclosure = _source(sent, told.source)
            case.child_records.append(child)
        else:
            unmatched.remove(child)
        _complete_child(child, told)
        found.setdefault(told.number, child)
    count_children_in_transaction(case)
    return found


def _is_same_child(child: Child, told: SentChild) -> bool:
    """The same name, and nothing that speaks against it; without names, all that is told."""
    facts = [(child.age, told.age), (child.sex, told.sex)]
    if child.name and told.name:
        agree = all(None in pair or pair[0] == pair[1] for pair in facts)
        return agree and fold(child.name) == fold(told.name)
    alike = all(ours == theirs for ours, theirs in facts)
    return not child.name and not told.name and alike and child.origin is Origin.TRANSFER


def _complete_child(child: Child, told: SentChild) -> None:
    """What is recorded here stays."""
    for field in (
        "name", "age", "sex", "looked_after", "social_care_reference", "voice_reason", "view",
    ):  # fmt: skip
        if getattr(child, field) is None:
            setattr(child, field, _or_none(getattr(told, field)))
    if child.voice in (None, VoiceSought.NOT_YET):
        child.voice = told.voice


def _or_none(value: object) -> object:
    """Blank text is no text."""
    return None if value == "" else value


def _source(sent: TakenOver, source: Source) -> tuple[int | None, DisclosureClass]:
    agency = sent.term(TermGroup.AGENCY, source.agency) or sent.agency_of_authorities
    return agency.id if agency else None, source.disclosure


def _allegations(
    subject: ConsultationSubject,
    case: Case,
    sent: TakenOver,
    children: dict[int, Child],
    category_id: int | None,
    by: User,
) -> int:
    """Those that the case does not hold yet. Gives how many."""
    before = list(told_before(case, subject))
    told = [each for each in sent.facts.allegations if not _is_held(case, each, before)]
    if sent.facts.allegations:
        _drop_own(subject, case)
    for each in sorted(told, key=lambda each: not each.is_primary):
        allegation = _allegation(subject, case, each, sent, category_id)
        allegation.children = [child for n, child in children.items() if n in each.children]
        if each.judged:
            _note_outcome(case, allegation, each, sent, by)
    return len(told)


def _drop_own(subject: ConsultationSubject, case: Case) -> None:
    for allegation in [each for each in case.allegations if each.subject is subject]:
        case.allegations.remove(allegation)
        db.session.delete(allegation)
    db.session.flush()


def _is_held(case: Case, told: SentAllegation, before: Iterable[SentAllegation]) -> bool:
    """Sent before, whatever became of it here since; or here as it is told now."""
    return any(_is_same(told, each) for each in before) or any(
        _is_same(told, each) for each in case.allegations if each.origin is Origin.TRANSFER
    )


def _is_same(told: SentAllegation, other: SentAllegation | Allegation) -> bool:
    fields = ("description", "happened_precision", "happened_from", "happened_to")
    return (told.place or None) == (other.place or None) and all(
        getattr(told, field) == getattr(other, field) for field in fields
    )


def _allegation(
    subject: ConsultationSubject,
    case: Case,
    told: SentAllegation,
    sent: TakenOver,
    category_id: int | None,
) -> Allegation:
    category = sent.term(TermGroup.CATEGORY, told.category)
    if category is None and category_id is None:
        raise Invalid({"sent_category_id": WHICH_CATEGORY})
    agency_id, disclosure = _source(sent, told.source)
    allegation = Allegation(
        number=next_number(case.allegations),
        is_primary=not case.allegations,
        subject=subject,
        origin=Origin.TRANSFER,
        category_id=category.id if category else category_id,
        subcategory=sent.subcategory(told),
        context=sent.term(TermGroup.CONTEXT, told.context),
        description=told.description,
        place=told.place or None,
        happened_precision=told.happened_precision,
        happened_from=told.happened_from,
        happened_to=told.happened_to,
        text_agency_id=agency_id,
        disclosure=disclosure,
        limbs=_limbs(subject, told),
    )
    allegation.non_recent = non_recent(case, allegation, stated=told.non_recent)
    case.allegations.append(allegation)
    return allegation


def _limbs(subject: ConsultationSubject, told: SentAllegation) -> list[AllegationLimb]:
    """Those of the decision here where the file tells none."""
    if not told.limbs:
        return [AllegationLimb(limb=row.limb, is_primary=row.is_primary) for row in subject.limbs]
    return [AllegationLimb(limb=each, is_primary=each is told.primary_limb) for each in told.limbs]


def _note_outcome(
    case: Case, allegation: Allegation, told: SentAllegation, sent: TakenOver, by: User
) -> None:
    """The judgement of another authority is none of ours, and in no figure of ours."""
    today, source = clock.today(), f"{sent.facts.authority}, {sent.facts.reference}"
    heading = f"Allegation {allegation.number}: outcome recorded by {source}"
    note = Note(
        case_id=case.id,
        happened_on=min(told.judged_on or today, today),
        text=f"{heading}\n\n{told.judged}",
        author_id=by.id,
        origin=Origin.TRANSFER,
    )
    note.text_agency_id, note.disclosure = _source(sent, told.source)
    db.session.add(note)


def _position(
    subject: ConsultationSubject, told: SentPosition, sent: TakenOver, *, by: User
) -> None:
    """Of a person who is named. One that is held now makes several roles of it."""
    person = subject.person
    if person is None:
        return
    details = _position_details(told, sent)
    organisation = _organisation(told, details, by=by)
    stated = [subject.position, *subject.other_positions]
    if told.held_to is None:
        position = find_or_add_position(person, details, organisation, stated=stated)
        if position not in stated:
            subject.other_positions.append(position)
    else:
        position = _held_before(person, told, details, organisation)
    _complete(position, told)


def _held_before(
    person: Person, told: SentPosition, details: PositionDetails, organisation: Organisation | None
) -> Position:
    for known in person.positions:
        same_role = (known.role_id, known.sector_id) == (details.role_id, details.sector_id)
        if same_role and known.organisation is organisation and known.held_to == told.held_to:
            return known
    position = Position(
        person=person,
        role_id=details.role_id,
        sector_id=details.sector_id,
        organisation=organisation,
        origin=Origin.TRANSFER,
    )
    db.session.add(position)
    return position


def _position_details(told: SentPosition, sent: TakenOver) -> PositionDetails:
    role = sent.term(TermGroup.ROLE, told.role)
    sector = sent.term(TermGroup.SECTOR, told.sector)
    role_id = role.id if role else None
    sector_id = sector.id if sector else sector_of_role(role_id) or sector_called(NOT_KNOWN)
    return PositionDetails(sector_id=sector_id, role_id=role_id, paid=told.paid)


def _organisation(
    told: SentPosition, details: PositionDetails, *, by: Actor
) -> Organisation | None:
    if not fold(told.organisation):
        return None
    sector = db.session.get_one(Term, details.sector_id)
    return find_or_add_organisation_in_transaction(
        told.organisation, sector, by=by, origin=Origin.TRANSFER
    )


def _complete(position: Position, told: SentPosition) -> None:
    """What is recorded here stays."""
    if position.held_from is None and position.held_to is None:
        position.held_from, position.held_to = told.held_from, told.held_to
    if position.paid is None:
        position.paid = told.paid
