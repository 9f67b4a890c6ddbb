"""Decisions drawn for peer audit: whose, by whom, and what is never drawn."""

import pytest
from flask import Flask
from sqlalchemy import select

from lado.errors import Conflict, Invalid, NotFound, Refused
from lado.extensions import db
from lado.models import AuditedDecision, Child, Decision, OrganisationName, Person, Position
from lado.queries import peer_audits as queries
from lado.queries.access import get_audited_decision
from lado.rules.peer_audit import PeerView, drawn, fingerprint
from lado.rules.permissions import Permission
from lado.rules.protection import WITHHELD
from lado.rules.threshold import Limb
from lado.services import peer_audit as service
from lado.services.peer_audit import Judgement
from tests import contacts, factories
from tests.service_parts import make_audited, make_peer_audit, this_year
from tests.support.cast import Cast

AGREES = Judgement(PeerView.AGREES, "As I would have", [Limb.HARM])


def test_a_draw_can_be_done_again_from_what_it_recorded(app: Flask, cast: Cast) -> None:
    draw = make_peer_audit(
        cast.manager, cast.manager, cast.auditor, decider=cast.lado, decisions=5, size=3
    )
    everything = list(db.session.scalars(select(Decision.id)))
    found = queries.of_draw(cast.manager, draw)
    assert (draw.drawn_from, draw.drawn_from_sha256) == (5, fingerprint(everything))
    assert [each.decision_id for each in found] == drawn(draw.seed, everything, 3)
    shares = [each.auditor for each in found]
    assert shares == [cast.manager, cast.auditor, cast.manager]


def test_an_own_decision_is_given_to_somebody_else(app: Flask, cast: Cast) -> None:
    draw = make_peer_audit(
        cast.manager, cast.manager, cast.auditor, decider=cast.manager, decisions=3
    )
    assert {each.auditor for each in queries.of_draw(cast.manager, draw)} == {cast.auditor}


def test_an_own_decision_is_not_drawn_for_somebody_alone(app: Flask, cast: Cast) -> None:
    with pytest.raises(Invalid, match="No decision of this period"):
        make_peer_audit(cast.manager, decider=cast.manager)


def test_who_may_not_audit_is_given_nothing(app: Flask, cast: Cast) -> None:
    with pytest.raises(Invalid, match="Choose who audits"):
        make_peer_audit(cast.manager, cast.lado, decider=cast.other_lado)


def test_what_one_of_them_may_not_know_of_is_not_drawn(app: Flask, cast: Cast) -> None:
    open_to_all, closed = (factories.make_consultation(by=cast.lado) for _ in range(2))
    for consultation in (open_to_all, closed):
        contacts.decide(consultation.subjects[0], cast.lado)
    contacts.restrict_consultation(closed)
    draw = service.draw(this_year(), size=9, auditors=[cast.manager, cast.auditor], by=cast.manager)
    found = queries.of_draw(cast.manager, draw)
    assert [each.decision.subject.consultation for each in found] == [open_to_all]
    # And what is closed later is gone for its auditor too.
    contacts.restrict_consultation(open_to_all)
    assert queries.of_draw(cast.manager, draw) == queries.to_audit(cast.auditor) == []
    assert queries.still_open(cast.manager, [draw]) == {}
    with pytest.raises(NotFound):
        get_audited_decision(cast.manager, found[0].public_id, Permission.PEER_AUDIT)


def test_an_auditor_sees_what_was_given_to_them(app: Flask, cast: Cast) -> None:
    draw = make_peer_audit(cast.manager, cast.manager, cast.auditor, decider=cast.lado, decisions=2)
    own = queries.of_draw(cast.auditor, draw)
    assert [each.auditor for each in own] == [cast.auditor]
    assert len(queries.of_draw(cast.manager, draw)) == 2
    assert queries.still_open(cast.auditor, [draw]) == {draw.id: 1}


