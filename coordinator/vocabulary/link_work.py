"""What a link worker is asked for; concerns about and difficulties in working together."""

from coordinator.vocabulary.word import Word


class LinkHelp(Word):
    """The kinds of help that a link worker gives."""

    INTRODUCE = "introduce", "Put me in touch with a colleague"
    CHASE = "chase", "Find out why nobody answers"
    ADVISE = "advise", "Advise me"
    ATTEND = "attend", "Come along to a meeting or a call"
    EXPLAIN = "explain", "Explain how the other agency works"


class LinkOutcome(Word):
    """What came of a request; the last is its asker's own."""

    PUT_IN_TOUCH = "put-in-touch", "Put in touch"
    REACHED = "reached", "Reached the colleague, who calls back"
    NOT_REACHED = "not-reached", "Tried, and did not reach the colleague"
    ADVISED = "advised", "Advised"
    ATTENDED = "attended", "Came along"
    EXPLAINED = "explained", "Explained"
    PASSED_ON = "passed-on", "Passed on to somebody else"
    COULD_NOT = "could-not", "Could not help"
    WITHDRAWN = "withdrawn", "No longer needed"


class ConcernKind(Word):
    """What a concern about working together is about, for counts that name nobody (E22)."""

    SUPPORT_NOT_GIVEN = "support-not-given", "Agreed support was not given"
    NO_ANSWER = "no-answer", "Calls and messages are not answered"
    NOT_ASKED = "not-asked", "We are not invited, or not asked"
    NOT_TOLD = "not-told", "We are not told what we need to know"
    NOT_HEARD = "not-heard", "Our view is not taken seriously"
    PARENTS_NEEDS = "parents-needs", "The parent’s own needs are passed over"
    CHILDS_NEEDS = "childs-needs", "The child’s needs are passed over"
    WHO_DOES_WHAT = "who-does-what", "It is not clear who does what"
    OTHER = "other", "Something else"


class DifficultyStep(Word):
    """What is written under a difficulty in working together (S21)."""

    NOTE = "note", "What is done"
    RESOLVED = "resolved", "Resolved"
    REOPENED = "reopened", "Open again"
