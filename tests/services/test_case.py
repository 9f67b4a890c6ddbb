from datetime import date

import pytest
from sqlalchemy import select

from lado import clock
from lado.errors import Conflict, Invalid, NotFound, Refused
from lado.extensions import db
from lado.models import AuditEvent, NamedAccess
from lado.queries import access, positions
from lado.queries.case_standing import missing
from lado.rules.closure import LooseEnd, Missing
from lado.rules.permissions import Permission
from lado.rules.threshold import Limb
from lado.rules.vocabulary import (
    CaseStatus,
    Children,
    DatePrecision,
    StrandKind,
    StrandStatus,
)
from lado.services import case as cases
from lado.services import consultation as consultations
from lado.services.case_owner import assign_owner
from lado.services.consultation_child import ChildDetails
from lado.services.restriction import restrict
from tests.case_parts import PROGRESS, conclude_case, join_case, make_outcome, open_case
from tests.contacts import adult, contact, decide, log, position
from tests.factories import days_ago, make_case, make_organisation, make_person


def has_multiple_roles(user, case):
    return positions.several(positions.of_case(user, case), case.received_on)


@pytest.fixture
def case(cast):
    return make_case()


def last_event():
    return db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()


class TestOpening:
    def test_takes_over_what_the_consultation_says(self, cast):
        person = make_person()
        case = open_case(
            cast.lado,
            adult(person, category="Sexual abuse"),
            received_on=date(2026, 3, 2),
            opened_on=date(2026, 3, 3),
            summary="What was said.",
            children=Children.COUNTED,
            children_count=3,
            happened_precision=DatePrecision.BETWEEN,
            happened_from=date(2026, 1, 5),
            happened_to=date(2026, 2, 6),
        )
        assert (case.person, case.owner, case.status) == (person, cast.lado, CaseStatus.OPEN)
        assert (case.received_on, case.spell.opened_on) == (date(2026, 3, 2), date(2026, 3, 3))
        assert (case.children, case.children_count) == (Children.COUNTED, 3)
        assert case.position.sector.label == "Maintained school"
        assert case.reference == "PT-2026-0001"
        allegation = case.primary_allegation
        assert (allegation.category.label, allegation.description) == (
            "Sexual abuse",
            "What was said.",
        )
        assert (allegation.happened_from, allegation.happened_to) == (
            date(2026, 1, 5),
            date(2026, 2, 6),
        )
        assert [(row.limb, row.is_primary) for row in allegation.limbs] == [(Limb.HARM, True)]
        assert {(s.kind, s.status) for s in case.strands} == {
            (kind, StrandStatus.NOT_STARTED) for kind in StrandKind
        }

    def test_is_an_event(self, case):
        events = db.session.scalars(select(AuditEvent.action)).all()
        assert "case.opened" in events

    def test_of_a_restricted_consultation_is_restricted_to_the_same_people(self, cast):
        consultation = log(cast.lado, adult(make_person()))
        consultation.restricted = True
        db.session.add_all(
            NamedAccess(user_id=user.id, consultation_id=consultation.id)
            for user in (cast.lado, cast.manager)
        )
        db.session.commit()
        decide(consultation.subjects[0], cast.lado, PROGRESS)
        case = consultation.subjects[0].case
        assert case.restricted
        assert sees(cast.manager, case)
        assert sees(cast.lado, case)
        assert not sees(cast.other_lado, case)

    def test_about_an_organisation_is_institutional(self, cast):
        school = make_organisation("Sample School")
        about = adult(position=position(organisation=school), organisation_itself=True)
        case = open_case(cast.lado, about)
        assert case.organisation == school
        assert case.person is None

    def test_more_than_one_stated_position_makes_it_multiple_roles(self, cast, case):
        assert not has_multiple_roles(cast.lado, case)
        further = position("Sports coach", "Sport and leisure", "Sample Swifts")
        person = make_person()
        two = open_case(cast.lado, adult(person, further_positions=[further]))
        assert has_multiple_roles(cast.lado, two)

    def test_the_same_role_of_an_adult_without_a_name_is_one(self, cast):
        unnamed = open_case(cast.lado, adult())
        join_case(unnamed, cast.lado, adult())
        assert not has_multiple_roles(cast.lado, unnamed)
        join_case(unnamed, cast.lado, adult(make_person()))
        assert not has_multiple_roles(cast.lado, unnamed), "named since, in the same role"
        coach = position("Sports coach", "Sport and leisure", "Sample Swifts")
        join_case(unnamed, cast.lado, adult(unnamed.person, position=coach))
        assert has_multiple_roles(cast.lado, unnamed)

    def test_two_contacts_about_an_organisation_are_not_two_roles(self, cast):
        school = make_organisation("Sample School")
        about = adult(position=position(organisation=school), organisation_itself=True)
        case = open_case(cast.lado, about)
        coach = position("Sports coach", "Sport and leisure", school)
        join_case(case, cast.lado, adult(position=coach, organisation_itself=True))
        assert not has_multiple_roles(cast.lado, case)