def test_nobody_else_says_what_the_auditor_thinks(app: Flask, cast: Cast) -> None:
    audited = make_audited(cast.manager, cast.lado)
    with pytest.raises(Refused, match="somebody else"):
        service.judge(audited, judgement=AGREES, version=audited.version, by=cast.auditor)
    empty = Judgement(PeerView.OTHERWISE, " ")
    with pytest.raises(Invalid):
        service.judge(audited, judgement=empty, version=audited.version, by=cast.manager)


def test_a_view_is_recorded_and_may_be_changed(app: Flask, cast: Cast) -> None:
    audited = make_audited(cast.manager, cast.lado)
    first = audited.version
    service.judge(audited, judgement=AGREES, version=first, by=cast.manager)
    assert queries.to_audit(cast.manager) == []
    with pytest.raises(Conflict):
        service.judge(audited, judgement=AGREES, version=first, by=cast.manager)
    other = Judgement(PeerView.OTHERWISE, "A pattern", [Limb.HARM, Limb.OFFENCE])
    service.judge(audited, judgement=other, version=audited.version, by=cast.manager)
    saved = db.session.scalars(select(AuditedDecision)).one()
    assert (saved.view, [row.limb for row in saved.limbs]) == (
        PeerView.OTHERWISE, [Limb.HARM, Limb.OFFENCE],
    )  # fmt: skip


def test_the_paper_names_nobody_on_record(app: Flask, cast: Cast) -> None:
    person: Person = factories.make_person(surname="Quillfeather", forename="Ottilie")
    consultation = factories.make_consultation(
        person=person, by=cast.lado, organisation="Zebrawood Nursery",
        summary="Ottilie Quillfeather of Zebrawood Nursery shouted, says Marmaduke Vexley.",
        referrer_name="Marmaduke Vexley",
    )  # fmt: skip
    contacts.decide(
        consultation.subjects[0], cast.lado, reasons="Ms Quillfeather has been spoken to before."
    )
    draw = service.draw(this_year(), size=1, auditors=[cast.auditor], by=cast.manager)
    paper = queries.paper(queries.of_draw(cast.auditor, draw)[0])
    said = f"{paper.summary} {paper.reasons}"
    assert "shouted" in said
    assert "spoken to before" in said
    for name in ("Ottilie", "Quillfeather", "Zebrawood", "Marmaduke", "Vexley"):
        assert name not in said


def test_nor_whom_another_record_names_nor_a_further_place(app: Flask, cast: Cast) -> None:
    other = factories.make_consultation(
        person=factories.make_person(surname="Sharpwell", forename="Tom"),
        by=cast.lado, referrer_name="Perpetua Nightingale",
    )  # fmt: skip
    for surname, forename in (("Quill", "Zeta"), ("May", "Ann"), ("Well", "Not")):
        factories.make_person(surname=surname, forename=forename)
    db.session.add(Child(consultation_id=other.id, number=1, name="Zebedee Crowe"))
    contacts.restrict_consultation(other)
    consultation = factories.make_consultation(by=cast.lado, organisation="Zebrawood Nursery")
    subject = consultation.subjects[0]
    sector = subject.position.sector_id
    further = factories.make_organisation("Quincewood Club")
    further.other_names.append(OrganisationName(name="Medlarwood Hall", folded="medlarwood hall"))
    subject.other_positions.append(Position(organisation=further, sector_id=sector))
    db.session.commit()
    contacts.decide(
        subject, cast.lado,
        reasons="Crowe told Nightingale; Tom had left Quincewood Club, as Medlarwood said.",
        earlier_weight="A case about Tom Sharpwell, not others; Quill may well have been there",
    )  # fmt: skip
    draw = service.draw(this_year(), size=1, auditors=[cast.auditor], by=cast.manager)
    paper = queries.paper(queries.of_draw(cast.auditor, draw)[0])
    assert paper.earlier_weight == (
        f"A case about {WITHHELD}, not others; {WITHHELD} may well have been there"
    )
    assert paper.reasons == (
        f"{WITHHELD} told {WITHHELD}; {WITHHELD} had left {WITHHELD} Club, as {WITHHELD} said."
    )
