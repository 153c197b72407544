"""Referrals as they stand: to those who see the family, and to the team that was sent one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coordinator.access.actor import Actor
from coordinator.access.scope import readable_in
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.worry_sights import ReferralInSight
from coordinator.models.accounts import Account
from coordinator.models.base import version_of
from coordinator.models.directory import Agency, Team
from coordinator.models.families import Family
from coordinator.models.referral_settings import ReferralForm, ReferralQuestion
from coordinator.models.referrals import Referral, ReferralAnswer
from coordinator.models.sharing import Sharing, SharingBasis
from coordinator.vocabulary import Need, ParentTold, ReferralState

_Author, _Acknowledger, _Decider = aliased(Account), aliased(Account), aliased(Account)
COLOURS = {
    ReferralState.DRAFT: "grey",
    ReferralState.DROPPED: "grey",
    ReferralState.SENT: "yellow",
    ReferralState.ACKNOWLEDGED: "blue",
    ReferralState.ACCEPTED: "green",
    ReferralState.NO_ACTION: "purple",
    ReferralState.SIGNPOSTED: "purple",
}


@dataclass(frozen=True)
class ReferralRow:
    """One referral.  `due_on` is the last day for acknowledging it; `late` that it is over."""

    reference: str
    family: str
    form: str
    number: int
    state: ReferralState
    area: str
    team: str
    team_phone: str
    author: str
    agency: str
    author_phone: str
    begun_at: datetime
    sent_at: datetime | None
    due_on: date | None
    due_at: datetime | None
    acknowledged_by: str
    acknowledged_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    outcome_reason: str
    outcome_read_at: datetime | None
    late: bool

    @property
    def colour(self) -> str:
        """The colour of its tag: amber as soon as nobody acknowledged it in time."""
        return "orange" if self.late else COLOURS[self.state]


@dataclass(frozen=True)
class AnswerRow:
    """A question with its answer, or with why that is left out."""

    id: int
    label: str
    hint: str
    need: Need
    text: str
    why_left_out: str


@dataclass(frozen=True)
class Told:
    """On what it was sent, and what the parent was told and said."""

    wording: str
    parent_told: ParentTold | None
    parent_view: str


@dataclass(frozen=True)
class ReferralPage:
    """One referral with its answers; `told` from when it was sent."""

    row: ReferralRow
    answers: tuple[AnswerRow, ...]
    told: Told | None

    @property
    def version(self) -> int:
        """What stands for these answers in a form that changes them."""
        return version_of(*((one.id, one.text, one.why_left_out) for one in self.answers))

    @property
    def missing(self) -> tuple[str, ...]:
        """The questions that stand between the draft and sending it."""
        return tuple(
            one.label
            for one in self.answers
            if one.need is not Need.MAY
            and not one.text
            and (one.need is Need.MUST or not one.why_left_out)
        )


def one(session: Session, moment: Moment, referral: ReferralInSight) -> ReferralPage:
    """Return one referral in sight, with its answers.  Three statements."""
    row = session.execute(_rows().where(Referral.id == referral.id)).one()
    answers = session.execute(
        select(
            ReferralQuestion.id,
            ReferralQuestion.label,
            ReferralQuestion.hint,
            ReferralQuestion.need,
            ReferralAnswer.text,
            ReferralAnswer.why_left_out,
        )
        .join(ReferralAnswer, ReferralAnswer.question_id == ReferralQuestion.id)
        .where(ReferralAnswer.referral_id == referral.id)
        .order_by(ReferralQuestion.position)
    )
    # Whoever may read the referral may read on what it was sent: it is a part of it.
    told = session.execute(
        select(SharingBasis.wording, Sharing.parent_told, Sharing.parent_view)
        .select_from(Sharing)
        .join(SharingBasis, SharingBasis.sharing_id == Sharing.id)
        .where(Sharing.shared_entry_id == referral.id)
        .order_by(Sharing.id.desc())
        .limit(1)
    ).one_or_none()
    return ReferralPage(
        _row(row, moment),
        tuple(AnswerRow(*answer) for answer in answers),
        Told(*told) if told else None,
    )


def of_family(
    session: Session, actor: Actor, moment: Moment, family: FamilyInSight
) -> tuple[ReferralRow, ...]:
    """Return the referrals about a family that the actor may read, the newest first."""
    rows = session.execute(
        _rows()
        .where(Referral.family_id == family.id, readable_in(actor, family))
        .order_by(Referral.id.desc())
    )
    return tuple(_row(row, moment) for row in rows)


def _rows() -> Any:
    return (
        select(
            Referral.reference,
            Family.reference.label("family"),
            ReferralForm.name.label("form"),
            ReferralForm.number,
            Referral.state,
            Referral.area,
            Team.name.label("team"),
            Team.phone.label("team_phone"),
            _Author.name.label("author"),
            Agency.name.label("agency"),
            _Author.phone.label("author_phone"),
            Referral.created_at.label("begun_at"),
            Referral.sent_at,
            Referral.due_on,
            Referral.due_at,
            _Acknowledger.name.label("acknowledged_by"),
            Referral.acknowledged_at,
            _Decider.name.label("decided_by"),
            Referral.decided_at,
            Referral.outcome_reason,
            Referral.outcome_read_at,
        )
        .select_from(Referral)
        .join(Family, Family.id == Referral.family_id)
        .join(ReferralForm, ReferralForm.id == Referral.form_id)
        .join(_Author, _Author.id == Referral.author_id)
        .join(Agency, Agency.id == Referral.agency_id)
        .outerjoin(Team, Team.id == Referral.to_team_id)
        .outerjoin(_Acknowledger, _Acknowledger.id == Referral.acknowledged_by_id)
        .outerjoin(_Decider, _Decider.id == Referral.decided_by_id)
    )


def _row(row: Any, moment: Moment) -> ReferralRow:
    facts = row._asdict()
    facts |= {
        name: facts[name] or "" for name in ("team", "team_phone", "acknowledged_by", "decided_by")
    }
    waits = row.state is ReferralState.SENT and row.due_at is not None
    return ReferralRow(**facts, late=waits and moment.now >= row.due_at)
