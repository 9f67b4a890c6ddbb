import pytest
from sqlalchemy import text

from lado.extensions import db
from lado.services import session


def verify(app, *options):
    return app.test_cli_runner().invoke(args=["audit", "verify", *options])


def newest_seal(app):
    return verify(app).output.rpartition("Newest seal: ")[2].strip()


def test_nothing_has_happened_in_an_empty_system(app):
    result = verify(app)
    assert (result.exit_code, result.output) == (0, "The audit trail is whole: 0 events.\n")


def test_an_untouched_trail_is_whole(app, cast):
    for _ in range(3):
        session.start(cast.lado)
    result = verify(app)
    assert result.exit_code == 0
    assert "whole: 3 events" in result.output


def test_a_changed_event_is_found(app, cast):
    for _ in range(3):
        session.start(cast.lado)
    with_hands("UPDATE audit_event SET actor = 'somebody else' WHERE id = 2")
    result = verify(app)
    assert result.exit_code == 1
    assert "Event 2 " in result.output


def test_a_missing_event_is_found(app, cast):
    for _ in range(3):
        session.start(cast.lado)
    with_hands("DELETE FROM audit_event WHERE id = 2")
    result = verify(app)
    assert result.exit_code == 1
    assert "Event 3 " in result.output


def test_a_trail_that_was_cut_off_lacks_the_seal_that_was_noted_down(app, cast):
    for _ in range(3):
        session.start(cast.lado)
    seal = newest_seal(app)
    session.start(cast.lado)
    assert verify(app, "--seal", seal.upper()).exit_code == 0
    with_hands("DELETE FROM audit_event WHERE id >= 3")
    assert verify(app).exit_code == 0, "it holds by itself"
    result = verify(app, "--seal", seal)
    assert result.exit_code == 1
    assert f"None of the 2 events has the seal {seal}" in result.output


@pytest.mark.parametrize("seal", ["0" * 64, "x", "%"])
def test_a_seal_that_was_never_there_is_not_found(seal, app, cast):
    session.start(cast.lado)
    assert verify(app, "--seal", seal).exit_code == 1


def test_a_trail_that_was_removed_is_missed(app, cast):
    session.start(cast.lado)
    with_hands("DELETE FROM audit_event")
    result = verify(app)
    assert result.exit_code == 1
    assert "There are users and no events" in result.output


def with_hands(statement):
    """As somebody could who owns the database: the triggers are taken off first."""
    db.session.remove()
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        else:
            connection.execute(text("DROP TRIGGER audit_event_no_update"))
            connection.execute(text("DROP TRIGGER audit_event_no_delete"))
        connection.execute(text(statement))
