"""Roles that are held in one sector only, so that nobody has to be asked for it.

By the codes of the shipped terms. A foster carer or a residential worker may belong to several.
"""

USUAL_SECTOR = {
    "adopter": "adoption",
    "cadet_adult_volunteer": "armed_forces",
    "childminder": "childminder",
    "clergy": "faith",
    "doctor": "health",
    "faith_volunteer": "faith",
    "healthcare_assistant": "health",
    "lecturer": "further_education",
    "nurse": "health",
    "nursery_practitioner": "nursery",
    "passenger_assistant": "transport",
    "police_officer": "police",
    "police_staff": "police",
    "room_leader": "nursery",
    "school_transport_driver": "transport",
    "sports_coach": "sport",
    "swimming_teacher": "sport",
}
NOT_KNOWN = "not_known"
