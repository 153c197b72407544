"""What each kind of dated line is called, where it belongs, and where one reads on."""

from dataclasses import dataclass

from coordinator.vocabulary import (
    ActionState,
    Agreement,
    AnswerKind,
    BoardSide,
    CaseRole,
    ChallengeOutcome,
    ChildStatus,
    Decision,
    DisagreementOutcome,
    LinkOutcome,
    MeetingState,
    OpennessKind,
    Outcome,
    ReferralState,
    RequestState,
    Strand,
    VisitState,
)
from coordinator.vocabulary.word import Word


@dataclass(frozen=True)
class Named:
    """One kind of line.  `words` says how it stands; where `replaces`, that is its whole name.

    `told` goes before whom it was said to or asked of.  `path` is below the family's own address,
    or begins with a stroke; its braces are filled with a reference or a number.
    """

    title: str
    strand: Strand
    words: type[Word] | None = None
    told: str = ""
    path: str = ""
    replaces: bool = False


KINDS = {
    "contact": Named("Contact", Strand.CONTACTS, Outcome, "Tried", "contacts#{}"),
    "visit": Named("Visit", Strand.CONTACTS, VisitState, "Together with", "/visits/{}"),
    "meeting": Named("Meeting", Strand.MEETINGS, MeetingState, "Came", "/meetings/{}"),
    "decided": Named("Decided at a meeting", Strand.MEETINGS),
    "status": Named(
        "Status of a child", Strand.MEETINGS, ChildStatus, "Child", "/children/{}/status"
    ),
    "outcome": Named(
        "Outcome of a conference", Strand.MEETINGS, ChildStatus, "Child", "/children/{}/status"
    ),
    "sharing": Named("Sharing", Strand.SHARING, Decision, "Needed by", "sharing"),
    "asked": Named("Asked for information", Strand.SHARING, RequestState, "Asked", "/requests/{}"),
    "answered": Named(
        "Answered a request for information", Strand.SHARING, AnswerKind, path="/requests/{}"
    ),
    "told": Named("The parent", Strand.SHARING, OpennessKind, path="openness", replaces=True),
    "copy": Named("Copy of a meeting handed over", Strand.SHARING, told="To", path="/meetings/{}"),
    "action": Named("Action agreed", Strand.PLAN, told="Asked of", path="/actions/{}"),
    "action-ended": Named("Action", Strand.PLAN, ActionState, path="/actions/{}"),
    "support": Named("Regular appointment begins", Strand.PLAN, path="/support/{}"),
    "joined": Named("Joined the case", Strand.PEOPLE, CaseRole),
    "left": Named("Left the case", Strand.PEOPLE, CaseRole),
    "join-asked": Named("A team was asked to join", Strand.PEOPLE, told="Asked"),
    "referred": Named("Referral", Strand.PEOPLE, ReferralState, "To", "/referrals/{}"),
    "referral-decided": Named(
        "Referral decided", Strand.PEOPLE, ReferralState, path="/referrals/{}"
    ),
    "ending": Named("End of one agency’s help planned", Strand.PEOPLE, path="/endings/{}"),
    "ended": Named("One agency’s help ended; what goes on", Strand.PEOPLE, path="/endings/{}"),
    "handed-over": Named("Case handed over", Strand.PEOPLE, told="To", path="/handover-notes/{}"),
    "link-asked": Named(
        "Asked a link worker", Strand.PEOPLE, told="Asked", path="/link-requests/{}"
    ),
    "link-closed": Named(
        "The link worker’s answer", Strand.PEOPLE, LinkOutcome, path="/link-requests/{}"
    ),
    "board": Named("Worry", Strand.WORRIES, BoardSide, replaces=True),
    "note": Named("Note", Strand.WORRIES),
    "disagreement": Named("Professional disagreement", Strand.DISPUTES, path="/disagreements/{}"),
    "stage-ended": Named(
        "Stage of a disagreement ended",
        Strand.DISPUTES,
        DisagreementOutcome,
        path="/disagreements/{}",
    ),
    "not-agreed": Named("A goal", Strand.DISPUTES, Agreement, path="plan"),
    "challenged": Named("Answer challenged", Strand.DISPUTES, path="/requests/{}"),
    "settled": Named("Challenge settled", Strand.DISPUTES, ChallengeOutcome, path="/requests/{}"),
    "objection": Named("The parent objects to sharing", Strand.DISPUTES, path="openness"),
    "turning": Named("Turning point", Strand.STRENGTHS, path="progress"),
    "agreed": Named("Goal agreed by both agencies", Strand.STRENGTHS, path="plan"),
    "reached": Named("Goal reached", Strand.STRENGTHS, path="progress"),
    "signed": Named(
        "Plan signed by both agencies: version {}", Strand.STRENGTHS, path="plan/versions/{}"
    ),
    "strength": Named("Strength", Strand.STRENGTHS),
    "fresh": Named("Fresh view", Strand.STRENGTHS, path="/requests/{}"),
    "helps": Named("What helps, written with the parent or carer", Strand.STRENGTHS, path="plan"),
}
