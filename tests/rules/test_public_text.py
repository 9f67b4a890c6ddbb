"""What in a text might tell whom it is about."""

import pytest

from lado.rules.matching import Called
from lado.rules.one_text_names import called
from lado.rules.public_text import FindingKind, findings

TEXT = (
    "Contacts rose. A coach at Hill Top School's, aged 34, was seen by Ann Smythe on 3 May 2026 "
    "and 06/07/2026. Mr Brook spoke. Faith organisations ask earlier, and Smith was told by "
    "SMYTHE-JONES. Jo Green said so of PT-2026-0001. (J. Ærø was at the Hill Top School.)"
)


def test_each_name_place_date_age_and_rare_thing_is_found() -> None:
    found = findings(
        TEXT,
        people=[Called("Smith", "Tom"), Called("Jones", "Ann"), Called("Absent", "Jo")],
        places=["Hill Top School", "Hill Top Nursery"],
        rare=["Faith organisations", "Police"],
    )
    by_kind = {kind: [one.words for one in found if one.kind is kind] for kind in FindingKind}
    assert by_kind == {
        FindingKind.PERSON: ["Ann", "Smith", "SMYTHE-JONES", "Jo"],
        FindingKind.CALLED: [
            "Hill Top School's", "Ann Smythe", "Jo Green", "J. Ærø", "Hill Top School", "Mr Brook",
        ],
        FindingKind.PLACE: ["Hill Top School"],
        FindingKind.DATE: ["3 May", "06/07/2026"],
        FindingKind.AGE: ["aged 34"],
        FindingKind.REFERENCE: ["PT-2026-0001"],
        FindingKind.RARE: ["Faith organisations"],
    }  # fmt: skip


def test_words_that_are_names_too_are_found_only_where_they_are_written_as_names() -> None:
    people = [
        Called(*each)
        for each in [("May", "Grace"), ("Young", "Mark"), ("Said", "Will"), ("Quark", "An")]
    ]
    plain = (
        "In May and June more came from schools, it was said. The sub-group asked for training. "
        "Mark this. Grace was given by an agency. May is busy. Young people came.\nWill it last? "
        "Most did. The Local Authority Designated Officer met the Police. An end: Said twice."
    )
    assert findings(plain, people=people, places=[], rare=[]) == []
    named = "Grace May rang. We met Mark, and then young Will Said. quark told Mrs. Young."
    found = findings(named, people=people, places=[], rare=[])
    told = [one.words for one in found if one.kind is FindingKind.PERSON]
    assert told == ["Grace May", "Mark", "young Will Said", "quark", "Young"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Zebedee Crowe", Called("Crowe", "Zebedee")),
        ("Dr P. Nightingale (GP)", Called("Nightingale", "P")),
        ("Crowe, Zebedee", Called("Crowe", "Zebedee")),
        ("zebedee crowe", Called("crowe", "zebedee")),
        ("Zebedee", Called("Zebedee")),
        ("Unknown boy", None),
        ("Year 9 pupil", None),
        ("some who were there", None),
    ],
)
def test_a_name_in_one_text_is_parted_and_what_somebody_is_is_no_name(typed, name) -> None:
    assert called(typed) == name
