"""Users declare for themselves; what may be about them is handed to a manager (R-42)."""

from sqlalchemy import select

from lado.extensions import db
from lado.models import AuditEvent, Consultation, Declaration
from lado.queries import access
from lado.services import conflict, declaration
from tests.factories import make_suspected_conflict
from tests.security.people_and_pages import token_of

OWN = "/account/people-close-to-you"
SISTER = {
    "myself": "close", "connection": "Sister", "surname": "Mockridge", "forename": "Wren",
    "date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "1985",
}  # fmt: skip


def press(client, url):
    """A button that posts nothing else."""
    return client.post(url, {"csrf_token": token_of(client)})


def text(response):
    return response.get_data(as_text=True)


def test_a_user_keeps_a_list_that_nobody_else_reads(cast, client_for):
    client = client_for(cast.lado)
    assert "Say who is close to you" in text(client.get("/account"))
    assert "Say who is close to you" not in text(client_for(cast.auditor).get("/account"))
    nobody = client.follow(press(client, f"{OWN}/nobody"))
    assert "Nobody, confirmed on" in text(nobody)
    refused = client.post_form(OWN, SISTER | {"connection": ""}, containing="myself")
    assert "Enter how you are connected" in text(refused)
    assert "Mockridge" in text(refused)
    added = text(client.follow(client.post_form(OWN, SISTER, containing="myself")))
    for said in ("Wren Mockridge", "27 Mar 1985", "Sister"):
        assert said in added
    assert "1 person named" in text(client.get("/account"))
    assert press(client, f"{OWN}/nobody").status_code == 409

    listed = db.session.scalars(select(Declaration)).one()
    for other in (cast.other_lado, cast.manager, cast.administrator):
        browser = client_for(other)
        assert "Mockridge" not in text(browser.get(OWN))
        assert press(browser, f"{OWN}/{listed.public_id}/take-off").status_code == 404
    off = client.follow(press(client, f"{OWN}/{listed.public_id}/take-off"))
    assert "Wren Mockridge" not in text(off)
    assert listed.ended_at is not None
    declared = AuditEvent.action.startswith("declaration.")
    events = db.session.scalars(select(AuditEvent).where(declared).order_by(AuditEvent.id))
    assert [(one.action, one.detail) for one in events] == [
        ("declaration.nobody", {}), ("declaration.made", {}), ("declaration.taken_off", {}),
    ]  # fmt: skip


def test_who_logs_a_call_about_themselves_is_told_that_it_was_handed_on(cast, client_for):
    declaration.declare(surname="Mockridge", forename="Wren", connection="Sister", by=cast.lado)
    client = client_for(cast.lado)
    call = {"summary": "Held a child", "adults-0-surname": "Mockridge", "adults-0-forename": "Wren"}
    landed = text(client.follow(client.post_form("/consultations/add", call)))
    made = db.session.scalars(select(Consultation)).one()
    assert f"so it was handed to your manager. You cannot open it. Reference {made.reference}." in (
        " ".join(landed.split())
    )
    assert landed.count(made.reference) == 1
    assert client.get(f"/consultations/{made.public_id}").status_code == 404
    person = {"surname": "Testwell", "forename": "Lada"}
    landed = text(client.follow(client.post_form("/people/add", person)))
    assert "handed to your manager" in landed
    assert made.reference in text(client_for(cast.manager).get("/"))
    assert "somebody close to them: 2" in text(client_for(cast.manager).get("/"))
    assert "somebody close to them" not in text(client.get("/"))


def test_a_manager_settles_it_with_the_reasons_in_words(cast, client_for):
    found, second = (make_suspected_conflict(cast.lado) for _ in range(2))
    client = client_for(cast.manager)
    listed = text(client.get("/conflicts"))
    for said in ("Lada Testwell, LADO", "The user themselves", "Same surname; same first name"):
        assert said in listed
    page = f"/conflicts/{found.public_id}"
    refused = text(client.post_form(page, {"is_them": "no"}))
    assert "Enter how you know that it is not them" in refused
    done = client.follow(client.post_form(page, {"is_them": "no", "note": "Another address"}))
    assert "open to the user again" in text(done)
    assert access.may_know_of(cast.lado, found.person)
    assert client.get(page).status_code == 404
    client.post_form(f"/conflicts/{second.public_id}", {"is_them": "yes"})
    assert cast.lado.person_id == second.person_id
    assert "None that you have access to" in text(client.get("/conflicts"))


def test_one_about_the_manager_is_not_there_for_them(cast, client_for):
    found = make_suspected_conflict(cast.manager)
    client = client_for(cast.manager)
    assert client.get(f"/conflicts/{found.public_id}").status_code == 404
    assert "None that you have access to" in text(client.get("/conflicts"))
    assert "somebody close to them" not in text(client.get("/"))
    told = text(client_for(cast.administrator).get("/"))
    assert "A matter waits for the head of service" in told
    assert "Mabel" not in told
    conflict.dismiss(found, note="Another", by=cast.lado)
    assert "A matter waits" not in text(client_for(cast.administrator).get("/"))
