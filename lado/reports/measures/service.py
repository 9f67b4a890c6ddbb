"""Training given, and the decisions that peers audited: in the full edition only, since the public
one would hide small numbers of sessions as if they counted people."""

from lado.reports.measure import Measure, Shape, Unit, breakdown, count
from lado.reports.measures.totals import AUDITED, SESSIONS
from lado.reports.rows import TermRows, labelled
from lado.rules.peer_audit import PeerView
from lado.rules.vocabulary import TermGroup, TrainingKind

MEASURES: tuple[Measure, ...] = (
    count(
        SESSIONS,
        "Training sessions and briefings given",
        Unit.SESSION,
        "training",
        "Sessions in the log of training whose day is in the period.",
        public=False,
    ),
    Measure(
        id="training.people",
        title="People who came to them",
        unit=Unit.PERSON,
        shape=Shape.SUM,
        rule="The numbers of people at the sessions given in the period, added up. Who came to two "
        "of them is counted twice.",
        population="training",
        key="people",
        public=False,
    ),
    breakdown(
        "training.by_kind",
        "Training by kind",
        Unit.SESSION,
        "training",
        "kind",
        labelled(TrainingKind),
        "Sessions given in the period, by kind.",
        whole=SESSIONS,
        public=False,
    ),
    breakdown(
        "training.by_sector",
        "Training by sector",
        Unit.SESSION,
        "training",
        "sector",
        TermRows(without="Several sectors", group=TermGroup.SECTOR),
        "Sessions given in the period, by the sector of those they were for.",
        whole=SESSIONS,
        public=False,
    ),
    count(
        AUDITED,
        "Decisions audited by a peer",
        Unit.DECISION,
        "audited",
        "Decisions drawn at random for which an auditor recorded their view in the period, "
        "whenever the decision was made.",
        public=False,
    ),
    breakdown(
        "decisions.by_view",
        "Decisions audited, by the auditor's view",
        Unit.DECISION,
        "audited",
        "view",
        labelled(PeerView),
        "What the auditors think of the decisions that they audited in the period.",
        whole=AUDITED,
        public=False,
    ),
)
