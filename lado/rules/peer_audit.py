"""Decisions drawn at random for peer audit (R-56), so that the draw can be checked: by whoever
keeps the database, since the decisions' keys are shown nowhere."""

import hashlib
from collections.abc import Collection, Sequence

from lado.rules.vocabulary import Labelled

DRAW = (
    "Each decision of the period has a place: the SHA-256 of the seed, a colon and the decision's "
    "key in the database. Those with the lowest places are drawn. The seed is made by the machine "
    "when the draw is asked for."
)


class PeerView(Labelled):
    AGREES = "agrees", "Agrees with the decision"
    OTHERWISE = "otherwise", "Would have decided otherwise"
    NOT_ENOUGH = "not_enough", "Not enough is recorded to say"


def place(seed: str, decision: int) -> str:
    return hashlib.sha256(f"{seed}:{decision}".encode()).hexdigest()


def drawn(seed: str, decisions: Collection[int], size: int) -> list[int]:
    """In the order of their places, whatever the order they are given in."""
    return sorted(decisions, key=lambda decision: place(seed, decision))[:size]


def fingerprint(decisions: Collection[int]) -> str:
    """Of what was drawn from: SHA-256 of the keys in order, one a line."""
    lines = "\n".join(str(decision) for decision in sorted(decisions))
    return hashlib.sha256(lines.encode()).hexdigest()


def shared_out(decided_by: Sequence[int | None], auditors: Sequence[int]) -> list[int]:
    """Who audits each of the decisions, made by these: never their own, and nobody more than they
    must. Raises ValueError where somebody's own has nobody else."""
    load = dict.fromkeys(auditors, 0)
    found = []
    for decider in decided_by:
        others = [auditor for auditor in auditors if auditor != decider]
        if not others:
            raise ValueError("Nobody may audit their own decision")
        chosen = min(others, key=lambda auditor: load[auditor])
        load[chosen] += 1
        found.append(chosen)
    return found
