"""What the policy is told of a record: frozen facts, never the record itself."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from coordinator.vocabulary import (
    ActionState,
    AnswerKind,
    CaseRole,
    EntryKind,
    JoinState,
    Level,
    MeetingState,
    RequestState,
    Verdict,
)

# These work on a case without being of an agency's own circle: they read what is open.
OPEN_ONLY_ROLES = (CaseRole.CHAIR, CaseRole.MINUTE_TAKER, CaseRole.LINK_WORKER)


class Way(Enum):
    """By which way a family is in sight."""

    ON_THE_CASE = "on the case"
    MANAGER = "manager of a team on the case"
    LEAD = "safeguarding lead, with a reason given"
    LEAD_WITHOUT_REASON = "safeguarding lead, no reason given yet"
    INVITED = "invited to a meeting, and no more"
    RECEIVED = "sent a referral, or asked as a link worker, and no more"


@dataclass(frozen=True)
class Moment:
    """When a request is answered: the instant (UTC) and the day in London."""

    now: datetime
    today: date


@dataclass(frozen=True)
class FamilyInSight:
    """A family as one actor stands to it."""

    id: int
    reference: str
    version: int
    way: Way
    case_role: CaseRole | None
    lead: bool

    @property
    def sees_own_agency(self) -> bool:
        """Whether entries at the level *own agency* of the actor's agency are readable."""
        if self.way is Way.ON_THE_CASE:
            return self.case_role not in OPEN_ONLY_ROLES
        return self.way in (Way.MANAGER, Way.LEAD)


@dataclass(frozen=True)
class EntryInSight:
    """An entry that the actor may read, with what the rules ask about it."""

    family: FamilyInSight
    id: int
    reference: str
    version: int
    kind: EntryKind
    author_id: int
    author_left: bool = field(default=False, kw_only=True)
    agency_id: int
    level: Level


@dataclass(frozen=True)
class NoticeInSight:
    """An entry that the actor may not read and that leaves them a notice: that it exists."""

    family: FamilyInSight
    id: int
    reference: str
    kind: EntryKind
    author_id: int
    agency_id: int
    level: Level


@dataclass(frozen=True)
class ActionInSight(EntryInSight):
    """An action."""

    owner_account_id: int | None
    owner_team_id: int | None
    owner_agency_id: int
    state: ActionState


@dataclass(frozen=True)
class MeetingInSight(EntryInSight):
    """A meeting, and the actor's own invitation to it if there is one."""

    state: MeetingState
    chair_id: int | None
    minute_taker_id: int | None
    invitation_id: int | None


@dataclass(frozen=True)
class RequestInSight(EntryInSight):
    """A request for information.  `answer`, `verdict` and `answered_at` are of its latest answer.

    `managed`: the actor manages the team that asks or the team that is asked.
    """

    asked_account_id: int | None
    asked_team_id: int | None
    asked_agency_id: int
    state: RequestState
    late: bool
    answer: AnswerKind | None
    verdict: Verdict | None
    answered_at: datetime | None
    challenged_at: datetime | None
    settled: bool
    managed: bool

    @property
    def waits(self) -> bool:
        """Whether it waits for an answer: for its first, or for another after a challenge."""
        if self.answered_at is None:
            return self.state is RequestState.ASKED
        return self.challenged_at is not None and self.answered_at < self.challenged_at


@dataclass(frozen=True)
class JoinRequestInSight:
    """A request that the actor's team was sent; it shows the family's reference and no more."""

    id: int
    reference: str
    family_id: int
    team_id: int
    state: JoinState


@dataclass(frozen=True)
class PersonInSight:
    """A member of a family in sight."""

    family: FamilyInSight
    id: int
    reference: str
    version: int


@dataclass(frozen=True)
class InvolvementInSight:
    """A worker's involvement in a family in sight."""

    family: FamilyInSight
    id: int
    reference: str
    account_id: int
    agency_id: int
    team_id: int


@dataclass(frozen=True)
class ExclusionInSight:
    """An exclusion, for a privacy officer: no more of the family than its reference."""

    id: int
    reference: str
    family_id: int
    set_by_id: int
    stands: bool


@dataclass(frozen=True)
class LookAlertInSight:
    """An alert about somebody's looks, for a privacy officer who is not that person.

    `waits`: nobody has reviewed it.
    """

    id: int
    reference: str
    family_id: int | None
    account_id: int
    waits: bool


@dataclass(frozen=True)
class EmergencyInSight:
    """What was opened in immediate danger, for who opened it and who answers for it.

    `is_open`: the actor opened it, is still on the case, and the stated time is not over.
    """

    family_id: int
    family_reference: str
    entry_id: int
    id: int
    reference: str
    opened_by_id: int
    knows_family: bool
    is_open: bool
    leads: bool
    reviewed: bool


@dataclass(frozen=True)
class AccountInSight:
    """An account, for an administrator."""

    id: int
    reference: str


@dataclass(frozen=True)
class MembershipInSight:
    """A person's role in a team, for an administrator."""

    id: int
    reference: str
    account_id: int
    account_reference: str


@dataclass(frozen=True)
class AgencyInSight:
    """An agency of the directory."""

    id: int
    reference: str


@dataclass(frozen=True)
class SiteInSight:
    """A listed building of an agency."""

    id: int
    reference: str
    agency_reference: str


@dataclass(frozen=True)
class PostInSight:
    """A post of the directory; `held` says whether the actor holds it today."""

    id: int
    reference: str
    agency_id: int
    held: bool
    team_id: int | None = None


@dataclass(frozen=True)
class TeamInSight:
    """A team of the directory."""

    id: int
    reference: str
    agency_id: int


@dataclass(frozen=True)
class MeetingKindInSight:
    """A kind of meeting, for an administrator."""

    id: int
    reference: str


@dataclass(frozen=True)
class LawfulBasisInSight:
    """A reason for sharing, for an administrator."""

    id: int
    reference: str
    version: int


@dataclass(frozen=True)
class AdviceInSight:
    """A question to a lead: for the lead whom it asks, and for who asked it.

    It shows the lead the question, and of the family its reference; the family stays closed.
    """

    id: int
    reference: str
    version: int
    family_id: int
    family_reference: str
    about_entry_id: int
    asked_me: bool
    answered: bool
