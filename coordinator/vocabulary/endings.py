"""When a worker changes, and when one agency's help ends."""

from coordinator.vocabulary.word import Word


class WrittenWith(Word):
    """Whether the parent or carer wrote the note for the next worker, too (S18)."""

    TOGETHER = "together", "Yes, we wrote it together"
    WOULD_NOT = "would-not", "They were asked and did not want to"
    NOT_ASKED = "not-asked", "They were not asked"


class ViewAsked(Word):
    """What came of asking a parent or carer what they think of an ending (P03)."""

    SAID = "said", "Asked, and this is what they think"
    WOULD_NOT = "would-not", "Asked, did not want to say"
    NOT_ASKED = "not-asked", "Not asked"


class SeparationPart(Word):
    """What a parent needs after a child was taken to live elsewhere (S14)."""

    NAMED_WORKER = "named-worker", "A named worker for the parent"
    GRIEF = "grief", "Support in grief"
    CONTACT = "contact", "When parent and child see each other"
    RETURN = "return", "Steps towards return"
