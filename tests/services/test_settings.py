import pytest
from sqlalchemy import select

from lado.errors import Invalid
from lado.extensions import db
from lado.models import AuditEvent, Setting
from lado.queries import settings
from lado.rules.timescales import Timescale
from lado.services import settings as services


def test_defaults_stand_until_the_council_says_otherwise(cast):
    assert settings.amount(Timescale.DECISION) == 1
    services.change({"decision_working_days": "3"}, by=cast.administrator)
    assert settings.amount(Timescale.DECISION) == 3
    assert settings.everything()["decision_working_days"] == 3


def test_only_what_differs_is_saved_and_noted(cast):
    typed = {key: str(value) for key, value in settings.everything().items()}
    changed = services.change(typed | {"council_name": "Testshire"}, by=cast.administrator)
    assert changed == ["council_name"]
    assert db.session.scalars(select(Setting.key)).all() == ["council_name"]
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event.detail == {"fields": ["council_name"]}


def test_all_or_nothing(cast):
    with pytest.raises(Invalid) as invalid:
        services.change(
            {"council_name": "Testshire", "decision_working_days": "many"}, by=cast.administrator
        )
    assert set(invalid.value.messages) == {"decision_working_days"}
    assert settings.get_text("council_name") == "Your council"


def test_a_key_that_is_no_setting_is_passed_over(cast):
    assert services.change({"secret_key": "x"}, by=cast.administrator) == []
