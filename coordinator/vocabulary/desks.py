"""What came of a slot at a shared desk (E08)."""

from coordinator.vocabulary.word import Word


class SlotOutcome(Word):
    """How a booked slot ended; until then it has none."""

    CANCELLED = "cancelled", "Cancelled"
    HELD = "held", "We talked"
    NOT_HELD = "not-held", "It did not take place"
