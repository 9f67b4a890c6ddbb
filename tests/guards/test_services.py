"""Every change is one function of a service, in one transaction, with its audit event."""

import ast
from collections.abc import Iterator

import pytest

from lado.rules.audit import AuditAction
from tests.guards.source import Function, Source, called, sources

# Public, writing, and not decorated: what each is instead.
NOT_A_SERVICE = {
    "audit.record_each": "writes the events themselves",
    "session.seen": "the time of the last request, without an event",
    "draft.save": "what somebody types, every few seconds and for themselves, without an event",
    "references.reserve": "a part of other services' transactions",
    "references.next_reference": "a part of other services' transactions",
    "references.pass_over": "a part of other services' transactions",
    "password.void_what_was_begun": "a part of other services' transactions",
    "position.find_or_add_position": "a part of other services' transactions",
    "position.drop_if_unused": "a part of other services' transactions",
    "second_factor.spend": "a part of the sign-in's transaction",
}
# Declared for work that is to come; nothing records them yet.
NOT_YET: set[AuditAction] = set()
WRITING_CALLS = ("session.add", "session.add_all", "session.delete", "session.merge")
STATEMENTS = ("insert", "update", "delete")

SERVICES = [source for source in sources() if source.name.startswith("lado/services/")]


def public_functions(source: Source) -> Iterator[Function]:
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def writes_records(function: Function) -> bool:
    given = {arg.arg for arg in (*function.args.args, *function.args.kwonlyargs)}
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            name = called(node)
            if name.endswith(WRITING_CALLS) or name in STATEMENTS:
                return True
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and _root(target) in given:
                    return True
    return False


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def decorated(function: Function) -> ast.Call | None:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and called(decorator) == "writes":
            return decorator
    return None


@pytest.mark.parametrize("source", SERVICES, ids=lambda source: source.name)
def test_what_writes_is_a_service_or_says_that_it_is_part_of_one(source: Source) -> None:
    for function in public_functions(source):
        name = f"{source.path.stem}.{function.name}"
        if writes_records(function) and name not in NOT_A_SERVICE:
            in_transaction = function.name.endswith("_in_transaction")
            assert decorated(function) or in_transaction, f"{name} writes without @writes"


@pytest.mark.parametrize("source", SERVICES, ids=lambda source: source.name)
def test_services_take_what_they_set_by_name(source: Source) -> None:
    """`close(case, reason, note)` is a mistake waiting; `by` says who did it."""
    for function in public_functions(source):
        if decorated(function) is None:
            continue
        assert len(function.args.args) <= 2, f"{source.path.stem}.{function.name}"


@pytest.mark.parametrize("source", SERVICES, ids=lambda source: source.name)
def test_services_declare_events_that_exist(source: Source) -> None:
    for function in public_functions(source):
        decorator = decorated(function)
        if decorator is None:
            continue
        assert decorator.args, f"{function.name} declares no event"
        for arg in decorator.args:
            if isinstance(arg, ast.Attribute):
                assert arg.attr in AuditAction.__members__, f"{source.name} {arg.attr}"


def test_every_audit_action_is_recorded_somewhere() -> None:
    used = {
        node.attr
        for source in sources()
        if source.name != "lado/rules/audit.py"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "AuditAction"
    }
    assert {a.name for a in AuditAction} - used == {a.name for a in NOT_YET}


def test_nobody_but_the_transaction_commits() -> None:
    """lado/database.py begins and ends each write; the limiter's counts commit for themselves."""
    for source in sources():
        commits = [c for c in source.calls() if called(c).endswith(".commit")]
        assert not commits or source.name == "lado/database.py", source.name
