"""What leaves a strategy discussion: invitation, lists, agenda, minutes and their copies."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from icalendar import Calendar

from lado.papers.docx import paper_docx
from lado.papers.invitation import invitation
from lado.papers.minutes import agenda, agreed, draft
from lado.papers.paper import as_text
from lado.papers.pdf import paper_pdf
from lado.papers.request_list import request_list
from lado.queries import minutes as queries
from lado.queries.callers import unnamed
from lado.queries.place_said import place_to_say
from lado.queries.requests import asked
from lado.rules.minutes import CONFIDENTIALITY, HEADINGS
from lado.rules.protection import REPORTING
from lado.rules.vocabulary import Attendance
from lado.services import discussion as discussions
from lado.services import minutes as services
from lado.services.case import impose_reporting_restriction
from lado.services.case_parts import ChildDetails, add_child
from tests.case_parts import (
    action_details,
    agree,
    arrangement,
    make_discussion,
    participant,
    schedule_discussion,
)
from tests.factories import make_case, make_organisation, make_person
from tests.papers.test_papers import words_of_docx, words_of_pdf
from tests.support import ics

HEAD = {"council": "Testshire Council", "meeting": "position of trust meeting"}
SUMMER, WINTER = date(2027, 7, 2), date(2027, 1, 8)


@pytest.fixture
def case(cast):
    return make_case(
        person=make_person(surname="Madeupson", forename="Quentin"),
        organisation=make_organisation("Oakfield School"),
    )


def of(discussion):
    return invitation(discussion, **HEAD, place=place_to_say(discussion))


@pytest.mark.parametrize(
    ("day", "offset", "utc"),
    [(SUMMER, 1, datetime(2027, 7, 2, 13, 30, tzinfo=UTC)),
     (WINTER, 0, datetime(2027, 1, 8, 14, 30, tzinfo=UTC))],
)  # fmt: skip
def test_the_entry_says_the_hour_in_london_to_two_readers(cast, case, day, offset, utc):
    discussion = schedule_discussion(
        case, scheduled_on=day, scheduled_at=time(14, 30), place="Room 2, first floor; or by video"
    )
    content = of(discussion).calendar
    (event,) = Calendar.from_ical(content).events
    assert event.start.astimezone(UTC) == utc
    assert event["LOCATION"] == "Room 2, first floor; or by video"
    read = ics.component(content, "VEVENT")
    local = read["DTSTART;TZID=Europe/London"]
    assert local == f"{day:%Y%m%d}T143000"
    assert ics.offset(content, local) == timedelta(hours=offset)
    assert ics.text(read["LOCATION"]) == "Room 2, first floor; or by video"
    assert ics.component(content, "VCALENDAR")["METHOD"] == "PUBLISH"
    assert not any(key.startswith("ATTENDEE") for key in read)


def test_without_a_time_it_takes_the_day(cast, case):
    content = of(schedule_discussion(case, scheduled_on=SUMMER)).calendar
    assert ics.component(content, "VEVENT")["DTSTART;VALUE=DATE"] == "20270702"
    (event,) = Calendar.from_ical(content).events
    assert (event.start, event.end) == (SUMMER, SUMMER + timedelta(days=1))


def test_a_change_and_a_cancellation_replace_the_entry(cast, case):
    discussion = schedule_discussion(case, scheduled_on=SUMMER)
    other = schedule_discussion(case, scheduled_on=SUMMER)
    read = [ics.component(of(discussion).calendar, "VEVENT")]
    later = arrangement(case, scheduled_on=SUMMER + timedelta(days=1))
    discussions.rearrange(discussion, later, version=discussion.version, by=cast.lado)
    read.append(ics.component(of(discussion).calendar, "VEVENT"))
    discussions.cancel(discussion, reason="Ill", version=discussion.version, by=cast.lado)
    read.append(ics.component(of(discussion).calendar, "VEVENT"))
    assert len({each["UID"] for each in read}) == 1
    assert ics.component(of(other).calendar, "VEVENT")["UID"] != read[0]["UID"]
    numbers = [int(each["SEQUENCE"]) for each in read]
    assert numbers == sorted(set(numbers))
    assert [each["STATUS"] for each in read] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert of(discussion).text.startswith("Cancelled\n")


@pytest.mark.parametrize(
    ("place", "said"),
    [("Town hall, room 3", True), ("At MADEUPSON’s house", False), ("Oakfield, library", False),
     ("Flo Testchild’s room", False), ("High School hall", True)],
)  # fmt: skip
def test_what_goes_out_beforehand_names_nobody(cast, case, place, said):
    add_child(case, ChildDetails(name="Flo Testchild"), by=cast.lado)
    invited = [participant(attendance=Attendance.INVITED)]
    discussion = schedule_discussion(case, scheduled_on=SUMMER, place=place, participants=invited)
    made = of(discussion)
    (police,) = asked(discussion)
    texts = [made.text, "\n".join(ics.lines(made.calendar)), request_list(police, made)]
    for text in texts:
        assert not [
            name for name in ("Madeupson", "MADEUPSON", "Quentin", "Oakfield", "Flo", "Fable")
            if name in text
        ]  # fmt: skip
        assert case.reference in text
    assert (place in made.text) == said
    assert "Position of trust meeting 1" in made.text
    assert "Papers are sent separately" in made.text
    assert "- Crime or incident number" in texts[2]


def test_an_agenda_says_where_nobody_is_listed(cast, case):
    discussion = schedule_discussion(case)
    paper = agenda(discussion, **HEAD, unnamed=unnamed(case))
    assert "Asked to take part\n\nNobody is listed yet." in as_text(paper)


def test_the_agenda_has_each_heading_and_nothing_of_the_case(cast, case):
    discussion = schedule_discussion(
        case, joint=True, participants=[participant(attendance=Attendance.INVITED)]
    )
    text = as_text(agenda(discussion, **HEAD, unnamed=unnamed(discussion.case)))
    assert all(f". {heading.label}\n{heading.hint}" in text for heading in HEADINGS)
    assert CONFIDENTIALITY in text
    assert "joint with a section 47 strategy meeting" in text
    assert "A Fable; Detective; Police" in text
    assert not any(name in text for name in ("Madeupson", "Oakfield"))


def test_minutes_say_how_they_stand_and_a_copy_what_it_withholds(cast, case):
    discussion = make_discussion(
        case,
        minutes={"safety": "Safe [[with the aunt]] now", "support": "A friend at work"},
        actions=[action_details(description="Ring the school")],
    )
    impose_reporting_restriction(case, version=case.version, by=cast.lado)
    unfinished = draft(queries.written(discussion), discussion, **HEAD)
    agree(discussion, cast.lado)
    copy = services.make_copy(
        discussion,
        made_for="the employer",
        withheld=["support", "actions"],
        passages=True,
        names=False,
        by=cast.lado,
    )
    whole = agreed(discussion.versions[0].copies[0], **HEAD)
    for paper, has, has_not in (
        (unfinished, ["Draft: these minutes are not agreed", "with the aunt"], ["[["]),
        (whole, ["Version 1, agreed on", "with the aunt", "A friend at work", "Ring the school",
                 "A Fable Detective Police Attended"], ["Withheld", "[[", "Draft"]),
        (agreed(copy, **HEAD), ["Safe [Withheld] now", "Redacted copy", "Copy for the employer",
                                "Support [Withheld]", "Actions [Withheld]"],
         ["aunt", "A friend", "Ring the school"]),
    ):  # fmt: skip
        pages = words_of_pdf(paper_pdf(paper))
        for said in (" ".join(pages), words_of_docx(paper_docx(paper))):
            for words in (*has, CONFIDENTIALITY.split(".")[0], "Next review"):
                assert words in said
            for words in has_not:
                assert words not in said
        assert all(REPORTING in page for page in pages)
        assert REPORTING in words_of_docx(paper_docx(paper))
        assert "Madeupson" not in paper.file_name


def test_who_called_is_in_no_paper_that_is_made_from_the_record(cast):
    case = make_case(referrer_name="Quill Testerly", referrer_role="Nosy neighbour")
    discussion = make_discussion(case)
    agree(discussion, cast.lado)
    papers = [
        agenda(discussion, **HEAD, unnamed=unnamed(discussion.case)),
        draft(queries.written(discussion), discussion, **HEAD),
        agreed(discussion.versions[0].copies[0], **HEAD),
    ]
    for text in map(as_text, papers):
        assert not any(words in text for words in ("Quill", "Testerly", "neighbour"))


def test_one_that_was_never_arranged_has_no_invitation():
    assert invitation(SimpleNamespace(scheduled_on=None), **HEAD, place="") is None
