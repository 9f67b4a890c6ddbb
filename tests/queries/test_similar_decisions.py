"""Past decisions on concerns of one category, beside the one to be made (R-56)."""

from datetime import timedelta

from lado.queries.similar_decisions import MOST, shares, similar_decisions
from lado.rules.threshold import Limb
from lado.rules.vocabulary import TermGroup
from lado.services import decision as service
from tests.contacts import RECEIVED, adult, decide, log, position, restrict_consultation
from tests.factories import term_id


def decided(by, label="Advice only", *, days=0, **about):
    told = log(by, adult(**about))
    decide(told.subjects[0], by, label, decided_on=RECEIVED + timedelta(days=days))
    return told


def test_the_same_context_and_sector_come_first_then_the_latest(cast):
    work = term_id(TermGroup.CONTEXT, "At work")
    both = decided(cast.lado, "Low-level concern", context_id=work)
    of_sector = decided(cast.lado, days=1)
    other_sector = decided(cast.lado, days=2, position=position(sector="Police"))
    decided(cast.lado, days=3, category="Neglect")
    hidden = decided(cast.lado, days=4)
    restrict_consultation(hidden)
    again = decided(cast.lado, days=5)
    service.reopen(again, reason="More is known", version=again.version, by=cast.lado)
    subject = log(cast.lado, adult(context_id=work)).subjects[0]
    found = similar_decisions(cast.lado, subject)
    assert [each.reference for each in found] == [
        told.reference for told in (both, of_sector, other_sector)
    ]
    assert [(each.same_context, each.same_sector) for each in found] == [
        (True, True), (False, True), (False, False),
    ]  # fmt: skip
    assert shares(found) == [("Advice only", 2), ("Low-level concern", 1)]


def test_ten_at_most_with_their_grounds(cast):
    first, *_ = (decided(cast.lado) for _ in range(MOST))
    last = log(cast.lado)
    grounds = {"tier_id": term_id(TermGroup.TIER, "Tier 2"), "limbs": [Limb.HARM]}
    decide(last.subjects[0], cast.lado, reasons="Because", **grounds)
    found = similar_decisions(cast.lado, log(cast.lado).subjects[0])
    assert len(found) == MOST
    assert (found[0].reference, found[0].tier, found[0].reasons, found[0].limbs) == (
        last.reference, "Tier 2", "Because", [Limb.HARM],
    )  # fmt: skip
    of_its_own = similar_decisions(cast.lado, first.subjects[0])
    assert first.reference not in {each.reference for each in of_its_own}
