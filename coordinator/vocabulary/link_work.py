"""What a link worker is asked for and what came of it; difficulties in working together."""

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


class DifficultyStep(Word):
    """What is written under a difficulty in working together (S21)."""

    NOTE = "note", "What is done"
    RESOLVED = "resolved", "Resolved"
    REOPENED = "reopened", "Open again"
