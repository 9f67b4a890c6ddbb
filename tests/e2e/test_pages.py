"""Every page in a real browser, as it comes and with its form sent empty: nothing that a screen
reader would trip over, nothing that the content security policy refuses."""

import pytest
from flask import Flask

from lado.models import Term
from lado.rules.vocabulary import TermGroup
from tests import factories
from tests.e2e.conftest import VisitorFor
from tests.guards.routes import routes, table
from tests.security.people_and_pages import somebody_who_may
from tests.security.test_hostile_text import places, url_of
from tests.support.cast import Cast

pytestmark = pytest.mark.e2e

AREAS = sorted({rule.split("/")[1] for rule, (methods, _) in table().items() if "GET" in methods})


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area or "home")
def test_every_page_of_the_area(app: Flask, cast: Cast, visitor_for: VisitorFor, area: str) -> None:
    ids = places(app, cast)
    term = factories.db.session.query(Term).filter_by(group=TermGroup.SECTOR).first()
    assert term is not None
    visitors = {}
    for route in routes(app):
        if "GET" not in route.methods or str(route.rule).split("/")[1] != area:
            continue
        who = None if route.access == "public" else somebody_who_may(cast, route.access)
        key = who.public_id if who else ""
        if key not in visitors:
            visitors[key] = visitor_for(who)
        visitor = visitors[key]
        url = url_of(route, ids, term)
        answer = visitor.page.request.get(visitor.home + url, max_redirects=0)
        if answer.status != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        visitor.go(url)
        form = visitor.page.locator("main form[method=post]").first
        # The last one saves; others add a row or keep a draft.
        save = form.locator("button[type=submit]:not([aria-hidden], [formaction])").last
        if "POST" in route.methods and save.count():
            save.click()
            visitor.page.wait_for_load_state()
            came_back = "There is a problem" in visitor.words()
            visitor.look()
            # The same page with its errors beside it was looked at; another page was not this one.
            if came_back:
                continue
            visitor.go(url)
        visitor.look()
