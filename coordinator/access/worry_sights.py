"""What the policy is told of worries, referrals, disagreements and what an area sets for them."""

from dataclasses import dataclass

from coordinator.access.sights import EntryInSight
from coordinator.vocabulary import GuideStep, ReferralState


@dataclass(frozen=True)
class WorryInSight:
    """A run of the guide, for the one who began it; `family_reference` is empty without one."""

    id: int
    reference: str
    account_id: int
    family_id: int | None
    family_reference: str
    danger: bool
    step: GuideStep
    ended: bool


@dataclass(frozen=True)
class ReferralInSight(EntryInSight):
    """A referral.  `received`: it was sent to a team of the actor's."""

    form_id: int
    state: ReferralState
    to_team_id: int | None
    received: bool


@dataclass(frozen=True)
class DisagreementInSight(EntryInSight):
    """A disagreement, and whose its stage is now: None once it is settled."""

    owner_id: int | None


@dataclass(frozen=True)
class ReferralFormInSight:
    """A version of a form, for an administrator."""

    id: int
    reference: str
    code: str


@dataclass(frozen=True)
class ReferralRouteInSight:
    """A version of where referrals about an area go, for an administrator."""

    id: int
    reference: str
