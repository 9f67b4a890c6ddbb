"""What a concern is about, and where in the person's life it arose."""

from lado.rules.shipped_terms.term import children, terms
from lado.rules.vocabulary import TermGroup

CATEGORIES = terms(
    TermGroup.CATEGORY,
    ("physical_abuse", "Physical abuse", "Physical", "Assault"),
    ("sexual_abuse", "Sexual abuse", "Sexual", "Child sexual abuse", "CSA"),
    ("emotional_abuse", "Emotional abuse", "Emotional"),
    ("neglect", "Neglect"),
    ("conduct", "Conduct", "Professional conduct", "Inappropriate conduct"),
    (
        "domestic_abuse",
        "Domestic abuse at home",
        "Domestic abuse",
        "Domestic violence",
        "DA",
        "DV",
    ),
    (
        "suitability",
        "Suitability (personal life)",
        "Suitability",
        "Transferable risk",
    ),
    ("care_standards", "Care standards", "Standards of care", "Quality of care"),
    ("management_failing", "Management failing", "Failure to follow procedures"),
    ("exploitation", "Modern slavery or exploitation", "Exploitation", "Modern slavery"),
    ("other", "Other"),
    ("not_yet_clear", "Not yet clear", "Unclear"),
)

SUBCATEGORIES = children(
    TermGroup.SUBCATEGORY,
    {
        "physical_abuse": (
            ("assault", "Assault", "Common assault", "Hit", "Slap"),
            ("handling", "Inappropriate handling", "Rough handling", "Handling"),
            ("restraint", "Restraint or physical intervention", "Restraint", "PI"),
            ("injury", "Injury"),
            ("chastisement", "Smacking or chastisement", "Smacking", "Physical chastisement"),
            ("force_feeding", "Force-feeding", "Force feeding"),
        ),
        "sexual_abuse": (
            ("contact_offence", "Contact offence", "Sexual assault", "Rape"),
            ("grooming", "Grooming"),
            ("sexual_communication", "Sexual communication", "Sexting"),
            (
                "position_of_trust_16_17",
                "Relationship with a young person of 16 or 17",
                "Abuse of position of trust",
                "Relationship with pupil",
            ),
            ("inappropriate_touching", "Inappropriate touching", "Touching"),
            ("voyeurism", "Voyeurism"),
            ("exposure", "Exposure", "Indecent exposure"),
            ("sexualised_comments", "Sexualised comments"),
            (
                "images",
                "Making, possessing or downloading indecent images",
                "Indecent images",
                "IIOC",
                "Downloading images",
            ),
            ("images_sharing", "Sharing indecent images"),
            ("images_ai", "Indecent images made by AI", "AI-generated images"),
        ),
        "emotional_abuse": (
            ("shouting", "Shouting", "Verbal abuse"),
            ("humiliation", "Humiliation", "Belittling"),
            ("isolation", "Isolation"),
            ("threats", "Threats"),
        ),
        "neglect": (
            ("poor_supervision", "Poor supervision", "Lack of supervision", "Supervision"),
            ("left_alone", "Leaving a child alone", "Left alone"),
            ("neglect_medication", "Medication not given or wrong"),
            ("ratios", "Ratios or safe sleep", "Ratios", "Safe sleep"),
            ("ignoring_need", "Ignoring a need"),
        ),
        "conduct": (
            ("boundaries", "Professional boundaries", "Boundaries"),
            ("social_media", "Social media contact", "Social media"),
            ("messaging", "Messaging", "Texting"),
            ("gifts", "Gifts"),
            ("lone_transport", "Transporting a child alone", "Lone transport"),
            ("intoxication", "Under the influence on duty", "Intoxication"),
            ("code_of_conduct", "Other breach of the code of conduct", "Code of conduct"),
            ("mobile_phones", "Mobile phones", "Mobile phone"),
            ("confidentiality", "Confidentiality"),
            ("failure_to_act", "Failure to report or act", "Failure to report"),
        ),
        "domestic_abuse": (
            ("da_perpetrator", "Domestic abuse as perpetrator", "Perpetrator"),
            ("da_other", "Domestic abuse, other"),
        ),
        "suitability": (
            ("substance_misuse", "Substance misuse", "Drugs", "Alcohol"),
            ("own_child", "Own child in need or on a protection plan", "Own child"),
            ("violence_to_adult", "Violence to an adult"),
            ("weapon", "Weapon"),
            ("sexual_offence_adult", "Sexual offence against an adult"),
            ("drug_supply", "Drug supply"),
            ("drink_driving", "Drink-driving", "Drink driving"),
            ("fraud", "Fraud or dishonesty", "Fraud", "Theft"),
            ("mental_health", "Mental health"),
            ("associates", "Associates", "Association"),
            ("extremism", "Extremism", "Prevent"),
        ),
        "care_standards": (
            ("care_medication", "Medication practice"),
            ("quality_of_care", "Quality of care"),
        ),
        "management_failing": (
            ("process_not_followed", "Safeguarding process not followed"),
            ("late_report", "Concern not passed on in time"),
        ),
    },
)

CONTEXTS = terms(
    TermGroup.CONTEXT,
    ("work", "At work", "Work", "Professional", "In work"),
    ("personal", "Personal life", "Personal", "Private life", "Home", "Outside work"),
    ("online", "Online", "Internet", "On line"),
    ("both", "At work and in personal life", "Both", "Work and personal"),
)

TERMS = (*CATEGORIES, *SUBCATEGORIES, *CONTEXTS)
