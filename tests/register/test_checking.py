"""Every fault that a register may have, each in its own row of one file."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lado.register.checking import Known, rows_in_words
from lado.register.columns import BY_KEY
from lado.rules.vocabulary import Children, OutcomeCode, Sex
from tests.register.build import as_csv, case, checked, contact

# The cells of a row, the column where the fault is shown, and what is said and advised.
FAULTS = {
    "no reference": (contact(contact_ref=""), "contact_ref", "missing", "Fill in Contact ref"),
    "no date received": (contact(received_on=""), "received_on", "missing", "Date received"),
    "no sector": (contact(sector=""), "sector", "missing", "Fill in Sector"),
    "no category": (contact(category=""), "category", "missing", "Concern category"),
    "impossible date": (contact(received_on="31/02/2012"), "received_on", "no such day", "Correct"),
    "two-digit year": (contact(aware_on="11/06/12"), "aware_on", "four digits", "2012, not 12"),
    "US order": (
        contact(date_of_birth="02/25/1980"), "date_of_birth", "United States", "25/02/1980",
    ),
    "not a date": (contact(aware_on="yesterday"), "aware_on", "not a date", "25/02/2013"),
    "to come": (contact(received_on="12/06/2031"), "received_on", "still to come", "Correct"),
    "word not in the list": (
        contact(role="Techer"), "role", "not in the list “Roles”", "Nearest: Teacher",
    ),
    "outcome not known": (
        case(case_ref="A", ending="Substantated"), "ending", "neither an outcome", "Substantiated",
    ),
    "reason that needs an outcome": (
        case(case_ref="B", ending="Concluded with an outcome"), "ending", "neither an outcome", "",
    ),
    "not yes or no": (contact(historical="Perhaps"), "historical", "not Yes or No", "Write"),
    "not a sex": (contact(sex="X1"), "sex", "not Female or Male", "leave the cell empty"),
    "children": (contact(children="a few"), "children", "not a number of children", "Multiple"),
    "too many children": (contact(children="99999"), "children", "not a number", "Multiple"),
    "other roles": (
        contact(other_roles="Coach at the club"), "other_roles", "not a role, a setting", "@",
    ),
    "other role not known": (
        contact(other_roles="Wizard @ Club [Sport and leisure]"),
        "other_roles", "not in the list “Roles”", "",
    ),
    "aware after received": (
        contact(aware_on="13/06/2012"), "aware_on", "after the contact was received", "Correct",
    ),
    "decided before received": (
        contact(decided_on="11/06/2012"), "decided_on", "before the contact was received", "",
    ),
    "born after received": (
        contact(date_of_birth="03/04/2014"), "date_of_birth", "Born after", "Correct",
    ),
    "discussion before decision": (
        case(case_ref="C", discussions="12/06/2012; 03/07/2012"),
        "discussions", "12/06/2012 is before the decision (13/06/2012)", "",
    ),
    "discussion after conclusion": (
        case(case_ref="D", discussions="18/06/2012; 21/07/2012"),
        "discussions", "21/07/2012 is after the conclusion (20/07/2012)", "",
    ),
    "concluded before decided": (
        case(case_ref="E", concluded_on="12/06/2012", discussions="", dbs_referred_on=""),
        "concluded_on", "before the decision that opened the case", "",
    ),
    "concluded without outcome": (
        case(case_ref="F", ending=""), "ending", "its outcome is missing", "Fill in the outcome",
    ),
    "outcome without conclusion": (
        case(case_ref="G", concluded_on=""), "concluded_on", "date concluded is missing", "",
    ),
    "progress without case": (
        case(case_ref=""), "case_ref", "case reference is missing", "Fill in the reference",
    ),
    "progress without date": (
        case(case_ref="H", decided_on=""), "decided_on", "its date is missing", "opens on it",
    ),
    "date without decision": (
        contact(decision=""), "decision", "date of decision and no decision", "",
    ),
    "conclusion without case": (
        contact(ending="Unfounded", concluded_on="20/07/2012"),
        "concluded_on", "no case for this row's Outcome, Date concluded", "Fill in the case",
    ),
    "referral without case": (
        contact(dbs_referred_on="20/07/2012"), "dbs_referred_on", "no case for this row's DBS", "",
    ),
    "case without progress": (
        contact(case_ref="I"), "case_ref", "this row has “Advice only”", "Correct the decision",
    ),
    "case without decision": (
        contact(case_ref="J", decision="", decided_on=""), "case_ref", "has no decision", "",
    ),
    "forename alone": (
        contact(surname="", sex=""), "surname", "without a surname", "Fill in the surname",
    ),
    "not a name": (contact(surname="Unknown"), "surname", "not a name", "Leave the cells"),
    "institutional without setting": (
        contact(setting="", institutional="Yes"), "setting", "the setting is missing", "",
    ),
    "too long": (contact(surname="x" * 101), "surname", "more than 100 characters", "Shorten"),
    "hidden character": (contact(summary="a\u202eb"), "summary", "cannot be seen", "Type"),
}  # fmt: skip


def test_every_fault_of_one_file_has_its_own_line():
    rows = [contact("good"), *(row for row, *_ in FAULTS.values()), contact("good again")]
    found = checked(as_csv(*rows))
    for number, (name, (_, key, says, advises)) in enumerate(FAULTS.items(), start=3):
        (problem,) = [each for each in found.problems if each.row == number]
        assert problem.column == BY_KEY[key].heading, name
        assert says in problem.wrong, name
        assert advises in problem.to_do, name
        assert str(problem).startswith(f"Row {number}, {problem.column}"), name
    assert len(found.problems) == len(FAULTS)


def test_a_problem_shows_the_cell_as_it_was():
    (problem,) = checked(as_csv(contact(received_on=" 31/02/2012"))).problems
    assert problem.value == " 31/02/2012"
    assert str(problem) == (
        "Row 2, Date received “31/02/2012”: There is no such day. Correct the date."
    )


def test_several_faults_of_one_row_are_all_found():
    row = contact(received_on="x", role="Techer", sector="", children="y")
    problems = checked(as_csv(row)).problems
    assert {problem.column for problem in problems} == {
        "Date received", "Role", "Sector", "Children",
    }  # fmt: skip


def test_a_reference_twice():
    (problem,) = checked(as_csv(contact("A-1"), contact("A-2"), contact("A-1"))).problems
    assert (problem.row, problem.column, problem.value) == (4, "Contact ref", "A-1")
    assert problem.wrong == "Row 2 has the same reference."


def test_a_row_joins_the_case_that_an_earlier_row_opened():
    first, second = checked(as_csv(case(), contact(case_ref="PT-2012-13-001"))).rows
    assert (first.joins, second.joins) == (False, True)


def test_a_joining_row_leaves_the_columns_of_the_case_blank():
    (problem,) = checked(as_csv(case(), case())).problems
    assert problem.row == 3
    assert problem.wrong.startswith("Row 2 opened this case, so this row joins it")
    assert "Strategy discussion dates, Outcome, Date concluded" in problem.wrong


def test_a_row_joins_a_case_that_was_loaded_before():
    known = Known(case_refs={"PT-2012-13-001": 7})
    assert checked(as_csv(contact(case_ref="PT-2012-13-001")), known).rows[0].joins
    (problem,) = checked(as_csv(case()), known).problems
    assert problem.wrong.startswith("This case was loaded before")


def test_no_decision_is_no_error():
    found = checked(as_csv(contact(decision="", decided_on=""), contact(decided_on="")))
    assert not found.problems


def test_a_closure_reason_that_needs_no_outcome_stands_in_the_outcome_column():
    found = checked(as_csv(case(ending="Subject died")))
    assert not found.problems
    assert found.rows[0].ending
    assert found.rows[0].ending.label == "Subject died"


@pytest.mark.parametrize(
    ("key", "text", "label"),
    [
        ("sector", "  maintained   SCHOOL ", "Maintained school"),
        ("referrer_agency", "MASH", "Children's social care"),
        ("referrer_agency", "Children’s social care", "Children's social care"),
        ("decision", "nfa", "Threshold not met"),
        ("contact_method", "tel", "Phone"),
    ],
)
def test_words_are_matched_by_label_or_synonym_without_case_or_spacing(key, text, label):
    found = checked(as_csv(contact(**{key: text})))
    assert not found.problems
    assert getattr(found.rows[0], key).label == label


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Founded", OutcomeCode.SUBSTANTIATED),
        ("Founded / Substantiated", OutcomeCode.SUBSTANTIATED),
        ("unsub", OutcomeCode.UNSUBSTANTIATED),
    ],
)
def test_outcomes_have_synonyms_too(text, outcome):
    assert checked(as_csv(case(ending=text))).rows[0].ending is outcome


def test_what_a_row_says():
    text = as_csv(
        case(
            "2012-13/0001",
            children="Multiple",
            historical="Yes",
            other_roles="Coach @ Wells FC [U9] [Sport]; @ Cadets [Cadets]",
            learning_themes="Lone working; Late referral",
        )
    )
    found = checked(text)
    assert not found.problems
    (row,) = found.rows
    assert row.contact_ref == "2012-13/0001"
    assert row.received_on == date(2012, 6, 12)
    assert row.sex is Sex.FEMALE
    assert row.historical is True
    assert row.institutional is False
    assert row.children == (Children.MULTIPLE, None)
    assert row.ending is OutcomeCode.UNFOUNDED
    assert [theme.label for theme in row.learning_themes or ()] == ["Lone working", "Late referral"]


def test_further_roles_are_parted():
    text = "Coach @ Meadow FC; juniors [Sport and leisure]; Volunteer @ Youth @ Work [Voluntary]"
    (row,) = checked(as_csv(contact(other_roles=text))).rows
    assert row.other_roles
    assert [(each.role and each.role.label, each.setting) for each in row.other_roles] == [
        ("Sports coach", "Meadow FC; juniors"),
        ("Volunteer", "Youth @ Work"),
    ]


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("None identified", (Children.NONE_IDENTIFIED, None)),
        ("none", (Children.NONE_IDENTIFIED, None)),
        ("0", (Children.NONE_IDENTIFIED, None)),
        ("1", (Children.COUNTED, 1)),
        ("12", (Children.COUNTED, 12)),
        ("multiple", (Children.MULTIPLE, None)),
        ("", None),
    ],
)
def test_children(text, children):
    assert checked(as_csv(contact(children=text))).rows[0].children == children


def test_cells_that_begin_like_a_formula_are_text_and_said():
    rows = [
        contact(),
        contact(summary="=HYPERLINK(1)", surname="@Home"),
        contact(summary="'=1"),
        contact(referrer_name="+Plus"),
    ]
    found = checked(as_csv(*rows))
    assert not found.problems
    assert [row.summary for row in found.rows] == [
        "Pushed a child.", "=HYPERLINK(1)", "=1", "Pushed a child.",
    ]  # fmt: skip
    assert found.notices[-1] == (
        "Cells that begin like a formula (=, +, - or @) were read as plain text: rows 3 and 5."
    )


def test_the_sex_of_an_adult_without_a_name_is_said_to_be_left_out():
    found = checked(as_csv(contact(surname="", forename="", date_of_birth="")))
    assert not found.problems
    assert found.notices[-1] == "The sex of an adult without a name is not kept: row 2."


def test_what_a_joining_row_says_of_its_case_is_said_not_to_be_taken_over():
    joining = contact(case_ref="PT-2012-13-001")
    more = [{**joining, "contact_ref": key, key: value} for key, value in (
        ("children", "Multiple"), ("historical", "Yes"), ("institutional", "Yes"), ("summary", "x"),
    )]  # fmt: skip
    found = checked(as_csv(case(), joining, *more))
    assert not found.problems
    assert found.notices[-1] == (
        "Institutional, Historical and Children of a contact that joins a case stay with the "
        "contact and are not taken over by the case: rows 4, 5 and 6."
    )
    assert "taken over" not in " ".join(checked(as_csv(case(), joining)).notices)
    known = Known(case_refs={"PT-2012-13-001": 7})
    assert "case: row 2." in checked(as_csv(joining), known).notices[-1]


def test_many_rows_in_words():
    assert rows_in_words([5]) == "row 5"
    assert rows_in_words([7, 5, 5]) == "rows 5 and 7"
    assert rows_in_words(range(1, 31)) == "rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 20 more"


# Unicode without lone surrogates, which no file can hold, and without NUL, which refuses the file.
hostile = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(BY_KEY)), hostile))
def test_whatever_stands_in_a_cell_it_is_answered_in_words(cells):
    for problem in checked(as_csv({**case("A-1"), **cells})).problems:
        assert problem.wrong
        assert problem.to_do
