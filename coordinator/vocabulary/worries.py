"""Worried about a child: the steps of the guide, a referral, and how people disagree about it."""

from coordinator.vocabulary.word import Word


class GuideStep(Word):
    """One screen of the guide (E28); there are never more than these four."""

    DANGER = "danger", "Is somebody in danger now?"
    LEAD = "lead", "Talk to your safeguarding lead"
    REFER = "refer", "Refer"
    DISAGREE = "disagree", "Disagree and escalate"


class Need(Word):
    """Whether a question of a form has to be answered before it is sent (E30)."""

    MUST = "must", "Must be answered"
    OR_WHY = "or-why", "Answered, or left out with a reason"
    MAY = "may", "May be left out"


class Filled(Word):
    """What of the case is written into an answer before anybody types (E30)."""

    CHILDREN = "children", "The children"
    ADULTS = "adults", "The adults"
    WORKERS = "workers", "Who works with the family"
    REFERRER = "referrer", "Who refers, and their number"


class ReferralState(Word):
    """Where a referral stands; the last three are its outcomes."""

    DRAFT = "draft", "Draft, not sent"
    DROPPED = "dropped", "Given up before it was sent"
    SENT = "sent", "Sent, not acknowledged yet"
    ACKNOWLEDGED = "acknowledged", "Acknowledged, no decision yet"
    ACCEPTED = "accepted", "Accepted"
    NO_ACTION = "no-action", "No further action"
    SIGNPOSTED = "signposted", "Signposted elsewhere"


REFERRAL_OUTCOMES = (ReferralState.ACCEPTED, ReferralState.NO_ACTION, ReferralState.SIGNPOSTED)
REFERRAL_GONE_OUT = (ReferralState.SENT, ReferralState.ACKNOWLEDGED, *REFERRAL_OUTCOMES)


class DisagreementStage(Word):
    """Between whom a disagreement stands; each stage is one step up (domain.md, R12)."""

    WORKERS = "workers", "Between workers"
    MANAGERS = "managers", "Between managers"
    LEADS = "leads", "Between safeguarding leads"


class DisagreementOutcome(Word):
    """What came of a stage."""

    AGREED = "agreed", "We agree now"
    AGREED_IN_PART = "agreed-in-part", "We agree on what to do, and not on all of it"
    TAKEN_UP = "taken-up", "Not settled: taken one step up"
    WITHDRAWN = "withdrawn", "No longer needed"
