"""One list of all that happened on a case, the latest first."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from lado import clock
from lado.extensions import db
from lado.models import (
    Action,
    ActionChange,
    Case,
    Consultation,
    ConsultationSubject,
    Decision,
    OnwardReferral,
    Strand,
    StrategyDiscussion,
    User,
)
from lado.queries import access, settings
from lado.queries.cases import notes_on
from lado.queries.chronology_acts import acts
from lado.queries.contacts import others_since
from lado.queries.documents import documents_of
from lado.queries.happened import LAST, Entry, Kind
from lado.queries.minutes import circulated
from lado.queries.received_transfer import discussions_elsewhere
from lado.queries.trail import Trail
from lado.rules.audit import AuditAction
from lado.rules.delays import month_words
from lado.rules.vocabulary import AWAITING_DECISION, DiscussionStatus, MeasureDecision
from lado.rules.words import long_day

MOMENT = timedelta(microseconds=1)


def chronology(
    case: Case,
    *,
    user: User,
    only: Collection[Kind] = (),
    since: date | None = None,
    until: date | None = None,
) -> list[Entry]:
    """Of a case that `lado.queries.cases.whole` has loaded. Consultations that the user may not
    know of are not in it. Both days are included."""
    entries = [
        entry
        for entry in _everything(case, user)
        if (not only or entry.kind in only)
        and (since is None or since <= entry.day)
        and (until is None or entry.day <= until)
    ]
    return sorted(entries, key=lambda entry: (entry.day, entry.at), reverse=True)


def _everything(case: Case, user: User) -> Iterator[Entry]:
    """Later steps come first, for what was recorded at one moment, as a register is."""
    trail, meeting = Trail(case), settings.get_text("discussion_name")
    yield from _documents(case)
    yield from _notes(case)
    yield from _delays(case)
    yield from _actions(case, trail)
    yield from _notices(case)
    yield from _referrals(case)
    yield from _measures(case)
    yield from _strands(case)
    yield from _ends(case, trail)
    yield from _outcomes(case)
    yield from _discussions(case)
    yield from acts(case, trail, f"{meeting[:1].upper()}{meeting[1:]}")
    yield from _beginnings(case, trail)
    yield from _consultations(case, user)
    yield from _other_contacts(case, user)


def _consultations(case: Case, user: User) -> Iterator[Entry]:
    for subject in _subjects(case, user):
        consultation = subject.consultation
        for decision in reversed(subject.decisions):
            yield Entry(
                decision.decided_on or consultation.received_on,
                Kind.CONSULTATION,
                f"Decided: {decision.term.label}",
                decision.entered_at,
                decision.reasons,
                decision.decided_by.name if decision.decided_by else None,
                consultation.public_id,
            )
        yield Entry(
            consultation.received_on,
            Kind.CONSULTATION,
            f"Consultation {consultation.reference} received",
            consultation.entered_at,
            consultation.summary,
            consultation.taken_by.name if consultation.taken_by else consultation.taken_by_text,
            consultation.public_id,
        )


def _other_contacts(case: Case, user: User) -> Iterator[Entry]:
    for contact in others_since(user, case):
        decided = contact.decision or AWAITING_DECISION
        yield Entry(
            contact.received_on,
            Kind.CONSULTATION,
            f"Another contact about this person, {contact.reference}: {decided}",
            consultation=contact.public_id,
        )


def _subjects(case: Case, user: User) -> Sequence[ConsultationSubject]:
    seen = access.visible(user, Consultation).with_only_columns(Consultation.id)
    query = (
        select(ConsultationSubject)
        .where(
            ConsultationSubject.case_id == case.id, ConsultationSubject.consultation_id.in_(seen)
        )
        .order_by(ConsultationSubject.id)
        .options(
            joinedload(ConsultationSubject.consultation).joinedload(Consultation.taken_by),
            selectinload(ConsultationSubject.decisions).options(
                joinedload(Decision.term), joinedload(Decision.decided_by)
            ),
        )
    )
    return db.session.scalars(query).all()


def _beginnings(case: Case, trail: Trail) -> Iterator[Entry]:
    for spell in case.spells:
        for former in reversed(spell.former_owners):
            day = former.entered_at.astimezone(clock.LONDON).date()
            title = "Given to somebody else to work on"
            yield Entry(day, Kind.CASE, title, former.entered_at, f"Before: {former.user.name}")
        is_first = spell.number == 1
        title = "Case opened" if is_first else "Case reopened"
        opened = trail.by(AuditAction.CASE_OPENED)
        by = opened if is_first else trail.by(AuditAction.CASE_REOPENED, spell=spell.number)
        yield Entry(spell.opened_on, Kind.CASE, title, spell.entered_at, spell.reopened_reason, by)


def _ends(case: Case, trail: Trail) -> Iterator[Entry]:
    """When a conclusion was recorded is not kept: it was before the case was opened again."""
    for spell, following in zip_longest(case.spells, case.spells[1:]):
        if spell.concluded_on is not None:
            reason = f": {spell.closure_reason.label}" if spell.closure_reason else ""
            by = spell.concluded_by.name if spell.concluded_by else None
            if by and (requested_by := trail.requested_by(spell.number)):
                by = f"{by}, as {requested_by} asked"
            at = following.entered_at - MOMENT if following else LAST
            title = f"Case concluded{reason}"
            yield Entry(spell.concluded_on, Kind.CASE, title, at, spell.closure_note, by)
    if case.learning_none_on is not None:
        said_by = case.learning_none_by.name if case.learning_none_by else None
        text, title = case.learning_none_reason, "Said to have no learning"
        yield Entry(case.learning_none_on, Kind.CASE, title, LAST, text, said_by)


def _discussions(case: Case) -> Iterator[Entry]:
    meeting, sent = settings.get_text("discussion_name"), circulated(case)
    for discussion in case.discussions:
        name = f"{meeting[:1].upper()}{meeting[1:]} {discussion.number}"
        for version, day in sent[discussion.number]:
            which = f", version {version}" if version > 1 else ""
            yield _of(discussion, day, f"{name}: minutes circulated{which}")
        if discussion.held_on is not None:
            yield _of(discussion, discussion.held_on, f"{name} held{_purpose(discussion)}")
        elif discussion.scheduled_on is not None:
            cancelled = discussion.status is DiscussionStatus.CANCELLED
            title = f"{name} {'cancelled' if cancelled else 'scheduled'}{_purpose(discussion)}"
            yield _of(discussion, discussion.scheduled_on, title)
    for held in discussions_elsewhere(case):
        title = f"{meeting[:1].upper()}{meeting[1:]} held by {held.held_by}"
        yield Entry(held.held_on, Kind.DISCUSSION, title, text=held.purpose or None)


def _of(discussion: StrategyDiscussion, day: date, title: str) -> Entry:
    chair = discussion.chair.name if discussion.chair else None
    return Entry(
        day,
        Kind.DISCUSSION,
        title,
        discussion.entered_at,
        discussion.cancelled_reason,
        chair,
        discussion=discussion.number,
    )


def _purpose(discussion: StrategyDiscussion) -> str:
    return f" ({discussion.purpose.label.lower()})" if discussion.purpose else ""


def _outcomes(case: Case) -> Iterator[Entry]:
    for allegation in case.allegations:
        for outcome in reversed(allegation.outcomes):
            yield Entry(
                outcome.decided_on,
                Kind.OUTCOME,
                f"Allegation {allegation.number}: {outcome.outcome.label}",
                outcome.entered_at,
                outcome.reasons,
                outcome.decided_by.name if outcome.decided_by else None,
            )
            if outcome.child_help and outcome.child_help_on:
                title = f"Allegation {allegation.number}, help for the child"
                yield Entry(
                    outcome.child_help_on,
                    Kind.OUTCOME,
                    f"{title}: {outcome.child_help.label}",
                    LAST,
                    outcome.child_help_reasons,
                    outcome.child_help_by,
                )


def _strands(case: Case) -> Iterator[Entry]:
    for strand in case.strands:
        kind = strand.kind.label
        yield from _employer(strand)
        if strand.ended_on is not None:
            yield Entry(strand.ended_on, Kind.STRAND, f"{kind}: ended", LAST)
        for update in reversed(strand.updates):
            title = f"{kind}: said how it stands"
            yield Entry(update.heard_on, Kind.STRAND, title, update.entered_at, update.text)
        for result in reversed(strand.results):
            day = result.reported_on or strand.ended_on
            if day is not None:
                title = f"{kind}: {result.term.label}"
                yield Entry(day, Kind.STRAND, title, result.entered_at, result.detail)
        if strand.started_on is not None:
            title = f"{kind}: started"
            yield Entry(strand.started_on, Kind.STRAND, title, strand.entered_at, by=strand.lead)
        if strand.consulted_on is not None:
            whom = f": {strand.consulted_with}" if strand.consulted_with else ""
            yield Entry(
                strand.consulted_on, Kind.STRAND, f"{kind} consulted{whom}", strand.entered_at
            )


def _employer(strand: Strand) -> Iterator[Entry]:
    needed = "needed" if strand.hearing_needed else "not needed"
    way = strand.way.label.lower() if strand.way else ""
    for day, words in (
        (strand.hearing_on, "hearing held"),
        (strand.hearing_decided_on, f"a hearing is {needed}"),
        (strand.report_on, "had the investigator’s report"),
        (strand.acted_on, "acted without formal discipline"),
        (strand.way_on, f"how they deal with it: {way}"),
    ):
        if day is not None:
            yield Entry(day, Kind.STRAND, f"{strand.kind.label}: {words}", LAST)


def _measures(case: Case) -> Iterator[Entry]:
    for measure in case.safety_measures:
        name = f"{measure.term.label} (safety measure {measure.number})"
        if measure.ended_on is not None:
            title = f"{name} ended"
            yield Entry(measure.ended_on, Kind.MEASURE, title, LAST, measure.ended_reason)
        for review in reversed(measure.reviews):
            title = f"{name} reviewed"
            yield Entry(review.reviewed_on, Kind.MEASURE, title, review.entered_at, review.decided)
        if measure.started_on is not None:
            title = f"{name} put in place"
            yield Entry(measure.started_on, Kind.MEASURE, title, measure.entered_at)
        not_used = measure.decision is MeasureDecision.NOT_USED
        title = f"{name} considered{', not used' if not_used else ''}"
        by, reasons = measure.decided_by, measure.reasons
        yield Entry(measure.considered_on, Kind.MEASURE, title, measure.entered_at, reasons, by)


def _notices(case: Case) -> Iterator[Entry]:
    for notice in reversed(case.notices):
        words, at = notice.row.words, notice.entered_at
        if notice.told_on is not None:
            yield Entry(notice.told_on, Kind.NOTICE, words, at, notice.detail, notice.told_by)
        elif notice.withheld_on is not None:
            text = "\n".join(filter(None, [notice.withheld_reason, notice.detail]))
            until = "not yet" if notice.look_again_on else "not to be done"
            yield Entry(notice.withheld_on, Kind.NOTICE, f"{words}: {until}", at, text)


def _referrals(case: Case) -> Iterator[Entry]:
    for referral in case.referrals:
        body = referral.body.label
        if referral.closed_on is not None:
            title, text = f"Referral closed: {body}", referral.result
            yield Entry(referral.closed_on, Kind.REFERRAL, title, LAST, text)
        if referral.acknowledged_on is not None:
            title = f"Referral acknowledged: {body}"
            yield Entry(referral.acknowledged_on, Kind.REFERRAL, title, LAST)
        if referral.referred_on is not None:
            yield _referral(referral, referral.referred_on, f"Referred to: {body}")
        if referral.considered_on is not None:
            decided = referral.decision.label.lower()
            title = f"Referral to {body} considered: {decided}"
            yield _referral(referral, referral.considered_on, title)


def _referral(referral: OnwardReferral, day: date, title: str) -> Entry:
    return Entry(
        day, Kind.REFERRAL, title, referral.entered_at, referral.reasons, referral.decided_by
    )


def _actions(case: Case, trail: Trail) -> Iterator[Entry]:
    for action in case.actions:
        if action.done_on is not None:
            text = "\n".join(filter(None, [action.description, action.result]))
            title = f"Action {action.number} done"
            yield Entry(action.done_on, Kind.ACTION, title, LAST, text, action.owner)
        elif action.waived_on is not None:
            text = f"{action.description}\n{action.waived_reason}"
            title = f"Action {action.number} waived"
            by = trail.by(AuditAction.ACTION_WAIVED, action_number=action.number)
            yield Entry(action.waived_on, Kind.ACTION, title, LAST, text, by)
        stood: list[Action | ActionChange] = [*action.changes[1:], action]
        for change, after in zip(action.changes, stood, strict=False):
            yield _change(action.number, change, after)


def _change(number: int, before: ActionChange, after: Action | ActionChange) -> Entry:
    """How an action stood, and by when it was due, until it was changed."""
    moved = before.due_on != after.due_on
    days = f", due {long_day(after.due_on)} instead of {long_day(before.due_on)}" if moved else ""
    stood = f"Before: {before.description} ({before.owner})"
    same = (before.description, before.owner) == (after.description, after.owner)
    text = "\n".join(filter(None, [before.reason, None if same else stood]))
    day, by = before.entered_at.astimezone(clock.LONDON).date(), before.changed_by.name
    title = f"Action {number} changed{days}"
    return Entry(day, Kind.ACTION, title, before.entered_at, text or None, by)


def _delays(case: Case) -> Iterator[Entry]:
    for reason in case.delay_reasons:
        title = f"Reason for delay in {month_words(reason.first_day)}: {reason.term.label}"
        by = reason.given_by.name
        yield Entry(
            clock.day_of(reason.entered_at), Kind.DELAY, title, reason.entered_at, reason.text, by
        )
    for chase in case.chases:
        title = f"{chase.words} chased, {chase.how.label.lower()}"
        by = chase.chased_by.name
        yield Entry(chase.chased_on, Kind.DELAY, title, chase.entered_at, by=by)


def _notes(case: Case) -> Iterator[Entry]:
    for note in notes_on(case):
        title = note.heading if note.corrects_id is None else "Correction of a note"
        yield Entry(
            note.happened_on, Kind.NOTE, title, note.entered_at, note.text, note.author.name
        )


def _documents(case: Case) -> Iterator[Entry]:
    for document in documents_of(case):
        yield Entry(
            clock.day_of(document.entered_at),
            Kind.DOCUMENT,
            f"Document {document.number} attached",
            document.entered_at,
            document.title,
            document.added_by.name,
        )
