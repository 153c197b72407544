"""The one door out for mail: composed when it is sent, under what its recipient may see then."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from coordinator.access import (
    action_letters,
    checkpoint_letters,
    departure_letters,
    desk_letters,
    emergency_letters,
    link_letters,
    meeting_letters,
    need_letters,
    post_letters,
    request_letters,
    team_letters,
)
from coordinator.access.letters import Letter, MailKind, Queued, Sender
from coordinator.access.sights import Moment

COMPOSERS: dict[MailKind, Callable[[Session, Moment, Queued, Sender], Letter]] = {
    MailKind.INVITATION: meeting_letters.invitation,
    MailKind.UPDATE: meeting_letters.invitation,
    MailKind.CANCELLATION: meeting_letters.cancellation,
    MailKind.REMINDER: meeting_letters.invitation,
    MailKind.VIEW_ASKED: meeting_letters.invitation,
    MailKind.ACTION_DUE: action_letters.due,
    MailKind.TO_TEAM: team_letters.invitation,
    MailKind.EMERGENCY: emergency_letters.opened,
    MailKind.DEPARTURE: departure_letters.announced,
    MailKind.TAKEN_OVER: departure_letters.taken_over,
    MailKind.HANDOVER: departure_letters.handed_over,
    MailKind.ENDING: departure_letters.help_ends,
    MailKind.POST: post_letters.unconfirmed,
    MailKind.REQUEST: request_letters.asked,
    MailKind.REQUEST_CHASED: request_letters.asked,
    MailKind.REFERRAL: team_letters.referral,
    MailKind.LINK_REQUEST: link_letters.about_help,
    MailKind.LINK_CLOSED: link_letters.about_help,
    MailKind.UNREACHED: link_letters.unreached,
    MailKind.NEED: need_letters.not_answered,
    MailKind.SLOT_BOOKED: desk_letters.about_slot,
    MailKind.SLOT_CANCELLED: desk_letters.about_slot,
    MailKind.CHECKPOINT: checkpoint_letters.of_the_day,
}


def compose(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write a message to its recipient.  Raises `WithheldError` if they may not have it now."""
    return COMPOSERS[message.kind](session, moment, message, sender)
