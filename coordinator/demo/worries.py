"""Where referrals go, one that nobody has acknowledged, and one whose decision has come back."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access import find_worries
from coordinator.access.sights import Moment
from coordinator.access.worry_sights import ReferralInSight
from coordinator.demo import cast
from coordinator.demo.cast import SETUP, actor
from coordinator.demo.people import CSC
from coordinator.demo.teller import LostThreadError, Scene, scene
from coordinator.models.accounts import Account, Membership
from coordinator.models.areas import Area
from coordinator.models.directory import Agency, Team
from coordinator.models.lawful_bases import LawfulBasis
from coordinator.models.outbox import OutboxMessage
from coordinator.models.referral_settings import ReferralQuestion
from coordinator.models.referrals import Referral
from coordinator.reads import referral_filling
from coordinator.services import disagreements, outbox, referral_settings, referrals
from coordinator.services.disagreements import Ending
from coordinator.services.referral_settings import Route
from coordinator.services.referrals import Said
from coordinator.services.sharing_facts import Facts
from coordinator.trail import Subject
from coordinator.vocabulary import (
    BasisKind,
    DisagreementOutcome,
    MailState,
    ParentTold,
    Purpose,
    ReferralState,
    Role,
)

MASH, NIGHT = "Eastway MASH", "Eastway Out of Hours"
HOURS = "Monday to Friday, 9am to 5pm"
NEXT = "A social worker calls you the same day; you hear the decision within a working day."
SAID = {
    "What worries you?": "On two mornings this week nobody opened, and {child} was alone.",
    "What could happen if nothing is done?": "An accident, or a night alone.",
    "What goes well, and who keeps the child safe?": "Grandmother comes as soon as she is called.",
    "What does the parent or carer say?": "“I need somebody in the mornings.”",
}


def load(session: Session) -> None:
    """Set the routes and tell both referrals.  The caller commits."""
    _teams(session)
    _routes(session)
    _refer(session, "MILL-02", "Amira", "Tess", ago=4)
    decided = _refer(session, "REED-05", "Amira", "Finn", ago=6)
    with scene(session, "Nia", ago=5, at="09:40", does="referrals.acknowledge") as told:
        referrals.acknowledge(session, told.actor, told.moment, _seen(told, decided))
    with scene(session, "Nia", ago=1, at="16:05", does="referrals.decide") as told:
        referrals.decide(
            session,
            told.actor,
            told.moment,
            _seen(told, decided),
            ReferralState.ACCEPTED,
            "A child in need assessment. I visit on Tuesday and would like you to come along.",
        )
    _delivered(session)
    _disagree(session)


def _disagree(session: Session) -> None:
    """Tell a disagreement that workers did not settle and their managers now have before them."""
    with scene(session, "Idris", "HILL-06", ago=5, at="11:30", does="disagreements.raise") as told:
        ben = session.scalars(select(Account.reference).where(Account.name == "Ben")).one()
        reference = disagreements.put_forward(
            session,
            told.actor,
            told.moment,
            told.family,
            "Whether Poppy and Max can stay with their aunt while Sam is on the ward.",
            "A visit to the aunt before Friday, so that nobody has to decide in a hurry.",
            ben,
        )
    with scene(session, "Ben", ago=4, at="14:15", does="disagreements.end-stage") as told:
        seen = find_worries.disagreement(session, told.actor, told.moment, reference)
        dana = session.scalars(select(Account.reference).where(Account.name == "Dana")).one()
        if seen is None:
            raise LostThreadError(reference)
        ending = Ending(
            DisagreementOutcome.TAKEN_UP,
            "We agree on the visit, and not on who makes it.",
            dana,
        )
        disagreements.end_stage(session, told.actor, told.moment, seen, ending)


def _teams(session: Session) -> None:
    trail.acting(session, SETUP, "demo.load")
    agency = session.scalars(select(Agency).where(Agency.name == CSC)).one()
    eastway = session.scalars(select(Area.id).where(Area.name == "Eastway")).one()
    mash = Team(
        agency_id=agency.id,
        name=MASH,
        phone="01632 960240",
        email="mash@eastway.example",
        area_id=eastway,
    )
    night = Team(agency_id=agency.id, name=NIGHT, phone="01632 960290", area_id=eastway)
    session.add_all([mash, night])
    session.flush()
    nia = session.scalars(select(Account.id).where(Account.name == "Nia")).one()
    session.add(
        Membership(
            account_id=nia,
            team_id=mash.id,
            role=Role.SOCIAL_WORKER,
            starts_on=clock.today() - timedelta(days=200),
        )
    )
    session.flush()


def _routes(session: Session) -> None:
    teams = {team.name: team.reference for team in session.scalars(select(Team))}
    areas = cast.areas(session)
    moment = Moment(clock.now(), clock.today())
    farah = actor(session, "Farah")
    trail.acting(session, farah.acting(), "referrals.set-up")
    for area, team in (("Eastway", MASH), ("Southgate", "Southgate Family Support")):
        route = Route(areas[area], teams[team], HOURS, teams[NIGHT], NEXT)
        referral_settings.set_route(session, farah, moment, route)


def _refer(session: Session, family: str, author: str, child: str, ago: int) -> str:
    """Let somebody begin, write and send a referral; return its reference."""
    with scene(session, author, family, ago=ago, at="10:20", does="referrals.write") as told:
        filled = referral_filling.of(session, told.actor, told.moment, told.family)
        made = referrals.start(
            session, told.actor, told.moment, told.family, "child-concern", filled
        )
        draft = _seen(told, made)
        questions = session.execute(
            select(ReferralQuestion.id, ReferralQuestion.label).where(
                ReferralQuestion.form_id == draft.form_id
            )
        )
        said = {
            number: Said(SAID[label].format(child=child))
            if label in SAID
            else Said("", "Nobody has asked yet")
            for number, label in questions
            if label in SAID or label == "What does the child say?"
        }
        referrals.save(session, told.actor, draft, said)
    with scene(session, author, family, ago=ago, at="10:45", does="referrals.write") as told:
        duty = session.scalars(
            select(LawfulBasis.reference)
            .where(LawfulBasis.kind == BasisKind.PUBLIC_TASK)
            .order_by(LawfulBasis.position)
            .limit(1)
        ).one()
        facts = Facts(
            purpose=Purpose.SAFEGUARDING_CHILD,
            parent_told=ParentTold.YES,
            parent_view="Worried about what comes next, and glad of help in the mornings.",
            basis=duty,
        )
        mash = session.scalars(select(Team.reference).where(Team.name == MASH)).one()
        whom = f"{cast.areas(session)['Eastway']}:{mash}"
        referrals.send(session, told.actor, told.moment, _seen(told, made), whom, facts)
    return made


def _seen(telling: Scene, reference: str) -> ReferralInSight:
    found = find_worries.referral(telling.session, telling.actor, telling.moment, reference)
    if found is None:
        raise LostThreadError(reference)
    return found


def _delivered(session: Session) -> None:
    """Let the mail about these referrals have been sent when it was queued."""
    rows = session.execute(
        select(
            OutboxMessage.message_id,
            OutboxMessage.queued_at,
            Referral.id,
            Referral.family_id,
            Referral.reference,
        )
        .join(Referral, Referral.reference == OutboxMessage.about)
        .where(OutboxMessage.state == MailState.QUEUED)
    ).all()
    for row in rows:
        sent_at = row.queued_at + timedelta(seconds=20)
        with clock.standing_at(sent_at):
            trail.acting(session, trail.Acting(service="worker"), "mail.send")
            subject = Subject(row.family_id, row.id, "referrals", row.reference)
            outbox.close(session, row.message_id, sent_at, MailState.SENT, subject)
