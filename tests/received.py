"""Referral forms for tests, sent as settings send them. All people and places are invented."""

from typing import Any

from lado.extensions import db
from lado.models import ReceivedForm, Setting
from lado.services.received_form import Sent, receive


def switch_on() -> None:
    db.session.merge(Setting(key="referral_form", value="yes"))
    db.session.commit()


def a_form(**told: Any) -> ReceivedForm:
    """With the form itself switched on, so that its page opens too."""
    switch_on()
    sent = {
        "reporter_name": "Hedy Sendwell",
        "reporter_phone": "01234 567890",
        "concern": "Shouted at a child",
    } | told
    return receive(Sent(**sent))
