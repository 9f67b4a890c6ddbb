"""What a user's address may be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lado import mail
from lado.rules.accounts import EMAIL, problems


@given(address=st.from_regex(EMAIL, fullmatch=True))
@settings(max_examples=150, deadline=None)
def test_a_mail_to_any_address_that_is_taken_goes_to_it_alone(address):
    if not problems(name="Pat", email=address):
        to = mail.reminder(address, sender="register@council.test", address="https://e.test")["To"]
        assert [each.addr_spec for each in to.addresses] == [address]


@pytest.mark.parametrize(
    "address",
    ["o@[example.test", "a,b@c.test", "<a@b.test>", "a@b.test,c@d.test", "a;b@c.test", '"a@b.test',
     "(x)a@b.test", "a@b@c.test", "a@b..test", "a@b.test.", "=?utf-8?q?a?=@b.test", "a@b",
     "a\nb@c.test", "a@b.test\nBcc:c@d.test", "a:b@c.test", "a\\b@c.test"],
)  # fmt: skip
def test_what_a_mail_program_may_read_otherwise_is_refused(address):
    assert list(problems(name="Pat", email=address)) == ["email"]


@pytest.mark.parametrize("address", ["a.b-c@d.gov.uk", "pat.o'neil+lado@e-f.example.test"])
def test_usual_addresses_are_taken(address):
    assert problems(name="Pat", email=address) == {}
