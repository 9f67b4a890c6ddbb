"""Organisations are offered while one is typed, to the keyboard and to screen readers."""

import pytest

from tests.e2e.conftest import VisitorFor
from tests.factories import make_organisation
from tests.support.cast import Cast

pytestmark = pytest.mark.e2e


def test_an_organisation_is_typed_once(cast: Cast, visitor_for: VisitorFor) -> None:
    for name in ("Fable Oak School", "Fable Ash School", "Mock Club"):
        make_organisation(name)
    visitor = visitor_for(cast.lado)
    visitor.go("/consultations/add")
    field = visitor.page.locator("[data-suggest]").first
    field.press_sequentially("school fab")
    options = visitor.page.locator(".lado-suggest [role=option]")
    options.first.wait_for()
    assert options.count() == 2
    assert "Maintained school" in options.first.inner_text()
    visitor.look()
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    field.press("Enter")
    assert field.input_value() == "Fable Oak School"
    assert field.get_attribute("aria-expanded") == "false"
    assert visitor.page.url.endswith("/consultations/add")
