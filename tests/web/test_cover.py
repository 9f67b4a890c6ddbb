"""The pages of the duty rota and of handing over."""

from lxml import html

from lado import clock
from lado.rules.working_days import add_working_days
from lado.services.duty import set_on_duty
from tests.contacts import log
from tests.factories import make_case


def text(response):
    return " ".join(
        html.document_fromstring(response.get_data(as_text=True)).text_content().split()
    )


def a_day(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_the_rota_is_set_and_its_gaps_are_told_to_managers_ahead(cast, client_for):
    lado, manager = client_for(cast.lado), client_for(cast.manager)
    assert "Nobody is on duty" not in text(manager.get("/"))
    first = add_working_days(clock.today(), 1)
    days = a_day("first", first) | a_day("last", add_working_days(first, 2))
    shown = text(lado.follow(lado.post_form("/cover/duty", days | {"duty": "on"})))
    assert "3 working days changed" in shown
    assert "Lada Testwell" in shown
    away = a_day("first", first) | a_day("last", first)
    shown = text(lado.follow(lado.post_form("/cover/duty", away | {"duty": "off"})))
    assert "1 working day changed" in shown
    assert "Nobody is on duty on" in text(manager.get("/"))
    assert "Nobody is on duty on" not in text(lado.get("/"))
    for odd in ("?from=", "?from=0001-01-01", "?from=9999-12-31", "?from=x", "?from=2026-12-25"):
        assert lado.get(f"/cover{odd}").status_code == 200
    assert "Bank holiday" in text(lado.get("/cover?from=2026-12-25"))
    wrong = a_day("first", first) | a_day("last", clock.today()) | {"duty": "on"}
    assert "must not be before the first" in text(lado.post_form("/cover/duty", wrong))


def test_who_is_on_duty_today_is_shown(cast, client_for):
    day = clock.today()
    number = set_on_duty(cast.lado, first=day, last=add_working_days(day, 1), by=cast.lado)
    shown = number == 2
    for page in ("/", "/consultations"):
        said = "On duty today: Lada Testwell" in text(client_for(cast.support).get(page))
        assert said is shown


def test_what_nobody_deals_with_alarms_until_somebody_takes_it(cast, client_for):
    taken = log(cast.support)
    client = client_for(cast.lado)
    assert "Nobody deals with these yet" in text(client.get("/"))
    assert "Nobody deals with these yet" not in text(client_for(cast.support).get("/"))
    assert taken.reference in text(client.get("/consultations?unassigned=yes"))
    there = f"/consultations/{taken.public_id}/owner"
    client.follow(client.post_form(there))
    assert taken.owner is cast.lado
    assert "Nobody deals with these yet" not in text(client.get("/"))
    assert taken.reference in text(client.get("/consultations?mine=yes"))
    client.follow(client.post_form(there, {"owner": "nobody"}))
    assert taken.owner is None


def test_work_is_handed_over(cast, client_for):
    case, first, second = make_case(by=cast.lado), log(cast.lado), log(cast.lado)
    lado, manager = client_for(cast.lado), client_for(cast.manager)
    page = text(lado.get("/cover/hand-over"))
    assert all(record.reference in page for record in (case, first, second))
    to = {"to": cast.other_lado.public_id}
    assert "Choose what to give" in text(lado.post_form("/cover/hand-over", to))
    chosen = to | {"chosen": [f"consultation-{first.public_id}"]}
    assert "1 record given" in text(lado.follow(lado.post_form("/cover/hand-over", chosen)))
    assert (first.owner, second.owner) == (cast.other_lado, cast.lado)
    theirs = f"/cover/hand-over/{cast.lado.public_id}"
    assert lado.get(theirs).status_code == 403
    given = manager.post_form(theirs, to | {"everything": "yes"})
    assert "2 records given" in text(manager.follow(given))
    assert case.owner is second.owner is cast.other_lado
