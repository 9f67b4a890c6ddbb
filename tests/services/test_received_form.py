"""What settings send, and what becomes of it."""

from datetime import date

import pytest
from sqlalchemy import select

from lado.errors import Invalid, NotFound, Refused
from lado.extensions import db
from lado.models import Associate, AuditEvent, ReceivedForm
from lado.queries import access, inbox
from lado.rules.permissions import Permission
from lado.rules.vocabulary import FormStatus, Origin
from lado.services import consultation
from lado.services.received_form import put_aside
from lado.services.restriction import restrict
from tests.contacts import adult, contact
from tests.factories import make_person
from tests.received import a_form


def test_a_form_waits_until_it_is_logged_once(app, cast):
    form = a_form(adult_surname="Testerby")
    assert inbox.waiting(cast.support) == [form]
    made = consultation.log(
        contact=contact(), adults=[adult()], received_form=form, by=cast.support
    )
    assert (made.origin, form.status, form.consultation) == (Origin.FORM, FormStatus.LOGGED, made)
    row = db.session.execute(select(ReceivedForm.__table__)).one()._asdict()
    assert {name for name, value in row.items() if value not in (None, False, "")} == {
        "id",
        "public_id",
        "version",
        "reference",
        "status",
        "sent_at",
        "handled_at",
        "handled_by_id",
        "consultation_id",
    }, "what it said is in the consultation alone"
    assert inbox.number_waiting(cast.support) == 0
    with pytest.raises(Refused):
        consultation.log(contact=contact(), adults=[adult()], received_form=form, by=cast.lado)
    restrict(made, to=[cast.lado], version=made.version, by=cast.manager)
    assert inbox.handled(cast.other_lado, 1).items == []
    assert inbox.handled(cast.lado, 1).items == [form]


def test_a_form_is_put_aside_with_a_reason(app, cast):
    form = a_form()
    with pytest.raises(Invalid):
        put_aside(form, reason=" ", version=form.version, by=cast.support)
    put_aside(form, reason="Sent twice", version=form.version, by=cast.support)
    with pytest.raises(Refused):
        put_aside(form, reason="Again", version=form.version, by=cast.support)
    assert (form.status, form.handled_by) == (FormStatus.PUT_ASIDE, cast.support)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"reporter_phone": ""}, "reporter_phone"),
        ({"concern": " "}, "concern"),
        ({"aware_on": date(2999, 1, 1)}, "aware_on"),
        ({"happened_to": date(2026, 1, 1)}, "happened_from"),
        ({"happened_from": date(2026, 1, 2), "happened_to": date(2026, 1, 1)}, "happened_to"),
    ],
)
def test_what_cannot_be_is_refused(app, cast, told, field):
    with pytest.raises(Invalid) as refused:
        a_form(**told)
    assert list(refused.value.messages) == [field]


def test_nobody_finds_a_form_about_themselves_or_somebody_they_declared(app, cast):
    """Their name in either order, accents and case aside (R-42); not in the trail either."""
    about = [
        a_form(adult_surname="TÉSTWELL", adult_forename="lada"),
        a_form(adult_surname="Lada", adult_forename="Testwell"),
    ]
    cousin = make_person(surname="Mockridge", forename="Wren")
    db.session.add(Associate(user_id=cast.lado.id, person_id=cousin.id, connection="Cousin"))
    db.session.commit()
    about.append(a_form(adult_surname="Mockridge", adult_forename="Wren"))
    other = a_form(adult_surname="Testwell", adult_forename="Ladarius")
    assert inbox.waiting(cast.lado) == [other]
    assert inbox.number_waiting(cast.other_lado) == 4
    for form in about:
        with pytest.raises(NotFound):
            access.get_received_form(cast.lado, form.public_id, Permission.CONSULTATION_LOG)
    closed = set(db.session.scalars(access.closed_public_ids(cast.lado)))
    assert closed >= {form.public_id for form in about}
    assert other.public_id not in closed
    received = db.session.scalars(select(AuditEvent).where(AuditEvent.thing == "received_form"))
    assert {row.actor for row in received} == {"not signed in"}
