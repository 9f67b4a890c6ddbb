import pytest

from lado import clock
from lado.extensions import db
from lado.models import Consultation, ConsultationSubject, Position
from lado.rules.vocabulary import TermGroup
from tests.factories import make_organisation


def text(response):
    return response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        ("lado", ["Consultations to decide", "Actions overdue"], ["Closures to sign off"]),
        ("manager", ["Consultations to decide"], ["To look after"]),
        ("support", ["Strategy discussions"], ["Reports to approve"]),
        ("member", ["Published reports", "No report has been published"], ["Consultations"]),
        ("auditor", ["Audit trail: who did what"], ["Consultations to decide"]),
        ("administrator", ["Users: invite", "Settings: the council"], ["Consultations", "reports"]),
    ],
)
def test_each_role_sees_its_own_work(client_for, cast, name, shown, hidden):
    page = text(client_for(getattr(cast, name)).get("/"))
    main = page[page.index("<main") : page.index("</main>")]
    assert [words for words in shown if words not in main] == []
    assert [words for words in hidden if words in main] == []


def test_a_consultation_waits_once_and_is_told_by_role_and_place(client_for, cast, term):
    position = Position(
        sector=term(TermGroup.SECTOR, "Police"),
        organisation=make_organisation("Oak <i>Station"),
    )
    category = term(TermGroup.CATEGORY, "Physical abuse")
    consultation = Consultation(
        reference="C-2026-00001",
        received_on=clock.today(),
        summary="Not to be shown here",
        taken_by=cast.lado,
        owner=cast.lado,
        subjects=[ConsultationSubject(number=1, position=position, category=category)],
    )
    db.session.add(consultation)
    db.session.commit()
    page = text(client_for(cast.lado).get("/"))
    assert page.count(">C-2026-00001<") == 1
    assert "Police, Oak &lt;i&gt;Station" in page
    assert "1 consultation awaiting a decision" in page
    assert "Police, Oak &lt;i&gt;Station" in text(client_for(cast.lado).get("/cover/hand-over"))
    assert "Less than 1 working day" in page
    assert "Not to be shown" not in page


def test_the_sign_in_before_is_shown(client_for, cast):
    assert "This is your first time here" in text(client_for(cast.lado).get("/"))
    assert "You last signed in on" in text(client_for(cast.lado).get("/"))


def test_a_stranger_is_asked_to_sign_in(client_for):
    response = client_for().get("/")
    assert response.status_code == 302
    assert "/sign-in" in response.location
