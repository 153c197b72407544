"""Mail that asks for a post to be confirmed: the post, a link, and nothing of any family (E06)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import current
from coordinator.access.letters import Letter, Queued, Sender, WithheldError, letter
from coordinator.access.recipients import recipient
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.trail import Subject

ASKS = {
    "holder": (
        "You hold this post. Please say with one press whether the directory is right.",
        "Confirm your post",
    ),
    "deputy": (
        "You deputise in this post, and {holder} has not confirmed it. Please remind them.",
        "A post is not confirmed",
    ),
    "manager": (
        "{holder} has not confirmed this post, and the deputy was asked. Please see to it.",
        "A post is not confirmed",
    ),
}


def unconfirmed(session: Session, moment: Moment, message: Queued, sender: Sender) -> Letter:
    """Write to the holder, the deputy or the manager.

    Raises `WithheldError` if it was confirmed meanwhile, or the recipient's account is closed.
    """
    row = session.execute(
        select(
            Post.kind,
            Agency.name.label("agency"),
            Team.name.label("team"),
            Account.id.label("holder_id"),
            Account.name.label("holder"),
            PostHolding.asked_on,
        )
        .join(Agency, Agency.id == Post.agency_id)
        .outerjoin(Team, Team.id == Post.team_id)
        .outerjoin(
            PostHolding,
            (PostHolding.post_id == Post.id)
            & PostHolding.deputy.is_(False)
            & current(PostHolding, moment.today),
        )
        .outerjoin(Account, Account.id == PostHolding.account_id)
        .where(Post.reference == message.about)
        .order_by(PostHolding.id)
        .limit(1)
    ).one()
    subject = Subject(None, None, "posts", message.about, message.account_id)
    person = recipient(session, moment, message.account_id)
    if person is None:
        raise WithheldError("the account is closed", subject)
    part = str(message.details["as"])
    if row.asked_on is None or (part == "holder" and row.holder_id != message.account_id):
        raise WithheldError("confirmed meanwhile", subject)
    asks, title = ASKS[part]
    text = [
        asks.format(holder=row.holder),
        "",
        f"{row.kind.label}, {row.team or row.agency}",
        "",
        f"Open it, after signing in: {sender.base_url}/directory/posts/{message.about}",
        "",
        "If somebody else holds it now, please tell your administrator.",
    ]
    mail = letter(message, sender, person.email, title, "\n".join(text))
    return Letter(person.email, mail, subject)
