"""When a worker changes, and when one agency's help ends."""

from coordinator.vocabulary.word import Word


class WrittenWith(Word):
    """Whether the parent or carer wrote the note for the next worker, too (S18)."""

    TOGETHER = "together", "Yes, we wrote it together"
    WOULD_NOT = "would-not", "They were asked and did not want to"
    NOT_ASKED = "not-asked", "They were not asked"
