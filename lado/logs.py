"""One line of JSON on stderr for each event. No names, no text that people wrote, no query
strings: a route and opaque ids say where to look."""

import json
import logging
import sys
from datetime import UTC, datetime
from time import perf_counter
from traceback import format_tb
from typing import Any

from flask import Flask, g, has_request_context, request
from sqlalchemy import event
from werkzeug.wrappers import Response

from lado.extensions import db
from lado.models import AuditEvent

PLAIN = (str, int, float, bool, type(None))

log = logging.getLogger(__name__)


class PlainArguments(logging.Filter):
    """A record, a list or a dict may hold a name: only its type gets into the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_plain(argument) for argument in record.args)
        elif record.args:
            record.args = {key: _plain(value) for key, value in record.args.items()}
        return True


def _plain(argument: Any) -> Any:
    return argument if isinstance(argument, PLAIN) else f"<{type(argument).__name__}>"


class JsonLines(logging.Formatter):
    """JSON keeps a line break in somebody's input from looking like a line of ours."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if has_request_context():
            line["route"] = str(request.url_rule or "none")
            line["method"] = request.method
        if record.exc_info and record.exc_info[0]:
            # The message of an exception may hold what somebody typed.
            line["exception"] = record.exc_info[0].__name__
            line["place"] = format_tb(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True)


class Stderr(logging.Handler):
    """Asks for stderr each time, since a test or a server may have put another in its place."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
        except Exception:  # noqa: BLE001 - as the standard library's handlers do
            self.handleError(record)


def init_app(app: Flask) -> None:
    root = logging.getLogger()
    if not any(isinstance(handler, Stderr) for handler in root.handlers):
        handler = Stderr()
        handler.addFilter(PlainArguments())
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
    logging.getLogger("lado").setLevel(logging.INFO)
    app.before_request(_begin)
    app.after_request(_note)


def _begin() -> None:
    g.began = perf_counter()


def _note(response: Response) -> Response:
    if request.endpoint in ("static", "health.health"):
        return response
    facts = {
        "event": "request",
        "status": response.status_code,
        "milliseconds": round((perf_counter() - g.get("began", perf_counter())) * 1000),
        "address": request.remote_addr,
        "user": getattr(g.get("_login_user"), "public_id", None),
    }
    log.info("%s answered", request.method, extra={"facts": facts})
    return response


@event.listens_for(AuditEvent, "after_insert")
def _collect(_mapper: object, _connection: object, inserted: AuditEvent) -> None:
    db.session.info.setdefault("audit_lines", []).append(
        {
            "event": inserted.action,
            "number": inserted.id,
            "actor": inserted.actor,
            "record": inserted.record,
            "detail": inserted.detail,
            "hash": inserted.hash,
        }
    )


@event.listens_for(db.session, "after_commit")
def _send(_session: object) -> None:
    """A copy of each event that is really in the trail, for wherever the server's logs go. What
    is done by command has a terminal for stderr, and stands in the trail alone."""
    lines = db.session.info.pop("audit_lines", [])
    for facts in lines if has_request_context() else ():
        log.info("Audit event", extra={"facts": facts})


@event.listens_for(db.session, "after_rollback")
def _drop(_session: object) -> None:
    db.session.info.pop("audit_lines", None)
