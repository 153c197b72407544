"""Signing in with a password and a second factor, signing out, and acting for another agency."""

import re
from datetime import timedelta

import segno
from flask import Blueprint, current_app, flash, redirect, request
from flask import session as cookie
from werkzeug.wrappers import Response

from coordinator.access.door import TOKEN, Guest, Page, Visit, afterwards, page, public, requires
from coordinator.access.policy import Permission
from coordinator.errors import InvalidError
from coordinator.forms.sign_in import CodeForm, NewPasswordForm, SignInForm
from coordinator.services import passwords, setup_links, wrong_sign_ins
from coordinator.services import sign_in as service
from coordinator.services.sign_in import Known
from coordinator.services.wrong_sign_ins import WaitError

bp = Blueprint("sign_in", __name__)

HALF_IN_MINUTES = 10


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in(guest: Guest) -> Page | Response:
    """Ask for e-mail and password."""
    if guest.actor:
        return redirect("/today")
    demo = current_app.config["COORDINATOR"].demo
    form = SignInForm()
    if form.is_sent():
        known = _checked(guest, form)
        if known and demo:
            return _start(guest, known.account_id)
        if known:
            cookie["half"] = [known.account_id, known.mark, int(guest.moment.now.timestamp())]
            return redirect("/sign-in/code" if known.has_second_factor else "/sign-in/enrol")
    return page("sign_in/demo.html" if demo else "sign_in/sign_in.html", form=form)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def code(guest: Guest) -> Page | Response:
    """Ask for a code from the second factor."""
    known = _half(guest)
    if known is None or not known.has_second_factor:
        return redirect("/sign-in")
    form = CodeForm()
    if form.is_sent():
        now, here = guest.moment.now, request.remote_addr or ""
        try:
            service.check_code(guest.session, known.account_id, form.code.data, here, now)
            return _start(guest, known.account_id)
        except WaitError as wait:
            form.refuse("code", f"Too many wrong codes. Try again in {_minutes(wait.seconds)}")
        except InvalidError as wrong:
            form.refuse("code", wrong.problems["code"])
            afterwards(
                lambda session: wrong_sign_ins.count_code(session, known.account_id, here, now)
            )
    return page(
        "form_page.html",
        form=form,
        title="Enter your code",
        intro="Open the app on your phone that shows codes for Coordinator.",
        submit="Sign in",
        back="/sign-in",
    )


@bp.route("/sign-in/enrol", methods=["GET", "POST"])
@public
def enrol(guest: Guest) -> Page | Response:
    """Enrol a second factor at the first sign-in."""
    known = _half(guest)
    if known is None or known.has_second_factor:
        return redirect("/sign-in")
    secret = cookie.setdefault("enrolling", service.new_secret())
    form = CodeForm()
    if form.is_sent():
        with form.refusals():
            service.enrol(guest.session, known.account_id, secret, form.code.data, guest.moment.now)
            return _start(guest, known.account_id)
    return page(
        "sign_in/enrol.html",
        form=form,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        picture=segno.make(service.secret_address(secret), error="m").svg_data_uri(
            scale=4, border=2
        ),
    )


@bp.route("/set-up/<token>", methods=["GET", "POST"])
@public
def set_up(guest: Guest, token: str) -> Page | Response:
    """Let a person set a password with a link that works once."""
    form = NewPasswordForm()
    works = setup_links.account_of(guest.session, token, guest.moment.now) is not None
    guest.session.rollback()
    if works and form.is_sent():
        with form.refusals():
            hashed = passwords.hashed(form.new_password.data)
            works = setup_links.use(guest.session, token, hashed, guest.moment.now)
            if works:
                cookie.clear()
                flash("Your password is set. Sign in with it now.", "success")
                return redirect("/sign-in")
    if not works:
        return page(
            "error.html",
            404,
            title="This link works no longer",
            message="It has been used, or it is too old. Ask your administrator for a new one.",
            what_next=("/sign-in", "Go to the sign-in page"),
        )
    return page(
        "form_page.html",
        form=form,
        title="Choose a password",
        intro=f"Use at least {passwords.SHORTEST} characters. Three words that belong together only"
        " for you are easy to remember and hard to guess.",
        submit="Set the password",
    )


@bp.post("/sign-out")
@requires(Permission.SIGN_OUT)
def sign_out(visit: Visit) -> Response:
    """End the session, here and on the server."""
    service.end_session(visit.session, visit.actor, visit.moment.now)
    cookie.clear()
    flash("You are signed out.", "success")
    answer = redirect("/sign-in")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.get("/time-left")
@public
def time_left(guest: Guest) -> Response:
    """Tell a page in seconds how long its session lasts, without making it last longer."""
    left = timedelta()
    if guest.actor:
        left = service.time_left(guest.session, guest.actor, guest.moment.now)
    return Response(str(int(left.total_seconds())), mimetype="text/plain")


@bp.post("/stay-signed-in")
@requires(Permission.STAY_SIGNED_IN)
def stay(visit: Visit) -> Response:  # noqa: ARG001
    """Do nothing: that the session is used, as by any request, is what was asked for."""
    return Response("You stay signed in.", mimetype="text/plain")


@bp.post("/acting-for")
@requires(Permission.AGENCY_SWITCH)
def acting_for(visit: Visit) -> Response:
    """Act for the agency of another of one's own memberships."""
    try:
        service.act_for(visit.session, visit.actor, request.form.get("membership", ""))
    except InvalidError as refused:
        flash(str(refused), "error")
    return redirect("/today")


def _checked(guest: Guest, form: SignInForm) -> Known | None:
    """Return who gave the right password; otherwise say so on the form, and count it."""
    email, now, here = form.email.data, guest.moment.now, request.remote_addr or ""
    try:
        return service.check_password(guest.session, email, form.password.data, here, now)
    except WaitError as wait:
        form.refuse("", f"Too many wrong tries from here. Try again in {_minutes(wait.seconds)}.")
    except InvalidError as wrong:
        form.refuse("password", wrong.problems["password"])
        afterwards(lambda session: wrong_sign_ins.count(session, email, here, now))
    return None


def _start(guest: Guest, account_id: int) -> Response:
    """Start the session under a new token and go where the person wanted to go."""
    token = service.start_session(
        guest.session,
        account_id,
        request.remote_addr or "",
        guest.moment.now,
        earlier=cookie.get(TOKEN),
    )
    where = cookie.get("next", "/today")
    cookie.clear()
    cookie[TOKEN] = token
    return redirect(where if re.match(r"/[^/\\]", where) else "/today")


def _half(guest: Guest) -> Known | None:
    """Return who has given the right password a short while ago and no second factor yet."""
    account_id, mark, at = cookie.get("half", (0, "", 0))
    if guest.moment.now.timestamp() - at >= HALF_IN_MINUTES * 60:
        return None
    known = service.half_way(guest.session, account_id, mark, guest.moment.now)
    guest.session.rollback()
    return known


def _minutes(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
