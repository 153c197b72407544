"""Somebody leaves soon, somebody is away, somebody hands over: what a directory lives through."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator import clock, trail
from coordinator.access import find
from coordinator.access.actor import Actor
from coordinator.access.directory_sights import ColleagueInSight
from coordinator.access.sights import AccountInSight, Moment
from coordinator.demo import cast
from coordinator.models.accounts import Account, Membership
from coordinator.models.families import Family, Involvement
from coordinator.services import absences, departures, endings, handover_notes
from coordinator.services.absences import Away
from coordinator.services.endings import Plan
from coordinator.services.handover_notes import Days, Words
from coordinator.vocabulary import ViewAsked, WrittenWith

LEAVES_IN = timedelta(days=9)
AWAY = timedelta(days=4)


def load(session: Session) -> None:
    """Let Maeve's last day come near, and Idris be away with Maeve acting for him."""
    moment = Moment(clock.now(), clock.today())
    farah = _acts(session, "Farah", "accounts.grant")
    account = session.execute(
        select(Account.id, Account.reference).where(Account.name == "Maeve")
    ).one()
    leaver = AccountInSight(account.id, account.reference)
    departures.leave(session, farah, moment, leaver, moment.today + LEAVES_IN)
    idris = _acts(session, "Idris", "absences.tell")
    himself = ColleagueInSight(idris.account_id, idris.reference, idris.team_ids)
    away = Away(moment.today, moment.today + AWAY, account.reference)
    absences.tell(session, idris, moment, himself, away)
    _hand_over(session, moment)
    _end_help(session, moment)


def _hand_over(session: Session, moment: Moment) -> None:
    """Let Bella hand DOVE-04 over to Ben, with a note (S18)."""
    bella = _acts(session, "Bella", "handover-notes.write")
    works = select(Involvement.reference).where(Involvement.account_id == bella.account_id)
    here = works.join(Family, Family.id == Involvement.family_id).where(
        Family.reference == "DOVE-04"
    )
    part = find.involvement(session, bella, moment, session.scalars(here).one())
    ben = select(Membership.reference).join(Account, Account.id == Membership.account_id)
    takes_over = session.scalars(ben.where(Account.name == "Ben")).first()
    if part is None or takes_over is None:
        return
    first = moment.today + timedelta(days=5)
    handover_notes.hand_over(
        session,
        bella,
        moment,
        part,
        takes_over,
        Days(first, first + timedelta(days=14)),
        Words(
            "Ring before you come, and say who you are at the door: she was let down by people who"
            " did neither. She has told the story of the birth three times; please do not ask"
            " again. We promised that nobody comes before ten in the morning.",
            WrittenWith.TOGETHER,
            "",
            first + timedelta(days=1),
            "",
        ),
    )


def _acts(session: Session, name: str, action: str) -> Actor:
    actor = cast.actor(session, name)
    trail.acting(session, actor.acting(), action)
    return actor


def _end_help(session: Session, moment: Moment) -> None:
    """Let Amira plan the end of her agency's help in MILL-02; Nia has not answered yet (E24)."""
    amira = _acts(session, "Amira", "endings.plan")
    family = find.family(session, amira, moment, "MILL-02")
    if family is None:
        return
    last = moment.today + timedelta(days=21)
    endings.plan(
        session,
        amira,
        moment,
        family,
        Plan(
            "Joan has done what she set out to do, and her sister is near now.",
            ViewAsked.SAID,
            "I am ready. I want to know that I can ring.",
            last,
            "Nia goes on with the Thursday group and the nursery.",
            "Ring our duty desk and say your name. Somebody who knows you calls back the same day.",
            last + timedelta(days=182),
            "Our duty desk by day; 111 at night, and choose option 2.",
        ),
    )
