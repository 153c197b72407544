"""Support at agreed times, and how it went."""

from coordinator.vocabulary.word import Word


class SupportState(Word):
    """How a support stands."""

    WAITING = "waiting", "Waiting to start"
    UNDER_WAY = "under-way", "Under way"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


class SessionOutcome(Word):
    """What became of a session.  Nothing here says that a parent missed one (I04)."""

    HELD = "held", "Held as agreed"
    MOVED_BY_SERVICE = "moved-by-service", "Moved by the service"
    MOVED_BY_PARENT = "moved-by-parent", "Moved at the parent’s wish"
    NOT_HELD = "not-held", "Not held"


class Enough(Word):
    """The answer to "is this enough?"."""

    YES = "yes", "Yes, it is enough"
    NO = "no", "No, it is not enough"
    UNSURE = "unsure", "Not sure yet"
