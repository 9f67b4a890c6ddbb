"""One consultation with all that its page shows, in few statements."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from lado import clock
from lado.extensions import db
from lado.models import (
    Case,
    Confirmation,
    Consultation,
    ConsultationSubject,
    Decision,
    FollowUp,
    Note,
    Person,
    Position,
    User,
)
from lado.queries import access
from lado.queries.happened import Entry, Kind

# The reason that ends a decision where one adult is decided again while another still waits.
REPLACED = "Replaced by a later decision"


def load(consultation: Consultation) -> None:
    """Read ahead what hangs on it: the adults, their positions, criteria and decisions."""
    adult = selectinload(Consultation.subjects)
    position = adult.joinedload(ConsultationSubject.position)
    others = adult.selectinload(ConsultationSubject.other_positions)
    decision = adult.selectinload(ConsultationSubject.decisions)
    db.session.scalars(
        select(Consultation)
        .where(Consultation.id == consultation.id)
        .options(
            joinedload(Consultation.contact_method),
            joinedload(Consultation.referrer_agency),
            joinedload(Consultation.taken_by),
            joinedload(Consultation.owner),
            joinedload(Consultation.setting),
            adult.joinedload(ConsultationSubject.category),
            adult.joinedload(ConsultationSubject.context),
            adult.joinedload(ConsultationSubject.organisation),
            adult.joinedload(ConsultationSubject.given),
            adult.joinedload(ConsultationSubject.person).selectinload(Person.names),
            adult.selectinload(ConsultationSubject.limbs),
            adult.joinedload(ConsultationSubject.case),
            *(
                load.joinedload(name)
                for load in (position, others)
                for name in (Position.role, Position.organisation, Position.sector)
            ),
            decision.joinedload(Decision.term),
            decision.joinedload(Decision.tier),
            decision.joinedload(Decision.decided_by),
            decision.joinedload(Decision.recorded_by),
        )
        .execution_options(populate_existing=True)
    ).unique().one()


def visible_cases(user: User, consultation: Consultation) -> set[int]:
    """The ids of its cases that the reader may know of."""
    ids = {subject.case_id for subject in consultation.subjects} - {None}
    if not ids:
        return set()
    query = access.visible(user, Case).with_only_columns(Case.id).where(Case.id.in_(ids))
    return set(db.session.scalars(query))


def notes_on(consultation: Consultation) -> Sequence[Note]:
    """As they were written."""
    query = select(Note).where(Note.consultation_id == consultation.id).order_by(Note.id)
    return db.session.scalars(
        query.options(joinedload(Note.author), joinedload(Note.text_agency))
    ).all()


def chronology(
    consultation: Consultation,
    notes: Sequence[Note],
    letters: Sequence[Confirmation] = (),
    follow_ups: Sequence[FollowUp] = (),
) -> list[Entry]:
    """The latest first. Within a day: opened again, decided, followed up, confirmed, noted, typed
    in, received."""
    entries = [
        *_beginnings(consultation),
        *(_of_note(note) for note in notes),
        *(entry for letter in letters for entry in _of_letter(letter)),
        *(entry for each in follow_ups for entry in _of_follow_up(each)),
    ]
    steps = sorted(_steps(consultation), key=lambda step: step[0])
    first_first = sorted([*entries, *(entry for _, entry in steps)], key=lambda entry: entry.day)
    return first_first[::-1]


def _beginnings(consultation: Consultation) -> Iterator[Entry]:
    c = consultation
    first = "First date it may have happened"
    if c.happened_to is None:
        first = f"It happened ({c.happened_precision.label.lower()})"
    taker = c.taken_by.name if c.taken_by else c.taken_by_text
    days = [
        (c.happened_from, first, None),
        (c.happened_to, "Last date it may have happened", None),
        (c.aware_on, "The setting learned of it", None),
        (c.received_on, "Received", taker),
        (clock.day_of(c.entered_at), "Recorded here", None),
    ]
    for day, title, by in days:
        if day is not None:
            yield Entry(day, Kind.CONSULTATION, title, by=by)


def _of_note(note: Note) -> Entry:
    return Entry(note.happened_on, Kind.NOTE, note.heading, text=note.text, by=note.author.name)


def _of_letter(letter: Confirmation) -> Iterator[Entry]:
    """Once it was sent, that; what is only written yet stands among the letters."""
    if letter.sent_on and letter.sent_how and letter.sent_by:
        title = f"Advice confirmed in writing, letter {letter.number}: {letter.sent_how.label}"
        yield Entry(letter.sent_on, Kind.CONSULTATION, title, by=letter.sent_by.name)


def _of_follow_up(each: FollowUp) -> Iterator[Entry]:
    what, owner = f"Follow-up {each.number}", each.owner.name
    yield Entry(each.due_on, Kind.ACTION, f"{what} due: {each.what}", by=owner)
    by = each.ended_by.name if each.ended_by else None
    if each.done_on:
        yield Entry(each.done_on, Kind.ACTION, f"{what} done", text=each.result, by=by)
    if each.dropped_on:
        yield Entry(
            each.dropped_on, Kind.ACTION, f"{what} dropped", text=each.dropped_reason, by=by
        )


def _steps(consultation: Consultation) -> Iterator[tuple[int, Entry]]:
    """Decisions, and where they ended; each with its place among those of one day."""
    several = len(consultation.subjects) > 1
    ended = set()
    for subject in consultation.subjects:
        which = f" about adult {subject.number}" if several else ""
        for decision in subject.decisions:
            yield 2 * decision.number, _of_decision(consultation, decision, which)
            ended.add((2 * decision.number + 1, decision.ended_on, decision.ended_reason))
    # Opening again ends the decisions of all its adults at once.
    for place, day, reason in ended:
        if day is not None and reason != REPLACED:
            yield place, Entry(day, Kind.CONSULTATION, "Opened again", text=reason)


def _of_decision(consultation: Consultation, decision: Decision, which: str) -> Entry:
    return Entry(
        decision.decided_on or consultation.received_on,
        Kind.CONSULTATION,
        f"Decided{which}: {decision.term.label}",
        text=decision.reasons,
        by=decision.decided_by.name if decision.decided_by else None,
    )
