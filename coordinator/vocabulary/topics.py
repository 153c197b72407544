"""What a question to colleagues, or a local service, is about: plain words, never a diagnosis."""

from coordinator.vocabulary.word import Word


class Topic(Word):
    """A subject by which answers, services and people who can help are found (E26, P07)."""

    PARENTS_MENTAL_HEALTH = "parents-mental-health", "A parent’s mental health"
    CRISIS = "crisis", "A crisis or self-harm"
    INFANT_MENTAL_HEALTH = "infant-mental-health", "A baby’s mental health and bonding"
    PREGNANCY_AND_BIRTH = "pregnancy-and-birth", "Pregnancy and birth"
    PARENTING = "parenting", "Parenting and child development"
    CHILDREN_AND_YOUNG_PEOPLE = "young-people", "A child’s or young person’s mental health"
    DOMESTIC_ABUSE = "domestic-abuse", "Domestic abuse"
    COUPLE = "couple", "Couples and relationships"
    DRUGS_AND_ALCOHOL = "drugs-and-alcohol", "Drugs and alcohol"
    HOUSING = "housing", "Housing"
    MONEY = "money", "Money and benefits"
    CHILD_PROTECTION = "child-protection", "Child protection and the law"
    HOW_AGENCIES_WORK = "how-agencies-work", "How the other agency works"
    OTHER = "other", "Something else"


# What people type when they mean a topic; each is compared from its beginning.
ALSO_CALLED = {
    Topic.PARENTS_MENTAL_HEALTH: "mood sleep anxious anxiety low voices care coordinator therapy",
    Topic.CRISIS: "suicide overdose harm hurting danger night emergency ward hospital",
    Topic.INFANT_MENTAL_HEALTH: "bonding bond attachment baby babies crying feeding infant",
    Topic.PREGNANCY_AND_BIRTH: "pregnant expecting midwife perinatal postnatal antenatal newborn",
    Topic.PARENTING: "play routines behaviour tantrums school nursery toddler",
    Topic.CHILDREN_AND_YOUNG_PEOPLE: "teenager camhs young carer adolescent",
    Topic.DOMESTIC_ABUSE: "violence violent afraid hits hit control controlling refuge",
    Topic.COUPLE: "partner arguing arguments argue separation separating husband wife",
    Topic.DRUGS_AND_ALCOHOL: "drinking drink drunk substance misuse cannabis",
    Topic.HOUSING: "rent eviction evicted landlord homeless homelessness damp flat tenancy",
    Topic.MONEY: "debt debts bills benefit universal credit food bank heating pay",
    Topic.CHILD_PROTECTION: "conference safeguarding neglect court order protect",
    Topic.HOW_AGENCIES_WORK: "referral refer threshold cpa meeting waiting process",
}


def topics_named(word: str) -> list[Topic]:
    """Return the topics that somebody means who types this word, or its beginning."""
    start = word.strip(".,;:!?").casefold()
    return [
        topic
        for topic in Topic
        if len(start) > 2
        and any(
            known.startswith(start)
            for known in f"{topic.label} {ALSO_CALLED.get(topic, '')}".casefold().split()
        )
    ]
