"""Whom the consultations received are about: the adults, and the children on the cases."""

from lado.reports.judges import AGES_OF_ADULTS, AGES_OF_CHILDREN, OVER
from lado.reports.measure import Measure, Unit, breakdown, count
from lado.reports.measures.totals import CHILDREN_DESCRIBED, NAMED
from lado.reports.rows import Rows, fixed, labelled
from lado.rules.vocabulary import Sex, VoiceSought

SEXES = labelled(Sex, not_recorded=True)


def _ages(codes: dict[str, int], first: str, last: str) -> Rows:
    names = {code: code.replace("_", " to ") for code in codes}
    names |= {next(iter(codes)): first, OVER: last}
    return fixed(names, not_recorded=True)


MEASURES: tuple[Measure, ...] = (
    count(
        NAMED,
        "Adults named",
        Unit.ADULT,
        "adults",
        "Adults whom a consultation received in the period names. One who is named in two "
        "consultations counts twice.",
    ),
    breakdown(
        "adults.by_sex",
        "Adults by sex",
        Unit.ADULT,
        "adults",
        "sex",
        SEXES,
        "The sex of the adults named.",
        whole=NAMED,
    ),
    breakdown(
        "adults.by_age",
        "Adults by age",
        Unit.ADULT,
        "adults",
        "age",
        _ages(AGES_OF_ADULTS, "Under 18", "65 or over"),
        "The age of the adults named on the day of the contact, from the date of birth. Where an "
        "age was stated instead, the whole years since are added, or those before taken off.",
        whole=NAMED,
    ),
    count(
        "adults.different",
        "Different people named",
        Unit.PERSON,
        "adults",
        "Different people named in the consultations received. Records that were found to be of "
        "one person count once.",
        distinct="person",
    ),
    count(
        "adults.repeat",
        "Of these, subject of another contact",
        Unit.PERSON,
        "adults",
        "Different people named in the consultations received about whom another consultation had "
        "been received by the period's end, in the period or at any time before.",
        key="known",
        distinct="person",
        public=False,
    ),
    count(
        CHILDREN_DESCRIBED,
        "Children described",
        Unit.CHILD,
        "children",
        "Children of whom there is a record, named or not, on a case overseen. Most cases only "
        "count the children.",
    ),
    breakdown(
        "children.by_age",
        "Children by age",
        Unit.CHILD,
        "children",
        "age",
        _ages(AGES_OF_CHILDREN, "0 to 4", "18 or over"),
        "The age that was recorded of the children described.",
        whole=CHILDREN_DESCRIBED,
    ),
    breakdown(
        "children.by_sex",
        "Children by sex",
        Unit.CHILD,
        "children",
        "sex",
        SEXES,
        "The sex of the children described.",
        whole=CHILDREN_DESCRIBED,
    ),
    breakdown(
        "children.by_care",
        "Children looked after",
        Unit.CHILD,
        "children",
        "care",
        fixed({"yes": "Looked after", "no": "Not looked after"}, not_recorded=True),
        "Whether the children described are looked after by a local authority.",
        whole=CHILDREN_DESCRIBED,
    ),
    breakdown(
        "children.by_view",
        "Children’s views",
        Unit.CHILD,
        "children",
        "voice",
        labelled(VoiceSought),
        "Whether the view of the children described was sought.",
        whole=CHILDREN_DESCRIBED,
    ),
)
