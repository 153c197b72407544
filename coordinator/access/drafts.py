"""What keeps typing safe: one effect for a form sent twice, a draft when time ran out."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from flask import current_app, request
from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from coordinator.access.actor import Actor, hash_of
from coordinator.access.prepared import fixed, rows
from coordinator.models.accounts import Draft, SignInSession, Submission
from coordinator.settings import SETTINGS

SESSIONS = cast("Table", SignInSession.__table__)
SUBMISSIONS = cast("Table", Submission.__table__)
DRAFTS = cast("Table", Draft.__table__)
USED = (
    update(SESSIONS)
    .where(SESSIONS.c.id == bindparam("session"))
    .values(last_used_at=bindparam("used_at"))
)
EARLIER = fixed(
    select(SUBMISSIONS.c.location).where(
        SUBMISSIONS.c.account_id == bindparam("account"),
        SUBMISSIONS.c.form_key == bindparam("key"),
    )
)
KEEP = insert(SUBMISSIONS)
FORGET = delete(DRAFTS).where(
    DRAFTS.c.account_id == bindparam("account"), DRAFTS.c.path == bindparam("at_path")
)
FORGET_ALL = delete(DRAFTS).where(DRAFTS.c.account_id == bindparam("account"))
MARKED_EVERY = timedelta(seconds=30)
NEVER_KEPT = frozenset({"csrf_token", "form_key", "password", "new_password", "code"})


def earlier_result(session: Session, actor: Actor, form_key: str) -> str | None:
    """Return where this form led when it was sent before, or None if it is new."""
    if not form_key:
        return None
    asked = {"account": actor.account_id, "key": form_key[:64]}
    location: str | None = rows(session, EARLIER, asked).scalar()
    return location


def keep_result(
    session: Session, actor: Actor, form_key: str, location: str, now: datetime
) -> None:
    """Keep where a form led.  Raises IntegrityError if the same form was first a moment ago."""
    led = {"account_id": actor.account_id, "form_key": form_key[:64], "at": now}
    rows(session, KEEP, led | {"location": location[:400]})


def mark_used(session: Session, actor: Actor, now: datetime) -> None:
    """Write the session’s last use, twice a minute: it ends so much early at most, never late."""
    used_at = actor.session_used_at
    if used_at and now - used_at >= MARKED_EVERY:
        session.connection().execute(USED, {"session": actor.session_id, "used_at": now})


def keep(session: Session, token: str, path: str, form: Mapping[str, Any], now: datetime) -> str:
    """Keep a form that came after its session had ended, for the same person and a short time.

    Returns where to go after signing in: the form again, with what was typed, or the front page if
    the form has no page of its own.
    """
    account_id = session.scalar(
        select(SignInSession.account_id).where(SignInSession.token_hash == hash_of(token))
    )
    if account_id is None or not _has_a_page(path):
        return "/today"
    typed = MultiDict(form)
    kept = {name: typed.getlist(name) for name in typed if name not in NEVER_KEPT}
    rows(session, FORGET, {"account": account_id, "at_path": path[:400]})
    session.execute(
        insert(Draft).values(
            account_id=account_id, path=path[:400], form=json.dumps(kept), kept_at=now
        )
    )
    return f"{path}?draft=1"


def save(
    session: Session,
    actor: Actor,
    path: str,
    form: MultiDict[str, str],
    now: datetime,
    without: Collection[str] = (),
) -> None:
    """Keep what somebody has typed so far, but for the fields that are done with."""
    left_out = NEVER_KEPT.union(without)
    typed = {name: form.getlist(name) for name in form if name not in left_out}
    rows(session, FORGET, {"account": actor.account_id, "at_path": path[:400]})
    session.execute(
        insert(Draft).values(
            account_id=actor.account_id, path=path[:400], form=json.dumps(typed), kept_at=now
        )
    )


def kept(
    session: Session,
    actor: Actor,
    path: str,
    now: datetime,
    life: timedelta | None = None,
) -> MultiDict[str, str] | None:
    """Return what this person typed into the form at this path and did not send, if recent."""
    row = session.scalar(
        select(Draft.form).where(
            Draft.account_id == actor.account_id,
            Draft.path == path[:400],
            Draft.kept_at > now - (life or SETTINGS.draft_life),
        )
    )
    return MultiDict(json.loads(row)) if row else None


def forget(session: Session, actor: Actor, path: str) -> None:
    """Forget the draft of a form that has now been saved."""
    rows(session, FORGET, {"account": actor.account_id, "at_path": path[:400]})


def forget_all(session: Session, actor: Actor) -> None:
    """Forget every form that this person did not send."""
    rows(session, FORGET_ALL, {"account": actor.account_id})


def _has_a_page(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and bool(adapter.match(path, method="GET"))
    except HTTPException:
        return False