class TestJoining:
    def test_the_earliest_consultation_starts_the_clock(self, cast, case):
        earlier = join_case(case, cast.lado, adult(case.person), received_on=days_ago(40))
        assert case.received_on == days_ago(40)
        assert {subject.consultation_id for subject in case.subjects} >= {earlier.id}

    def test_a_concluded_case_is_refused(self, cast, case):
        subject = log(cast.lado, adult(case.person)).subjects[0]
        conclude_case(case)
        with pytest.raises(Refused, match="is concluded"):
            cases.join_case_in_transaction(subject, case, further_allegation=True, by=cast.lado)

    def test_a_case_about_somebody_else_is_refused(self, cast, case):
        subject = log(cast.lado).subjects[0]
        subject.person = make_person()
        with pytest.raises(Refused, match="somebody else"):
            cases.join_case_in_transaction(subject, case, further_allegation=True, by=cast.lado)

    def test_a_consultation_belongs_to_one_case(self, cast, case):
        with pytest.raises(Refused, match="already belongs"):
            cases.join_case_in_transaction(
                case.subjects[0], make_case(), further_allegation=True, by=cast.lado
            )

    def test_what_it_tells_is_a_further_allegation_with_its_children(self, cast, case):
        about = adult(case.person, category="Sexual abuse")
        children = [ChildDetails(name="Child A"), ChildDetails(age=9)]
        told = consultations.log(contact=contact(), adults=[about], children=children, by=cast.lado)
        subject = told.subjects[0]
        decide(subject, cast.lado, PROGRESS, case=case, limbs=[Limb.OFFENCE])
        first, second = case.allegations
        assert (first.is_primary, second.is_primary) == (True, False)
        assert second.category.label == "Sexual abuse"
        assert second.subject is subject
        assert [row.limb for row in second.limbs] == [Limb.OFFENCE]
        assert [child.name for child in second.children] == ["Child A", None]
        assert case.children_count == 2
        make_outcome(first)
        assert LooseEnd(Missing.OUTCOME, 2) in missing(case, on=clock.today())

    def test_a_restricted_one_joins_what_nobody_else_sees(self, cast, case):
        told = log(cast.lado, adult(case.person), summary="What few may know")
        subject = told.subjects[0]
        restrict(told, to=[cast.manager], version=told.version, by=cast.lado)
        for others in (None, [cast.manager, cast.other_lado]):
            if others:
                restrict(case, to=others, version=case.version, by=cast.lado)
            with pytest.raises(Invalid) as refused:
                decide(subject, cast.lado, PROGRESS, case=case)
            assert "more people may see" in refused.value.messages["case"]
            assert len(case.allegations) == 1
        restrict(case, to=[cast.manager], version=case.version, by=cast.lado)
        decide(subject, cast.lado, PROGRESS, case=case)
        assert case.allegations[1].description == "What few may know"

    def test_the_same_told_by_somebody_else_is_none(self, cast, case):
        subject = log(cast.lado, adult(case.person)).subjects[0]
        decide(subject, cast.lado, PROGRESS, case=case, further_allegation=False)
        assert len(case.allegations) == 1

    def test_an_adult_not_named_is_named_by_a_consultation_that_names_them(self, cast):
        case = open_case(cast.lado, adult())
        person = make_person()
        join_case(case, cast.lado, adult(person))
        assert case.person == person


class TestOwner:
    def test_is_given_to_another_lado(self, cast, case):
        assign_owner(case, owner=cast.other_lado, version=case.version, by=cast.manager)
        assert case.owner == cast.other_lado
        assert last_event().detail == {"fields": ["owner_id"]}

    @pytest.mark.parametrize("who", ["support", "administrator", "member"])
    def test_is_somebody_who_works_on_cases(self, cast, case, who):
        with pytest.raises(Invalid) as refused:
            assign_owner(case, owner=getattr(cast, who), version=case.version, by=cast.manager)
        assert set(refused.value.messages) == {"owner"}

    def test_is_never_the_one_it_is_about(self, cast, case):
        cast.other_lado.person_id = case.person_id
        db.session.commit()
        with pytest.raises(Invalid):
            assign_owner(case, owner=cast.other_lado, version=case.version, by=cast.manager)

    def test_an_older_page_is_a_conflict(self, cast, case):
        version = case.version
        assign_owner(case, owner=cast.other_lado, version=version, by=cast.manager)
        with pytest.raises(Conflict):
            assign_owner(case, owner=cast.lado, version=version, by=cast.manager)
        assert case.owner == cast.other_lado


