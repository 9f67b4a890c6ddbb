"""What must be said on every print."""

from datetime import date

from lado.rules.protection import reporting_warning


def test_a_reporting_restriction_is_said_until_it_is_lifted():
    (words,) = reporting_warning(restricted=True, lifted_on=None)
    assert "nothing may be published" in words
    assert reporting_warning(restricted=True, lifted_on=date(2026, 6, 1)) == []
    assert reporting_warning(restricted=False, lifted_on=None) == []
