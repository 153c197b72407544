"""The posts that their holder is asked to confirm: one press on today's page (E06)."""

from collections.abc import Iterator

from coordinator.access.actor import Actor
from coordinator.reads.today_rows import Press, TodayRow


def mine(actor: Actor) -> Iterator[TodayRow]:
    """Yield what the actor was asked to confirm.  No statement: it comes with the session."""
    for post in actor.to_confirm:
        home = f"/directory/posts/{post.reference}"
        yield TodayRow(
            kind="post",
            verb="Confirm",
            text=f"that you are the {post.kind.label.lower()}",
            href=home,
            family="",
            due=post.asked_on,
            due_word="asked",
            press=Press(f"{home}/confirm", "This is right"),
        )
