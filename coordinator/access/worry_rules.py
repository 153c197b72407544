"""The rules about worries and referrals, each named as the sentence that it is (rules.py)."""

from coordinator.access.actor import Actor
from coordinator.access.sights import Way
from coordinator.access.worry_sights import DisagreementInSight, ReferralInSight, WorryInSight
from coordinator.vocabulary import REFERRAL_OUTCOMES, ReferralState


def began_it(actor: Actor, record: object) -> bool:
    """Who said that they are worried."""
    return isinstance(record, WorryInSight) and record.account_id == actor.account_id


def receives_the_referral(actor: Actor, record: object) -> bool:
    """A member of the team that the referral was sent to."""
    return isinstance(record, ReferralInSight) and record.received


def referral_is_a_draft(actor: Actor, record: object) -> bool:
    """A referral that is not sent."""
    return isinstance(record, ReferralInSight) and record.state is ReferralState.DRAFT


def referral_waits(actor: Actor, record: object) -> bool:
    """A referral that nobody has acknowledged."""
    return isinstance(record, ReferralInSight) and record.state is ReferralState.SENT


def referral_has_no_outcome(actor: Actor, record: object) -> bool:
    """A referral that was sent and has no outcome."""
    return isinstance(record, ReferralInSight) and record.state in (
        ReferralState.SENT,
        ReferralState.ACKNOWLEDGED,
    )


def referral_has_an_outcome(actor: Actor, record: object) -> bool:
    """A referral with an outcome."""
    return isinstance(record, ReferralInSight) and record.state in REFERRAL_OUTCOMES


def referral_is_looked_into(actor: Actor, record: object) -> bool:
    """A referral that was acknowledged or accepted."""
    return isinstance(record, ReferralInSight) and record.state in (
        ReferralState.ACKNOWLEDGED,
        ReferralState.ACCEPTED,
    )


def is_not_on_the_case(actor: Actor, record: object) -> bool:
    """Somebody without a role on the case."""
    return isinstance(record, ReferralInSight) and record.family.way is not Way.ON_THE_CASE


def owns_the_stage(actor: Actor, record: object) -> bool:
    """Whose turn it is to settle the disagreement."""
    return isinstance(record, DisagreementInSight) and record.owner_id == actor.account_id


def disagreement_is_open(actor: Actor, record: object) -> bool:
    """A disagreement that is not settled."""
    return isinstance(record, DisagreementInSight) and record.owner_id is not None
