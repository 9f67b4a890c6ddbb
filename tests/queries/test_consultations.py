"""Lists of consultations, one of them as a whole, and what is offered beside a decision."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from lado import clock
from lado.extensions import db
from lado.models import Consultation, Term, User
from lado.queries import (
    access,
    consultation_list,
    consultation_record,
    consultations,
    earlier,
    keyset,
)
from lado.queries.consultation_list import Chosen, page_of_list, whole_list
from lado.queries.consultations import Listed
from lado.queries.joinable import joinable_cases
from lado.queries.keyset import Cursor, Page
from lado.rules.vocabulary import ConsultationStatus, DecisionStage, EarlierRecords, TermGroup
from lado.services import consultation as services
from lado.services import decision as decisions
from tests.contacts import RECEIVED, adult, decide, log, position, restrict_consultation
from tests.factories import make_organisation, make_person, term_id
from tests.support.cast import Cast
from tests.support.statements import statements

PROGRESS = "Progress to strategy discussion"


def references(user: User, **chosen: object) -> list[str]:
    return [line.reference for line in page_of_list(user, Chosen(**chosen)).items]


def test_a_line_says_who_where_what_and_what_was_decided(cast: Cast) -> None:
    log(cast.lado, adult(make_person(surname="Listtest", forename="Lou")), adult())
    log(cast.lado, adult(position=position("Tutor", organisation=None)))
    consultation = log(cast.lado, adult(organisation_itself=True))
    decide(consultation.subjects[0], cast.lado)
    third, second, first = page_of_list(cast.lado, Chosen()).items
    assert (first.about, first.adults, first.organisation) == ("Lou Listtest", 2, "Testwell School")
    assert (first.sector, first.category) == ("Maintained school", "Physical abuse")
    assert (first.status, first.decision) == (ConsultationStatus.OPEN, None)
    assert (second.about, second.organisation) == ("Tutor, not named", None)
    assert (third.about, third.decision) == ("The organisation itself", "Advice only")


def test_the_newest_come_first_unless_the_oldest_are_asked_for(cast: Cast) -> None:
    early = log(cast.lado, received_on=RECEIVED - timedelta(days=9))
    late, later = log(cast.lado), log(cast.lado)
    newest = [later.reference, late.reference, early.reference]
    assert references(cast.lado) == newest
    for sort, expected in (
        ("received", newest[::-1]),
        ("reference", [early.reference, late.reference, later.reference]),
        ("-reference", [later.reference, late.reference, early.reference]),
    ):
        page = page_of_list(cast.lado, Chosen(), sort=sort)
        assert [line.reference for line in page.items] == expected
        whole = whole_list(cast.lado, Chosen(), sort=sort)
        assert [line.reference for line in whole] == expected


def test_each_way_to_narrow_the_list(cast: Cast) -> None:
    school = term_id(TermGroup.SECTOR, "Maintained school")
    tutor = position("Tutor", "Independent school")
    first = log(cast.support, received_on=RECEIVED - timedelta(days=9))
    second = log(cast.lado, adult(position=tutor), adult(category="Neglect", position=tutor))
    decide(first.subjects[0], cast.lado, PROGRESS)
    only_first, only_second = [first.reference], [second.reference]
    assert references(cast.lado, status=ConsultationStatus.DECIDED) == only_first
    assert references(cast.lado, status=ConsultationStatus.OPEN) == only_second
    assert references(cast.lado, stage=DecisionStage.PROGRESS) == only_first
    assert references(cast.lado, stage=DecisionStage.ADVICE) == []
    assert references(cast.lado, sector_id=school) == only_first
    assert references(cast.lado, category_id=second.subjects[1].category_id) == only_second
    assert references(cast.lado, mine=True) == only_second
    assert references(cast.lado, received_from=RECEIVED) == only_second
    assert references(cast.lado, received_to=RECEIVED - timedelta(days=1)) == only_first
    assert references(cast.lado, mine=True, sector_id=school) == []


def test_further_ways_to_narrow_the_list(cast: Cast) -> None:
    hall = make_organisation("Ashfield Hall")
    phone = term_id(TermGroup.CONTACT_METHOD, "Phone")
    police = term_id(TermGroup.AGENCY, "Police")
    old = log(cast.support, adult(non_recent=True), received_on=clock.today() - timedelta(days=9))
    new = log(
        cast.lado,
        setting=hall,
        contact_method_id=phone,
        referrer_agency_id=police,
        received_on=clock.today(),
    )
    decided = log(cast.lado, adult(position=position(organisation=hall)))
    tier = db.session.scalars(select(Term.id).where(Term.group == TermGroup.TIER)).first()
    decide(
        decided.subjects[0], cast.lado, tier_id=tier, earlier_records=EarlierRecords.NO_WEIGHT,
        earlier_weight="None",
    )  # fmt: skip
    assert references(cast.lado, taken_by_id=cast.support.id) == [old.reference]
    assert references(cast.lado, late=True) == [old.reference]
    assert references(cast.lado, non_recent=True) == [old.reference]
    assert references(cast.lado, organisation_id=hall.id) == [new.reference, decided.reference]
    assert references(cast.lado, contact_method_id=phone) == [new.reference]
    assert references(cast.lado, agency_id=police) == [new.reference]
    assert references(cast.lado, tier_id=tier) == [decided.reference]
    assert references(cast.lado, earlier_records=True) == [decided.reference]


def test_a_decision_that_no_longer_stands_is_not_looked_for(cast: Cast) -> None:
    consultation = log(cast.lado)
    decide(consultation.subjects[0], cast.lado)
    decisions.reopen(consultation, reason="More", version=consultation.version, by=cast.lado)
    assert references(cast.lado, stage=DecisionStage.ADVICE) == []
    (line,) = page_of_list(cast.lado, Chosen()).items
    assert line.decision is None


def test_pages_of_25_and_counts_that_have_an_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(27):
        log(cast.lado)
    first = page_of_list(cast.lado, Chosen())
    assert (first.first, first.last, first.total, first.previous) == (1, 25, 27, None)
    second = page_of_list(cast.lado, Chosen(), cursor=Cursor(after=first.next or ""))
    assert (second.first, second.last, second.total, second.next) == (26, 27, 27, None)
    monkeypatch.setattr(keyset, "MOST_COUNTED", 25)
    assert (first.first, page_of_list(cast.lado, Chosen()).total) == (1, None)
    second = page_of_list(cast.lado, Chosen(), cursor=Cursor(after=first.next or ""))
    assert (second.first, second.last, second.total) == (None, None, None)


def test_pages_do_not_move_while_records_are_added(cast: Cast) -> None:
    """Several of one day: the id decides between them. Neither page nor way back repeats any."""
    days = (0, 0, 1, 1, 1, 2)
    made = [log(cast.lado, received_on=RECEIVED - timedelta(days=day)) for day in days]
    for sort in ("-received", "received", "reference", "-reference"):
        whole = [line.reference for line in whole_list(cast.lado, Chosen(), sort=sort)]
        assert len(whole) == len(set(whole)) >= len(made)

        def page(cursor: Cursor, sort: str = sort) -> Page[Listed]:
            order = consultation_list.order_of(sort)
            known = access.visible(cast.lado, Consultation)
            return keyset.page_of(known, (), order, cursor, consultations.lines_of, size=2)

        at = page(Cursor())
        pages = [at]
        while at.next:
            log(cast.lado, received_on=RECEIVED + timedelta(days=9))  # before, or at the end
            at = page(Cursor(after=at.next))
            pages.append(at)
        seen = [line.reference for each in pages for line in each.items]
        assert len(seen) == len(set(seen))
        assert [each for each in seen if each in whole] == whole
        back = page(Cursor(before=pages[2].previous or ""))
        assert [line.reference for line in back.items] == [
            line.reference for line in pages[1].items
        ]


def test_a_cursor_holds_its_place_when_its_record_no_longer_fits(cast: Cast) -> None:
    for _ in range(27):
        log(cast.lado)
    awaiting = Chosen(status=ConsultationStatus.OPEN)
    first = page_of_list(cast.lado, awaiting)
    last = first.items[-1]
    decided = db.session.scalars(
        select(Consultation).where(Consultation.reference == last.reference)
    ).one()
    decide(decided.subjects[0], cast.lado)
    second = page_of_list(cast.lado, awaiting, cursor=Cursor(after=last.public_id))
    assert [line.reference for line in second.items] == ["C-2026-00002", "C-2026-00001"]


def test_what_the_reader_may_not_know_of_is_in_no_list(cast: Cast) -> None:
    person = make_person()
    about_them, restricted = log(cast.lado, adult(person)), log(cast.lado)
    restrict_consultation(restricted)
    cast.other_lado.person_id = person.id
    db.session.commit()
    assert references(cast.other_lado) == []
    assert references(cast.lado) == [about_them.reference]
    assert page_of_list(cast.other_lado, Chosen()).total == 0
    log(cast.lado, received_on=date(2020, 1, 1))
    after_hidden, after_nothing = (
        page_of_list(cast.other_lado, Chosen(), cursor=Cursor(after=name))
        for name in (about_them.public_id, "x" * 22)
    )
    assert after_hidden == after_nothing, "where it would stand is not told"


def test_a_list_takes_the_same_few_statements_however_long(cast: Cast) -> None:
    log(cast.lado)
    db.session.expire_all()
    assert cast.lado.id
    with statements() as one:
        page_of_list(cast.lado, Chosen(mine=True))
    for _ in range(26):
        log(cast.lado, adult(make_person()), adult())
    db.session.expire_all()
    assert cast.lado.id
    with statements() as many:
        page_of_list(cast.lado, Chosen(mine=True))
    assert len(one) == len(many) == 3


def _read_all(consultation: Consultation) -> None:
    """What its page reads of it."""
    consultation_record.load(consultation)
    notes = consultation_record.notes_on(consultation)
    consultation_record.chronology(consultation, notes)
    for subject in consultation.subjects:
        for place in (subject.position, *subject.other_positions):
            _touch(place.role, place.organisation, place.sector)
        _touch(subject.category, subject.context, subject.limbs, subject.organisation, subject.case)
        if subject.person:
            _touch(subject.person.name)
        for decision in subject.decisions:
            _touch(decision.term, decision.tier, decision.decided_by)
    _touch(consultation.setting, consultation.taken_by, consultation.contact_method)


def _touch(*_: object) -> None:
    """To read an attribute is enough to load it."""


def test_a_consultation_is_read_in_the_same_few_statements_however_large(cast: Cast) -> None:
    small = log(cast.lado)
    further = [position("Tutor"), position("Sports coach")]
    large = log(
        cast.lado, *(adult(make_person(), further_positions=further) for _ in range(4)), adult()
    )
    for subject in large.subjects:
        decide(subject, cast.lado, PROGRESS)
    for text in ("One", "Two"):
        services.add_note(large, text=text, happened_on=RECEIVED, by=cast.lado)
    counts = []
    for consultation in (small, large):
        assert consultation.id
        db.session.expunge_all()
        again = db.session.get_one(Consultation, consultation.id)
        with statements() as seen:
            _read_all(again)
        counts.append(len(seen))
    assert max(counts) <= 7, counts


def test_the_chronology_goes_back_from_what_was_decided_to_what_happened(cast: Cast) -> None:
    consultation = log(cast.lado, aware_on=RECEIVED - timedelta(days=1))
    services.add_note(consultation, text="They rang", happened_on=RECEIVED, by=cast.lado)
    decide(consultation.subjects[0], cast.lado)
    decisions.reopen(consultation, reason="More", version=consultation.version, by=cast.lado)
    decide(consultation.subjects[0], cast.lado, "Threshold not met", decided_on=clock.today())
    notes = consultation_record.notes_on(consultation)
    entries = consultation_record.chronology(consultation, notes)
    assert [entry.title for entry in entries] == [
        "Decided: Threshold not met",
        "Opened again",
        "Recorded here",
        "Decided: Advice only",
        "Note",
        "Received",
        "The setting learned of it",
    ]
    assert entries[4].text == "They rang"
    assert entries[5].by == "Lada Testwell"


def test_a_replaced_decision_is_no_reopening(cast: Cast) -> None:
    consultation = log(cast.lado, adult(), adult())
    for _ in range(2):
        decide(consultation.subjects[0], cast.lado)
    titles = [entry.title for entry in consultation_record.chronology(consultation, [])]
    assert "Opened again" not in titles
    assert titles.count("Decided about adult 1: Advice only") == 2


def test_earlier_records_are_of_the_same_person_or_place_and_known_to_the_reader(
    cast: Cast,
) -> None:
    person = make_person()
    elsewhere = position(organisation="Testwell Nursery")
    about = log(cast.lado, adult(person, position=elsewhere))
    there = log(cast.lado)
    log(cast.lado, adult(position=elsewhere))
    hidden = log(cast.lado, adult(person))
    restrict_consultation(hidden)
    (subject,) = log(cast.lado, adult(person)).subjects
    found = earlier.earlier_than_decision(cast.lado, subject)
    assert [line.reference for line in found.about_person] == [about.reference]
    assert [line.reference for line in found.at_organisation] == [there.reference]


def test_nobody_known_nowhere_known_has_nothing_earlier(cast: Cast) -> None:
    nowhere = position(organisation=None)
    log(cast.lado, adult(position=nowhere))
    (subject,) = log(cast.lado, adult(position=nowhere)).subjects
    found = earlier.earlier_than_decision(cast.lado, subject)
    assert (list(found.about_person), list(found.at_organisation)) == ([], [])


def test_cases_to_join_are_open_known_and_of_the_same_person_or_place(cast: Cast) -> None:
    person, other = make_person(), make_person()
    nursery = position(organisation="Testwell Nursery")
    of_person, of_other, unnamed, institutional, elsewhere = (
        log(cast.lado, details).subjects[0]
        for details in (
            adult(person, position=nursery),
            adult(other),
            adult(),
            adult(organisation_itself=True),
            adult(position=nursery),
        )
    )
    for each in (of_person, of_other, unnamed, institutional, elsewhere):
        decide(each, cast.lado, PROGRESS)
    (named,) = log(cast.lado, adult(person)).subjects
    (nameless,) = log(cast.lado, adult()).subjects

    def offered(user: User, subject) -> set[int | None]:
        return {case.id for case in joinable_cases(user, subject)}

    assert offered(cast.lado, named) == {of_person.case_id, unnamed.case_id, institutional.case_id}
    assert offered(cast.lado, nameless) == {
        of_other.case_id,
        unnamed.case_id,
        institutional.case_id,
    }
    assert unnamed.case is not None
    unnamed.case.restricted = True
    db.session.commit()
    assert unnamed.case_id not in offered(cast.lado, named)


def test_those_who_may_have_taken_a_call(cast: Cast) -> None:
    assert set(consultations.takers()) == {
        cast.lado, cast.other_lado, cast.manager, cast.support,
    }  # fmt: skip
    assert cast.auditor in consultations.takers(cast.auditor)
