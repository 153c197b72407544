"""Asking people to a meeting, and their answers: three facts that are never one.

Each person asked, changed or no longer asked gets a message of their own through the outbox.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import Actor
from coordinator.access.letters import MailKind
from coordinator.access.sights import MeetingInSight, Moment
from coordinator.errors import InvalidError
from coordinator.models.meetings import Invitation, Meeting
from coordinator.reads import invitations as reads
from coordinator.reads import outsiders
from coordinator.reads.invitations import Candidate
from coordinator.reads.outsiders import Outsider
from coordinator.services import addresses, guest_passes, in_series, not_asked, outbox, partner
from coordinator.services.partner import LeftOut
from coordinator.vocabulary import AskedAs, NotAskedReason, Reply, ReplyBy

NOT_OFFERED = "Choose from the people who are listed"
WITH_DEPUTY = (Reply.DECLINED, Reply.TENTATIVE, Reply.DELEGATED)


def invite(
    session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight, people: Sequence[str]
) -> None:
    """Ask people to a planned meeting: workers on the case, members of the family, guests.

    `people` are values that reads/invitations.py and reads/outsiders.py offer.  Raises
    `InvalidError` for nobody, and for somebody who is not offered.
    """
    record = _held(session, meeting)
    if not people:
        raise InvalidError({"invite": "Choose whom to invite"})
    offered = {c.value: c for c in reads.to_invite(session, actor, moment, meeting)}
    outside = {o.value: o for o in outsiders.to_invite(session, actor, moment, meeting)}
    chosen, others = chosen_of(offered, outside, people)
    if _asked_before(session, record, chosen):
        # A calendar that took this meeting out takes it in again only under a higher number.
        record.sequence += 1
    for candidate in chosen:
        ask(session, actor, moment, record, candidate.account_id, candidate.agency_id)
    for other in others:
        ask_outsider(session, actor, moment, record, other)
    session.flush()
    not_asked.asked_after_all(session, moment, record, others)
    if record.left_out_reason and partner.is_invited(session, moment, record):
        record.left_out_reason, record.left_out_note = None, ""
    session.flush()


def remove(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    invitation: str,
    left_out: LeftOut | None = None,
    why: NotAskedReason | None = None,
) -> None:
    """Take back an invitation, and those of this person's deputies.

    Raises `InvalidError` for the one who arranged the meeting, and if the partner agency (E10), a
    parent, a carer or somebody whom the parent wants there (I11) is left out without a reason.
    """
    if left_out:
        addresses.stop(session, actor, meeting.family, left_out_note=left_out.words)
    record = _held(session, meeting)
    asked = invited(session, meeting, invitation)
    if asked.account_id == record.author_id:
        raise InvalidError(
            {"invitation": "This person arranged the meeting: cancel it if it cannot take place"}
        )
    before = partner.is_invited(session, moment, record)
    _take_back(session, moment, record, asked)
    if asked.account_id is None:
        not_asked.explain_one(session, actor, moment, record, meeting.family, asked, why)
    else:
        _leads_no_more(record, asked.account_id)
    if before:
        partner.explain_absence(session, moment, record, left_out)
    session.flush()


def answer(
    session: Session,
    actor: Actor,
    moment: Moment,
    meeting: MeetingInSight,
    reply: Reply,
    note: str = "",
    deputy: str = "",
) -> None:
    """Answer one's own invitation; a deputy (the reference of a membership) is asked at once.

    A deputy who was named before and is not named now is asked no longer.  Raises `InvalidError`.
    """
    if reply is Reply.NEEDS_ACTION:
        raise InvalidError({"reply": "Say whether you are coming"})
    if reply is Reply.DELEGATED and not deputy:
        raise InvalidError({"deputy": "Choose who comes for you"})
    if deputy and reply not in WITH_DEPUTY:
        raise InvalidError({"deputy": "You are coming yourself: leave this empty"})
    addresses.stop(session, actor, meeting.family, note=note)
    record = _held(session, meeting)
    mine = session.get_one(Invitation, meeting.invitation_id)
    named = None
    if deputy:
        offered = {c.value: c for c in reads.deputies(session, actor, moment, meeting)}
        if deputy not in offered:
            raise InvalidError({"deputy": "Choose a colleague from the list"})
        named = offered[deputy]
    mine.reply, mine.replied_at, mine.reply_note = reply, moment.now, note
    mine.reply_by, mine.reply_stamp = ReplyBy.PAGE, moment.now
    sent = _deputies_of(session, mine)
    for former in sent:
        if named is None or former.account_id != named.account_id:
            _take_back(session, moment, record, former)
    if named and all(former.account_id != named.account_id for former in sent):
        if _asked_before(session, record, [named]):
            record.sequence += 1
        ask(session, actor, moment, record, named.account_id, named.agency_id, deputy_for=mine)
    session.flush()


def come_oneself(session: Session, moment: Moment, record: Meeting, mine: Invitation) -> None:
    """Ask the deputies no longer whom this person had named: they come themselves."""
    for deputy in _deputies_of(session, mine):
        _take_back(session, moment, record, deputy)


def send_view(
    session: Session, actor: Actor, moment: Moment, meeting: MeetingInSight, text: str
) -> None:
    """Keep what an invitee wants said in the meeting; it does not change their reply."""
    addresses.stop(session, actor, meeting.family, written_view=text)
    mine = session.get_one(Invitation, meeting.invitation_id)
    mine.written_view, mine.written_view_at = text, moment.now
    session.flush()


def send_again(session: Session, moment: Moment, meeting: MeetingInSight, invitation: str) -> None:
    """Queue the invitation of one person once more.  Raises `InvalidError` for nobody invited."""
    asked = invited(session, meeting, invitation)
    if asked.account_id is None:
        raise InvalidError({"invitation": "Choose somebody who is invited by mail"})
    record = session.get_one(Meeting, meeting.id)
    tell(session, moment, record, [asked.account_id], MailKind.INVITATION)


def ask(
    session: Session,
    actor: Actor,
    moment: Moment,
    record: Meeting,
    account_id: int,
    agency_id: int,
    *,
    deputy_for: Invitation | None = None,
    asked_as: AskedAs = AskedAs.WORKER,
) -> None:
    """Make one invitation and queue its message; whoever arranges the meeting comes.

    To a meeting of a series whose turn has not come, the message goes when it has.
    """
    comes = asked_as is AskedAs.ARRANGED
    session.add(
        Invitation(
            meeting_id=record.id,
            account_id=account_id,
            agency_id=agency_id,
            invited_by_id=actor.account_id,
            invited_at=moment.now,
            asked_as=AskedAs.DEPUTY if deputy_for else asked_as,
            reply=Reply.ACCEPTED if comes else Reply.NEEDS_ACTION,
            replied_at=moment.now if comes else None,
            deputy_for_id=deputy_for.id if deputy_for else None,
        )
    )
    if not in_series.waits(session, record.id):
        tell(session, moment, record, [account_id], MailKind.INVITATION)


def ask_outsider(
    session: Session, actor: Actor, moment: Moment, record: Meeting, other: Outsider
) -> None:
    """Ask a guest, who gets a link, or a member of the family, whom a worker tells."""
    if other.guest_id:
        guest_passes.ask(session, actor, moment, record, other.guest_id)
        return
    session.add(
        Invitation(
            meeting_id=record.id,
            person_id=other.person_id,
            invited_by_id=actor.account_id,
            invited_at=moment.now,
            asked_as=AskedAs.FAMILY,
            reply=Reply.NEEDS_ACTION,
        )
    )


def invited(session: Session, meeting: MeetingInSight, invitation: str) -> Invitation:
    """Return a live invitation by its reference.  Raises `InvalidError` for nobody invited."""
    asked = session.scalars(
        select(Invitation).where(
            Invitation.meeting_id == meeting.id,
            Invitation.reference == invitation,
            Invitation.removed_at.is_(None),
        )
    ).one_or_none()
    if asked is None:
        raise InvalidError({"invitation": "Choose somebody who is invited"})
    return asked


def tell(
    session: Session, moment: Moment, record: Meeting, accounts: Iterable[int], kind: MailKind
) -> None:
    """Queue a message about a meeting to each of these people."""
    method = "CANCEL" if kind is MailKind.CANCELLATION else "REQUEST"
    for account_id in accounts:
        outbox.queue(
            session,
            moment,
            account_id,
            kind,
            record.reference,
            {"uid": record.uid, "sequence": record.sequence, "method": method},
        )


def _held(session: Session, meeting: MeetingInSight) -> Meeting:
    """Return the meeting, locked, so that nobody is asked twice at the same moment."""
    return session.get_one(Meeting, meeting.id, with_for_update=True)


def chosen_of(
    offered: Mapping[str, Candidate], outside: Mapping[str, Outsider], people: Sequence[str]
) -> tuple[list[Candidate], list[Outsider]]:
    """Return the workers and the others among the people chosen, each once.

    Raises `InvalidError` for somebody who is not offered.
    """
    if any(value not in offered and value not in outside for value in people):
        raise InvalidError({"invite": NOT_OFFERED})
    once = dict.fromkeys(people)
    return (
        [offered[value] for value in once if value in offered],
        [outside[value] for value in once if value in outside],
    )


def _leads_no_more(record: Meeting, account_id: int) -> None:
    if record.chair_id == account_id:
        record.chair_id = None
    if record.minute_taker_id == account_id:
        record.minute_taker_id = None


def _asked_before(session: Session, record: Meeting, people: Sequence[Candidate]) -> bool:
    return (
        session.scalar(
            select(Invitation.id)
            .where(
                Invitation.meeting_id == record.id,
                Invitation.removed_at.is_not(None),
                Invitation.account_id.in_([person.account_id for person in people]),
            )
            .limit(1)
        )
        is not None
    )


def _deputies_of(session: Session, invitation: Invitation) -> list[Invitation]:
    return list(
        session.scalars(
            select(Invitation).where(
                Invitation.deputy_for_id == invitation.id, Invitation.removed_at.is_(None)
            )
        )
    )


def _take_back(session: Session, moment: Moment, record: Meeting, invitation: Invitation) -> None:
    for deputy in _deputies_of(session, invitation):
        _take_back(session, moment, record, deputy)
    invitation.removed_at = moment.now
    if invitation.account_id:
        tell(session, moment, record, [invitation.account_id], MailKind.CANCELLATION)
    if invitation.guest_id:
        guest_passes.take_back(session, moment, record, invitation)