class TestFacts:
    def change(self, case, by, **facts):
        facts = {
            "children": Children.MULTIPLE,
            "children_count": None,
            "legal_position_of_trust": True,
            "version": case.version,
        } | facts
        cases.change_facts(case, by=by, **facts)

    def test_are_changed(self, cast, case):
        self.change(case, cast.lado)
        assert (case.children, case.legal_position_of_trust) == (Children.MULTIPLE, True)

    @pytest.mark.parametrize("number", [None, 0, -1])
    def test_counted_children_have_a_number(self, cast, case, number):
        with pytest.raises(Invalid) as refused:
            self.change(case, cast.lado, children=Children.COUNTED, children_count=number)
        assert set(refused.value.messages) == {"children_count"}

    def test_a_number_is_kept_only_of_counted_children(self, cast, case):
        self.change(case, cast.lado, children=Children.NONE_IDENTIFIED, children_count=4)
        assert case.children_count is None

    def test_not_of_a_concluded_case(self, cast, case):
        conclude_case(case)
        with pytest.raises(Refused, match="Reopen it"):
            self.change(case, cast.lado)


class TestReportingRestriction:
    def test_is_imposed_lifted_with_a_reason_and_imposed_again(self, cast, case):
        cases.impose_reporting_restriction(case, version=case.version, by=cast.lado)
        assert case.reporting_restriction
        cases.lift_reporting_restriction(
            case, lifted_on=days_ago(1), reason="Charged", version=case.version, by=cast.lado
        )
        assert case.reporting_restriction_lifted_on == days_ago(1)
        cases.impose_reporting_restriction(case, version=case.version, by=cast.lado)
        assert case.reporting_restriction_lifted_on is None

    def test_is_lifted_only_where_there_is_one(self, cast, case):
        with pytest.raises(Refused):
            cases.lift_reporting_restriction(
                case, lifted_on=days_ago(1), reason="Charged", version=case.version, by=cast.lado
            )

    def test_is_lifted_with_a_reason_and_not_in_the_future(self, cast, case):
        cases.impose_reporting_restriction(case, version=case.version, by=cast.lado)
        with pytest.raises(Invalid) as refused:
            cases.lift_reporting_restriction(
                case, lifted_on=days_ago(-1), reason=" ", version=case.version, by=cast.lado
            )
        assert set(refused.value.messages) == {"lifted_on", "reason"}

    def test_is_imposed_once(self, cast, case):
        cases.impose_reporting_restriction(case, version=case.version, by=cast.lado)
        with pytest.raises(Refused):
            cases.impose_reporting_restriction(case, version=case.version, by=cast.lado)


class TestNotes:
    def test_a_note_and_its_correction_are_two_notes(self, cast, case):
        first = cases.add_note(case, happened_on=days_ago(1), text="Rang.", by=cast.support)
        second = cases.add_note(
            case, happened_on=days_ago(1), text="Wrote.", corrects=first, by=cast.lado
        )
        assert second.corrects_id == first.id
        assert last_event().action == "case.noted"

    def test_also_of_a_concluded_case(self, cast, case):
        conclude_case(case)
        assert cases.add_note(case, happened_on=days_ago(0), text="Late news", by=cast.lado)

    def test_has_words_and_a_day_that_has_come(self, cast, case):
        with pytest.raises(Invalid) as refused:
            cases.add_note(case, happened_on=days_ago(-1), text=" \n", by=cast.lado)
        assert set(refused.value.messages) == {"happened_on", "text"}

    def test_corrects_a_note_of_its_own_case(self, cast, case):
        other = cases.add_note(make_case(), happened_on=days_ago(1), text="Rang.", by=cast.lado)
        with pytest.raises(Invalid):
            cases.add_note(case, happened_on=days_ago(1), text="No", corrects=other, by=cast.lado)


def sees(user, case):
    try:
        return access.get_case(user, case.public_id, Permission.CASE_VIEW) is case
    except NotFound:
        return False
