"""What a body asks for when somebody is referred to it, filled in from the record: the list is that
of the Teaching Regulation Agency's online service (domain.md 3.6), which others ask for too."""

from collections.abc import Iterable, Iterator
from datetime import date

from lado.models import Allegation, Case, OnwardReferral, Position, Strand, User
from lado.papers.paper import Facts, Grid, Heading, Paper, Part, Text, written
from lado.queries import positions
from lado.queries.callers import unnamed
from lado.queries.case_fairness import (
    earlier_substantiated,
    standing_notices,
)
from lado.rules.notices import NoticeRow, NoticeStep, NoticeTo
from lado.rules.protection import reporting_warning
from lado.rules.vocabulary import NOT_RECORDED, DatePrecision, NameKind, StrandKind
from lado.rules.words import long_day

CONFIDENTIAL = "Confidential: for the body it goes to and those who decide on the referral"
NOT_NAMED = "Whoever reported the concern is not named in this paper."
NO_FILES = "No file goes with this paper. What you send with it:"
# What a body knows somebody by, and this record does not hold: to be filled in by hand.
OWN_NUMBERS = {
    "tra": ("Teacher reference number", "Qualified teacher status"),
    "dbs": ("DBS certificate number and date",),
}
ROWS_OF_POSITIONS = ("Role", "Where", "From", "To")
Rows = list[tuple[str, str]]


def pack(case: Case, referral: OnwardReferral, user: User, council: str) -> Paper:
    """Of a case that `lado.queries.cases.whole` has loaded; `user` reads it."""
    return Paper(
        title="Information for a referral",
        reference=case.reference,
        council=council,
        file_name=f"{case.reference}-referral-{referral.number}",
        confidential=CONFIDENTIAL,
        warnings=reporting_warning(in_force=case.reporting_restricted),
        parts=list(_Pack(case, referral, user).parts()),
    )


def _day(day: date | None) -> str:
    return long_day(day) if day else ""


def _facts(rows: Iterable[tuple[str, str | None]]) -> Facts:
    """What nobody recorded is said to be so, since it is asked for."""
    return Facts([(term, words or NOT_RECORDED) for term, words in rows])


