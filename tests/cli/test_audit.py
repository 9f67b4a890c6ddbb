from sqlalchemy import text

from lado.extensions import db
from lado.services import session


def verify(app):
    return app.test_cli_runner().invoke(args=["audit", "verify"])


def test_an_untouched_trail_is_whole(app, cast):
    assert "whole: 0 events" in verify(app).output
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
