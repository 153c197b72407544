"""The directory as a staff list: the columns that an import takes, so that it can go round."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from coordinator.access.actor import current
from coordinator.access.sights import Moment
from coordinator.models.accounts import Account, Membership
from coordinator.models.directory import Agency, Post, PostHolding, Team
from coordinator.reads.teams import is_open
from coordinator.vocabulary import AgencyKind

COLUMNS = ("agency", "agency_kind", "team", "name", "email", "phone", "profession", "role", "post")


def all_of(session: Session, moment: Moment) -> list[tuple[str, ...]]:
    """Return a line for each role, and one more for each further post of it.  Two statements.

    A post of the whole agency stands with the person's first role there.
    """
    roles = session.execute(
        select(
            Account.id,
            Agency.name.label("agency"),
            Agency.kind,
            Team.name.label("team"),
            Team.id.label("team_id"),
            Agency.id.label("agency_id"),
            Account.name,
            Account.email,
            Account.phone,
            Account.profession,
            Membership.role,
        )
        .join(Membership, Membership.account_id == Account.id)
        .join(Team, Team.id == Membership.team_id)
        .join(Agency, Agency.id == Team.agency_id)
        .where(current(Membership, moment.today), is_open(), Agency.kind != AgencyKind.HOST)
        .order_by(Agency.name, Team.name, Account.name, Membership.id)
    ).all()
    held = session.execute(
        select(PostHolding.account_id, Post.kind, Post.agency_id, Post.team_id, PostHolding.deputy)
        .join(Post, Post.id == PostHolding.post_id)
        .where(current(PostHolding, moment.today))
        .order_by(Post.id, PostHolding.deputy)
    ).all()
    waiting: dict[tuple[int, int, int | None], list[str]] = {}
    for one in held:
        words = f"{one.kind.value}{' (deputy)' if one.deputy else ''}"
        waiting.setdefault((one.account_id, one.agency_id, one.team_id), []).append(words)
    lines: list[tuple[str, ...]] = []
    for row in roles:
        posts = [
            *waiting.pop((row.id, row.agency_id, row.team_id), []),
            *waiting.pop((row.id, row.agency_id, None), []),
        ]
        person = (row.name, row.email, row.phone, row.profession, row.role.value)
        place = (row.agency, row.kind.value, row.team)
        lines.extend((*place, *person, post) for post in posts or [""])
    return lines
