import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.support import postgres

pytestmark = pytest.mark.postgres


def test_a_copied_database_has_the_rows_of_its_template_and_none_back(postgres_server):
    server = postgres_server
    template = server.create()
    _execute(template, "CREATE TABLE word (label text)")
    _execute(template, "INSERT INTO word VALUES ('Llŷr')")
    copy = server.create(template)
    _execute(copy, "DELETE FROM word")
    assert _count(template) == 1
    assert _count(copy) == 0


def test_a_dropped_database_is_gone(postgres_server):
    server = postgres_server
    url = server.create()
    server.drop(url)
    with pytest.raises(OperationalError, match="does not exist"):
        _count(url)


def test_the_server_and_its_folder_are_gone_afterwards():
    with postgres.running() as server:
        connection = psycopg.connect(host=str(server.socket), user=postgres.USER, dbname="postgres")
    assert not server.socket.exists()
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")


def test_a_machine_without_postgresql_is_told_so(monkeypatch):
    monkeypatch.setattr(postgres, "find", lambda: None)
    with pytest.raises(RuntimeError, match="Install one"), postgres.running():
        pass


def _execute(url, statement):
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _count(url):
    engine = create_engine(url)
    with engine.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM word")).scalar_one()
    engine.dispose()
    return count
