"""The checker lets a good page through and names each fault."""

import pytest

from tests.support.html import BadPage, check_page

GOOD = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Error: Add a person – Testshire</title></head><body>
<main><h1><span class="govuk-caption-l">People</span> Add a person</h1>
<form method="post" action="/people/add">
<input type="hidden" name="csrf_token" value="x">
<fieldset><legend>Who</legend><label for="name">Name</label><input id="name" name="name"></fieldset>
<button>Save</button></form>
<table><caption>People</caption><thead><tr><th scope="col">Name</th></tr></thead>
<tbody><tr><td>One &amp; two</td></tr></tbody></table>
<a href="/people">All people</a></main></body></html>"""

FAULTS = {
    "a doctype": ("<!DOCTYPE html>", ""),
    "a language": (' lang="en-GB"', ""),
    "one h1": ("<a href", "<h1>Another</h1><a href"),
    "a title of its own": ("Error: Add a person", "Error: Something else"),
    "closed elements": ("</main>", ""),
    "closing in order": ("</fieldset>", "</div></fieldset>"),
    "blocks in their place": ("<caption>People", "<caption><div>People</div>"),
    "no link in a link": (">All people<", '><a href="/x">All</a><'),
    "attributes once": ('id="name"', 'id="name" id="other"'),
    "ids once": ("<fieldset>", '<fieldset id="name">'),
    "ids that are there": ('id="name"', 'id="name" aria-describedby="hint"'),
    "no style": ("<main>", '<main style="color: red">'),
    "no script": ("<main>", "<main><script>alert(1)</script>"),
    "no handler": ("<main>", '<main onclick="x()">'),
    "no link to a script": ('href="/people"', 'href="javascript:x()"'),
    "labels": ('<label for="name">Name</label>', ""),
    "labels with words": (">Name</label>", "></label>"),
    "a legend": ("<legend>Who</legend>", ""),
    "a method": ('method="post"', ""),
    "an action": ('action="/people/add"', ""),
    "a token": ('name="csrf_token"', 'name="token"'),
    "a draft": ("<fieldset>", '<div data-maxlength="2001"></div><fieldset>'),
    "a button": ("<button>Save</button>", ""),
    "a caption": ("<caption>People</caption>", ""),
    "scopes": ('<th scope="col">', "<th>"),
    "words in links": (">All people<", "><"),
    "no NUL": ("All people", "All\x00people"),
    "heading levels": ("<a href", "<h3>Later</h3><a href"),
}


def test_a_good_page_passes():
    check_page(GOOD, "/people/add")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_needs(fault):
    good, bad = FAULTS[fault]
    assert good in GOOD
    with pytest.raises(BadPage):
        check_page(GOOD.replace(good, bad, 1), "/people/add")
