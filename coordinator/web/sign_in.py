"""Signing in with a password and a second factor, signing out, and acting for another agency."""


import pyotp
import segno
from flask import Blueprint, current_app, flash, redirect, request
from flask import session as cookie
from werkzeug.wrappers import Response

from coordinator.access.door import TOKEN, Guest, Page, Visit, afterwards, page, public, requires
from coordinator.access.policy import Permission
from coordinator.errors import InvalidError
from coordinator.forms.accounts import CodeForm, NewPasswordForm, SignInForm
from coordinator.services import accounts

bp = Blueprint("sign_in", __name__)

HALF_IN_MINUTES = 10


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in(guest: Guest) -> Page | Response:
    """Ask for e-mail and password."""
    if guest.actor:
        return redirect("/today")
    form = SignInForm()
    if form.is_sent():
        email, here = form.email.data, request.remote_addr or ""
        try:
            known = accounts.check_password(
                guest.session, email, form.password.data, here, guest.moment.now
            )
        except accounts.WaitError as wait:
            form.refuse(
                "", f"Too many wrong tries from here. Try again in {_minutes(wait.seconds)}."
            )
        except InvalidError as wrong:
            form.refuse("password", wrong.problems["password"])
            afterwards(
                lambda session: accounts.count_wrong_sign_in(session, email, here, guest.moment.now)
            )
        else:
            if current_app.config["COORDINATOR"].demo:
                return _start(guest, known.account_id)
            cookie["half"] = [known.account_id, int(guest.moment.now.timestamp())]
            return redirect("/sign-in/code" if known.totp_secret else "/sign-in/second-factor")
    demo = current_app.config["COORDINATOR"].demo
    return page("sign_in/sign_in.html", form=form, demo=demo)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def code(guest: Guest) -> Page | Response:
    """Ask for a code from the second factor."""
    account_id = _half(guest)
    if account_id is None:
        return redirect("/sign-in")
    form = CodeForm()
    if form.is_sent():
        here = request.remote_addr or ""
        try:
            with form.refusals():
                accounts.check_code(
                    guest.session, account_id, form.code.data, here, guest.moment.now
                )
                return _start(guest, account_id)
        except accounts.WaitError as wait:
            form.refuse("code", f"Too many wrong codes. Try again in {_minutes(wait.seconds)}")
        else:
            afterwards(
                lambda session: accounts.count_wrong_code(
                    session, account_id, here, guest.moment.now
                )
            )
    return page(
        "form_page.html",
        form=form,
        title="Enter your code",
        intro="Open the app on your phone that shows codes for Coordinator.",
        submit="Sign in",
        back="/sign-in",
    )


@bp.route("/sign-in/second-factor", methods=["GET", "POST"])
@public
def second_factor(guest: Guest) -> Page | Response:
    """Enrol a second factor at the first sign-in."""
    account_id = _half(guest)
    if account_id is None or accounts.has_second_factor(guest.session, account_id):
        return redirect("/sign-in")
    secret = cookie.setdefault("enrolling", pyotp.random_base32())
    form = CodeForm()
    if form.is_sent():
        with form.refusals():
            accounts.enrol(guest.session, account_id, secret, form.code.data, guest.moment.now)
            return _start(guest, account_id)
    address = pyotp.TOTP(secret).provisioning_uri(name="Coordinator", issuer_name="Coordinator")
    return page(
        "sign_in/second_factor.html",
        form=form,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        picture=segno.make(address, error="m").svg_data_uri(scale=4, border=2),
    )


@bp.route("/set-up/<token>", methods=["GET", "POST"])
@public
def set_up(guest: Guest, token: str) -> Page | Response:
    """Let a person set a password with a link that works once."""
    if accounts.setup_account(guest.session, token, guest.moment.now) is None:
        return page(
            "error.html",
            404,
            title="This link works no longer",
            message="It has been used, or it is too old. Ask your administrator for a new one.",
        )
    guest.session.rollback()
    form = NewPasswordForm()
    if form.is_sent():
        with form.refusals():
            hashed = accounts.hash_password(form.new_password.data)
            accounts.use_setup_link(guest.session, token, hashed, guest.moment.now)
            flash("Your password is set. Sign in with it now.", "success")
            return redirect("/sign-in")
    return page(
        "form_page.html",
        form=form,
        title="Choose a password",
        intro="Use at least 15 characters. Three words that belong together only for you are easy"
        " to remember and hard to guess.",
        submit="Set the password",
    )


@bp.post("/sign-out")
@requires(Permission.SIGN_OUT)
def sign_out(visit: Visit) -> Response:
    """End the session, here and on the server."""
    accounts.end_session(visit.session, visit.actor, visit.moment.now)
    cookie.clear()
    answer = redirect("/sign-in")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.post("/acting-for")
@requires(Permission.AGENCY_SWITCH)
def acting_for(visit: Visit) -> Response:
    """Act for the agency of another of one's own memberships."""
    try:
        accounts.act_for(visit.session, visit.actor, request.form.get("membership", ""))
    except InvalidError as refused:
        flash(str(refused), "error")
    return redirect("/today")


def _start(guest: Guest, account_id: int) -> Response:
    """Start the session under a new token and go where the person wanted to go."""
    token = accounts.start_session(
        guest.session, account_id, request.remote_addr or "", guest.moment.now
    )
    where = cookie.get("next", "/today")
    cookie.clear()
    cookie[TOKEN] = token
    return redirect(where if where.startswith("/") and not where.startswith("//") else "/today")


def _half(guest: Guest) -> int | None:
    """Return who has given the right password a short while ago and no second factor yet."""
    account_id, at = cookie.get("half", (None, 0))
    fresh = guest.moment.now.timestamp() - at < HALF_IN_MINUTES * 60
    return account_id if fresh else None


def _minutes(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
