"""The plan, its actions, and contacts."""

from coordinator.vocabulary.word import Word


class GoalFor(Word):
    """For whom a goal is; no side may be empty without a reason (E51, T07)."""

    CHILD = "child", "The child"
    PARENT = "parent", "The parent or carer"
    FAMILY = "family", "The family together"


class Agreement(Word):
    """What an agency says of a goal (E15)."""

    AGREED = "agreed", "Agreed"
    PARTLY = "partly-agreed", "Partly agreed"
    NOT_AGREED = "not-agreed", "Not agreed"


class ActionState(Word):
    """Where an action stands; the moves are in access/policy.py and services/actions.py."""

    REQUESTED = "requested", "Asked, no answer yet"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    DONE = "done", "Done"
    CANNOT_BE_DONE = "cannot-be-done", "Cannot be done"
    CANCELLED = "cancelled", "Cancelled"


OPEN_ACTION_STATES = (ActionState.REQUESTED, ActionState.ACCEPTED, ActionState.DECLINED)


class CannotReason(Word):
    """Why an action cannot be done: a proper answer, not a failure (T12)."""

    SERVICE_NOT_AVAILABLE = "service-not-available", "The service is not available"
    WAITING_LIST = "waiting-list", "There is a waiting list"
    REFUSED = "refused", "The service refused"
    FAMILY_DECLINED = "family-declined", "The family did not want it"
    NO_TIME = "no-time", "There was no time to do it"
    OTHER = "other", "Something else"


class Mechanism(Word):
    """How a contact was tried: CONSULTATION MECHANISM of the NHS Data Dictionary, usual ones first.

    Email is 05 there; a letter is ours.
    """

    TELEPHONE = "02", "Phone"
    TEXT_MESSAGE = "09", "Text message"
    FACE_TO_FACE = "01", "Face to face"
    VIDEO = "11", "Video call"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    INSTANT_MESSAGE = "10", "Instant message"
    TALK_TYPE = "04", "Talk type"
    MESSAGE_BOARD = "12", "Message board"
    CHAT_ROOM = "13", "Chat room"
    OTHER = "98", "Another way"


class Outcome(Word):
    """What came of a contact attempt.  There is no default, on purpose (spec/peers.md, 4)."""

    REACHED = "reached", "Reached"
    LEFT_MESSAGE = "left-message", "Left a message"
    NO_ANSWER = "no-answer", "No answer"
    WRONG_DETAILS = "wrong-details", "Wrong number or address"
    DECLINED = "declined", "Did not want to talk"


NOT_REACHED = (Outcome.LEFT_MESSAGE, Outcome.NO_ANSWER, Outcome.WRONG_DETAILS)
