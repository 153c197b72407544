"""Every word that the product stores, with the label that people read.

A member's value is what the database holds and what a CSV or a URL says; `label` is what a page
says.  The words are the field's own (NHS Data Dictionary, iCalendar, Working Together), so a value
is never renamed once it has been released; a label may be.
"""

from coordinator.vocabulary.entries import (
    DEFAULT_NOTICE,
    PLAN_KINDS,
    EntryKind,
    Level,
    Notice,
    ParentTold,
    Purpose,
)
from coordinator.vocabulary.meetings import (
    Attendance,
    LeftOutReason,
    MeetingState,
    Place,
    Reply,
)
from coordinator.vocabulary.people import (
    PRACTITIONER_ROLES,
    AgencyKind,
    CaseRole,
    ChildrenAsked,
    FindReason,
    GuestRole,
    JoinState,
    LinkReason,
    PostKind,
    Relation,
    Role,
)
from coordinator.vocabulary.records import (
    EventKind,
    MailState,
)
from coordinator.vocabulary.sharing import (
    AdviceOutcome,
    AlertKind,
    AnswerKind,
    BasisKind,
    ChallengeOutcome,
    Danger,
    Decision,
    OpennessKind,
    RequestState,
    ReviewOutcome,
    Settled,
    Verdict,
)
from coordinator.vocabulary.word import (
    Word,
)
from coordinator.vocabulary.work import (
    NOT_REACHED,
    OPEN_ACTION_STATES,
    ActionState,
    Agreement,
    CannotReason,
    GoalFor,
    Mechanism,
    Outcome,
)

__all__ = [
    "DEFAULT_NOTICE",
    "NOT_REACHED",
    "OPEN_ACTION_STATES",
    "PLAN_KINDS",
    "PRACTITIONER_ROLES",
    "ActionState",
    "AdviceOutcome",
    "AgencyKind",
    "Agreement",
    "AlertKind",
    "AnswerKind",
    "Attendance",
    "BasisKind",
    "CannotReason",
    "CaseRole",
    "ChallengeOutcome",
    "ChildrenAsked",
    "Danger",
    "Decision",
    "EntryKind",
    "EventKind",
    "FindReason",
    "GoalFor",
    "GuestRole",
    "JoinState",
    "LeftOutReason",
    "Level",
    "LinkReason",
    "MailState",
    "Mechanism",
    "MeetingState",
    "Notice",
    "OpennessKind",
    "Outcome",
    "ParentTold",
    "Place",
    "PostKind",
    "Purpose",
    "Relation",
    "Reply",
    "RequestState",
    "ReviewOutcome",
    "Role",
    "Settled",
    "Verdict",
    "Word",
]
