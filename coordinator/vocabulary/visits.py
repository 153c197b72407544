"""Visits to a family, and the weeks in which many people come."""

from coordinator.vocabulary.word import Word


class VisitState(Word):
    """A visit is planned, took place, or did not; no answer at the door is a state of its own."""

    PLANNED = "planned", "Planned"
    DONE = "done", "Done"
    NOT_DONE = "not-done", "Did not take place"
    NO_ANSWER = "no-answer", "Nobody home"
    CANCELLED = "cancelled", "Cancelled"


class MovedBy(Word):
    """Who wanted a visit at another time, or not at all."""

    SERVICE = "service", "We, or another service"
    FAMILY = "family", "The family"


class ParentAnswered(Word):
    """What came of asking a parent about their supervised time with a child (S12)."""

    SAID = "said", "Asked, and this is what they said"
    WOULD_NOT = "would-not", "Asked, did not want to say"


class WeekWord(Word):
    """What an agency says about a week with many contacts (S08)."""

    COMBINE = "combine", "We combine some of them"
    NEEDED = "needed", "Each of them is needed"
    EFFECT = "effect", "What it did for the family, afterwards"
