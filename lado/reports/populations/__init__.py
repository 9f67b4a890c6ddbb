"""The records that the figures look at, one SELECT each: an id and the attributes that decide
how the record counts. A figure is the list of ids with the attribute it asks for, so the records
behind every count can be listed. `case`, or in a population of consultations `id`, is where a
reader is sent.
"""

from collections.abc import Callable

from lado.reports.populations import cases, consultations, course, service
from lado.reports.populations.parts import Statement

POPULATIONS: dict[str, Callable[[], Statement]] = {
    "received": consultations.received,
    "limbs": consultations.limbs,
    "adults": consultations.adults,
    "places": consultations.places,
    "spells": cases.spells,
    "overseen": cases.overseen,
    "of_matters": cases.of_matters,
    "concluded": cases.concluded,
    "opened": cases.opened,
    "open": cases.open_at_end,
    "held": course.held,
    "discussed": course.discussed,
    "first_held": course.first_held,
    "invited": course.invited,
    "raised": course.raised,
    "actions_due": course.actions_due,
    "overdue": course.overdue,
    "safety_measures": course.safety_measures,
    "children": course.children,
    "considered": course.considered,
    "sent": course.sent,
    "acknowledged": course.acknowledged,
    "dbs": course.dbs,
    "learning": course.learning,
    "training": service.training,
    "audited": service.audited,
}
