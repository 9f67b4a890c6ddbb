"""A case as it is told to another authority: no key of our database, and no caller who did not
agree to be named (R-43). docs/transfer.md describes it."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, time
from enum import StrEnum
from typing import Any

from sqlalchemy import String, Text, inspect, select
from sqlalchemy.orm import selectinload

from lado import clock
from lado.extensions import db
from lado.models import (
    Action,
    Case,
    Consultation,
    ConsultationSubject,
    Document,
    MinutesVersion,
    Note,
    Organisation,
    SafetyMeasure,
    Strand,
    StrategyDiscussion,
    Term,
    User,
)
from lado.queries import access, cases, settings
from lado.queries.callers import Unnamed, unnamed
from lado.queries.consultations import children_of
from lado.queries.documents import documents_of
from lado.queries.received_transfer import as_received, transfers_to
from lado.rules.protection import reporting_warning
from lado.rules.received_transfer import parts, text
from lado.rules.transfer import FORMAT, FORMAT_VERSION
from lado.rules.vocabulary import DisclosureClass

Data = dict[str, Any]
NOT_TOLD = {
    "id", "public_id", "version", "folded", "stored_as", "origin", "retention_class",
    "retention_review_on", "legal_hold",
}  # fmt: skip
# Nothing of a caller who did not agree to be named.
OF_THE_CALLER = {
    "referrer_name", "referrer_role", "referrer_contact", "referrer_relation", "raised_first_by",
}  # fmt: skip
TERSE = 60


def consultations_of(user: User, case: Case) -> Sequence[Consultation]:
    """Of the case, and such as the user may know of."""
    ids = select(ConsultationSubject.consultation_id).where(ConsultationSubject.case_id == case.id)
    query = access.visible(user, Consultation).where(Consultation.id.in_(ids))
    adults = selectinload(Consultation.subjects).selectinload(ConsultationSubject.decisions)
    return db.session.scalars(query.order_by(Consultation.id).options(adults)).all()


def documents_to_send(user: User, case: Case) -> list[Document]:
    """The oldest first."""
    ids = [each.id for each in consultations_of(user, case)]
    return [each for each in reversed(documents_of(case, ids)) if not each.withdrawn_at]


def is_kept_back(document: Document) -> bool:
    """It goes out by a deliberate choice only."""
    consultation = document.consultation
    restricted = consultation is not None and consultation.restricted
    return restricted or document.disclosure is DisclosureClass.WITHHOLD


def records(user: User, case: Case, documents: Collection[Document], *, withheld: bool) -> Data:
    """`withheld`: restricted consultations too, and the texts that are marked to be withheld."""
    case, told = cases.whole(case), _Told(withheld)
    known = consultations_of(user, case)
    consultations = [each for each in known if withheld or not each.restricted]
    content = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "from": settings.get_text("council_name"),
        "made_on": clock.today().isoformat(),
        "warnings": reporting_warning(in_force=case.reporting_restricted),
        "case": _case(case, told),
        "consultations": [_consultation(each, case, told) for each in consultations],
        "documents": [_Told(True).of(each) | {"of": each.home.reference} for each in documents],
    }
    named: Data = _without_names(content, unnamed(case))
    return named


class _Told:
    """Makes plain data of records."""

    def __init__(self, withheld: bool) -> None:
        self.withheld = withheld

    def all(self, records: Iterable[Any]) -> list[Data]:
        return [self.of(each) for each in records]

    def of(self, record: Any) -> Data:
        hidden = getattr(record, "disclosure", None) is DisclosureClass.WITHHOLD
        left_out = hidden and not self.withheld
        told: Data = {"withheld": True} if left_out else {}
        for column in inspect(type(record)).columns:
            key = inspect(type(record)).get_property_by_column(column).key
            if key not in NOT_TOLD and not (left_out and _is_written(column)):
                _tell(told, key, column, getattr(record, key))
        return told


def _is_written(column: Any) -> bool:
    """By a person, in their own words."""
    kind = column.type
    terse = isinstance(kind, String) and kind.length is not None and kind.length <= TERSE
    return isinstance(kind, String | Text) and not terse


def _tell(told: Data, key: str, column: Any, value: Any) -> None:
    """Whom or what a key of ours stands for; one of another record says nothing there."""
    if not column.foreign_keys:
        told[key] = _plain(value)
        return
    (target,) = column.foreign_keys
    name = key.removesuffix("_id")
    if target.column.table.name == "term":
        told[name] = value and db.session.get_one(Term, value).label
    elif target.column.table.name == "user":
        told[name] = value and db.session.get_one(User, value).name
    elif target.column.table.name == "organisation":
        told[name] = value and _organisation(db.session.get_one(Organisation, value))


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | time) else value


def _organisation(organisation: Organisation) -> Data:
    names = ("name", "urn", "address", "town", "postcode")
    return {name: getattr(organisation, name) for name in names}


def _case(case: Case, told: _Told) -> Data:
    person = case.person
    return told.of(case) | {
        "person": person
        and told.of(person)
        | {"names": told.all(person.names), "positions": told.all(person.positions)},
        "position": told.of(case.position),
        "spells": told.all(case.spells),
        "allegations": [
            told.of(each)
            | {
                "limbs": [limb.limb.value for limb in each.limbs],
                "primary_limb": next((x.limb.value for x in each.limbs if x.is_primary), None),
                "children": sorted(child.number for child in each.children),
                "outcomes": told.all(each.outcomes),
            }
            for each in case.allegations
        ],
        "child_records": told.all(case.child_records),
        "strands": [_strand(each, told) for each in case.strands],
        "discussions": [
            *_held_elsewhere(case, told),
            *(_discussion(each, told) for each in case.discussions),
        ],
        "actions": [_action(each, told) for each in case.actions],
        "referrals": told.all(case.referrals),
        "safety_measures": [_measure(each, told) for each in case.safety_measures],
        "notices": told.all(case.notices),
        "delay_reasons": told.all(case.delay_reasons),
        "chases": told.all(case.chases),
        "learning_points": told.all(case.learning_points),
        "notes": told.all(reversed(cases.notes_on(case))),
    }


def _strand(strand: Strand, told: _Told) -> Data:
    course = {"results": told.all(strand.results), "updates": told.all(strand.updates)}
    return told.of(strand) | course


def _action(action: Action, told: _Told) -> Data:
    """Each of its changes is how it stood before, and until when."""
    changes = [
        told.of(each) | {"changed_on": clock.day_of(each.entered_at).isoformat()}
        for each in action.changes
    ]
    number = action.discussion and action.discussion.number
    return told.of(action) | {"of_discussion": number, "changes": changes}


def _measure(measure: SafetyMeasure, told: _Told) -> Data:
    """Its reviews are as open as it is."""
    content = told.of(measure)
    return content | {"reviews": [] if "withheld" in content else told.all(measure.reviews)}


def _discussion(discussion: StrategyDiscussion, told: _Told) -> Data:
    content = told.of(discussion) | {"participants": told.all(discussion.participants)}
    if "withheld" in content:
        return content | {"minutes": [], "versions": []}
    versions = [_version(each, told) for each in discussion.versions]
    return content | {"minutes": told.all(discussion.minutes), "versions": versions}


def _version(version: MinutesVersion, told: _Told) -> Data:
    """As it was agreed, and who got which copy of it."""
    content = told.of(version) | {"minutes": json.loads(version.content)}
    del content["content"]
    sent = [told.of(each) | {"copy": each.copy.name} for each in version.circulations]
    return content | {"circulations": sent}


def _held_elsewhere(case: Case, told: _Told) -> Iterator[Data]:
    """Discussions of an authority that sent the case here go on with it, as they came."""
    for transfer in transfers_to(case):
        for each in parts(as_received(transfer).case, "discussions"):
            whole = {"held_by": transfer.authority, **each}
            left_out = text(each, "disclosure") == DisclosureClass.WITHHOLD and not told.withheld
            kept = ("held_by", "number", "held_on", "disclosure")
            yield {k: whole.get(k) for k in kept} | {"withheld": True} if left_out else whole


def _consultation(consultation: Consultation, case: Case, told: _Told) -> Data:
    """Of its adults those of this case only."""
    adults = [subject for subject in consultation.subjects if subject.case_id == case.id]
    notes = select(Note).where(Note.consultation_id == consultation.id).order_by(Note.id)
    content = told.of(consultation) | {
        "adults": [
            told.of(each)
            | {
                "position": told.of(each.position),
                "other_positions": told.all(each.other_positions),
                "decisions": told.all(each.decisions),
            }
            for each in adults
        ],
        "child_records": told.all(children_of(consultation)),
        "notes": told.all(db.session.scalars(notes)),
    }
    if not consultation.referrer_may_be_named:
        content = {name: value for name, value in content.items() if name not in OF_THE_CALLER}
    return content


def _without_names(content: Any, unnamed: Unnamed) -> Any:
    """Of the callers, wherever a text has them."""
    if isinstance(content, dict):
        return {key: _without_names(value, unnamed) for key, value in content.items()}
    if isinstance(content, list):
        return [_without_names(value, unnamed) for value in content]
    return unnamed(content) if content and isinstance(content, str) else content
