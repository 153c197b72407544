"""The door: the one way in for every request.

It finds out who is acting, swaps the reference in the URL for the record that they may see, asks
the policy, runs the view, writes the look before anything is rendered, and commits once.  A route
is declared with `requires(permission)` or `public`; one that is neither cannot be registered.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, flash, g, redirect, request
from flask import session as cookie
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import UnsupportedMediaType

from coordinator import clock, trail
from coordinator.access import actor as actors
from coordinator.access import drafts, in_force
from coordinator.access.actor import Actor
from coordinator.access.exits import REFERENCE, leave, refuse
from coordinator.access.find import FINDERS
from coordinator.access.pages import Download, Page, page, shown
from coordinator.access.policy import Permission, decide
from coordinator.access.sights import (
    Moment,
)
from coordinator.errors import DeniedError, NotFoundError
from coordinator.extensions import begin_writing, csrf, db
from coordinator.trail import NOBODY

__all__ = ["Download", "Guest", "Page", "Visit", "afterwards", "hang", "page", "public", "requires"]

View = Callable[..., Any]

GATE = "_coordinator_gate"
PUBLIC = "public"
MACHINES = "_coordinator_machines"
RECORDLESS = "_coordinator_without_records"
TOKEN = "token"  # noqa: S105  (the key under which the cookie keeps the session's token)


class UndeclaredRouteError(RuntimeError):
    """A route says neither which permission it needs nor that it is public."""


@dataclass(frozen=True)
class Visit:
    """What a view is given: the database session, who acts, and when."""

    session: Session
    actor: Actor
    moment: Moment


@dataclass(frozen=True)
class Guest:
    """What a public view is given."""

    session: Session
    actor: Actor | None
    moment: Moment


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare which permission a route needs.  The order of decorators does not matter."""

    def declare(view: View) -> View:
        setattr(view, GATE, permission)
        return view

    return declare


def public(view: View) -> View:
    """Declare that a route is open to everybody, signed in or not."""
    setattr(view, GATE, PUBLIC)
    return view


def without_records(view: View) -> View:
    """Declare that a view is open to everybody and asks no database, not even who is there."""
    setattr(view, RECORDLESS, True)
    return public(view)


def for_machines(view: View) -> View:
    """Declare that programs send to a public route, with a secret that the view checks.

    No browser sends such a secret by itself, so there is no form that another site could make.
    """
    setattr(view, MACHINES, True)
    return public(view)


def hang(app: Flask) -> None:
    """Put the door before every view of the app, now and later.

    Raises `UndeclaredRouteError` for a view that declares nothing.
    """
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = _guarded(endpoint, view)
    register = app.add_url_rule

    def add_url_rule(
        rule: str, endpoint: str | None = None, view_func: Any = None, **options: Any
    ) -> None:
        name = endpoint or str(getattr(view_func, "__name__", rule))
        register(rule, endpoint, _guarded(name, view_func) if view_func else None, **options)

    app.add_url_rule = add_url_rule  # type: ignore[assignment,method-assign]


def afterwards(write: Callable[[Session], None]) -> None:
    """Have this written in a transaction of its own if the public view ends in a page.

    A wrong sign-in changes nothing else, yet must be counted.
    """
    g.afterwards.append(write)


def gate_of(view: View) -> Permission | str | None:
    """Return what a view declares: a permission, "public", or None."""
    return getattr(view, GATE, None)


def _guarded(endpoint: str, view: View) -> View:
    gate = gate_of(view)
    if endpoint == "static" or getattr(view, RECORDLESS, False):
        return view
    if gate is None:
        msg = f"{endpoint} declares neither @requires(permission) nor @public"
        raise UndeclaredRouteError(msg)

    @wraps(view)
    def through_the_door(**found: Any) -> Any:
        g.now = clock.now()
        g.moment = Moment(g.now, clock.local(g.now).date())
        g.request_id = secrets.token_bytes(8)
        in_force.begin()
        if gate == PUBLIC:
            return _enter_public(view, found)
        try:
            return _enter(view, Permission(gate), found, first=True)
        except StaleDataError:
            # Somebody committed between our read and our write.  The second try reads what they
            # wrote, and the view's own check of the version then shows both texts.
            db.session.rollback()
            return _enter(view, Permission(gate), found, first=False)

    return through_the_door


