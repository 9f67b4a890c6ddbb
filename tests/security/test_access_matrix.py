"""Every route, every role, both ways; every record that somebody may not know of."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from lado.extensions import db
from lado.models import Associate, Case, Consultation, Enquiry, Person, SuspectedConflict, User
from lado.queries import access
from lado.queries.case_list import Filters, whole_list
from lado.queries.held import held
from lado.queries.search import search
from lado.rules.permissions import Role
from lado.rules.search import parse
from tests import case_parts, contacts, factories
from tests.advice_parts import enquiry_about
from tests.guards.routes import Route, routes
from tests.security.people_and_pages import (
    CHANGES_WHO_IS_THERE,
    ClientFor,
    address,
    ask,
    asks_to_sign_in,
    may,
    of_role,
    somebody_who_may,
    token_of,
)
from tests.support.cast import Cast

RECORDS = ("people", "consultations", "cases", "enquiries")


def record_routes(app: Flask) -> list[Route]:
    """Those that lead to one record or something within it."""
    return [
        route
        for route in routes(app)
        if str(route.rule).split("/")[1] in RECORDS and "public_id" in route.rule.arguments
    ]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "nobody")
def test_each_role_has_its_routes_and_no_others(
    app: Flask, cast: Cast, client_for: ClientFor, role: Role | None
) -> None:
    browser = client_for(of_role(cast, role))
    token = token_of(browser)
    for route in routes(app):
        if route.access == "public" or route.endpoint in CHANGES_WHO_IS_THERE:
            continue
        for method in sorted(route.methods):
            response = ask(browser, address(route), method, token)
            said = f"{method} {route.rule}: {response.status}"
            if may(role, route.access):
                assert response.status_code not in {401, 403, 405}, said
                assert response.status_code < 500, said
                assert not asks_to_sign_in(response), said
            elif role is None:
                assert asks_to_sign_in(response), said
            else:
                assert response.status_code == 403, said


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "nobody")
def test_what_is_open_to_all_is_open(
    app: Flask, cast: Cast, client_for: ClientFor, role: Role | None
) -> None:
    for route in routes(app):
        if route.access != "public":
            continue
        for method in sorted(route.methods):
            browser = client_for(of_role(cast, role))
            response = ask(browser, address(route), method, token_of(browser))
            said = f"{method} {route.rule}: {response.status}"
            assert response.status_code not in {401, 403, 405}, said
            assert response.status_code < 500, said


def test_a_stranger_signs_nobody_out(client_for: ClientFor, cast: Cast) -> None:
    stranger = client_for()
    response = ask(stranger, "/sign-out", "POST", token_of(stranger))
    assert response.status_code in {302, 303}
    browser = client_for(cast.lado)
    assert ask(browser, "/account", "GET").status_code == 200


@pytest.mark.sqlite_only
def test_every_post_needs_the_token_of_its_own_session(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    borrowed = token_of(client_for(cast.other_lado))
    for route in routes(app):
        if "POST" not in route.methods:
            continue
        who = None if route.access == "public" else somebody_who_may(cast, route.access)
        browser = client_for(who)
        for token in ("", "made-up", borrowed):
            response = ask(browser, address(route), "POST", token)
            assert response.status_code == 400, f"{route.rule} took {token!r}: {response.status}"


def served(app: Flask, *found: Person | Consultation | Case) -> dict[str, str]:
    """Area -> the record's id in addresses, of the areas that this installation has. The enquiry
    considered nothing but the person."""
    enquiry = db.session.scalars(select(Enquiry)).one()
    ids = {area: one.public_id for area, one in zip(RECORDS, (*found, enquiry), strict=True)}
    return {area: public_id for area, public_id in ids.items() if area in app.blueprints}


def records() -> tuple[Person, Consultation, Case]:
    case = factories.make_case()
    assert case.person is not None
    enquiry_about(case.person, factories.a_user())
    return case.person, case.subjects[0].consultation, case


def restricted(person: Person, consultation: Consultation, case: Case, _user: User) -> None:
    for thing, record in ((Person, person), (Consultation, consultation), (Case, case)):
        db.session.execute(update(thing).where(thing.id == record.id).values(restricted=True))


def themselves(person: Person, _consultation: Consultation, _case: Case, user: User) -> None:
    db.session.execute(update(User).where(User.id == user.id).values(person_id=person.id))


def an_associate(person: Person, _consultation: Consultation, _case: Case, user: User) -> None:
    db.session.add(Associate(user_id=user.id, person_id=person.id, connection="Neighbour"))


def may_be_them(person: Person, _consultation: Consultation, _case: Case, user: User) -> None:
    db.session.add(SuspectedConflict(user_id=user.id, person_id=person.id, score=80))


@pytest.mark.parametrize("hide", [restricted, themselves, an_associate, may_be_them])
def test_a_record_one_may_not_know_of_is_not_found_on_any_route(
    app: Flask, cast: Cast, client_for: ClientFor, hide
) -> None:
    found = records()
    ids = served(app, *found)
    browser = client_for(cast.manager)
    for area, public_id in ids.items():
        assert browser.get(f"/{area}/{public_id}").status_code == 200

    hide(*found, cast.manager)
    db.session.commit()
    token = token_of(browser)
    for route in record_routes(app):
        public_id = ids[str(route.rule).split("/")[1]]
        for method in sorted(route.methods):
            response = ask(browser, address(route, public_id), method, token)
            assert response.status_code == 404, f"{method} {route.rule}: {response.status}"
    for area, public_id in ids.items():
        assert public_id not in browser.get(f"/{area}").text


def only_the_person(person: Person, _consultation: Consultation, _case: Case, _user: User) -> None:
    db.session.execute(update(Person).where(Person.id == person.id).values(restricted=True))


@pytest.mark.sqlite_only
@pytest.mark.parametrize("hide", [an_associate, only_the_person])
def test_what_a_contact_says_of_two_adults_is_closed_to_whom_either_is_closed(
    app: Flask, cast: Cast, client_for: ClientFor, hide
) -> None:
    """The case of the one holds the words of the contact, and these name the other."""
    one, other = factories.make_person(), factories.make_person()
    contact = contacts.log(
        cast.lado, contacts.adult(one), contacts.adult(other), summary="Seen in the gymnasium"
    )
    factories.decide(contact)
    of_one, of_other = (subject.case for subject in contact.subjects)
    assert of_one is not None
    assert of_other is not None
    further = case_parts.join_case(of_other, cast.lado, contacts.adult(other))
    browser, reader = client_for(cast.manager), cast.manager

    def known() -> list[bool]:
        hits = [hit.record for group in search(reader, parse("gymnasium")) for hit in group.hits]
        lists = ("/cases", "/work", f"/people/{other.public_id}")
        return [
            *(of_other.reference in browser.get(page).text for page in lists),
            of_other in hits,
            of_other in whole_list(reader, Filters()),
            of_other in held(reader, [other])[other.id].cases,
            access.may_know_of(reader, further),
        ]

    assert known() == [True, False, *[True] * 5], "it is another user's work"
    hide(one, contact, of_one, reader)
    db.session.commit()
    assert not any(known())
    assert browser.get(f"/people/{other.public_id}").status_code == 200
    for route in record_routes(app):
        if str(route.rule).startswith("/cases/") and "GET" in route.methods:
            response = ask(browser, address(route, of_other.public_id), "GET")
            assert response.status_code == 404, f"{route.rule}: {response.status}"


def test_somebody_else_still_finds_it(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    person, consultation, case = records()
    themselves(person, consultation, case, cast.manager)
    db.session.commit()
    browser = client_for(cast.lado)
    for area, public_id in served(app, person, consultation, case).items():
        assert browser.get(f"/{area}/{public_id}").status_code == 200


def test_what_stands_within_another_record_is_not_found(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    """Within a record things have numbers: only those of this record lead anywhere."""
    ids = served(app, *records())
    browser = client_for(cast.manager)
    token = token_of(browser)
    for route in record_routes(app):
        if "<int" not in str(route.rule):
            continue
        url = address(route, ids[str(route.rule).split("/")[1]], number=77)
        for method in sorted(route.methods):
            response = ask(browser, url, method, token)
            # A form without its version is refused before anything is looked for.
            assert response.status_code in {404, 409}, f"{method} {route.rule}: {response.status}"


def test_an_unknown_record_and_a_hidden_one_are_answered_alike(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    person, consultation, case = records()
    restricted(person, consultation, case, cast.manager)
    db.session.commit()
    browser = client_for(cast.manager)
    for area, public_id in served(app, person, consultation, case).items():
        hidden = browser.get(f"/{area}/{public_id}")
        unknown = browser.get(f"/{area}/{'A' * 22}")
        assert hidden.status_code == unknown.status_code == 404
        # The sign-out form's token differs from answer to answer.
        assert len(hidden.text) == len(unknown.text)
