"""The flow of cases, and what the cases overseen are like."""

from lado.reports.measure import Measure, Unit, breakdown, count, rate
from lado.reports.measures.consultations import AUTHORITIES
from lado.reports.measures.totals import CONCLUDED, OPEN_AT_END, OVERSEEN
from lado.reports.rows import CHILDREN, terms
from lado.rules.vocabulary import TermGroup

MEASURES: tuple[Measure, ...] = (
    count(
        "cases.brought_forward",
        "Brought forward",
        Unit.CASE,
        "spells",
        "Cases open at the close of the day before the period starts.",
        key="brought_forward",
        distinct="case",
    ),
    count(
        "cases.opened",
        "Opened",
        Unit.CASE,
        "spells",
        "New cases: the decision that opened the case was made in the period.",
        key="opened",
    ),
    count(
        "cases.reopened",
        "Reopened",
        Unit.CASE,
        "spells",
        "Times that a case concluded earlier was opened again in the period. Each counts, also "
        "of the same case.",
        key="reopened",
        only_if_any=True,
    ),
    count(
        OVERSEEN,
        "Cases overseen",
        Unit.CASE,
        "spells",
        "Different cases that were open on any day of the period. A case that was reopened "
        "counts once.",
        distinct="case",
    ),
    count(
        CONCLUDED,
        "Concluded",
        Unit.CONCLUSION,
        "spells",
        "Conclusions dated in the period. A case that was concluded, reopened and concluded "
        "again in the period counts twice.",
        key="concluded",
    ),
    count(
        OPEN_AT_END,
        "Open at end",
        Unit.CASE,
        "spells",
        "Cases open at the close of the last day of the period.",
        key="open_at_end",
        distinct="case",
    ),
    breakdown(
        "cases.by_category",
        "Cases by category of concern",
        Unit.CASE,
        "overseen",
        "category",
        terms(TermGroup.CATEGORY),
        "Cases overseen in the period, by the category of the primary allegation.",
        whole=OVERSEEN,
    ),
    breakdown(
        "cases.by_sector",
        "Cases by sector",
        Unit.CASE,
        "overseen",
        "sector",
        terms(TermGroup.SECTOR),
        "Cases overseen in the period, by the sector of the primary role.",
        whole=OVERSEEN,
    ),
    rate(
        "cases.sexual_abuse_share",
        "Sexual abuse cases",
        Unit.CASE,
        "overseen",
        "sexual_abuse",
        "Cases whose primary category is sexual abuse, out of cases overseen in the period.",
    ),
    count(
        "cases.institutional",
        "Institutional",
        Unit.CASE,
        "overseen",
        "Cases overseen in which an organisation is the subject, with or without a person.",
        key="institutional",
    ),
    count(
        "cases.multiple_roles",
        "Person has multiple roles",
        Unit.CASE,
        "overseen",
        "Cases overseen for which contacts received by the period's end state more than one "
        "current role with children. The same role at the same place and in the same sector is "
        "one role.",
        key="multiple_roles",
    ),
    count(
        "cases.historical",
        "Historical",
        Unit.CASE,
        "overseen",
        "Cases overseen with a non-recent allegation, worked out from its dates by the "
        "council's rule, or as stated where there are none.",
        key="historical",
    ),
    breakdown(
        "cases.by_children",
        "Cases by number of children",
        Unit.CASE,
        "overseen",
        "children",
        CHILDREN,
        "Cases overseen, by the number of children concerned. Several children whose number is "
        "not known are Multiple.",
        whole=OVERSEEN,
    ),
    breakdown(
        "cases.by_context",
        "Cases by context",
        Unit.CASE,
        "overseen",
        "context",
        terms(TermGroup.CONTEXT),
        "Cases overseen in the period, by the context of the primary allegation.",
        whole=OVERSEEN,
    ),
    breakdown(
        "cases.by_other_authority",
        "Cases by another authority’s part",
        Unit.CASE,
        "overseen",
        "authority",
        AUTHORITIES,
        "What another local authority has to do with the case. With several, the first of: "
        "transferred in, transferred out, joint, told. Without the other rows the figures are our "
        "own alone.",
        whole=OVERSEEN,
    ),
    count(
        "cases.in_matters",
        "Cases that belong to a matter",
        Unit.CASE,
        "of_matters",
        "Cases overseen that came from one event with other cases, as grouped by the period's "
        "end. Each is a case overseen.",
    ),
    count(
        "cases.matters",
        "Matters these belong to",
        Unit.MATTER,
        "of_matters",
        "The different matters of these cases. Cases overseen less these cases, plus these "
        "matters, counts each event once.",
        distinct="matter",
    ),
)