def _enter_public(view: View, found: dict[str, Any]) -> Any:
    session = db.session
    trail.acting(session, NOBODY, request.endpoint or "", reading=request.method != "POST")
    actor = _who(session) if request.method != "POST" else None
    if getattr(view, MACHINES, False):
        begin_writing(session)
    elif request.method == "POST":
        _refuse_cross_site()
    g.afterwards = []
    answer = view(Guest(session, actor, g.moment), **found)
    if isinstance(answer, Page):
        session.rollback()
        for write in g.afterwards:
            begin_writing(session)
            write(session)
            session.commit()
        return shown(answer)
    session.commit()
    return answer


def _enter(view: View, permission: Permission, found: dict[str, Any], *, first: bool) -> Any:
    session = db.session
    writing = request.method == "POST"
    if writing:
        _refuse_cross_site()
        _refuse_files()
        begin_writing(session)
    actor = _who(session)
    if actor is None:
        session.rollback()
        return _ask_to_sign_in(session)
    if writing:
        earlier = drafts.earlier_result(session, actor, request.form.get("form_key", ""))
        if earlier:
            session.rollback()
            return redirect(earlier)
    elif request.args.get("draft"):
        g.draft = drafts.kept(session, actor, request.path, g.moment.now)
    trail.acting(session, actor.acting(g.request_id), permission, reading=not writing)
    record = None
    try:
        record = _record(session, actor, found)
        _check(actor, permission, record)
        records = [] if record is None else [record]
        answer = view(Visit(session, actor, g.moment), *records, **_rest(found))
        if first and isinstance(answer, Page) and answer.conflict:
            # Part of what is shown as the other person's may have been read before they committed.
            raise StaleDataError
    except (NotFoundError, DeniedError) as refusal:
        session.rollback()
        return refuse(session, actor, permission, refusal, found, record)
    return leave(session, actor, permission, record, answer)


def _who(session: Session) -> Actor | None:
    token = cookie.get(TOKEN)
    g.actor = actors.load(session, token, g.moment.now, g.moment.today) if token else None
    return g.actor  # type: ignore[no-any-return]


def _refuse_cross_site() -> None:
    """Refuse a form that another site made: the token, and what the browser says of its origin."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        csrf._error_response("The form came from another site.")  # noqa: SLF001
    csrf.protect()


def _refuse_files() -> None:
    """Refuse a form with a file: this is no place for videos or documents (I07, sharing.md)."""
    if request.files:
        raise UnsupportedMediaType


def _record(session: Session, actor: Actor, found: dict[str, Any]) -> Any:
    """Return the one record that the URL names, found through the actor's scope."""
    for name, finder in FINDERS.items():
        if name in found:
            reference = found[name]
            record = (
                finder(session, actor, g.moment, reference)
                if REFERENCE.fullmatch(reference)
                else None
            )
            if record is None:
                raise NotFoundError
            return record
    return None


def _check(actor: Actor, permission: Permission, record: Any) -> None:
    """Ask the policy.  Raises `DeniedError` with its sentence."""
    decision = decide(actor, permission, record)
    if not decision.allowed:
        raise DeniedError(decision.reason)


def _rest(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in FINDERS}


def _ask_to_sign_in(session: Session) -> Any:
    """Lead to the sign-in page and back; a form that was posted waits as a draft for its person."""
    token = cookie.get(TOKEN)
    where = request.path
    if request.method == "POST":
        begin_writing(session)
        where = drafts.keep(session, token or "", request.path, request.form, g.moment.now)
        session.commit()
    if token:
        flash("You were signed out because nothing happened for a while.", "information")
    if request.method == "GET" and request.query_string:
        where = request.full_path
    cookie["next"] = where[:400]
    return redirect("/sign-in")
