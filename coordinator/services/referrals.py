"""A referral from its first word to its outcome (E28, E29, E30, E44).

A draft is the author's agency's own.  To send it is an act of sharing, with a basis and what the
parent was told; nobody's consent switches it on or off when a child must be kept safe.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coordinator import working_days
from coordinator.access.actor import Actor, current
from coordinator.access.letters import MailKind
from coordinator.access.sights import FamilyInSight, Moment
from coordinator.access.worry_sights import ReferralInSight
from coordinator.errors import InvalidError
from coordinator.models.areas import Area
from coordinator.models.directory import Team
from coordinator.models.families import Involvement
from coordinator.models.referral_settings import (
    ReferralForm,
    ReferralQuestion,
    ReferralRoute,
    route_holds,
)
from coordinator.models.referrals import Referral, ReferralAnswer
from coordinator.models.worries import Worry
from coordinator.services import addresses, clock_rules, involvements, outbox
from coordinator.services.sharing_facts import Facts, check_facts, leave_record
from coordinator.vocabulary import Filled, Level, Need, Notice, ReferralState

ACKNOWLEDGE_WITHIN = "referral-response"


@dataclass(frozen=True)
class Said:
    """The answer to one question, or why it is left out."""

    text: str = ""
    why_left_out: str = ""


def start(
    session: Session,
    actor: Actor,
    moment: Moment,
    family: FamilyInSight,
    code: str,
    filled: Mapping[Filled, str],
) -> str:
    """Begin a draft on the current form of this code, filled from the case; return its reference.

    Raises `InvalidError` for a form that there is not.
    """
    form_id = session.scalar(
        select(ReferralForm.id)
        .where(ReferralForm.code == code)
        .order_by(ReferralForm.number.desc())
        .limit(1)
    )
    if form_id is None:
        raise InvalidError({"form": "Choose one of the forms"})
    record = Referral(
        family_id=family.id,
        author_id=actor.account_id,
        agency_id=actor.agency_id,
        level=Level.OWN_AGENCY,
        notice=Notice.OWN_AGENCY,
        created_at=moment.now,
        form_id=form_id,
        state=ReferralState.DRAFT,
    )
    session.add(record)
    session.flush()
    for question in _questions(session, form_id):
        text = filled.get(question.filled, "") if question.filled else ""
        session.add(ReferralAnswer(referral_id=record.id, question_id=question.id, text=text))
    session.flush()
    return record.reference


def save(
    session: Session, actor: Actor, referral: ReferralInSight, answers: Mapping[int, Said]
) -> None:
    """Keep a draft as far as it is written.

    `answers` are by the number of the question.  Raises `InvalidError` for an address.
    """
    texts: dict[str, str] = {}
    for number, said in answers.items():
        texts |= {f"answer_{number}": said.text, f"why_{number}": said.why_left_out}
    addresses.stop(session, actor, referral.family, **texts)
    for answer in _answers(session, referral):
        said = answers.get(answer.question_id, Said(answer.text, answer.why_left_out))
        answer.text, answer.why_left_out = said.text, said.why_left_out
    session.flush()


def missing(session: Session, referral: ReferralInSight) -> tuple[str, ...]:
    """Return the questions that stand between a draft and sending it, in their order."""
    given = {answer.question_id: answer for answer in _answers(session, referral)}
    return tuple(
        question.label
        for question in _questions(session, referral.form_id)
        if question.need is not Need.MAY
        and not given[question.id].text
        and (question.need is Need.MUST or not given[question.id].why_left_out)
    )


def send(
    session: Session,
    actor: Actor,
    moment: Moment,
    referral: ReferralInSight,
    whom: str,
    facts: Facts,
) -> None:
    """Send a draft to a team; from now on the team may read it, and the other agency on the case.

    `whom` is `area:team`, by references, as offered.  `facts` name basis, what the parent was told
    and said.  The team has to acknowledge it within the limit of the area (one working day, R1).
    Raises `InvalidError`, naming each question that is neither answered nor left out with a reason.
    """
    if lacks := missing(session, referral):
        raise InvalidError({"": f"Still missing: {'; '.join(lacks)}"})
    area, _, reference = whom.rpartition(":")
    team = _team(session, moment, referral.family, area, reference)
    form = session.get_one(ReferralForm, referral.form_id)
    record = session.get_one(Referral, referral.id)
    stated = replace(facts, who_needs=f"{team.name}, to decide", what=form.name)
    grounds = check_facts(session, actor, moment, referral.family, stated, record.id)
    rule = clock_rules.in_force(session, moment.today)[ACKNOWLEDGE_WITHIN]
    due = working_days.due(moment.now, rule.limit, rule.unit)
    record.area, record.to_team_id = _area_name(session, area), team.id
    record.state, record.sent_at = ReferralState.SENT, moment.now
    record.due_on, record.due_at = due.on, due.at
    record.level, record.notice = Level.OPEN, Notice.EVERYONE
    session.flush()
    leave_record(session, actor, moment, record, Level.OWN_AGENCY, stated, "", frozenset(), grounds)
    if team.email:
        outbox.queue(session, moment, None, MailKind.REFERRAL, record.reference, team_id=team.id)
    _end_the_worry(session, actor, moment, referral.family)
    session.flush()


def drop(session: Session, referral: ReferralInSight) -> None:
    """Give a draft up; it stays where it is, and goes nowhere."""
    session.get_one(Referral, referral.id).state = ReferralState.DROPPED
    session.flush()


def acknowledge(session: Session, actor: Actor, moment: Moment, referral: ReferralInSight) -> None:
    """Tell the sender that the referral has arrived and who has it."""
    record = session.get_one(Referral, referral.id)
    record.state = ReferralState.ACKNOWLEDGED
    record.acknowledged_by_id, record.acknowledged_at = actor.account_id, moment.now
    session.flush()


def decide(
    session: Session,
    actor: Actor,
    moment: Moment,
    referral: ReferralInSight,
    outcome: ReferralState,
    reason: str,
) -> None:
    """Write down the decision, which the sender reads; raises `InvalidError` for an address."""
    addresses.stop(session, actor, referral.family, reason=reason)
    record = session.get_one(Referral, referral.id)
    if record.acknowledged_at is None:
        record.acknowledged_by_id, record.acknowledged_at = actor.account_id, moment.now
    record.state, record.outcome_reason = outcome, reason
    record.decided_by_id, record.decided_at = actor.account_id, moment.now
    session.flush()


def join(session: Session, actor: Actor, moment: Moment, referral: ReferralInSight) -> None:
    """Put a member of the team that was sent the referral on the case, for that team.

    They can then ask its workers for information, as everybody on the case can (E44).  Raises
    `InvalidError`.
    """
    mine = next(one for one in actor.here if one.team_id == referral.to_team_id)
    involvements.join(
        session,
        moment,
        referral.family.id,
        mine.agency_id,
        mine.team_id,
        mine.reference,
        lead=False,
    )


def hear(session: Session, moment: Moment, referral: ReferralInSight) -> None:
    """Say, as the sender, that the outcome is read."""
    record = session.get_one(Referral, referral.id)
    if record.outcome_read_at is None:
        record.outcome_read_at = moment.now
        session.flush()


def _area_name(session: Session, reference: str) -> str:
    """Return what an area is called on the day; the referral keeps that name."""
    return session.scalar(select(Area.name).where(Area.reference == reference)) or ""


def _team(
    session: Session, moment: Moment, family: FamilyInSight, area: str, reference: str
) -> Team:
    """Return a team to which a referral about this family may go: by a route, or on the case."""
    by_route = select(ReferralRoute.id).where(
        route_holds(),
        ReferralRoute.area_id.in_(select(Area.id).where(Area.reference == area)),
        or_(ReferralRoute.team_id == Team.id, ReferralRoute.night_team_id == Team.id),
    )
    on_the_case = select(Involvement.id).where(
        Involvement.family_id == family.id,
        Involvement.team_id == Team.id,
        current(Involvement, moment.today),
    )
    team = session.scalar(
        select(Team).where(
            Team.reference == reference, or_(by_route.exists(), on_the_case.exists())
        )
    )
    if team is None:
        raise InvalidError({"whom": "Choose where it goes"})
    return team


def _end_the_worry(session: Session, actor: Actor, moment: Moment, family: FamilyInSight) -> None:
    """End the runs of the guide that led here."""
    for worry in session.scalars(
        select(Worry).where(
            Worry.account_id == actor.account_id,
            Worry.family_id == family.id,
            Worry.ended_at.is_(None),
        )
    ):
        worry.ended_at = moment.now


def _questions(session: Session, form_id: int) -> list[ReferralQuestion]:
    return list(
        session.scalars(
            select(ReferralQuestion)
            .where(ReferralQuestion.form_id == form_id)
            .order_by(ReferralQuestion.position)
        )
    )


def _answers(session: Session, referral: ReferralInSight) -> list[ReferralAnswer]:
    return list(
        session.scalars(select(ReferralAnswer).where(ReferralAnswer.referral_id == referral.id))
    )
