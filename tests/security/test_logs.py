import json
import logging
import sys
from datetime import date

import pytest

from lado import logs
from lado.services import session
from tests.support.accounts import give_password
from tests.support.cast import PASSWORD


@pytest.fixture
def handler():
    handler = logs.Stderr()
    handler.addFilter(logs.PlainArguments())
    handler.setFormatter(logs.JsonLines())
    return handler


@pytest.fixture
def log(handler):
    log = logging.getLogger("lado.tests")
    log.addHandler(handler)
    log.propagate = False
    yield log
    log.removeHandler(handler)
    log.propagate = True


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_is_one_line_of_json_in_utc(log, capsys):
    log.warning("Something happened %s times", 3)
    (line,) = lines(capsys)
    assert line["message"] == "Something happened 3 times"
    assert line["level"] == "warning"
    assert line["time"].endswith("+00:00")


def test_a_line_break_in_input_cannot_forge_a_line(log, capsys):
    log.warning("Typed: %s", 'x\n{"level": "error"}\r\u2028\x85\x00\x1b[2J')
    assert len(lines(capsys)) == 1
    log.warning("Typed: %s", "x\ny")
    assert "\n" not in capsys.readouterr().err.rstrip("\n")


@pytest.mark.parametrize(
    "argument", [["Lada"], {"a": "Lada"}, ("Lada",), {"Lada"}, Exception("Lada"), date(2020, 1, 1)]
)
def test_a_record_a_list_or_a_dict_gets_no_further_than_its_type(argument, log, capsys):
    log.warning("Here: %s and %s", argument, 1)
    log.warning("Here: %(what)s", {"what": argument})
    shown = capsys.readouterr().err
    assert "Lada" not in shown
    assert f"<{type(argument).__name__}>" in shown


def test_a_user_is_not_logged(log, cast, capsys):
    log.warning("Here: %s", cast.lado)
    assert lines(capsys)[0]["message"] == "Here: <User>"


def test_of_an_exception_only_kind_and_place_are_logged(log, capsys):
    name = "Somebody's " + "name"
    try:
        raise ValueError(name)
    except ValueError:
        log.exception("It failed")
    (line,) = lines(capsys)
    assert line["exception"] == "ValueError"
    assert "test_logs.py" in line["place"][-1]
    assert name not in json.dumps(line)


def test_a_request_is_logged_by_its_route_without_what_was_asked(app, cast, client_for, capsys):
    client = client_for(cast.administrator)
    capsys.readouterr()
    client.get(f"/users/{cast.lado.public_id}?name=Lada+Testwell")
    client.get("/Lada-Testwell?x=Lada")
    found = [line for line in lines(capsys) if line.get("event") == "request"]
    assert [line["route"] for line in found] == ["/users/<record_id:public_id>", "none"]
    assert [line["status"] for line in found] == [200, 404]
    assert found[0]["user"] == cast.administrator.public_id
    assert "Lada" not in json.dumps(found)


def test_nothing_of_a_sign_in_is_in_the_log(app, cast, client_for, capsys):
    user = give_password(cast.lado)
    client = client_for()
    for typed in (PASSWORD, "wrong wrong wrong"):
        client.post_form("/sign-in", {"email": user.email, "password": typed})
    text = capsys.readouterr().err
    assert text
    assert not any(word in text for word in (user.email, user.name, PASSWORD, "wrong wrong"))


def test_each_event_of_the_trail_made_in_a_request_is_copied_to_the_log(
    app, cast, client_for, capsys
):
    user = give_password(cast.lado)
    session.start(user)
    assert not [line for line in lines(capsys) if line["message"] == "Audit event"]
    client_for().post_form("/sign-in", {"email": user.email, "password": "wrong wrong wrong"})
    (line,) = [line for line in lines(capsys) if line["message"] == "Audit event"]
    assert (line["event"], line["record"]) == ("user.sign_in_failed", user.public_id)
    assert len(line["hash"]) == 64


def test_there_is_one_handler_however_many_applications(own_app):
    logs.init_app(own_app)
    found = [each for each in logging.getLogger().handlers if isinstance(each, logs.Stderr)]
    assert len(found) == 1


def test_a_broken_stderr_stops_nothing(log, monkeypatch):
    class Broken:
        def write(self, text):
            raise OSError

    monkeypatch.setattr(logging, "raiseExceptions", False)
    monkeypatch.setattr(sys, "stderr", Broken())
    log.warning("x")
