"""What a register lacks and where it contradicts itself, in SQL written by hand: the part of the
yardstick that nothing else of a report needs. It uses what is true of a register: nobody is told,
no child is described, and strands and their results have no days."""

from collections.abc import Callable
from typing import Any

CONTACTS = """
SELECT count(*), sum(learned), sum(went_on), sum(decided), sum(learned OR went_on OR decided) FROM (
  SELECT coalesce(c.happened_from > c.aware_on, 0) AS learned,
         coalesce(c.happened_to > c.received_on, 0) AS went_on,
         coalesce(d.decided_on < c.received_on, 0) AS decided
  FROM consultation c
  JOIN consultation_subject s ON s.consultation_id = c.id AND s.number = 1
  LEFT JOIN decision d ON d.subject_id = s.id AND d.number = 1
  WHERE c.received_on BETWEEN :start AND :end
)
"""
CASES = """
SELECT count(*), sum(no_context), sum(no_children), sum(no_result), sum(opened), sum(discussed),
       sum(not_begun), sum(alleged), sum(opened OR discussed OR not_begun OR alleged) FROM (
  SELECT a.context_id IS NULL AS no_context, k.children IS NULL AS no_children,
         s.opened_on < k.received_on AS opened,
         coalesce(a.happened_from > c.received_on, 0) AS alleged,
         EXISTS (SELECT 1 FROM strategy_discussion d WHERE d.case_id = k.id
                 AND d.held_on > s.concluded_on AND d.held_on <= :end) AS discussed,
         EXISTS (SELECT 1 FROM strand t WHERE t.case_id = k.id AND t.status = 'ended' AND NOT EXISTS
                 (SELECT 1 FROM strand_result r WHERE r.strand_id = t.id AND r.ended_on IS NULL)
         ) AS no_result,
         EXISTS (SELECT 1 FROM strand t JOIN strand_result r ON r.strand_id = t.id
                 WHERE t.case_id = k.id AND t.status IN ('not_started', 'not_applicable')
         ) AS not_begun
  FROM case_spell s
  JOIN "case" k ON k.id = s.case_id
  JOIN allegation a ON a.case_id = k.id AND a.is_primary
  LEFT JOIN consultation_subject u ON u.id = a.subject_id
  LEFT JOIN consultation c ON c.id = u.consultation_id
  WHERE s.opened_on <= :end AND (s.concluded_on IS NULL OR s.concluded_on >= :start)
)
"""
SUBSTANTIATED = """
SELECT count(*), sum(NOT EXISTS (SELECT 1 FROM onward_referral f
                                 WHERE f.case_id = s.case_id AND f.body_id = :dbs))
FROM case_spell s
JOIN allegation a ON a.case_id = s.case_id AND a.is_primary
JOIN outcome o ON o.allegation_id = a.id AND o.ended_on IS NULL AND o.outcome = 'substantiated'
WHERE s.concluded_on BETWEEN :start AND :end
"""
# Looked for, and not found.
ABSENT = (
    "SELECT 1 FROM child",
    "SELECT 1 FROM notice",
    "SELECT 1 FROM strand WHERE started_on IS NOT NULL OR ended_on IS NOT NULL",
    "SELECT 1 FROM strand_result WHERE reported_on IS NOT NULL",
)


def count(ask: Callable[[str], list[tuple[Any, ...]]]) -> dict[str, Any]:
    ((received, *contacts),) = ask(CONTACTS)
    ((overseen, *cases),) = ask(CASES)
    ((substantiated, no_dbs),) = ask(SUBSTANTIATED)
    for statement in ABSENT:
        assert not ask(statement), statement
    of_contacts = ("learned_before_event", "event_after_contact", "decided_before_contact",
                   "contradictory_consultations")  # fmt: skip
    of_cases = ("no_case_context", "no_case_children", "no_result", "opened_before_contact",
                "discussed_after_conclusion", "result_not_begun", "allegation_after_contact",
                "contradictory_cases")  # fmt: skip
    found = {name: [n, received] for name, n in zip(of_contacts, contacts, strict=True)}
    found |= {name: [n, overseen] for name, n in zip(of_cases, cases, strict=True)}
    found |= {
        "children_differ": [0, received], "no_dbs": [no_dbs or 0, substantiated],
        **{name: [0, overseen] for name in ("case_children_differ", "result_before_start",
                                            "told_before_outcome")},
        **{f"no_{name}": [0, 0] for name in ("child_age", "child_sex", "care")},
    }  # fmt: skip
    return {f"quality.{name}": numbers for name, numbers in found.items()}
