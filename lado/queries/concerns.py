"""What is on record about the person and the setting of a case besides it: the text with which the
minutes begin under that heading. It names nobody, and tells of nothing the reader may not know."""

from collections.abc import Iterator, Sequence
from datetime import date

from lado import clock
from lado.models import Case, Consultation, Organisation, User
from lado.queries import access, alerts, consultations, held
from lado.queries.case_standing import outcomes_on
from lado.rules.case_outcome import overall_outcome
from lado.rules.permissions import Permission
from lado.rules.vocabulary import AWAITING_DECISION
from lado.rules.words import long_day

MOST = 20


def earlier_concerns(user: User, case: Case) -> str:
    settings = (_about_setting(user, case, setting) for setting in _settings(case))
    return "\n\n".join(filter(None, [_about_person(user, case), *settings]))


def _about_person(user: User, case: Case) -> str:
    person = case.person
    if person is None or not user.can(Permission.PERSON_VIEW):
        return ""
    found = held.held(user, [person])[person.id]
    own = _own(case)
    return _listed(
        "The person",
        [
            *(_case(each) for each in found.cases if each.id != case.id),
            *(_contact(each.received_on, each.reference, each.decision or AWAITING_DECISION)
              for each in found.contacts if each.public_id not in own),
        ],
    )  # fmt: skip


def _about_setting(user: User, case: Case, setting: Organisation) -> str:
    """Contacts about the same person are told of above."""
    query = access.visible(user, Consultation).where(
        consultations.at([setting.id]), Consultation.public_id.not_in(_own(case))
    )
    if case.person:
        query = query.where(~consultations.about(case.person))
    raised = alerts.raised(user, setting)
    adds_up = [f"- {raised.alert.contacts} contacts in {raised.months} months"] if raised else []
    contacts = consultations.newest(query, MOST + 1)
    lines = (_contact(each.received_on, each.reference, each.decided) for each in contacts)
    return _listed(setting.name, [*adds_up, *lines])


def _listed(about: str, lines: Sequence[str]) -> str:
    day = long_day(clock.today())
    if not lines:
        return f"{about}: nothing else found on record on {day}."
    more = ["- and more"] if len(lines) > MOST else []
    return "\n".join([f"{about}, from the record on {day}:", *lines[:MOST], *more])


def _contact(day: date, reference: str, came_of_it: str) -> str:
    return f"- {long_day(day)}, {reference}: {came_of_it}"


def _case(case: Case) -> str:
    outcome = overall_outcome(outcomes_on(case, clock.today()))
    came_of_it = outcome.label if outcome else case.status.label
    return f"- {long_day(case.received_on)}, case {case.reference}: {came_of_it}"


def _own(case: Case) -> set[str]:
    """Public ids of what this case is made of."""
    return {subject.consultation.public_id for subject in case.subjects}


def _settings(case: Case) -> Iterator[Organisation]:
    """Where they work and where it happened, each once."""
    happened = (subject.consultation.setting for subject in case.subjects)
    stated = (case.organisation, case.position.organisation, *happened)
    yield from dict.fromkeys(each for each in stated if each)
