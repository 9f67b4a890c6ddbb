"""Which organisations were heard of lately, as far as the reader may know."""

from flask import Flask

from lado.extensions import db
from lado.queries import coverage
from lado.queries.keyset import FIRST_PAGE
from tests import contacts, factories
from tests.support.cast import Cast

SECTOR = "Maintained school"


def test_organisations_are_counted_by_their_last_contact(app: Flask, cast: Cast) -> None:
    names = ("Early Fable", "Late Fable", "Never Fable", "Setting Fable", "Closed Fable")
    early, late, never, setting, closed = (
        factories.make_organisation(name=name, sector=SECTOR) for name in names
    )
    factories.make_consultation(received_on=factories.days_ago(500), organisation=early)
    for days in (500, 10):
        factories.make_consultation(received_on=factories.days_ago(days), organisation=late)
    happened = factories.make_consultation(received_on=factories.days_ago(10))
    happened.setting_id, closed.closed = setting.id, True
    db.session.commit()
    since = factories.days_ago(365)

    def counted() -> list[tuple[int, int, int]]:
        found = coverage.by_sector(cast.manager, since)
        return [(each.recent, each.earlier, each.never) for each in found if each.sector == SECTOR]

    assert counted() == [(2, 1, 1)]
    page = coverage.silent(cast.manager, since, FIRST_PAGE, sector_id=early.sector_id)
    assert list(page.items) == [early, never]
    assert coverage.last_days(cast.manager, page.items) == {early.id: factories.days_ago(500)}
    # Who may not know of the contact is told of none.
    contacts.restrict_consultation(happened)
    assert counted() == [(1, 1, 2)]
