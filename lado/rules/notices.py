"""Who is told what of a case (R-15, R-45): the steps that the page shows, and those that a case
does not end without."""

from collections.abc import Collection
from dataclasses import dataclass

from lado.rules.vocabulary import Labelled


class NoticeTo(Labelled):
    SUBJECT = "subject", "The person"
    CHILD = "child", "Child"
    PARENTS = "parents", "Parents or carers"
    REFERRER = "referrer", "Whoever reported it"
    EMPLOYER = "employer", "Employer"
    OTHER_AGENCY = "other_agency", "Other agencies"


class NoticeStep(Labelled):
    """In the order in which they come."""

    ALLEGATION_TOLD = "allegation_told", "Told of the allegation"
    ALLEGATION_PUT = "allegation_put", "Allegation put"
    RESPONSE_RECEIVED = "response_received", "Response received"
    OUTCOME_TOLD = "outcome_told", "Told of the outcome"


class NoticeHow(Labelled):
    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By phone or video"
    LETTER = "letter", "By letter"
    EMAIL = "email", "By email"


HEARD = frozenset({NoticeStep.ALLEGATION_PUT, NoticeStep.RESPONSE_RECEIVED})
TOLD_AND_OUTCOME = (NoticeStep.ALLEGATION_TOLD, NoticeStep.OUTCOME_TOLD)
STEPS: dict[NoticeTo, tuple[NoticeStep, ...]] = {
    NoticeTo.SUBJECT: tuple(NoticeStep),
    NoticeTo.CHILD: TOLD_AND_OUTCOME,
    NoticeTo.PARENTS: TOLD_AND_OUTCOME,
    NoticeTo.REFERRER: (NoticeStep.OUTCOME_TOLD,),
    NoticeTo.EMPLOYER: TOLD_AND_OUTCOME,
    NoticeTo.OTHER_AGENCY: (NoticeStep.OUTCOME_TOLD,),
}
OF_A_CHILD = (NoticeTo.CHILD, NoticeTo.PARENTS)


@dataclass(frozen=True)
class NoticeRow:
    """`child` is the number of a described child; 0 where none is described, and for everybody
    else."""

    to: NoticeTo
    step: NoticeStep
    child: int = 0

    @property
    def code(self) -> str:
        return f"{self.to}-{self.step}-{self.child}"

    @property
    def who(self) -> str:
        if not self.child:
            return self.to.label
        if self.to is NoticeTo.PARENTS:
            return f"{self.to.label} of child {self.child}"
        return f"{self.to.label} {self.child}"

    @property
    def words(self) -> str:
        return f"{self.who}: {self.step.label[0].lower()}{self.step.label[1:]}"


def rows(children: Collection[int], *, is_about_a_child: bool) -> list[NoticeRow]:
    """`children` are the numbers of those that are described."""
    numbers = sorted(children) or ([0] if is_about_a_child else [])
    return [
        NoticeRow(to, step, number)
        for to, steps in STEPS.items()
        for number in (numbers if to in OF_A_CHILD else [0])
        for step in steps
    ]


def still_to_tell(
    offered: Collection[NoticeRow], settled: Collection[NoticeRow], *, is_named: bool
) -> list[NoticeRow]:
    """Those without which a case does not end: the person's own four steps (those of HEARD only
    where there is an outcome), the outcome to whoever reported it and to the employer, and of each
    child to the child or the parents. `settled` are those who were told, or will not be and it is
    said why. Nobody can tell an adult who is not named.
    """
    return [row for row in offered if row not in settled and _is_needed(row, settled, is_named)]


def _is_needed(row: NoticeRow, settled: Collection[NoticeRow], is_named: bool) -> bool:
    match row.to:
        case NoticeTo.SUBJECT:
            return is_named
        case NoticeTo.REFERRER:
            return True
        case NoticeTo.EMPLOYER:
            return row.step is NoticeStep.OUTCOME_TOLD
        case NoticeTo.CHILD if row.step is NoticeStep.OUTCOME_TOLD:
            return NoticeRow(NoticeTo.PARENTS, row.step, row.child) not in settled
    return False


def not_yet_told(
    offered: Collection[NoticeRow], recorded: Collection[NoticeRow]
) -> list[NoticeRow]:
    """Of whom nothing is recorded about the allegation: the person, and each child where nothing is
    of the parents either. `recorded` are those who were told, or not yet and it is said why."""
    return [row for row in offered if row not in recorded and _is_first(row, recorded)]


def _is_first(row: NoticeRow, recorded: Collection[NoticeRow]) -> bool:
    if row.step is not NoticeStep.ALLEGATION_TOLD:
        return False
    parents = NoticeRow(NoticeTo.PARENTS, row.step, row.child)
    return row.to is NoticeTo.SUBJECT or (row.to is NoticeTo.CHILD and parents not in recorded)
