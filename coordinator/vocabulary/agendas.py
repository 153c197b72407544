"""Parts of an agenda, the board of a meeting, and what is asked after it."""

from coordinator.vocabulary.word import Word


class ClosedReason(Word):
    """Why a part of a meeting is closed to the other agency; that agency reads this (E12)."""

    THERAPY = "therapy", "Therapy content, not needed for the decision"
    HEALTH = "health", "Health details, not needed for the decision"
    PERSONS_WISH = "persons-wish", "The person asked for this"
    SOMEBODY_ELSE = "somebody-else", "It is about somebody else"
    OWN_STAFF = "own-staff", "About how one agency works"


class BoardSide(Word):
    """On which side of the board something stands (S06)."""

    STRENGTH = "strength", "Strength"
    WORRY = "worry", "Worry"
    NEED = "need", "Need"


class CheckQuestion(Word):
    """The three questions after a meeting (E34)."""

    HEARD = "heard", "Was the parent heard?"
    RESPECTFUL = "respectful", "Was the talk respectful?"
    HAD_NEEDED = "had-needed", "Did you have what you needed?"


class CheckAnswer(Word):
    """An answer to one of them."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