class _Pack:
    def __init__(self, case: Case, referral: OnwardReferral, user: User) -> None:
        self.case, self.referral, self.user = case, referral, user
        self._clean = unnamed(case)

    def parts(self) -> Iterator[Part]:
        yield from self._about_referral()
        yield from self._person()
        yield from self._role()
        yield from self._others()
        yield from self._allegations()
        yield from self._earlier()
        yield from self._strands()
        yield from self._other_referrals()
        yield Heading("Evidence")
        yield Text(NO_FILES)
        yield _facts([("Files and papers", "")])
        yield Text(NOT_NAMED)

    def _about_referral(self) -> Iterator[Part]:
        referral = self.referral
        yield Heading("The referral")
        yield _facts(
            [
                ("To", referral.body.label),
                *([("On what basis", referral.basis.label)] if referral.basis else []),
                ("Our reference", self.case.reference),
                ("Their reference", referral.reference),
                ("Considered on", _day(referral.considered_on)),
                ("Decision", referral.decision.label),
                ("Decided by", self._clean(referral.decided_by)),
                ("Reasons", self._clean(referral.reasons)),
                ("Sent on", _day(referral.referred_on)),
            ]
        )

    def _person(self) -> Iterator[Part]:
        person = self.case.person
        names = person.names if person else []
        others = [str(name) for name in names if name.kind is not NameKind.CURRENT]
        own = OWN_NUMBERS.get(self.referral.body.code, ("Registration number",))
        yield Heading("The person")
        yield _facts(
            [
                ("Name", str(person.name) if person else ""),
                ("Former and other names", ", ".join(others)),
                ("Date of birth", _day(person.date_of_birth) if person else ""),
                ("National Insurance number", ""),
                *((term, "") for term in own),
                ("Address, telephone, email", ""),
            ]
        )

    def _role(self) -> Iterator[Part]:
        position = self.case.position
        employer = next((s for s in self.case.strands if s.kind is StrandKind.EMPLOYER), None)
        result = employer.result if employer else None
        status = result.term.label if result else ""
        yield Heading("Their role")
        yield _facts(
            [
                ("Role", position.role.label if position.role else ""),
                ("Employer or setting", _where(position)),
                ("Began", _day(position.held_from)),
                ("Ended", _day(position.held_to)),
                ("Paid or voluntary", _paid(position)),
                ("Duties", ""),
                ("Result of the employer’s own process", status),
                ("More about it", self._clean(result.detail) if result else ""),
                ("Safety measures", self._measures()),
            ]
        )

    def _measures(self) -> str:
        lines = (
            f"{measure.term.label}, from {long_day(measure.started_on)}"
            + (f" to {long_day(measure.ended_on)}" if measure.ended_on else ", in place")
            for measure in self.case.safety_measures
            if measure.started_on
        )
        return "\n".join(lines)

    def _others(self) -> Iterator[Part]:
        stated = dict.fromkeys(positions.stated_on(self.user, self.case))
        others = [each for each in stated if each is not self.case.position]
        yield Heading("Other work, paid or not")
        if others:
            rows = [
                (
                    each.role.label if each.role else NOT_RECORDED,
                    _where(each),
                    _day(each.held_from) or NOT_RECORDED,
                    _day(each.held_to) or NOT_RECORDED,
                )
                for each in others
            ]
            yield Grid(ROWS_OF_POSITIONS, rows, (3, 4, 2, 2))
        else:
            yield Text(NOT_RECORDED)

    def _allegations(self) -> Iterator[Part]:
        for allegation in self.case.allegations:
            yield Heading(f"Allegation {allegation.number}")
            yield from written(self._clean(allegation.description) or NOT_RECORDED)
            yield _facts(self._about(allegation))
        response = NoticeRow(NoticeTo.SUBJECT, NoticeStep.RESPONSE_RECEIVED)
        notice = standing_notices(self.case).get(response)
        yield Heading("The person’s response")
        yield from written(self._clean(notice.detail if notice else "") or NOT_RECORDED)

    def _about(self, allegation: Allegation) -> Rows:
        outcome = allegation.outcome
        children = (
            f"Child {child.number}" + (f", {child.age} years old" if child.age is not None else "")
            for child in allegation.children
        )
        return [
            ("Category", allegation.category.label),
            ("When", _when(allegation)),
            ("Where", self._clean(allegation.place)),
            ("Children", "\n".join(children)),
            ("Outcome", outcome.outcome.label if outcome else ""),
            ("Decided on", _day(outcome.decided_on) if outcome else ""),
            ("Reasons", self._clean(outcome.reasons) if outcome else ""),
        ]

    def _earlier(self) -> Iterator[Part]:
        """What was not substantiated is nobody's business elsewhere (R-38)."""
        yield Heading("Earlier substantiated allegations")
        found = earlier_substantiated(self.case, self.user)
        rows = [
            (each.category.label, each.case.reference, long_day(each.outcome.decided_on))
            for each in found
            if each.outcome
        ]
        if rows:
            yield Grid(("Category", "Our reference", "Decided on"), rows, (4, 3, 3))
        else:
            yield Text("None on record.")

    def _strands(self) -> Iterator[Part]:
        agencies = [each for each in self.case.strands if each.kind is not StrandKind.EMPLOYER]
        yield Heading("Police and children’s social care")
        yield _facts([(each.kind.label, self._found(each)) for each in agencies])

    def _found(self, strand: Strand) -> str:
        result = strand.result
        said = [
            strand.status.label + (f". Result: {result.term.label}" if result else ""),
            self._clean(result.detail) if result else "",
            f"Reference: {strand.reference}" if strand.reference else "",
        ]
        return "\n".join(filter(None, said))

    def _other_referrals(self) -> Iterator[Part]:
        others = [each for each in self.case.referrals if each.id != self.referral.id]
        yield Heading("Referrals to others, the DBS among them")
        yield (
            _facts([(each.body.label, _course(each)) for each in others])
            if others
            else Text(NOT_RECORDED)
        )


def _where(position: Position) -> str:
    place = position.organisation.name if position.organisation else NOT_RECORDED
    return f"{place} ({position.sector.label})"


def _paid(position: Position) -> str:
    return "" if position.paid is None else "Paid" if position.paid else "Voluntary"


def _when(allegation: Allegation) -> str:
    first, last = _day(allegation.happened_from), _day(allegation.happened_to)
    match allegation.happened_precision:
        case DatePrecision.BETWEEN:
            return f"Between {first} and {last}"
        case DatePrecision.ABOUT:
            return f"About {first}"
        case _:
            return first


def _course(referral: OnwardReferral) -> str:
    said = [
        (f"{referral.basis.label}. " if referral.basis else "") + referral.decision.label,
        f"Sent on {long_day(referral.referred_on)}" if referral.referred_on else "",
        f"Their reference: {referral.reference}" if referral.reference else "",
    ]
    return "\n".join(filter(None, said))
